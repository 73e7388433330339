"""The rules of the keeper: what is refused, what is looked for, what is sent again and what is left to people."""

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.faults.studio import PLACES, Planted, Studio
from tests.journal.conftest import THERE, Office, office
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import Busy, OutcomeUnknown
from tui_app.altegio.operations import UpdateBooking, UpdateEvent
from tui_app.altegio.requests import BookingUpdate, EventInput
from tui_app.altegio.resources import Attendance, PriceItem
from tui_app.desk.event_merge import input_of, values_of
from tui_app.desk.journal.keeper import AT_ONCE, LATER, Recovered
from tui_app.desk.journal.rows import Ending, JournalRow, RowState, event_of
from tui_app.desk.trouble import JournalFailed, NotConfirmedYet, NotSentAgain
from tui_app.sandbox import Drop, Fault


def everybody_is_gone(_: str) -> bool:
    return False


async def test_a_write_that_is_answered_leaves_no_row(here: Office) -> None:
    booking = await here.book(here.studio.event(), "Bo")
    assert here.keeper.unended == ()
    assert here.store.claimed("sandbox", (f"booking:{booking.id}",))


async def test_a_write_that_is_refused_is_raised_as_it_is(here: Office) -> None:
    here.studio.sandbox.faults.answer(409, {"meta": {"message": "busy"}}, method="POST")
    with pytest.raises(Busy):
        await here.book(here.studio.event(), "Bo")
    assert (here.keeper.unended, here.watch.changes) == ((), 0)


async def test_nothing_is_sent_where_nobody_can_tell_what_stands_there(here: Office) -> None:
    here.studio.sandbox.faults.answer(403, {}, method="GET", path="appointments")
    event = here.studio.event()
    here.studio.sandbox.requests.clear()
    with pytest.raises(Exception, match="list the bookings"):
        await here.book(event, "Bo")
    assert here.studio.sandbox.requests.matching("POST") == []
    assert here.keeper.unended == ()


async def test_an_answer_that_is_lost_is_found_by_looking(here: Office) -> None:
    event = here.studio.event()
    here.lose(carried_out=True)
    booking = await here.book(event, "Bo")
    assert here.booked(event) == 1
    assert here.store.claimed("sandbox", (f"booking:{booking.id}",))
    assert (here.keeper.uncertain, here.watch.settled_later) == ((), [])


async def test_what_is_not_found_is_looked_at_again_and_then_left_to_people(here: Office) -> None:
    here.lose(carried_out=False)
    with pytest.raises(OutcomeUnknown):
        await here.book(here.studio.event(), "Bo")
    (row,) = here.keeper.uncertain
    assert row.state is RowState.UNCERTAIN
    await asyncio.gather(*here.keeper._looking)
    times = (*AT_ONCE, *LATER)
    assert here.pauses.seen == [later - sooner for sooner, later in pairwise(times)]
    assert here.keeper.uncertain == (row,)
    assert here.watch.changes == 1


async def test_what_can_be_read_later_is_settled_behind_everybodys_back_and_told(
    place: Studio, dialect: Spoken, tmp_path: Path
) -> None:
    async with office(place, tmp_path, dialect) as here:
        event = place.event()
        reads = (len(AT_ONCE)) * 5  # each is tried five times
        place.sandbox.faults.add(Fault(drop=Drop.SILENT), method="GET", path="appointments", skip=1, times=reads)
        here.lose(carried_out=True)
        with pytest.raises(OutcomeUnknown):
            await here.book(event, "Bo")
        assert len(here.keeper.uncertain) == 1
        await asyncio.gather(*here.keeper._looking)
        assert [(row.kind, ending) for row, ending in here.watch.settled_later] == [("AddBooking", Ending.FOUND)]
        assert here.keeper.unended == ()


async def test_the_same_booking_is_refused_while_the_first_is_not_confirmed(here: Office) -> None:
    event = here.studio.event()
    await here.unconfirmed(event)
    with pytest.raises(NotConfirmedYet, match="not known yet"):
        await here.book(event, "Bo")
    assert here.booked(event) == 0
    await here.book(event, "Cy")
    await here.book(here.studio.event(), "Bo")
    assert here.booked(event) == 1


async def test_that_the_first_was_carried_out_after_all_is_said_and_nothing_sent(here: Office) -> None:
    event = here.studio.event()
    await here.unconfirmed(event, carried_out=True)
    with pytest.raises(NotConfirmedYet, match="after all"):
        await here.book(event, "Bo")
    assert here.booked(event) == 1
    assert here.keeper.uncertain == ()


async def test_two_people_of_one_name_are_told_apart_by_their_number(here: Office) -> None:
    event = here.studio.event()
    faults = here.studio.sandbox.faults
    faults.drop(handled=True, method="POST")
    faults.drop(handled=False, method="POST")
    ends = await asyncio.gather(here.book(event, "Bo"), here.book(event, "Bo"), return_exceptions=True)
    assert [type(end) for end in ends] == [OutcomeUnknown, OutcomeUnknown]
    assert (here.booked(event), len(here.keeper.uncertain)) == (1, 2)
    for row in here.keeper.uncertain:
        await here.keeper.send_again(row.id)
    assert (here.booked(event), here.keeper.uncertain) == (2, ())


