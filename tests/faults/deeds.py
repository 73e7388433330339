"""What people do at a desk, each with a way to tell from the sandbox's database how often it was done."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import partial
from typing import Protocol, TypeAlias, TypeVar

from msgspec.structs import replace

from tests.faults.station import Station
from tests.faults.studio import PLACES, Planted, Studio
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.requests import (
    LEFT_OUT,
    BookingInput,
    BookingMove,
    BookingUpdate,
    BulkEntry,
    ClientInput,
    EventInput,
)
from tui_app.altegio.resources import Attendance, PriceItem

K = TypeVar("K")


class Told(Enum):
    """What people at the desk are told of a thing."""

    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "not confirmed"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was to be done: a booking, an event, a mark. `times` looks how often it was."""

    name: str
    times: Callable[[], int]


def things(names: Iterable[K], times: Callable[[K], int]) -> tuple[Thing, ...]:
    """A thing for each name."""
    return tuple(Thing(str(name), partial(times, name)) for name in names)


@dataclass(frozen=True, slots=True)
class Deed:
    """Things that one call or one service does. `do` raises what people are told, or tells it of each thing."""

    do: Callable[[], Awaitable[Sequence[Told] | None]]
    things: tuple[Thing, ...]

    @classmethod
    def of(cls, times: Callable[[], int], do: Callable[[], Awaitable[object]]) -> "Deed":
        """A deed of one thing, that is done where no error is raised."""

        async def done() -> None:
            await do()

        return cls(done, (Thing("", times),))


class At(Protocol):
    """Where an operation is sent from."""

    @property
    def studio(self) -> Studio:
        """The studio that is looked at."""
        ...

    @property
    def api(self) -> AltegioApi:
        """The API, whose guard is a keeper."""
        ...

    @property
    def location_id(self) -> int:
        """The location."""
        ...


Preparation: TypeAlias = Callable[[Station], Awaitable[Deed]]
"""Plants what a deed needs, and reads what a screen would have read; nothing of it meets a fault."""


async def add_booking(at: At) -> Deed:
    """Book a new client by one call."""
    event, (name, phone) = at.studio.event(), at.studio.person()
    wanted = BookingInput(client=ClientInput(id=None, name=name, phone=phone), places=2)
    return Deed.of(
        lambda: at.studio.booked_by_phone(event.id, phone),
        lambda: at.api.bookings.add(at.location_id, event.id, wanted),
    )


async def add_bookings(at: At) -> Deed:
    """Book two known clients by one call."""
    event, clients = at.studio.event(), (at.studio.client(), at.studio.client())
    entries = tuple(BulkEntry(places=1, client_id=one) for one in clients)

    async def do() -> Sequence[Told]:
        booked = await at.api.bookings.add_many(at.location_id, event.id, entries)
        ids = {booking.client_id for booking in booked.booked}
        return [Told.DONE if client in ids else Told.FAILED for client in clients]

    return Deed(do, things(clients, lambda client: at.studio.booked(event.id, client)))


async def update_booking(at: At) -> Deed:
    """Change places and comment of a booking by one call."""
    event = at.studio.event()
    booking_id = at.studio.booking(event)
    price = PriceItem(cost_per_unit=0.0, discount_percent=0.0, manual_cost=0.0)
    update = BookingUpdate(places=3, comment="late", tag_ids=(), price_item=price)
    return Deed.of(
        lambda: at.studio.stands(booking_id, "places = 3 AND comment = 'late'"),
        lambda: at.api.bookings.update(
            at.location_id, event.id, booking_id, update, onto=replace(update, places=1, comment=None)
        ),
    )


async def move_booking(at: At) -> Deed:
    """Move a booking by one call."""
    source, target = at.studio.event(), at.studio.event()
    booking_id = at.studio.booking(source)
    move = BookingMove(to_event_id=target.id, places=1)
    return Deed.of(
        lambda: at.studio.stands(booking_id, "event_id = ?", target.id),
        lambda: at.api.bookings.move(at.location_id, source.id, booking_id, move),
    )


