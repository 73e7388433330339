"""Which writes would make the same thing twice, and which make an earlier one pointless: pure comparisons."""

from tui_app.altegio.operations import (
    AddBooking,
    AddBookings,
    CancelBooking,
    CreateEvent,
    DeleteEvent,
    MarkAttendance,
    MoveBooking,
    Operation,
    RepeatEvent,
    UpdateBooking,
    UpdateEvent,
)
from tui_app.altegio.requests import BookingInput, BulkEntry
from tui_app.desk.folding import fold
from tui_app.desk.phones import digits


def makes_the_same(one: Operation, other: Operation) -> bool:
    """Whether both would make the same new thing: a booking of the same person in the event, an event like it."""
    if isinstance(one, CreateEvent) and isinstance(other, CreateEvent):
        return _slot(one) == _slot(other)
    if isinstance(one, RepeatEvent) and isinstance(other, RepeatEvent):
        return one.event_id == other.event_id and not set(one.starts).isdisjoint(other.starts)
    booking = AddBooking | AddBookings
    if isinstance(one, booking) and isinstance(other, booking) and one.event_id == other.event_id:
        return not _people(one).isdisjoint(_people(other))
    return False


def overtakes(later: Operation, earlier: Operation) -> bool:
    """Whether what the earlier one has done or not done makes no difference after the later one."""
    if isinstance(later, CancelBooking) and isinstance(earlier, CancelBooking | MarkAttendance | UpdateBooking):
        return later.booking_id == earlier.booking_id
    if isinstance(later, DeleteEvent) and isinstance(earlier, DeleteEvent | UpdateEvent):
        return later.event_id == earlier.event_id
    if isinstance(later, UpdateEvent) and isinstance(earlier, UpdateEvent):
        return later.event_id == earlier.event_id
    same_kind = type(later) is type(earlier)
    if same_kind and isinstance(later, MarkAttendance | UpdateBooking | MoveBooking):
        return isinstance(earlier, MarkAttendance | UpdateBooking | MoveBooking) and (
            later.booking_id == earlier.booking_id
        )
    return False


def _slot(create: CreateEvent) -> tuple[object, ...]:
    event = create.event
    return (create.location_id, event.starts_at, event.service_id, event.team_member_id)


def _people(operation: AddBooking | AddBookings) -> frozenset[tuple[str, object]]:
    if isinstance(operation, AddBooking):
        return frozenset(_person(operation.booking))
    return frozenset(marks for entry in operation.entries for marks in _entry(entry))


def _person(booking: BookingInput) -> list[tuple[str, object]]:
    visitor = booking.visitor_name if isinstance(booking.visitor_name, str) else ""
    if visitor:
        return [("name", fold(visitor))]
    return _marks(booking.client.id, booking.client.phone, booking.client.name)


def _entry(entry: BulkEntry) -> list[tuple[str, object]]:
    return _marks(entry.client_id, entry.phone, entry.name)


def _marks(client_id: int | None, phone: str, name: str) -> list[tuple[str, object]]:
    if client_id is not None:
        return [("client", client_id)]
    return [("phone", digits(phone))] if digits(phone) else [("name", fold(name))]