async def test_what_another_program_has_made_is_not_taken_for_ones_own(place: Studio, tmp_path: Path) -> None:
    async with office(place, tmp_path, "activities") as here, office(place, tmp_path, "events", THERE) as there:
        event = place.event()
        here.blind()
        here.lose(carried_out=False)
        mine = asyncio.create_task(here.book(event, "Bo"))
        with pytest.raises(OutcomeUnknown):
            await mine
        here.heal()
        await there.book(event, "Bo")
        (row,) = here.keeper.uncertain
        assert not await here.keeper.check(row.id)
        await here.keeper.send_again(row.id)
        assert here.booked(event) == 2


async def test_what_another_program_is_sending_is_not_taken_for_ones_own(place: Studio, tmp_path: Path) -> None:
    async with office(place, tmp_path, "activities") as here, office(place, tmp_path, "events", THERE) as there:
        event = place.event()
        mine = await here.unconfirmed(event)
        theirs = await there.unconfirmed(event, carried_out=True)
        assert not await here.keeper.check(mine.id)
        assert not await there.keeper.check(theirs.id)
        await here.keeper.let_go(mine.id)
        assert await there.keeper.check(theirs.id)


async def test_sending_again_looks_first(here: Office) -> None:
    event = here.studio.event()
    row = await here.unconfirmed(event, carried_out=True)
    assert not await here.keeper.send_again(row.id)
    assert (here.booked(event), here.keeper.uncertain) == (1, ())


async def test_sending_again_makes_what_is_not_there(here: Office) -> None:
    event = here.studio.event()
    row = await here.unconfirmed(event)
    assert await here.keeper.send_again(row.id)
    assert (here.booked(event), here.keeper.unended) == (1, ())


async def test_sending_again_twice_at_once_sends_once(here: Office) -> None:
    event = here.studio.event()
    row = await here.unconfirmed(event)
    sent = await asyncio.gather(*(here.keeper.send_again(row.id) for _ in range(3)))
    assert sorted(sent) == [False, False, True]
    assert here.booked(event) == 1


async def test_a_refusal_of_the_second_sending_tells_nothing_of_the_first(here: Office) -> None:
    row = await here.unconfirmed(here.studio.event())
    here.studio.sandbox.faults.answer(422, {}, method="POST")
    with pytest.raises(Exception, match="add the booking"):
        await here.keeper.send_again(row.id)
    assert [one.id for one in here.keeper.uncertain] == [row.id]


async def test_what_is_let_go_is_asked_about_no_more(here: Office) -> None:
    event = here.studio.event()
    row = await here.unconfirmed(event)
    await here.keeper.let_go(row.id)
    assert here.keeper.unended == ()
    assert await here.keeper.check(row.id)
    assert not await here.keeper.send_again(row.id)
    await here.book(event, "Bo")
    assert here.booked(event) == 1


async def test_an_event_is_saved_again_on_top_of_what_others_have_saved_since(here: Office) -> None:
    event, mine, row = await unsaved(here, capacity=33)
    theirs = replace(mine, capacity=PLACES, comment="bring a mat")
    await here.api.send_again(UpdateEvent(location_id=here.location_id, event_id=event.id, event=theirs))
    assert await here.keeper.send_again(row.id)
    assert here.studio.holds(event.id, "capacity = 33 AND comment = 'bring a mat'")


async def test_an_event_is_not_saved_again_over_the_same_change_of_others(here: Office) -> None:
    event, mine, row = await unsaved(here, capacity=33)
    theirs = replace(mine, capacity=44)
    await here.api.send_again(UpdateEvent(location_id=here.location_id, event_id=event.id, event=theirs))
    with pytest.raises(NotSentAgain, match="changed its places since"):
        await here.keeper.send_again(row.id)
    assert here.studio.holds(event.id, "capacity = 44")
    assert here.keeper.uncertain == (row,)


async def test_a_save_that_others_have_saved_upon_is_found_by_what_it_changed(here: Office) -> None:
    event, mine, row = await unsaved(here, capacity=33, carried_out=True)
    theirs = replace(mine, comment="bring a mat")
    await here.api.send_again(UpdateEvent(location_id=here.location_id, event_id=event.id, event=theirs))
    assert await here.keeper.check(row.id)


async def unsaved(here: Office, *, capacity: int, carried_out: bool = False) -> tuple[Planted, EventInput, JournalRow]:
    """Change the places of an event, and learn nothing of it: the event, what was sent, and its row."""
    event = here.studio.event()
    was = input_of(values_of(await here.api.events.get(here.location_id, event.id)))
    here.studio.sandbox.faults.drop(handled=carried_out, method="PUT")
    here.studio.sandbox.faults.drop(handled=False, method="GET", times=None)
    with pytest.raises(OutcomeUnknown):
        await here.api.events.update(here.location_id, event.id, replace(was, capacity=capacity), onto=was)
    await asyncio.gather(*here.keeper._looking)
    here.heal()
    (row,) = here.keeper.uncertain
    return event, replace(was, capacity=capacity), row