async def cancel_booking(at: At) -> Deed:
    """Cancel a booking by one call."""
    event = at.studio.event()
    booking_id = at.studio.booking(event)
    return Deed.of(
        lambda: at.studio.stands(booking_id, "deleted = 1"),
        lambda: at.api.bookings.cancel(at.location_id, booking_id, event_id=event.id),
    )


async def mark_attendance(at: At) -> Deed:
    """Mark one booking by one call."""
    event = at.studio.event()
    booking_id = at.studio.booking(event)
    return Deed.of(
        lambda: at.studio.stands(booking_id, "attendance = 1"),
        lambda: at.api.bookings.set_attendance(at.location_id, booking_id, Attendance.ARRIVED, event_id=event.id),
    )


def new_event(at: At, like: Planted) -> EventInput:
    """A new event at a free hour."""
    return EventInput(
        team_member_id=like.team_member_id,
        service_id=like.service_id,
        resource_ids=(like.resource_id,),
        tag_ids=(),
        starts_at=at.studio.free_hour(),
        length=timedelta(minutes=30),
        capacity=9,
        technical_break=timedelta(),
        comment=LEFT_OUT,
        color=LEFT_OUT,
        instructions=LEFT_OUT,
        stream_link=LEFT_OUT,
    )


async def create_event(at: At) -> Deed:
    """Create an event by one call."""
    wanted = new_event(at, at.studio.event())
    return Deed.of(lambda: at.studio.events_at(wanted.starts_at), lambda: at.api.events.create(at.location_id, wanted))


async def update_event(at: At) -> Deed:
    """Replace an event by one call."""
    event = at.studio.event()
    wanted = EventInput(
        team_member_id=event.team_member_id,
        service_id=event.service_id,
        resource_ids=(event.resource_id,),
        tag_ids=(),
        starts_at=event.starts_at,
        length=timedelta(minutes=30),
        capacity=33,
        technical_break=timedelta(),
        comment="bring a mat",
        color=None,
        instructions=None,
        stream_link=None,
    )
    return Deed.of(
        lambda: at.studio.holds(event.id, "capacity = 33 AND comment = 'bring a mat'"),
        lambda: at.api.events.update(
            at.location_id, event.id, wanted, onto=replace(wanted, capacity=PLACES, comment=None)
        ),
    )


async def delete_event(at: At) -> Deed:
    """Delete an event with a booking by one call."""
    event = at.studio.event()
    at.studio.booking(event)
    return Deed.of(
        lambda: at.studio.holds(event.id, "deleted = 1"), lambda: at.api.events.delete(at.location_id, event.id)
    )


async def repeat_event(at: At) -> Deed:
    """Repeat an event at two times by one call."""
    event, hours = at.studio.event(), (at.studio.free_hour(), at.studio.free_hour())

    async def do() -> Sequence[Told]:
        made = {
            one.starts_at
            for one in await at.api.events.duplicate(at.location_id, event.id, hours, with_bookings=False, force=False)
        }
        return [Told.DONE if hour in made else Told.FAILED for hour in hours]

    return Deed(do, things(hours, at.studio.events_at))


OPERATIONS: dict[str, Callable[[At], Awaitable[Deed]]] = {
    "AddBooking": add_booking,
    "AddBookings": add_bookings,
    "UpdateBooking": update_booking,
    "MoveBooking": move_booking,
    "CancelBooking": cancel_booking,
    "MarkAttendance": mark_attendance,
    "CreateEvent": create_event,
    "UpdateEvent": update_event,
    "DeleteEvent": delete_event,
    "RepeatEvent": repeat_event,
}
"""Every write operation, each as one call of the API."""

ONLY_IN_EVENTS = frozenset({"AddBookings", "RepeatEvent"})
"""Those that the earlier dialect does not have (contract 2.6)."""
