"""The next event with free places, and a week at a glance, each in few requests (design 5)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui_app.altegio.requests import EventQuery
from tui_app.desk.clock import LocationClock
from tui_app.desk.filters import filter_events
from tui_app.desk.model import EventPhase, ScheduledEvent
from tui_app.desk.naming import names_of
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.showing import shown_event
from tui_app.desk.when import format_day, format_time

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

LOOK_AHEAD: Final = timedelta(weeks=4)
STAGES: Final = (timedelta(days=3), timedelta(days=14), LOOK_AHEAD)
"""How far each listing looks: nearly always the first one is enough."""
MOST_READ: Final = 12
"""Events read one by one where the listing does not tell their places (contract 2.1 b)."""
DAYS: Final = 7


class NextFree(Struct, frozen=True):
    """The next event that fits, or None; `words` answer the question as it is read out on the phone."""

    event: ScheduledEvent | None
    words: str


class WeekDay(Struct, frozen=True):
    """One day of a week; `free` counts the free places of what is not over, None where some are not known."""

    date: date
    events: tuple[ScheduledEvent, ...]
    free: int | None
    words: str


class Week(Struct, frozen=True):
    """Seven days from a Monday; `as_of` is the instant of reading."""

    monday: date
    days: tuple[WeekDay, ...]
    as_of: datetime


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_day(day: date, events: Sequence[ScheduledEvent], now: datetime) -> WeekDay:
    """Sum up one day at the wall clock `now`."""
    ahead = [event for event in events if event.phase(now) is not EventPhase.OVER]
    told = [event.free for event in ahead]
    free = None if None in told else sum(places for places in told if places is not None)
    classes = "no classes" if not events else "1 class" if len(events) == 1 else f"{len(events)} classes"
    rest = ""
    if events:
        rest = ", over" if not ahead else "" if free is None else f", {free} free"
    return WeekDay(day, tuple(events), free, f"{format_day(day, now.date())}: {classes}{rest}")


class AheadDesk:
    """Looks ahead at one location."""

    def __init__(self, api: "AltegioApi", location_id: int, clock: LocationClock, reference: ReferenceDesk) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._reference = reference

    async def next_free(self, text: str, places: int = 1, after: datetime | None = None) -> NextFree:
        """Find the next event within four weeks that holds every word of `text` and has so many places.

        `after` is a wall clock, now unless told: what begins later counts. Raises `AltegioError`.
        """
        start = after or self._clock.now()
        begin, full, reads = start, 0, MOST_READ
        for stage in STAGES:
            fitting = filter_events(await self._listed(begin, start + stage), text)
            for event in fitting:
                if event.starts_at <= start:
                    continue
                if event.free is None and reads:
                    reads -= 1
                    event = await self._read(event)  # noqa: PLW2901 -- the same event, told whole
                if (event.free or 0) >= places:
                    return NextFree(event, self._found_words(event))
                full += 1
            begin = start + stage + timedelta(seconds=1)
        return NextFree(None, _nothing_words(text, places, full))

    async def load_week(self, monday: date) -> Week:
        """Read a week of events with their free places: one listing. Raises `AltegioError`."""
        as_of = self._clock.instant()
        last = monday + timedelta(days=DAYS - 1)
        events = await self._listed(datetime.combine(monday, time.min), datetime.combine(last, time(23, 59, 59)))
        now = self._clock.now()
        days = (monday + timedelta(days=ahead) for ahead in range(DAYS))
        return Week(
            monday,
            tuple(week_day(day, [one for one in events if one.starts_at.date() == day], now) for day in days),
            as_of,
        )

    async def _listed(self, begin: datetime, end: datetime) -> tuple[ScheduledEvent, ...]:
        query = EventQuery(starts_from=begin, starts_to=end)
        names = names_of(self._reference.current)
        found: Iterable[ScheduledEvent] = (
            shown_event(event, names) for event in await self._api.events.list(self._location_id, query)
        )
        return tuple(event for event in found if begin <= event.starts_at <= end)

    async def _read(self, event: ScheduledEvent) -> ScheduledEvent:
        read = await self._api.events.get(self._location_id, event.id)
        return shown_event(read, names_of(self._reference.current))

    def _found_words(self, event: ScheduledEvent) -> str:
        today = self._clock.today()
        day = "Today" if event.starts_at.date() == today else format_day(event.starts_at.date(), today)
        return f"{day} {format_time(event.starts_at)} {event.service} with {event.team_member}, {event.free} free"


def _nothing_words(text: str, places: int, full: int) -> str:
    """Why there is none: nothing fits the words, or all that fit are full."""
    what = f"«{text.strip()}»" if text.strip() else "any class"
    if not full:
        return f"No class in the next 4 weeks fits {what}"
    needed = "a free place" if places == 1 else f"{places} free places"
    if full == 1:
        return f"The only class in the next 4 weeks that fits {what} does not have {needed}"
    return f"None of the {full} classes in the next 4 weeks that fit {what} has {needed}"
