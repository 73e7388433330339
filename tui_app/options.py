"""What the command line hands to the program: plain values, none of them secret; and what it refuses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

    from tui_app.settings import Dialect


class LaunchOptions(Struct, frozen=True):
    """Flags of `frontdesk`, already checked (contract 1); None means not given."""

    base_url: str | None = None
    location_id: int | None = None
    dialect: Dialect | None = None
    profile: str | None = None
    config: Path | None = None
    driver: str | None = None


class DemoOptions(Struct, frozen=True):
    """Flags of `frontdesk demo`: a file that keeps the demo's data between runs, and the seed it is made from.

    `driver` is as in LaunchOptions.
    """

    data: Path | None = None
    seed: int = 1
    driver: str | None = None


class UsageError(Exception):
    """A command line that cannot be run, in words that never repeat a value: it may be a token typed by mistake."""


def need_terminal() -> None:
    """Raise UsageError where input or output is no terminal."""
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if stream is None or not stream.isatty():
            raise UsageError(f"the program needs a terminal, and its {name} is none: run it without a pipe or `<`, `>`")
