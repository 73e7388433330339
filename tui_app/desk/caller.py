"""The caller: what a client has booked, whom to ring, and what to know at the moment of booking (design 5)."""

import asyncio
from calendar import isleap
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.resources import Booking, Client, ClientHit, ClientStatistics, Event
from tui_app.desk.clock import LocationClock
from tui_app.desk.model import EventPhase, RosterEntry, ScheduledEvent
from tui_app.desk.naming import Names, names_of
from tui_app.desk.phones import is_withheld, parse_phone
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.roster import RosterDesk
from tui_app.desk.showing import shown_event
from tui_app.desk.together import attempt, both, every
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import format_day, format_time
from tui_app.desk.wording import why

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

COMING_FOR: Final = timedelta(days=366)
"""How far ahead a client's bookings are read."""
AT_ONCE: Final = 3
"""Events read at the same time."""
MOST_NAMED: Final = 20
"""Events whose names are read: of a client who has booked more, the later ones are told by their time alone."""
BIRTHDAY_AHEAD: Final = 6
"""Days."""


class ComingBooking(Struct, frozen=True):
    """A coming booking of a client; `event` is None for an appointment, or where the event could not be read."""

    booking: Booking
    event: ScheduledEvent | None
    starts_at: datetime | None
    words: str


class Coming(Struct, frozen=True):
    """A client's coming bookings by time; `words` sum them up, `notes` say what could not be read."""

    client: ClientHit
    bookings: tuple[ComingBooking, ...]
    words: str
    notes: tuple[str, ...] = ()


class CallLine(Struct, frozen=True):
    """Somebody to ring; `phone` is as people read it, or words where there is none to show."""

    number: int
    booking_id: int
    name: str
    phone: str
    can_ring: bool
    reached: bool


