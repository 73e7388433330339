"""Which writes would double each other, and which one makes an earlier one pointless."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.journal.rows import booking
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
    UpdateEvent,
)
from tui_app.altegio.requests import BookingInput, BookingMove, BulkEntry, ClientInput, EventInput
from tui_app.altegio.resources import Attendance
from tui_app.desk.journal.same import makes_the_same, overtakes

SEVEN = datetime(2026, 3, 28, 19)  # noqa: DTZ001  a wall clock
CLASS = EventInput(
    team_member_id=1, service_id=2, resource_ids=(), tag_ids=(), starts_at=SEVEN, length=timedelta(hours=1), capacity=9
)
CREATE = CreateEvent(location_id=1, event=CLASS)


def known(client_id: int, phone: str = "") -> AddBooking:
    client = ClientInput(id=client_id, name="Anna", phone=phone)
    return AddBooking(location_id=1, event_id=5, booking=BookingInput(client=client, places=1))


def by_id(*client_ids: int) -> AddBookings:
    entries = tuple(BulkEntry(places=1, client_id=one) for one in client_ids)
    return AddBookings(location_id=1, event_id=5, entries=entries)


def visitor(name: str) -> AddBooking:
    said = booking(name, "")
    return replace(said, booking=replace(said.booking, visitor_name=name))


def repeat(*starts: datetime) -> RepeatEvent:
    return RepeatEvent(location_id=1, event_id=5, starts=starts, with_bookings=False, force=False)


ALIKE: list[tuple[Operation, Operation]] = [
    (booking(), booking()),
    (booking("Anna", "+49 151 1"), booking("Anna K", "+491511")),
    (known(7), by_id(6, 7)),
    (known(7, "+491511"), booking("Anna", "+491511")),
    (visitor("Ольга"), visitor("ольга")),
    (visitor("Bo"), booking("Bo", "+491511")),
    (CREATE, CREATE),
    (CREATE, replace(CREATE, event=replace(CLASS, capacity=12))),
    (repeat(SEVEN), repeat(SEVEN + timedelta(days=1), SEVEN)),
]
APART: list[tuple[Operation, Operation]] = [
    (booking(), booking(event_id=6)),
    (booking("Anna", "+491511"), booking("Anna", "+491512")),
    (known(7), known(8)),
    (known(7, "+491511"), known(8, "+491511")),
    (known(7), visitor("Anna")),
    (visitor("Bo"), visitor("Cy")),
    (CREATE, replace(CREATE, event=replace(CLASS, starts_at=SEVEN + timedelta(hours=1)))),
    (repeat(SEVEN), repeat(SEVEN + timedelta(days=1))),
    (booking(), CREATE),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_would_make_the_same_is_known(one: Operation, other: Operation) -> None:
    assert makes_the_same(one, other)
    assert makes_the_same(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_makes_something_else_is_let_through(one: Operation, other: Operation) -> None:
    assert not makes_the_same(one, other)
    assert not makes_the_same(other, one)


def mark(booking_id: int = 3) -> MarkAttendance:
    return MarkAttendance(location_id=1, event_id=5, booking_id=booking_id, attendance=Attendance.ARRIVED)


UPDATE = UpdateEvent(location_id=1, event_id=5, event=CLASS)
DELETE = DeleteEvent(location_id=1, event_id=5)
CANCEL = CancelBooking(location_id=1, event_id=5, booking_id=3)
MOVE = MoveBooking(location_id=1, event_id=5, booking_id=3, move=BookingMove(to_event_id=6))


@pytest.mark.parametrize(
    ("later", "earlier", "pointless"),
    [
        (mark(), mark(), True),
        (mark(), mark(4), False),
        (CANCEL, mark(), True),
        (mark(), CANCEL, False),
        (CANCEL, MOVE, False),
        (MOVE, MOVE, True),
        (UPDATE, UPDATE, True),
        (UPDATE, replace(UPDATE, event_id=6), False),
        (DELETE, UPDATE, True),
        (DELETE, booking(), True),
        (DELETE, mark(), True),
        (DELETE, MOVE, False),
        (DELETE, CREATE, False),
        (UPDATE, DELETE, False),
        (booking(), booking(), False),
    ],
)
def test_what_a_later_write_makes_pointless(later: Operation, earlier: Operation, pointless: bool) -> None:
    assert overtakes(later, earlier) is pointless
