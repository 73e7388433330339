"""The very end: places in the code, never values."""

import hashlib
import inspect
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui_app.crash import MOST, describe, keep, last_words

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


def test_errors_that_point_at_each_other_and_groups_come_to_an_end() -> None:
    one, other = ValueError(SECRET), KeyError(SECRET)
    one.__cause__, other.__cause__ = other, one
    text = describe(ExceptionGroup(SECRET, [one, OSError(SECRET)]), NOON)
    assert [name in text for name in ("ValueError", "KeyError", "OSError")] == [True, True, True]
    assert SECRET not in text
    many = describe(ExceptionGroup("", [IndexError() for _ in range(2 * MOST)]), NOON)
    assert len(many.splitlines()) == 1 + MOST


HOOKS = """
import os, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from tui_app.crash import catch_all
catch_all(lambda: Path(sys.argv[1]) / "crash.log", lambda: datetime.now(UTC))
class Fails:
    def __del__(self): raise ValueError(os.environ["PLANTED"])
def fail(kind=ValueError):
    token = os.environ["PLANTED"]
    raise kind(token)
"""


@pytest.mark.parametrize(
    ("code", "said", "logged"),
    [
        ("fail()", "frontdesk has ended by an error of its own (ValueError)", True),
        ("fail(KeyboardInterrupt)", "\n", False),
        ("thread = threading.Thread(target=fail); thread.start(); thread.join()", "", True),
        ("Fails()", "", True),
    ],
)
def test_what_nobody_handles_is_one_line_at_most(tmp_path: Path, code: str, said: str, *, logged: bool) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", f"{HOOKS}\n{code}", str(tmp_path)],
        env={"PLANTED": SECRET},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.stderr.startswith(said)
    assert len(ran.stderr.splitlines()) == bool(said)
    assert (tmp_path / "crash.log").exists() is logged
    log = (tmp_path / "crash.log").read_text() if logged else ""
    assert SECRET not in ran.stderr + ran.stdout + log


PINNED: dict[Callable[..., Any], str] = {
    LinuxDriver.run_input_thread: "d796af6d69db",
    LinuxDriver._run_input_thread: "d2ef22cc2c97",
    App._fatal_error: "2474616cec7f",
    App._handle_exception: "baea2e7f88e7",
    App._print_error_renderables: "6e6be4034677",
    App.panic: "9c4a264c909e",
}


@pytest.mark.parametrize("hook", PINNED, ids=lambda hook: hook.__qualname__)
def test_what_the_end_rests_on_in_textual_is_as_it_was(hook: Callable[..., Any]) -> None:
    assert hashlib.sha256(inspect.getsource(hook).encode()).hexdigest()[:12] == PINNED[hook]
