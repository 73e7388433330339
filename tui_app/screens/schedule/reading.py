"""How the schedule reads: one worker for the day, one for the roster, one that looks for the next day with events.

The workers post messages and touch nothing; a newer reading of the same kind cancels the older one. Reads may be
cancelled at any time (design 3).
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from tui_app.altegio.errors import AltegioError
from tui_app.desk.desk import Desk
from tui_app.desk.model import Day, Roster
from tui_app.desk.schedule import present
from tui_app.desk.together import both

REST: Final = 0.15
"""Seconds that the selection rests before what it asks for is read (design 4)."""


@dataclass
class DayRead(Message):
    """A day has been read; `complete` is false while the names of rooms and tags are still being read."""

    day: Day
    complete: bool = True


@dataclass
class RosterRead(Message):
    """The roster of an event has been read."""

    roster: Roster


@dataclass
class NextDayFound(Message):
    """The search for the next day with events has ended; `found` is None where there is none in reach."""

    after: date
    found: date | None


@dataclass
class ReadingFailed(Message):
    """A reading has failed. `day` or `event_id` tells which one."""

    error: AltegioError
    day: date | None = None
    event_id: int | None = None


class Readings:
    """Starts the readings of one screen over one desk."""

    def __init__(self, screen: Screen[None], desk: Desk) -> None:
        self._screen = screen
        self._desk = desk

    def day(self, day: date) -> None:
        """Read a day; what is missing in its listing follows by itself."""
        self._run("day", partial(self._read_day, day))

    def roster(self, event_id: int, previous: Roster | None) -> None:
        """Read a roster; `previous` keeps the numbers of its rows."""
        self._run("roster", partial(self._read_roster, event_id, previous))

    def next_day(self, after: date) -> None:
        """Look for the next day with events."""
        self._run("next-day", partial(self._find_next, after))

    def _run(self, group: str, read: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
        # a function and not its coroutine: a worker that is replaced before it began leaves nothing unawaited
        return self._screen.run_worker(read, group=group, exclusive=True, exit_on_error=False)

    async def _read_day(self, day: date) -> None:
        """Show the day as soon as its names are known; the rest of the reference data adds rooms and tags."""
        desk = self._desk
        try:
            reading, reference = await both(desk.schedule.read_day(day), desk.reference.load_names())
            if not reference.complete:
                self._screen.post_message(DayRead(present(reading, reference), complete=False))
                reference = await desk.reference.load()
            read = present(reading, reference)
            self._screen.post_message(DayRead(read))
            async for fuller in desk.schedule.fill(read, reference=reference):
                self._screen.post_message(DayRead(fuller))
        except AltegioError as error:
            self._screen.post_message(ReadingFailed(error, day=day))

    async def _read_roster(self, event_id: int, previous: Roster | None) -> None:
        try:
            roster = await self._desk.rosters.load(event_id, previous)
        except AltegioError as error:
            self._screen.post_message(ReadingFailed(error, event_id=event_id))
        else:
            self._screen.post_message(RosterRead(roster))

    async def _find_next(self, after: date) -> None:
        try:
            found = await self._desk.schedule.next_day_with_events(after)
        except AltegioError as error:
            self._screen.post_message(ReadingFailed(error))
        else:
            self._screen.post_message(NextDayFound(after, found))
