"""How the schedule reads: one worker for the day, one for the roster, one that looks for the next day with events.

The workers post messages and touch nothing; a newer reading of the same kind cancels the older one. Reads may be
cancelled at any time (design 3).
"""

from collections.abc import Callable, Coroutine
from datetime import date
from functools import partial
from typing import Final

from textual.screen import Screen
from textual.worker import Worker

from tui_app.altegio.errors import AltegioError
from tui_app.desk.desk import Desk
from tui_app.desk.model import Roster
from tui_app.desk.reference import DAY_NAMES, ROW_NAMES
from tui_app.desk.schedule import names_told, present
from tui_app.desk.together import both
from tui_app.screens.schedule.news import DayRead, NextDayFound, ReadingEnded, ReadingFailed, RosterRead

REST: Final = 0.15
"""Seconds that the selection rests before what it asks for is read (design 4)."""


class Readings:
    """Starts the readings of one screen over one desk, and knows which of them are still expected.

    `every` tells how many seconds lie between two readings that come by themselves.
    """

    def __init__(self, screen: Screen[None], desk: Desk, every: Callable[[], float]) -> None:
        self._screen = screen
        self._desk = desk
        self._every = every
        self._numbers: dict[str, int] = {}
        self._expected: set[str] = set()

    @property
    def every_s(self) -> float:
        """Seconds between two readings that come by themselves."""
        return self._every()

    def expects(self, group: str) -> bool:
        """Whether a reading of a group is under way that has not answered yet."""
        return group in self._expected

    def answered(self, group: str) -> None:
        """Take note that the newest reading of a group has answered."""
        self._expected.discard(group)

    def ended(self, message: ReadingEnded) -> None:
        """Take note that a reading has ended; one that a newer one has replaced counts for nothing."""
        if message.number == self._numbers.get(message.group):
            self._expected.discard(message.group)

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
        number = self._numbers[group] = self._numbers.get(group, 0) + 1
        self._expected.add(group)
        # a function and not its coroutine: a worker that is replaced before it began leaves nothing unawaited
        work = partial(self._to_the_end, ReadingEnded(group, number), read)
        return self._screen.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    async def _to_the_end(self, ended: ReadingEnded, read: Callable[[], Coroutine[None, None, None]]) -> None:
        try:
            await read()
        finally:
            self._screen.post_message(ended)

    async def _read_day(self, day: date) -> None:
        """Show the day as soon as its names are known; rooms and tags follow, then what no row needs."""
        desk = self._desk
        try:
            reading, reference = await both(desk.schedule.read_day(day), desk.reference.load_names(DAY_NAMES))
            if not names_told(reading):
                reference = await desk.reference.load_names()
            if reference.missing & ROW_NAMES or reading.rooms is None:
                self._screen.post_message(DayRead(present(reading, reference), complete=False))
                names, rooms = desk.reference.load_names(ROW_NAMES), desk.schedule.with_rooms(reading)
                reference, reading = await both(names, rooms)
            read = present(reading, reference)
            self._screen.post_message(DayRead(read))
            async for fuller in desk.schedule.fill(read, reference=reference):
                self._screen.post_message(DayRead(fuller))
            await desk.reference.load()
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
