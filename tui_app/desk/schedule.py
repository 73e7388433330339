"""The events of a day: read, completed, compared, preselected."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError, Invalid, Malformed, Missing
from tui_app.altegio.requests import EventQuery
from tui_app.altegio.resources import Attendance, Booking, Event, Occupation
from tui_app.desk.ahead import Ahead
from tui_app.desk.day_bookings import DayBookings
from tui_app.desk.folding import fold
from tui_app.desk.model import Day, EventPhase, ScheduledEvent
from tui_app.desk.naming import Names, names_of
from tui_app.desk.reference import Reference
from tui_app.desk.together import attempt, both
from tui_app.desk.wording import why

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

AT_ONCE: Final = 3
"""Events read at the same time while a day is completed (contract 2.1 b)."""

KEPT_FOR: Final = timedelta(minutes=5)
"""How long rooms and single events are taken from the last reading: other desks change them seldom."""

AROUND: Final = (timedelta(days=-1), timedelta(days=5))
"""The days around one whose rooms are read with its own: walking through a week asks for them once."""

Times: TypeAlias = frozenset[tuple[int, datetime, timedelta | None]]
"""Events with the times that their rooms hold for."""


class _Rooms(Struct, frozen=True):
    """Rooms as they were read for some days; `seen` are the events of each day since: others mean that much changed."""

    first: date
    last: date
    by_event: Mapping[int, tuple[int, ...]]
    read_at: datetime
    seen: dict[date, Times]


class DayReading(Struct, frozen=True, kw_only=True):
    """A day as the server told it, before names are put to it; None: `bookings` or `rooms` are not known."""

    date: date
    events: tuple[Event, ...]
    bookings: Mapping[int, list[Booking]] | None
    rooms: Mapping[int, tuple[int, ...]] | None
    as_of: datetime
    tick: int
    notes: tuple[str, ...]


class ScheduleDesk:
    """Reads days of events for one location; `instant` gives this moment in UTC, `tick` counts what begins and ends."""

    def __init__(
        self, api: "AltegioApi", location_id: int, instant: Callable[[], datetime], tick: Callable[[], int]
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._instant = instant
        self._tick = tick
        self.bookings = DayBookings(tick)
        self._ahead: Ahead[DayReading] | None = None
        self._rooms: _Rooms | None = None
        self._single: dict[int, tuple[Event, datetime]] = {}
        self._deleted_too = True

    async def load_day(self, day: date, *, reference: Reference) -> Day:
        """Read a day and name what is in it; raises `AltegioError` if the list of events cannot be read."""
        return present(await self.with_rooms(await self.read_day(day)), reference)

    async def read_day(self, day: date) -> DayReading:
        """Read a day: the list of events, and one list of bookings; raises `AltegioError` if the first fails.

        What the listing leaves out stays None until `with_rooms` and `fill` read it.
        """
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.serves(day, self._instant()):
            return await ahead.task
        return await self._read_day(day)

    def read_ahead(self, day: date) -> None:
        """Begin to read a day that nobody has asked for yet: the next `read_day` of it takes that, if it is soon."""
        self.drop_ahead()
        self._ahead = Ahead(day, self._instant(), asyncio.create_task(self._read_day(day)))

    async def ahead_ended(self) -> None:
        """Wait until what was begun by `read_ahead` has ended, well or not."""
        if self._ahead is not None:
            await asyncio.wait([self._ahead.task])

    def is_ahead(self, day: date) -> bool:
        """Whether a reading of a day is there already: it answers as soon as it is asked for."""
        return self._ahead is not None and self._ahead.serves(day, self._instant()) and self._ahead.task.done()

    def drop_ahead(self) -> None:
        """Stop what was begun by `read_ahead` and not taken."""
        if self._ahead is not None:
            self._ahead.drop()
            self._ahead = None

    async def _read_day(self, day: date) -> DayReading:
        as_of, tick = self._instant(), self._tick()
        listed, bookings = await both(
            self._list(day),
            attempt(lambda: self._api.bookings.list(self._location_id, between=_span(day))),
        )
        if isinstance(bookings, AltegioError):
            self.bookings.drop()
        else:
            self.bookings.take(day, bookings, tick)
        events = tuple(self._with_single(event) for event in listed if event.starts_at.date() == day)
        unread = f"Who has arrived could not be read: {why(bookings)}" if isinstance(bookings, AltegioError) else ""
        return DayReading(
            date=day,
            events=events,
            bookings=None if isinstance(bookings, AltegioError) else _by_event(bookings),
            rooms=self._kept_rooms(day, _roomless(events)),
            as_of=as_of,
            tick=tick,
            notes=(unread,) if unread else (),
        )

    async def with_rooms(self, reading: DayReading) -> DayReading:
        """Read the rooms that the listing does not tell, unless they are kept: one request for the days around."""
        if reading.rooms is not None:
            return reading
        first, last = (reading.date + days for days in AROUND)
        read_at = self._instant()
        found = await attempt(
            lambda: self._api.reference.occupations(self._location_id, _span(first)[0], _span(last)[1])
        )
        if isinstance(found, AltegioError):
            return replace(reading, notes=(*reading.notes, f"The rooms could not be read: {why(found)}"))
        self._rooms = _Rooms(first, last, _rooms_by_event(found), read_at, {})
        return replace(reading, rooms=self._kept_rooms(reading.date, _roomless(reading.events)))

    async def fill(self, day: Day, *, reference: Reference) -> AsyncGenerator[Day, None]:
        """Read what the listing left out, event by event, and give the day again after each (contract 2.1 b)."""
        names = names_of(reference)
        gate = asyncio.Semaphore(AT_ONCE)

        async def read(event_id: int) -> tuple[int, Event | AltegioError]:
            async with gate:
                return event_id, await attempt(lambda: self._api.events.get(self._location_id, event_id))

        tasks = [asyncio.create_task(read(event.id)) for event in day.events if event.needs_reading]
        try:
            for ended in asyncio.as_completed(tasks):
                event_id, event = await ended
                day = self._completed(day, event_id, event, names)
                yield day
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def next_day_with_events(self, after: date, within: int = 60) -> date | None:
        """Find the first day after `after` that has events, at most `within` days on; None: there is none.

        Looks a little ahead first: nearly always one request is enough. Raises `AltegioError`.
        """
        within = min(within, (date.max - after).days)
        if within < 1:
            return None
        begin = 1
        for end in sorted({min(ahead, within) for ahead in (3, 14, within)}):
            query = EventQuery(
                starts_from=datetime.combine(after + timedelta(days=begin), time.min),
                starts_to=_end_of(after + timedelta(days=end)),
            )
            events = await self._api.events.list(self._location_id, query)
            days = [event.starts_at.date() for event in events if not event.deleted and event.starts_at.date() > after]
            if days:
                return min(days)
            begin = end + 1
        return None

    def forget(self) -> None:
        """Drop what is kept of rooms and single events, so that the next reading of a day asks anew."""
        self._rooms = None
        self._single.clear()

    async def _list(self, day: date) -> tuple[Event, ...]:
        """List a day with its cancelled events; without them where the server does not take the wish (contract 5)."""
        if self._deleted_too:
            try:
                return await self._api.events.list(self._location_id, _query(day, with_deleted=True))
            except (Invalid, Malformed):
                self._deleted_too = False
        return await self._api.events.list(self._location_id, _query(day, with_deleted=False))

    def _fresh(self, read_at: datetime) -> bool:
        return abs(self._instant() - read_at) < KEPT_FOR

    def _with_single(self, event: Event) -> Event:
        """Complete a bare item from the event's own last reading, but never its places: those change."""
        single, read_at = self._single.get(event.id, (None, None))
        if single is None or read_at is None or not self._fresh(read_at) or single.starts_at != event.starts_at:
            return event
        return _completed_by(event, single)

    def _kept_rooms(self, day: date, events: Times) -> Mapping[int, tuple[int, ...]] | None:
        kept = self._rooms
        if not events:
            return {}
        if kept is None or not kept.first <= day <= kept.last or not self._fresh(kept.read_at):
            return None
        if kept.seen.setdefault(day, events) != events:
            return None
        return {event_id: kept.by_event.get(event_id, ()) for event_id, _, _ in events}

    def _completed(self, day: Day, event_id: int, read: Event | AltegioError, names: Names) -> Day:
        """Put a single reading into the day."""
        if isinstance(read, Missing) or (isinstance(read, Event) and read.deleted):
            return replace(day, events=tuple(event for event in day.events if event.id != event_id))
        if isinstance(read, AltegioError):
            note = f"Some events could not be read whole: {why(read)}"
            return day if note in day.notes else replace(day, notes=(*day.notes, note))
        self._single[event_id] = (read, self._instant())
        return replace(
            day, events=tuple(_filled(event, read, names) if event.id == event_id else event for event in day.events)
        )


