"""The events of a day: read, completed, compared, filtered, preselected."""

from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from tui_app.desk.clock import LocationClock
from tui_app.desk.model import Day, ScheduledEvent
from tui_app.desk.reference import Reference

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


class ScheduleDesk:
    """Reads days of events for one location."""

    def __init__(self, api: "AltegioApi", location_id: int, clock: LocationClock) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock

    async def load_day(self, day: date, *, reference: Reference) -> Day:
        """Read a day: the list of events, and one list of bookings; raises `AltegioError` if the first fails."""
        raise NotImplementedError

    def fill(self, day: Day, *, reference: Reference) -> AsyncIterator[Day]:
        """Read what the listing left out, event by event, and give the day again after each (contract 2.1 b)."""
        raise NotImplementedError

    async def next_day_with_events(self, after: date, within: int = 60) -> date | None:
        """Find the first day after `after` that has events, at most `within` days on; None: there is none."""
        raise NotImplementedError

    def forget(self) -> None:
        """Drop what is kept of rooms, so that the next reading of a day asks anew."""
        raise NotImplementedError


def preselect(day: Day, now: datetime) -> int | None:
    """Choose the event to select: the one that runs, else the next, else the last; None: the day has none."""
    raise NotImplementedError


def changed_ids(old: Day, new: Day) -> frozenset[int]:
    """The ids of events that are new, gone, or not the same in both readings."""
    raise NotImplementedError


def filter_events(events: Iterable[ScheduledEvent], text: str) -> tuple[ScheduledEvent, ...]:
    """Keep the events that hold every word of `text`, in any case, ё as е."""
    raise NotImplementedError
