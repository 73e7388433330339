"""What the readings of the schedule tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_app.data_message import DataMessage

if TYPE_CHECKING:
    from datetime import date

    from tui_app.altegio.errors import AltegioError
    from tui_app.desk.model import Day, Roster


class DayRead(DataMessage):
    """A day has been read; `complete` is false while the names of rooms and tags are still being read."""

    day: Day
    complete: bool = True


class RosterRead(DataMessage):
    """The roster of an event has been read."""

    roster: Roster


class NextDayFound(DataMessage):
    """The search for the next day with events has ended; `found` is None where there is none in reach."""

    after: date
    found: date | None


class ReadingFailed(DataMessage):
    """A reading has failed. `day` or `event_id` tells which one."""

    error: AltegioError
    day: date | None = None
    event_id: int | None = None


class ReadingEnded(DataMessage):
    """A reading of a group has ended, however it did; the newest one has the highest number."""

    group: str
    number: int
