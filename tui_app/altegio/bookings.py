"""Bookings: list, add, change, move, cancel, attendance (contract 2.4 to 2.6, 3, 4)."""

from collections.abc import Sequence
from datetime import datetime

from tui_app.altegio.requests import BookingInput, BookingMove, BookingUpdate, BulkEntry, VisitUpdate
from tui_app.altegio.resources import Attendance, Booking, BulkResult


class BookingsApi:
    """The operations on bookings."""

    async def list(
        self,
        location_id: int,
        *,
        event_id: int | None = None,
        client_id: int | None = None,
        between: tuple[datetime, datetime] | None = None,
    ) -> tuple[Booking, ...]:
        """List bookings with their clients, visitors and tags: of an event, of a client, or of a stretch of time."""
        raise NotImplementedError

    async def get_for_edit(self, location_id: int, event_id: int, booking_id: int) -> Booking:
        """Read one booking of an event with its price line and the number of its products. Raises Missing."""
        raise NotImplementedError

    async def add(self, location_id: int, event_id: int, booking: BookingInput) -> Booking:
        """Book a client or a visitor into an event."""
        raise NotImplementedError

    async def add_many(self, location_id: int, event_id: int, entries: Sequence[BulkEntry]) -> BulkResult:
        """Book up to 50 at once; `events` only, else Unsupported."""
        raise NotImplementedError

    async def update(self, location_id: int, event_id: int, booking_id: int, update: BookingUpdate) -> Booking:
        """Change a booking."""
        raise NotImplementedError

    async def move(self, location_id: int, event_id: int, booking_id: int, move: BookingMove) -> Booking:
        """Move a booking to another event."""
        raise NotImplementedError

    async def cancel(self, location_id: int, booking_id: int) -> None:
        """Cancel a booking."""
        raise NotImplementedError

    async def set_attendance(self, location_id: int, booking_id: int, attendance: Attendance) -> None:
        """Mark a booking's attendance."""
        raise NotImplementedError

    async def set_visit(self, visit_id: int, booking_id: int, update: VisitUpdate) -> None:
        """Mark attendance in the older way, through the booking's visit."""
        raise NotImplementedError

    async def changed_since(self, location_id: int, since: datetime) -> tuple[Booking, ...]:
        """List the bookings that anybody changed since a wall-clock time."""
        raise NotImplementedError
