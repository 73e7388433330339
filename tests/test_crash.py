"""The very end: places in the code, never values."""

from datetime import UTC, datetime
from pathlib import Path

from tui_app.crash import describe, keep, last_words

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


def test_the_log_is_private_and_its_place_is_said(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "crash.log"
    noted = keep(failure(), log, lambda: NOON)
    assert str(log) in noted
    assert "token-" not in noted + log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_the_last_line_names_the_kind_of_error_alone() -> None:
    line = last_words(failure(), "Noted.")
    assert "(ValueError)" in line
    assert "token-" not in line
    assert "\n" not in line


def test_a_log_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert keep(failure(), blocked / "crash.log", lambda: NOON) == "No log of it could be written."