async def test_a_booking_is_changed_again_on_top_of_what_others_have_changed_since(here: Office) -> None:
    event = here.studio.event()
    booking_id = here.studio.booking(event)
    booking = await here.api.bookings.get_for_edit(here.location_id, event.id, booking_id)
    price = (booking.price_items or (PriceItem(cost_per_unit=0, discount_percent=0, manual_cost=0),))[0]
    was = BookingUpdate(places=1, comment=None, tag_ids=(), price_item=price)
    here.studio.sandbox.faults.drop(handled=False, method="PUT" if here.api.spoken == "events" else "PATCH")
    with pytest.raises(OutcomeUnknown):
        await here.api.bookings.update(here.location_id, event.id, booking_id, replace(was, places=3), onto=was)
    (row,) = here.keeper.uncertain
    assert isinstance(row.operation, UpdateBooking)
    theirs = replace(row.operation, update=replace(was, comment="late"))
    await here.api.send_again(theirs)
    assert await here.keeper.send_again(row.id)
    assert here.studio.stands(booking_id, "places = 3 AND comment = 'late'")
    assert here.keeper.unended == ()


async def test_a_later_mark_makes_an_earlier_one_pointless(here: Office) -> None:
    event = here.studio.event()
    booking_id = here.studio.booking(event)
    here.lose(carried_out=False)
    mark = here.api.bookings.set_attendance
    with pytest.raises(OutcomeUnknown):
        await mark(here.studio.sandbox.location_id, booking_id, Attendance.NO_SHOW, event_id=event.id)
    assert len(here.keeper.uncertain) == 1
    await mark(here.studio.sandbox.location_id, booking_id, Attendance.ARRIVED, event_id=event.id)
    assert here.keeper.unended == ()


async def test_a_journal_that_fails_asks_before_each_write(here: Office) -> None:
    event = here.studio.event()
    with here.store._open() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalFailed):
        await here.book(event, "Bo")
    assert (here.booked(event), here.watch.asked) == (0, [here.watch.asked[0]])
    assert here.watch.asked[0].startswith(f"book a client (event {event.id}): The journal of writes cannot be kept")
    here.watch.allows = True
    with here.store._open() as db:
        db.execute("PRAGMA query_only = ON")
    await here.book(event, "Bo")
    assert (here.booked(event), len(here.watch.asked)) == (1, 2)


async def test_a_write_that_was_not_protected_is_looked_after_all_the_same(here: Office) -> None:
    event = here.studio.event()
    here.watch.allows = True
    with here.store._open() as db:
        db.execute("PRAGMA query_only = ON")
    row = await here.unconfirmed(event, carried_out=True)
    assert await here.keeper.check(row.id)
    assert here.keeper.unended == ()


async def test_the_next_start_looks_after_what_a_run_has_left(place: Studio, dialect: Spoken, tmp_path: Path) -> None:
    done, lost = place.event(), place.event()
    async with office(place, tmp_path, dialect) as gone:
        await gone.unconfirmed(done, carried_out=True)
        await gone.unconfirmed(lost)
    async with office(place, tmp_path, dialect, THERE) as here:
        recovered = await here.keeper.recover(everybody_is_gone)
        assert [event_of(row.operation) for row in recovered.uncertain] == [lost.id]
        assert [event_of(row.operation) for row in recovered.carried_out] == [done.id]
        assert recovered.words.startswith("Carried out by the last run: ")
        await here.keeper.send_again(recovered.uncertain[0].id)
        assert (here.booked(done), here.booked(lost)) == (1, 1)


async def test_what_a_living_run_has_open_is_left_to_it(place: Studio, tmp_path: Path) -> None:
    async with office(place, tmp_path, "events") as there, office(place, tmp_path, "events", THERE) as here:
        await there.unconfirmed(place.event())
        assert await here.keeper.recover(lambda _: True) == Recovered()
        assert len(there.keeper.uncertain) == 1


async def test_whoever_stops_waiting_leaves_a_row_and_no_riddle(here: Office) -> None:
    event = here.studio.event()
    here.studio.sandbox.faults.delay(30, handled=True, method="POST")
    booking = asyncio.create_task(here.book(event, "Bo"))
    while not here.booked(event):  # noqa: ASYNC110  the sandbox has no way to say so
        await asyncio.sleep(0.001)
    booking.cancel()
    await asyncio.gather(booking, return_exceptions=True)
    (row,) = here.keeper.uncertain
    assert await here.keeper.check(row.id)


async def test_a_look_that_is_stopped_settles_all_or_nothing(here: Office) -> None:
    event = here.studio.event()
    row = await here.unconfirmed(event, carried_out=True)
    for turns in range(12):
        look = asyncio.create_task(here.keeper.check(row.id))
        for _ in range(turns):
            await asyncio.sleep(0.002)
        look.cancel()
        await asyncio.gather(look, return_exceptions=True)
    await asyncio.gather(*here.keeper._ledger._ending)
    if here.keeper.uncertain:
        assert await here.keeper.check(row.id)
    assert (here.booked(event), here.keeper.unended) == (1, ())
