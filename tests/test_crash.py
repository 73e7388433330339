"""The very end: places in the code, never values."""

from datetime import UTC, datetime
from pathlib import Path

from tui_app.crash import describe, report

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


SECRET = "token-" + "x" * 20


def refuse(secret: str) -> None:
    raise KeyError(secret)


def failure() -> Exception:
    """An error with a secret in its message, in a local and in its cause."""
    local = SECRET
    try:
        refuse(local)
    except KeyError as cause:
        error = ValueError(f"could not use {local}")
        error.__cause__ = cause
        return error
    raise AssertionError("nothing was raised")


def test_the_log_names_kinds_and_places_and_no_value() -> None:
    text = describe(failure(), NOON)
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_crash.py" in text
    assert "token-" not in text


def test_the_line_for_the_terminal_names_the_log(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "crash.log"
    line = report(failure(), log, lambda: NOON)
    assert str(log) in line
    assert "token-" not in line + log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_log_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    line = report(failure(), blocked / "crash.log", lambda: NOON)
    assert "no log could be written" in line
    assert "\n" not in line
