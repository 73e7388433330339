"""Which writes would make the same thing twice, and which make an earlier one pointless: pure comparisons."""

from msgspec import Struct

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
from tui_app.altegio.requests import BookingInput
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
        return any(_is_same(person, another) for person in _people(one) for another in _people(other))
    return False


def overtakes(later: Operation, earlier: Operation) -> bool:
    """Whether what the earlier one has done or not done makes no difference after the later one."""
    if isinstance(later, CancelBooking) and isinstance(earlier, CancelBooking | MarkAttendance | UpdateBooking):
        return later.booking_id == earlier.booking_id
    if isinstance(later, DeleteEvent):
        return not isinstance(earlier, CreateEvent | RepeatEvent | MoveBooking) and later.event_id == earlier.event_id
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


class _Person(Struct, frozen=True):
    """Who is booked, as far as the booking tells."""

    client_id: int | None
    phone: str
    name: str


def _is_same(one: _Person, other: _Person) -> bool:
    """Whether two may be one: by the ids of their cards, else by phone, else by name."""
    if one.client_id is not None and other.client_id is not None:
        return one.client_id == other.client_id
    if one.phone and other.phone:
        return one.phone == other.phone
    return one.client_id is None and other.client_id is None and one.name == other.name


def _people(operation: AddBooking | AddBookings) -> tuple[_Person, ...]:
    if isinstance(operation, AddBooking):
        return (_person(operation.booking),)
    return tuple(_Person(entry.client_id, digits(entry.phone), fold(entry.name)) for entry in operation.entries)


def _person(booking: BookingInput) -> _Person:
    """The visitor, where there is one beside or instead of the client."""
    if isinstance(booking.visitor_name, str) and booking.visitor_name:
        return _Person(None, "", fold(booking.visitor_name))
    name = " ".join(part for part in (booking.client.name, booking.client.surname) if part)
    return _Person(booking.client.id, digits(booking.client.phone), fold(name))
