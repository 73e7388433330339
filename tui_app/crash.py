"""The very end: an error that nobody expected becomes one line and a log of places, never of values (design 6)."""

import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui_app.private_file import write_private

KEPT = 100
"""Frames that a log holds at most."""


def default_crash_log() -> Path:
    """Name the crash log in the user's folder for logs."""
    import platformdirs

    return platformdirs.user_log_path("altegio-frontdesk", appauthor=False) / "crash.log"


def describe(error: BaseException, when: datetime) -> str:
    """What a log may hold: kinds of error and places in the code; no message, no local, no line of data."""
    lines = [when.isoformat(timespec="seconds")]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        frames = traceback.extract_tb(seen.__traceback__)[-KEPT:]
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def keep(error: BaseException, log: Path, clock: Callable[[], datetime]) -> str:
    """Write the log, and say in a sentence where it is."""
    try:
        write_private(log, describe(error, clock()))
    except OSError:
        return "No log of it could be written."
    return f"For the makers of the program it is noted in {log}."


def last_words(error: BaseException, noted: str) -> str:
    """The one line that stands on the terminal after an error that has ended the program."""
    return f"frontdesk has ended by an error of its own ({type(error).__name__}). Start it again. {noted}"