class CallList(Struct, frozen=True):
    """Whom to ring about an event, by roster number."""

    event_id: int
    lines: tuple[CallLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How many were reached of those who can be."""
        if not self.lines:
            return "Nobody is booked"
        to_ring = [line for line in self.lines if line.can_ring]
        if not to_ring:
            return "Nobody here can be rung"
        return f"{sum(line.reached for line in to_ring)} of {len(to_ring)} reached"


class ClientCard(Struct, frozen=True):
    """What to know of a client when booking: `lines` for the screen; None where it could not be read."""

    client: Client | None
    statistics: ClientStatistics | None
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def birthday_words(birthday: date | None, today: date) -> str:
    """Mark a birthday today or within the next six days; else empty. 29 February counts as the 28th in short years."""
    if birthday is None:
        return ""
    for ahead in range(BIRTHDAY_AHEAD + 1):
        day = today + timedelta(days=ahead)
        if _celebrated(birthday, day.year) == (day.month, day.day):
            return "Birthday today" if ahead == 0 else f"Birthday on {format_day(day, today)}"
    return ""


def visits_words(statistics: ClientStatistics, today: date) -> str:
    """Say the first visit, or how many there are; what is not told is left out.

    The server may count coming bookings among the visits: «on record» claims no more than it tells.
    """
    if statistics.visits == 0:
        return "First visit"
    parts = []
    if statistics.visits is not None:
        parts.append("1 visit on record" if statistics.visits == 1 else f"{statistics.visits} visits on record")
    if statistics.no_shows:
        parts.append("1 no-show" if statistics.no_shows == 1 else f"{statistics.no_shows} no-shows")
    if statistics.last_visit is not None:
        parts.append(f"last {format_day(statistics.last_visit.date(), today)}")
    return ", ".join(parts)


class CallerDesk:
    """Answers what a caller asks."""

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        clock: LocationClock,
        *,
        rosters: RosterDesk,
        reference: ReferenceDesk,
        region: str = "",
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._rosters = rosters
        self._reference = reference
        self._region = region
        self._reached: set[int] = set()

    async def who(self, client: ClientHit) -> Coming:
        """Read a client's coming bookings with the names of their events; raises `AltegioError`.

        Of a visitor without a card nothing can be asked, and that is said.
        """
        name = client.full_name or "This client"
        if client.id is None:
            return Coming(client, (), f"{name} is a visitor without a card: look in the rosters")
        now = self._clock.now()
        bookings = await self._api.bookings.list(
            self._location_id, client_id=client.id, between=(now, now + COMING_FOR)
        )
        mine = sorted(
            (booking for booking in bookings if booking.client_id == client.id and not booking.deleted),
            key=lambda booking: (booking.starts_at or now + COMING_FOR, booking.id),
        )
        events, notes = await self._events_of(mine)
        coming = [self._coming(booking, events) for booking in mine]
        still = tuple(one for one in coming if not _is_over(one, now))
        return Coming(client, still, f"{name}: {_how_many(len(still))}", notes)

    async def call_list(self, event_id: int) -> CallList:
        """Read whom to ring about an event; raises `AltegioError`."""
        roster = await self._rosters.load(event_id)
        lines = tuple(self._call_line(entry) for entry in roster.entries)
        withheld = sum(
            not line.can_ring for line, entry in zip(lines, roster.entries, strict=True) if not entry.is_visitor
        )
        notes = () if not withheld else (f"{withheld} of {len(lines)} phones are not shown to you, or not known",)
        return CallList(event_id, lines, notes)

    def mark_reached(self, calls: CallList, number: int, *, reached: bool = True) -> CallList:
        """Mark somebody as reached, for this run only; a number that is nobody's changes nothing."""
        for line in calls.lines:
            if line.number == number:
                (self._reached.add if reached else self._reached.discard)(line.booking_id)
        lines = tuple(replace(line, reached=line.booking_id in self._reached) for line in calls.lines)
        return replace(calls, lines=lines)

    async def client_card(self, client_id: int) -> ClientCard:
        """Read what to know of a client; what is withheld is said in words.

        Raises `TokenRefused` and `LicenceExpired` alone.
        """
        client, statistics = await both(
            attempt(lambda: self._api.clients.get(self._location_id, client_id)),
            attempt(lambda: self._api.clients.statistics(self._location_id, client_id)),
        )
        lines: list[str] = []
        notes: list[str] = []
        today = self._clock.today()
        if isinstance(client, AltegioError):
            notes.append(f"The card could not be read: {why(client)}")
        else:
            lines += [birthday_words(client.birthday, today), client.comment]
        if isinstance(statistics, AltegioError):
            notes.append(f"The visits could not be read: {why(statistics)}")
        else:
            lines.insert(0, visits_words(statistics, today))
        return ClientCard(
            client=None if isinstance(client, AltegioError) else client,
            statistics=None if isinstance(statistics, AltegioError) else statistics,
            lines=tuple(line for line in lines if line),
            notes=tuple(notes),
        )

    async def _events_of(self, bookings: Iterable[Booking]) -> tuple[dict[int, Event], tuple[str, ...]]:
        """Read the events of these bookings, a few at a time; what fails is noted and the rest goes on."""
        wanted = list(dict.fromkeys(booking.event_id for booking in bookings if booking.event_id is not None))
        gate = asyncio.Semaphore(AT_ONCE)

        async def read(event_id: int) -> Event | AltegioError:
            async with gate:
                return await attempt(lambda: self._api.events.get(self._location_id, event_id))

        found = await every(read(event_id) for event_id in wanted[:MOST_NAMED])
        failed = [one for one in found if isinstance(one, AltegioError)]
        notes = (f"Some classes could not be read: {why(failed[0])}",) if failed else ()
        return {event.id: event for event in found if not isinstance(event, AltegioError)}, notes

    def _coming(self, booking: Booking, events: dict[int, Event]) -> ComingBooking:
        names = names_of(self._reference.current)
        event = events.get(booking.event_id) if booking.event_id is not None else None
        shown = None if event is None else shown_event(event, names)
        starts_at = shown.starts_at if shown is not None else booking.starts_at
        return ComingBooking(booking, shown, starts_at, self._coming_words(booking, shown, starts_at, names))

    def _coming_words(
        self, booking: Booking, event: ScheduledEvent | None, starts_at: datetime | None, names: Names
    ) -> str:
        when = "no time told"
        if starts_at is not None:
            when = f"{format_day(starts_at.date(), self._clock.today())} {format_time(starts_at)}"
        if event is not None:
            what = f"{event.service}, {event.team_member}"
        else:
            kind = "class" if booking.event_id is not None else "appointment"
            what = f"{kind}, {names.team_member(booking.team_member_id)}"
        places = "" if booking.places == 1 else f", {booking.places} places"
        return f"{when} {what}{places}{', paid' if booking.paid else ''}"

    def _call_line(self, entry: RosterEntry) -> CallLine:
        can_ring = not is_withheld(entry.phone)
        phone = self._readable(entry.phone) if can_ring else entry.masked_phone
        return CallLine(
            number=entry.number,
            booking_id=entry.booking.id,
            name=entry.name,
            phone=phone,
            can_ring=can_ring,
            reached=entry.booking.id in self._reached,
        )

    def _readable(self, phone: str) -> str:
        """A phone in groups of digits; as it came where it is no valid number."""
        try:
            return parse_phone(phone, self._region).shown
        except Unparsed:
            return phone


def _celebrated(birthday: date, year: int) -> tuple[int, int]:
    if (birthday.month, birthday.day) == (2, 29) and not isleap(year):
        return 2, 28
    return birthday.month, birthday.day


def _is_over(coming: ComingBooking, now: datetime) -> bool:
    if coming.event is not None:
        return coming.event.cancelled or coming.event.phase(now) is EventPhase.OVER
    return coming.starts_at is not None and coming.starts_at < now


def _how_many(number: int) -> str:
    if number == 0:
        return "no coming bookings"
    return "1 coming booking" if number == 1 else f"{number} coming bookings"
