"""Looking after each operation: not there before it is carried out, found after, and never taken from somebody else."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.faults.deeds import ONLY_IN_EVENTS, OPERATIONS
from tests.journal.conftest import Office
from tui_app.altegio.errors import OutcomeUnknown
from tui_app.altegio.operations import AddBooking
from tui_app.altegio.requests import BookingInput, ClientInput
from tui_app.desk.journal.looks import FRESH_S, SKEW, Looks, Sent


@pytest.mark.parametrize("name", OPERATIONS)
async def test_an_operation_is_found_once_it_is_carried_out_and_not_before(here: Office, name: str) -> None:
    if here.api.spoken == "activities" and name in ONLY_IN_EVENTS:
        pytest.skip("this dialect does not have it")
    deed = await OPERATIONS[name](here)
    here.studio.sandbox.faults.drop(handled=False, method=METHODS[here.api.spoken or ""][name])
    with pytest.raises(OutcomeUnknown):
        await deed.do()
    (row,) = here.keeper.uncertain
    assert not await here.keeper.check(row.id)
    await here.api.send_again(row.operation)
    assert await here.keeper.check(row.id)
    assert [thing.times() for thing in deed.things] == [1] * len(deed.things)


_ALIKE = dict.fromkeys(OPERATIONS, "POST") | {
    "CancelBooking": "DELETE",
    "DeleteEvent": "DELETE",
    "MoveBooking": "PATCH",
    "UpdateEvent": "PUT",
}
METHODS = {"activities": _ALIKE | {"UpdateBooking": "PATCH"}, "events": _ALIKE | {"UpdateBooking": "PUT"}}


def sent_to(event_id: int, name: str = "Bo", *, places: int = 1, here: Office, before: tuple[int, ...] = ()) -> Sent:
    wanted = BookingInput(client=ClientInput(id=None, name=name, phone=""), places=places, visitor_name=name)
    operation = AddBooking(location_id=here.location_id, event_id=event_id, booking=wanted)
    return Sent(operation, before, here.studio.clock().replace(tzinfo=None) + timedelta(hours=1))


async def test_a_booking_that_stood_there_before_is_not_the_one(here: Office) -> None:
    event = here.studio.event()
    booking = await here.book(event, "Bo")
    looks = Looks(here.api)
    assert await looks.look(sent_to(event.id, here=here)) is not None
    assert await looks.look(sent_to(event.id, here=here, before=(booking.id,))) is None


async def test_a_booking_of_others_is_not_the_one(here: Office) -> None:
    event = here.studio.event()
    booking = await here.book(event, "Bo")
    looks = Looks(here.api)
    assert await looks.look(sent_to(event.id, "Cy", here=here)) is None
    assert await looks.look(sent_to(event.id, places=2, here=here)) is None
    assert await looks.look(sent_to(event.id, here=here), frozenset({f"booking:{booking.id}"})) is None
    assert await looks.look(sent_to(event.id, here=here), rivals=1) is None


async def test_a_booking_made_long_before_is_not_the_one(here: Office) -> None:
    event = here.studio.event()
    await here.book(event, "Bo")
    sent = sent_to(event.id, here=here)
    assert await Looks(here.api).look(replace(sent, since=sent.since + SKEW)) is not None
    assert await Looks(here.api).look(replace(sent, since=sent.since + SKEW + timedelta(seconds=1))) is None


async def test_a_roster_that_was_just_read_is_not_read_again(here: Office) -> None:
    event, now = here.studio.event(), [100.0]
    looks = Looks(here.api, lambda: now[0])
    bookings = await here.api.bookings.list(here.location_id, event_id=event.id)
    looks.saw(event.id, bookings)
    here.studio.sandbox.requests.clear()
    operation = sent_to(event.id, here=here).operation
    assert await looks.before(operation) == ()
    assert len(list(here.studio.sandbox.requests)) == 0
    now[0] += FRESH_S
    assert await looks.before(operation) == ()
    assert len(list(here.studio.sandbox.requests)) == 1


async def test_what_a_bulk_call_has_made_is_given_as_its_answer(here: Office) -> None:
    if here.api.spoken == "activities":
        pytest.skip("this dialect does not have it")
    deed = await OPERATIONS["AddBookings"](here)
    here.lose(carried_out=True)
    assert len(await deed.do() or ()) == 2
