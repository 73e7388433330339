"""Undo: real inverse calls, and a refusal in words where somebody has changed what would be taken back."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.desk.acting import book, booked_stranger, dropped, refused, roomy, stranger_to
from tests.desk.builders import client_booking, wall
from tests.desk.builders import event as made_event
from tui_app.altegio.errors import NoRights, OutcomeUnknown
from tui_app.altegio.resources import Attendance, Booking
from tui_app.desk.attendance import choose, plan_attendance
from tui_app.desk.booking_draft import draft_for
from tui_app.desk.desk import Desk
from tui_app.desk.editing import draft_of
from tui_app.desk.model import RosterEntry
from tui_app.desk.quick_edits import ChangeCapacityBy, QuickEdit
from tui_app.desk.services import line_services
from tui_app.desk.undo import (
    KEPT,
    WITHOUT_UNDO,
    AttendanceMarked,
    Booked,
    BookingCancelled,
    BookingMoved,
    EventSaved,
    NothingToUndo,
    Undoable,
    UndoDesk,
    UndoRefused,
    UndoStack,
)
from tui_app.desk.wording import explain
from tui_app.sandbox import Sandbox


def action(number: int) -> Undoable:
    return Undoable(Booked(1, client_booking(number)), f"Booked {number}")


def test_the_newest_comes_first_and_twenty_are_kept() -> None:
    stack = UndoStack()
    assert stack.top is None
    for number in range(KEPT + 5):
        stack = stack.with_action(action(number))
    assert len(stack.actions) == KEPT
    assert stack.top == action(KEPT + 4)
    assert stack.actions[0] == action(5)


def test_the_very_action_is_taken_out() -> None:
    first, second = action(1), action(1)
    stack = UndoStack((first, second))
    assert stack.without(second).actions[0] is first
    assert stack.without(first).actions[0] is second
    assert stack.without(action(1)) == stack


def test_what_has_no_undo_is_said_beforehand() -> None:
    assert WITHOUT_UNDO["cancel_event"] == "This cannot be undone: the class and its bookings do not come back"


def test_what_a_save_took_over_is_no_part_of_it() -> None:
    base = made_event(1, "2026-11-22 18:00")
    draft = replace(draft_of(base), time="19:30", length_minutes="90", color="#000000")
    mine = replace(base, starts_at=wall("2026-11-22 19:30"), length=timedelta(minutes=100), color="#000000")
    theirs = replace(mine, comment="from the web", capacity=20)
    saved = EventSaved.of(base, draft, theirs)
    assert saved.before == replace(base, comment="from the web", capacity=20)
    assert saved.after == theirs


def undoing(desk: Desk) -> UndoDesk:
    return line_services(desk).undo


async def entry_in(desk: Desk, event_id: int, client_id: int | None) -> RosterEntry | None:
    roster = await desk.rosters.load(event_id)
    return next((entry for entry in roster.entries if entry.booking.client_id == client_id), None)


async def booked(desk: Desk, undo: UndoDesk) -> tuple[int, Booking]:
    event = (await roomy(desk))[0]
    booking = await booked_stranger(desk, event.id)
    undo.remember(Booked(event.id, booking), "Booked Anna")
    return event.id, booking


async def cancelled(desk: Desk, undo: UndoDesk) -> tuple[int, Booking]:
    """A booking with comment, tags, places and attendance that has been cancelled."""
    event = (await roomy(desk))[0]
    hit = await stranger_to(desk, event.id)
    tags = (desk.reference.current.booking_tags[0].id,)
    made = await book(desk, event.id, replace(draft_for(hit), places="2", tag_ids=tags))
    edit = await desk.booking.open_booking(event.id, made)
    await desk.booking.save_booking(edit, places=2, comment="late", tag_ids=tags)
    await desk.booking.set_attendance(made, Attendance.CONFIRMED)
    entry = await entry_in(desk, event.id, hit.id)
    assert entry is not None
    await desk.booking.cancel_booking(entry.booking)
    undo.remember(BookingCancelled(event.id, entry.booking), "Cancelled Anna")
    return event.id, entry.booking


async def test_without_an_action_there_is_nothing_to_undo(desk: Desk) -> None:
    with pytest.raises(NothingToUndo) as nothing:
        await undoing(desk).undo()
    assert explain(nothing.value).line == "There is nothing to undo. Change it by hand instead."


async def test_a_booking_is_taken_back_by_cancelling_it(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, booking = await booked(desk, undo)
    undone = await undo.undo()
    assert undone.words.startswith("Cancelled the booking of ")
    assert await entry_in(desk, event_id, booking.client_id) is None
    assert undo.stack.top is None


@pytest.mark.parametrize("change", ["arrived", "comment", "gone"])
async def test_a_booking_that_somebody_has_touched_is_not_cancelled(desk: Desk, change: str) -> None:
    undo = undoing(desk)
    event_id, booking = await booked(desk, undo)
    if change == "arrived":
        await desk.booking.set_attendance(booking, Attendance.ARRIVED)
    elif change == "comment":
        edit = await desk.booking.open_booking(event_id, booking)
        await desk.booking.save_booking(edit, places=1, comment="by the web", tag_ids=edit.tag_ids)
    else:
        await desk.booking.cancel_booking(booking)
    words = {"arrived": "marked as arrived since", "comment": "changed since", "gone": "not there any more"}
    with pytest.raises(UndoRefused, match=words[change]):
        await undo.undo()
    assert (await entry_in(desk, event_id, booking.client_id) is None) is (change == "gone")
    assert undo.stack.top is None


async def test_a_cancelled_booking_is_booked_again_as_it_was(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, former = await cancelled(desk, undo)
    undone = await undo.undo()
    entry = await entry_in(desk, event_id, former.client_id)
    assert entry is not None
    assert (entry.places, entry.booking.comment) == (2, "late")
    assert (entry.booking.tag_ids, entry.attendance) == (former.tag_ids, Attendance.CONFIRMED)
    assert undone.notes == ()


async def test_nobody_is_booked_twice_by_undo(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, former = await cancelled(desk, undo)
    hit = next(one for one in (await desk.api.clients.search(desk.location.id, "", page_size=100)).clients)
    await book(desk, event_id, replace(draft_for(hit), client_id=former.client_id))
    with pytest.raises(UndoRefused, match="booked again meanwhile"):
        await undo.undo()


async def test_a_place_that_is_gone_does_not_come_back(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, former = await cancelled(desk, undo)
    event = await desk.editor.open(event_id)
    await desk.editor.save(event, replace(draft_of(event), capacity=str((event.taken or 0) + 1)))
    with pytest.raises(UndoRefused, match=r"1 free now, 2 needed"):
        await undo.undo()
    assert await entry_in(desk, event_id, former.client_id) is None


@pytest.mark.parametrize("handled", [True, False])
async def test_booking_again_with_an_unknown_end_is_never_tried_twice(
    desk: Desk, sandbox: Sandbox, handled: bool
) -> None:
    undo = undoing(desk)
    event_id, former = await cancelled(desk, undo)
    with dropped(sandbox, "POST", f"/{event_id}/", handled=handled):
        if handled:
            await undo.undo()
        else:
            with pytest.raises(OutcomeUnknown):
                await undo.undo()
    assert undo.stack.top is None
    assert (await entry_in(desk, event_id, former.client_id) is not None) is handled


async def test_attendance_goes_back_to_what_each_had(desk: Desk) -> None:
    undo = undoing(desk)
    event = (await roomy(desk))[0]
    roster = await desk.rosters.load(event.id)
    first, second, third = roster.entries[:3]
    await desk.booking.set_attendance(first.booking, Attendance.WAITING)
    await desk.booking.set_attendance(second.booking, Attendance.CONFIRMED)
    await desk.booking.set_attendance(third.booking, Attendance.WAITING)
    roster = await desk.rosters.load(event.id, roster)
    plan = plan_attendance(event.id, choose(roster, numbers=(1, 2, 3)), Attendance.ARRIVED)
    async for _ in line_services(desk).attendance.mark(plan, roster):
        pass
    undo.remember(AttendanceMarked.of(plan.to_mark, event.id, plan.target), "Marked 3 as arrived")
    await desk.booking.set_attendance(third.booking, Attendance.NO_SHOW)
    undone = await undo.undo()
    assert undone.words == "Set 2 of 3 back to what they were"
    assert undone.notes == (f"{third.name} has been marked as no-show since",)
    after = await desk.rosters.load(event.id, roster)
    assert [entry.attendance for entry in after.entries[:3]] == [
        Attendance.WAITING,
        Attendance.CONFIRMED,
        Attendance.NO_SHOW,
    ]


async def test_attendance_that_others_have_changed_is_left(desk: Desk) -> None:
    undo = undoing(desk)
    event = (await roomy(desk))[0]
    (entry, *_) = (await desk.rosters.load(event.id)).entries
    target = Attendance.ARRIVED if entry.attendance is not Attendance.ARRIVED else Attendance.NO_SHOW
    undo.remember(AttendanceMarked.of((entry,), event.id, target), "Marked 1")
    with pytest.raises(UndoRefused, match="since"):
        await undo.undo()


async def test_marking_nobody_is_nothing_to_undo(desk: Desk) -> None:
    undo = undoing(desk)
    undo.remember(AttendanceMarked(1, (), Attendance.ARRIVED), "Marked nobody")
    assert undo.stack.top is None


async def moved(desk: Desk, undo: UndoDesk) -> tuple[int, int, Booking]:
    source, target = (await roomy(desk))[:2]
    booking = await booked_stranger(desk, source.id, target.id)
    moves = line_services(desk).moves
    done = await moves.move(await moves.prepare(booking, source.id, target.id))
    undo.remember(BookingMoved(source.id, target.id, done.booking), done.words)
    return source.id, target.id, booking


async def test_a_move_goes_back(desk: Desk) -> None:
    undo = undoing(desk)
    source_id, target_id, booking = await moved(desk, undo)
    await undo.undo()
    assert await entry_in(desk, source_id, booking.client_id) is not None
    assert await entry_in(desk, target_id, booking.client_id) is None


async def test_a_move_that_no_longer_fits_is_refused_in_words(desk: Desk) -> None:
    undo = undoing(desk)
    _, target_id, booking = await moved(desk, undo)
    await desk.booking.set_attendance(booking, Attendance.ARRIVED)
    with pytest.raises(UndoRefused, match=r"cannot be moved back: Marked as arrived$"):
        await undo.undo()
    assert await entry_in(desk, target_id, booking.client_id) is not None


async def edited(desk: Desk, undo: UndoDesk, place: int = 0) -> tuple[int, int]:
    event = (await roomy(desk))[place]
    done = await line_services(desk).quick.apply(QuickEdit(event.id, ChangeCapacityBy(3)))
    undo.remember(EventSaved.of(done.before, done.draft, done.saved.event), done.words)
    assert done.before.capacity is not None
    return event.id, done.before.capacity


async def test_a_saved_event_gets_its_former_values_and_keeps_what_others_changed(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, capacity = await edited(desk, undo)
    now = await desk.editor.open(event_id)
    await desk.editor.save(now, replace(draft_of(now), comment="from the web"))
    undone = await undo.undo()
    assert undone.words == "Set back: places"
    assert undone.notes == ("Comment: from the web",)
    after = await desk.editor.open(event_id)
    assert (after.capacity, after.comment) == (capacity, "from the web")


async def test_what_my_save_took_over_from_others_is_not_set_back(desk: Desk) -> None:
    undo = undoing(desk)
    base = await desk.editor.open((await roomy(desk))[0].id)
    await desk.editor.save(base, replace(draft_of(base), comment="from the web"))
    mine = replace(draft_of(base), capacity="40")
    saved = await desk.editor.save(base, mine)
    assert saved.event.comment == "from the web"
    undo.remember(EventSaved.of(base, mine, saved.event), "Saved")
    assert (await undo.undo()).words == "Set back: places"
    after = await desk.editor.open(base.id)
    assert (after.capacity, after.comment) == (base.capacity, "from the web")


async def test_those_who_could_not_be_set_back_stay_to_be_undone(desk: Desk, sandbox: Sandbox) -> None:
    undo = undoing(desk)
    event = (await roomy(desk))[0]
    entries = (await desk.rosters.load(event.id)).entries[:2]
    for entry in entries:
        await desk.booking.set_attendance(entry.booking, Attendance.ARRIVED)
    undo.remember(AttendanceMarked.of(entries, event.id, Attendance.ARRIVED), "Marked 2 as arrived")
    with refused(sandbox, "POST", "/attendance", skip=1):
        undone = await undo.undo()
    assert undone.notes == (f"{entries[1].name}: You may not do this",)
    assert undo.stack.top is not None
    assert undo.stack.top.action == AttendanceMarked.of(entries[1:], event.id, Attendance.ARRIVED)


async def test_a_field_that_somebody_has_changed_since_is_not_set_back(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, capacity = await edited(desk, undo)
    now = await desk.editor.open(event_id)
    await desk.editor.save(now, replace(draft_of(now), capacity=str(capacity + 7)))
    with pytest.raises(UndoRefused, match=rf"somebody else has changed it since: places \({capacity + 7}\)"):
        await undo.undo()
    assert (await desk.editor.open(event_id)).capacity == capacity + 7


async def test_an_undo_that_the_server_refuses_stays_for_another_try(desk: Desk, sandbox: Sandbox) -> None:
    undo = undoing(desk)
    event_id, booking = await booked(desk, undo)
    with refused(sandbox, "DELETE"), pytest.raises(NoRights):
        await undo.undo()
    assert undo.stack.top is not None
    await undo.undo()
    assert await entry_in(desk, event_id, booking.client_id) is None


async def test_what_is_gone_for_good_does_not_stand_in_the_way_of_what_was_done_before(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, booking = await booked(desk, undo)
    saved_id, _ = await edited(desk, undo, place=1)
    assert saved_id != event_id
    await desk.editor.cancel(await desk.editor.open(saved_id))
    with pytest.raises(UndoRefused, match="not there any more"):
        await undo.undo()
    await undo.undo()
    assert await entry_in(desk, event_id, booking.client_id) is None


async def test_an_event_that_was_cancelled_takes_what_was_done_to_it_along(desk: Desk) -> None:
    undo = undoing(desk)
    event_id, _ = await booked(desk, undo)
    moved = BookingMoved(event_id, event_id + 1, client_booking(2))
    undo.remember(moved, "Moved")
    undo.forget(event_id + 1)
    assert [type(each.action) for each in undo.stack.actions] == [Booked]
    undo.forget(event_id)
    assert undo.stack.top is None
