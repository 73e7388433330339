"""Booking into events: new bookings, their edit, attendance, cancelling."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_app.altegio.resources import Attendance, Booking, Client, ClientHit, Event, PriceItem
from tui_app.desk.booking_draft import BookingDraft, CheckedBooking, check_booking, draft_for
from tui_app.desk.model import Roster, RosterEntry
from tui_app.desk.roster import RosterDesk
from tui_app.desk.trouble import BookingRefused, CannotBook, CannotEdit, NotReady

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

__all__ = [
    "BookingDesk",
    "BookingDraft",
    "BookingEdit",
    "BookingRefused",
    "CannotBook",
    "CannotEdit",
    "CheckedBooking",
    "NotReady",
    "Prepared",
    "already_booked",
    "check_booking",
    "draft_for",
]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event and its roster, just read."""

    event: Event
    roster: Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingEdit:
    """A booking as it was read for its edit: everything that its update sends back whole (contract 2.5)."""

    event_id: int
    booking: Booking
    price_item: PriceItem
    places: int
    comment: str
    tag_ids: tuple[int, ...]


class BookingDesk:
    """Books into the events of one location."""

    def __init__(self, api: "AltegioApi", location_id: int, rosters: RosterDesk) -> None:
        self._api = api
        self._location_id = location_id
        self._rosters = rosters

    async def prepare(self, event_id: int, previous: Roster | None = None) -> Prepared:
        """Read the event and its roster; raises `AltegioError`."""
        raise NotImplementedError

    async def book(self, event_id: int, checked: CheckedBooking) -> Booking:
        """Send a booking once; raises `NotReady`, `CannotBook`, `BookingRefused` and `AltegioError`."""
        raise NotImplementedError

    async def look_for(self, event_id: int, checked: CheckedBooking, before: Roster | None) -> Booking | None:
        """Look, after an unknown outcome, for the booking that was sent; None: it is not there."""
        raise NotImplementedError

    async def open_booking(self, event_id: int, booking: Booking) -> BookingEdit:
        """Read a booking for its edit; raises `CannotEdit` with the reason."""
        raise NotImplementedError

    async def save_booking(self, edit: BookingEdit, *, places: int, comment: str, tag_ids: tuple[int, ...]) -> Booking:
        """Send a booking whole with the new values; raises `AltegioError`."""
        raise NotImplementedError

    async def cancel_booking(self, booking: Booking) -> None:
        """Cancel a booking; raises `AltegioError`."""
        raise NotImplementedError

    async def set_attendance(self, booking: Booking, attendance: Attendance) -> None:
        """Set the attendance of a booking; raises `AltegioError`."""
        raise NotImplementedError


def already_booked(roster: Roster, client: ClientHit | Client) -> RosterEntry | None:
    """Find the client's own entry in a roster, by id, else by phone; None: the client is not in it."""
    raise NotImplementedError
