"""One line at once, before anything is imported: whoever has pressed Enter sees that it was heard."""

import os
import sys

LINE = "Front desk is starting"
ERASED = "\r\x1b[K"
QUIET = frozenset({"sandbox", "doctor", "-h", "--help", "--version"})
"""Arguments with which no screen opens."""


def greet(arguments: list[str]) -> bool:
    """Say that the program starts, if it will open in this terminal; answers whether it was said.

    The cursor stays at the begin of the line: what is written next takes its place.
    """
    if os.environ.get("TERM", "dumb") == "dumb" or not QUIET.isdisjoint(arguments) or not _is_terminal():
        return False
    os.write(1, f"{LINE}\r".encode())
    return True


def erase_greeting() -> None:
    """Take the line away again, so that the shell finds its own screen as it was."""
    if os.environ.get("TERM", "dumb") != "dumb" and _is_terminal():
        os.write(1, ERASED.encode())


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdin is not None and os.isatty(0) and os.isatty(1)
