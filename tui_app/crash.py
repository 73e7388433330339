"""The very end: an error that nobody expected becomes one line and a log of places, never of values (design 6)."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

KEPT = 100
"""Frames that a log holds at most of one error."""

MOST = 20
"""Errors that a log holds at most: one, what it came from, and what it is a group of."""


def default_crash_log() -> Path:
    """Name the crash log in the user's folder for logs."""
    import platformdirs

    return platformdirs.user_log_path("altegio-frontdesk", appauthor=False) / "crash.log"


def describe(error: BaseException, when: datetime) -> str:
    """What a log may hold: kinds of error and places in the code; no message, no local, no line of data."""
    import traceback

    lines = [when.isoformat(timespec="seconds")]
    for seen in _behind(error):
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        frames = traceback.extract_tb(seen.__traceback__)[-KEPT:]
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(lines) + "\n"


def _behind(error: BaseException) -> Iterator[BaseException]:
    """The error, what it came from, and the members of groups, each once: they may point at one another."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < MOST:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        members = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        waiting += [each for each in (one.__cause__ or one.__context__, *members) if each is not None]


def keep(error: BaseException, log: Path, clock: Callable[[], datetime]) -> str:
    """Write the log, and say in a sentence where it is."""
    from tui_app.private_file import write_private

    try:
        write_private(log, describe(error, clock()))
    except OSError:
        return "No log of it could be written."
    return f"For the makers of the program it is noted in {log}."


def last_words(error: BaseException, noted: str) -> str:
    """The one line that stands on the terminal after an error that has ended the program."""
    return f"frontdesk has ended by an error of its own ({type(error).__name__}). Start it again. {noted}"


def catch_all(log: Callable[[], Path], clock: Callable[[], datetime]) -> None:
    """Have what nobody handled, before the first frame and after the last, end in one line instead of a traceback.

    What goes wrong in a thread, or while an object is thrown away, is logged alone: the terminal is not theirs.
    """

    def in_main(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        words = "" if issubclass(kind, KeyboardInterrupt) else last_words(error, keep(error, log(), clock))
        with suppress(OSError, AttributeError):  # no terminal, or one that has gone
            sys.__stderr__.write(f"{words}\n")  # type: ignore[union-attr]  # None without a terminal

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None and failed.exc_type is not SystemExit:
            keep(failed.exc_value, log(), clock)

    def unraisable(failed: "UnraisableHookArgs") -> None:
        if failed.exc_value is not None:
            keep(failed.exc_value, log(), clock)

    sys.excepthook, threading.excepthook, sys.unraisablehook = in_main, in_thread, unraisable
