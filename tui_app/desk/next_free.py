"""The next event with free places, and a week at a glance, each in few requests (design 5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tui_app.desk.clock import LocationClock
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.reference import ReferenceDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

LOOK_AHEAD: Final = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class NextFree:
    """The next event that fits, or None; `words` answer the question as it is read out on the phone."""

    event: ScheduledEvent | None
    words: str


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a week; `free` counts the free places of what is not over, None where some are not known."""

    date: date
    events: tuple[ScheduledEvent, ...]
    free: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday."""

    monday: date
    days: tuple[WeekDay, ...]
    as_of: datetime


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    raise NotImplementedError


class AheadDesk:
    """Looks ahead at one location."""

    def __init__(self, api: "AltegioApi", location_id: int, clock: LocationClock, reference: ReferenceDesk) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._reference = reference

    async def next_free(self, text: str, places: int = 1, after: datetime | None = None) -> NextFree:
        """Find the next event within four weeks that holds every word of `text` and has so many places.

        `after` is a wall clock, now unless told. Raises `AltegioError`.
        """
        raise NotImplementedError

    async def load_week(self, monday: date) -> Week:
        """Read a week of events with their free places; raises `AltegioError`."""
        raise NotImplementedError
