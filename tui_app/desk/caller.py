"""The caller: what a client has booked, whom to ring, and what to know at the moment of booking (design 5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tui_app.altegio.resources import Booking, Client, ClientHit, ClientStatistics
from tui_app.desk.clock import LocationClock
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.roster import RosterDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


@dataclass(frozen=True, slots=True)
class ComingBooking:
    """A coming booking of a client; `event` is None for an appointment, or where the event could not be read."""

    booking: Booking
    event: ScheduledEvent | None
    starts_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A client's coming bookings by time; `words` sum them up, `notes` say what could not be read."""

    client: ClientHit
    bookings: tuple[ComingBooking, ...]
    words: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody to ring; `phone` is as people read it, or words where there is none to show."""

    number: int
    booking_id: int
    name: str
    phone: str
    can_ring: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class CallList:
    """Whom to ring about an event, by roster number."""

    event_id: int
    lines: tuple[CallLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How many were reached."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class ClientCard:
    """What to know of a client when booking: `lines` for the screen; None where it could not be read."""

    client: Client | None
    statistics: ClientStatistics | None
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def birthday_words(birthday: date | None, today: date) -> str:
    """Mark a birthday today or within the next six days; else empty. 29 February counts as the 28th in short years."""
    raise NotImplementedError


def visits_words(statistics: ClientStatistics, today: date) -> str:
    """Say the first visit, or how often the client came."""
    raise NotImplementedError


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
        """Read a client's coming bookings with the names of their events; raises `AltegioError`."""
        raise NotImplementedError

    async def call_list(self, event_id: int) -> CallList:
        """Read whom to ring about an event; raises `AltegioError`."""
        raise NotImplementedError

    def mark_reached(self, calls: CallList, number: int, *, reached: bool = True) -> CallList:
        """Mark somebody as reached, for this run only."""
        raise NotImplementedError

    async def client_card(self, client_id: int) -> ClientCard:
        """Read what to know of a client; rights that are withheld are said in words. Raises `TokenRefused` alone."""
        raise NotImplementedError
