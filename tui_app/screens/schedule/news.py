"""What the readings of the schedule tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from datetime import date

    from tui_app.altegio.errors import AltegioError
    from tui_app.desk.model import Day, Roster


@dataclass(repr=False, eq=False)
class DayRead(Message):
    """A day has been read; `complete` is false while the names of rooms and tags are still being read."""

    day: Day
    complete: bool = True


@dataclass(repr=False, eq=False)
class RosterRead(Message):
    """The roster of an event has been read."""

    roster: Roster


@dataclass(repr=False, eq=False)
class NextDayFound(Message):
    """The search for the next day with events has ended; `found` is None where there is none in reach."""

    after: date
    found: date | None


@dataclass(repr=False, eq=False)
class ReadingFailed(Message):
    """A reading has failed. `day` or `event_id` tells which one."""

    error: AltegioError
    day: date | None = None
    event_id: int | None = None


@dataclass(repr=False, eq=False)
class ReadingEnded(Message):
    """A reading of a group has ended, however it did; the newest one has the highest number."""

    group: str
    number: int
