"""The writes of a desk as values: what a journal keeps before they are sent, and what sends them once more.

Imports nothing heavy. All ids are the server's; times are the location's wall clock.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import Struct

from tui_app.altegio.requests import BookingInput, BookingMove, BookingUpdate, BulkEntry, EventInput
from tui_app.altegio.resources import Attendance

T = TypeVar("T")


class AddBooking(Struct, frozen=True, kw_only=True):
    """Book a client or a visitor into an event (contract 2.4)."""

    location_id: int
    event_id: int
    booking: BookingInput


class AddBookings(Struct, frozen=True, kw_only=True):
    """Book several at once (contract 2.6)."""

    location_id: int
    event_id: int
    entries: tuple[BulkEntry, ...]


class UpdateBooking(Struct, frozen=True, kw_only=True):
    """Change a booking (contract 2.5); `onto` is what it held when that was made, None where it is not known."""

    location_id: int
    event_id: int
    booking_id: int
    update: BookingUpdate
    onto: BookingUpdate | None = None


class MoveBooking(Struct, frozen=True, kw_only=True):
    """Move a booking to another event (contract 2.5)."""

    location_id: int
    event_id: int
    booking_id: int
    move: BookingMove


class CancelBooking(Struct, frozen=True, kw_only=True):
    """Cancel a booking (contract 3); `event_id` None where nobody knows which event it is in."""

    location_id: int
    event_id: int | None
    booking_id: int


class MarkAttendance(Struct, frozen=True, kw_only=True):
    """Mark the attendance of a booking (contract 4); `event_id` as in `CancelBooking`."""

    location_id: int
    event_id: int | None
    booking_id: int
    attendance: Attendance


class CreateEvent(Struct, frozen=True, kw_only=True):
    """Create an event (contract 2.3)."""

    location_id: int
    event: EventInput


class UpdateEvent(Struct, frozen=True, kw_only=True):
    """Replace an event whole (contract 2.3); `onto` is what it held when that was made, None where it is not known."""

    location_id: int
    event_id: int
    event: EventInput
    onto: EventInput | None = None


class DeleteEvent(Struct, frozen=True, kw_only=True):
    """Delete an event with all its bookings (contract 2.3)."""

    location_id: int
    event_id: int


class RepeatEvent(Struct, frozen=True, kw_only=True):
    """Repeat an event at 1 to 100 times (contract 2.6)."""

    location_id: int
    event_id: int
    starts: tuple[datetime, ...]
    with_bookings: bool
    force: bool


Operation = (
    AddBooking
    | AddBookings
    | UpdateBooking
    | MoveBooking
    | CancelBooking
    | MarkAttendance
    | CreateEvent
    | UpdateEvent
    | DeleteEvent
    | RepeatEvent
)


class WriteGuard(Protocol):
    """Stands between an operation and its sending: told what is to be sent before it is, and how it ended."""

    async def carry_out(self, operation: Operation, send: Callable[[], Awaitable[T]], /) -> T:
        """Send, once, and give the answer; what is raised tells how it ended, as for the API itself."""
        ...


class Unguarded:
    """Sends at once and keeps nothing."""

    async def carry_out(self, _operation: Operation, send: Callable[[], Awaitable[T]], /) -> T:
        """Send."""
        return await send()
