"""What the command line hands to the program: plain values, none of them secret."""

from __future__ import annotations

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
