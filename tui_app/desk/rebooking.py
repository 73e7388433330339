"""Booking somebody again as they were booked before: for a move in two steps and for undo."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_app.altegio.resources import Booking
from tui_app.desk.booking import BookingDesk
from tui_app.desk.booking_draft import CheckedBooking

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


@dataclass(frozen=True, slots=True)
class Rebooked:
    """The new booking; `lost` says in words what of the old one could not be had again."""

    booking: Booking
    lost: tuple[str, ...] = ()


def as_it_was(booking: Booking) -> CheckedBooking:
    """The request that books the same people again; raises `CannotBook` where nothing tells who they are."""
    raise NotImplementedError


class Rebooker:
    """Books again at one location."""

    def __init__(self, api: "AltegioApi", location_id: int, booking: BookingDesk) -> None:
        self._api = api
        self._location_id = location_id
        self._booking = booking

    async def book_like(self, event_id: int, former: Booking) -> Rebooked:
        """Book into an event as `former` was booked: client, visitor, places, comment, tags.

        After an unknown outcome the roster is looked at; raises `OutcomeUnknown` where it does not tell, `CannotBook`,
        `BookingRefused` and `AltegioError`.
        """
        raise NotImplementedError