def names_told(reading: DayReading) -> bool:
    """Whether the listing itself tells what each event is (contract 2.1)."""
    return all(event.service_title or event.service_id is None for event in reading.events)


def present(reading: DayReading, reference: Reference) -> Day:
    """Put names to a day; rooms and tags stay None until their names have been asked for."""
    scheduled = _schedule(reading.events, names_of(reference), reading.bookings, reading.rooms or {})
    if "resources" in reference.missing:
        scheduled = [replace(event, rooms=None) for event in scheduled]
    if "event_tags" in reference.missing:
        scheduled = [replace(event, tags=None) for event in scheduled]
    return Day(
        date=reading.date,
        events=tuple(event for event in scheduled if not event.cancelled),
        cancelled=tuple(event for event in scheduled if event.cancelled),
        as_of=reading.as_of,
        tick=reading.tick,
        notes=reading.notes,
    )


def _query(day: date, *, with_deleted: bool) -> EventQuery:
    return EventQuery(starts_from=datetime.combine(day, time.min), starts_to=_end_of(day), with_deleted=with_deleted)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


def _span(day: date) -> tuple[datetime, datetime]:
    return datetime.combine(day, time.min), _end_of(day)


def _by_event(bookings: Iterable[Booking]) -> Mapping[int, list[Booking]]:
    found: defaultdict[int, list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.event_id is not None and not booking.deleted:
            found[booking.event_id].append(booking)
    return found


def _roomless(events: Iterable[Event]) -> Times:
    """The events whose listing does not tell their rooms."""
    missing = (event for event in events if event.resource_ids is None and not event.deleted)
    return frozenset((event.id, event.starts_at, event.length) for event in missing)


def _rooms_by_event(occupations: Iterable[Occupation]) -> Mapping[int, tuple[int, ...]]:
    found: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for occupation in occupations:
        if occupation.by_event:
            found[occupation.source_id][occupation.resource_id] = None
    return {event_id: tuple(rooms) for event_id, rooms in found.items()}


def _schedule(
    events: Iterable[Event],
    names: Names,
    bookings: Mapping[int, list[Booking]] | None,
    rooms: Mapping[int, tuple[int, ...]],
) -> list[ScheduledEvent]:
    """Resolve names, count places, sort by time."""
    scheduled = []
    for event in events:
        mine = None if bookings is None else bookings.get(event.id, [])
        booked = event.taken if event.taken is not None or mine is None else sum(booking.places for booking in mine)
        arrived = None if mine is None else _arrived(mine)
        resource_ids = event.resource_ids if event.resource_ids is not None else rooms.get(event.id)
        shown = _named(event, names, resource_ids)
        scheduled.append(replace(shown, booked=booked, arrived=arrived))
    return sorted(scheduled, key=lambda event: (event.starts_at, fold(event.service), event.id))


def _arrived(bookings: Iterable[Booking]) -> int:
    return sum(booking.places for booking in bookings if booking.attendance is Attendance.ARRIVED)


def _named(event: Event, names: Names, resource_ids: tuple[int, ...] | None) -> ScheduledEvent:
    return ScheduledEvent(
        event=event,
        service=names.service(event.service_id, event.service_title),
        team_member=names.team_member(event.team_member_id, event.team_member_name),
        rooms=None if resource_ids is None else tuple(names.room(resource_id) for resource_id in resource_ids),
        tags=None if event.tag_ids is None else names.tags_of_event(event.tag_ids),
    )


def _filled(shown: ScheduledEvent, read: Event, names: Names) -> ScheduledEvent:
    named = _named(read, names, read.resource_ids)
    booked = read.taken if read.taken is not None else shown.booked
    rooms = named.rooms if named.rooms is not None else shown.rooms
    return replace(named, booked=booked, arrived=shown.arrived, rooms=rooms)


def _completed_by(event: Event, single: Event) -> Event:
    """Take from `single` what `event` does not carry, except the places taken."""
    return replace(
        event,
        capacity=event.capacity if event.capacity is not None else single.capacity,
        length=event.length if event.length is not None else single.length,
        color=event.color or single.color,
        stream_link=event.stream_link or single.stream_link,
        series_id=event.series_id if event.series_id is not None else single.series_id,
        resource_ids=event.resource_ids if event.resource_ids is not None else single.resource_ids,
        tag_ids=event.tag_ids if event.tag_ids is not None else single.tag_ids,
        technical_break=event.technical_break if event.technical_break is not None else single.technical_break,
    )


def preselect(day: Day, now: datetime) -> int | None:
    """Choose the event to select: the one that began last and runs, else the next, else the last; None: no events."""
    by_phase: defaultdict[EventPhase, list[ScheduledEvent]] = defaultdict(list)
    for event in day.events:
        by_phase[event.phase(now)].append(event)
    order: tuple[tuple[EventPhase, Callable[[list[ScheduledEvent]], ScheduledEvent]], ...] = (
        (EventPhase.RUNNING, lambda events: events[-1]),
        (EventPhase.UPCOMING, lambda events: events[0]),
        (EventPhase.OVER, lambda events: events[-1]),
    )
    return next((choose(by_phase[phase]).id for phase, choose in order if by_phase[phase]), None)


def changed_ids(old: Day, new: Day) -> frozenset[int]:
    """The ids of events that are new, gone, or not told alike in both readings; what one of them lacks is no change."""
    before, after = ({event.id: event for event in (*day.events, *day.cancelled)} for day in (old, new))
    come_or_gone = before.keys() ^ after.keys()
    return frozenset(come_or_gone | {key for key in before.keys() & after.keys() if _differs(before[key], after[key])})


def _differs(old: ScheduledEvent, new: ScheduledEvent) -> bool:
    told = zip(_told(old), _told(new), strict=True)
    return any(before != after for before, after in told if before is not None and after is not None)


def _told(event: ScheduledEvent) -> tuple[object, ...]:
    """What a row tells of an event; None: not known."""
    return (
        event.starts_at,
        event.event.length,
        event.service,
        event.team_member,
        event.rooms,
        event.tags,
        event.capacity,
        event.booked,
        event.arrived,
        event.event.color,
        event.online,
        event.in_series,
        event.cancelled,
    )
