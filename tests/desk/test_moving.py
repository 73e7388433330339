"""Moving a booking: the rules in words, the target of a typed time, and every end of the two steps."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.acting import (
    TOMORROW,
    book,
    booked_stranger,
    dropped,
    nothing_read,
    refused,
    roomy,
    stranger_to,
)
from tests.desk.builders import client_booking, day_of, event, roster_of, scheduled, wall
from tui_app.altegio.errors import OutcomeUnknown
from tui_app.altegio.resources import Attendance, Booking, Event
from tui_app.desk.booking_draft import BookingDraft, draft_for
from tui_app.desk.commands.event_tokens import EventToken
from tui_app.desk.desk import Desk
from tui_app.desk.model import Roster
from tui_app.desk.moving import (
    Moved,
    MoveDesk,
    MovedInTwoSteps,
    MoveRefused,
    PreparedMove,
    RolledBack,
    TargetBookedSourceStays,
    check_move,
    find_target,
)
from tui_app.desk.rebooking import as_it_was
from tui_app.desk.services import line_services
from tui_app.desk.trouble import CannotBook, CannotEdit
from tui_app.desk.wording import explain
from tui_app.sandbox import Sandbox

NOW = wall("2026-11-22 12:00")
DAY = date(2026, 11, 22)
SOURCE = event(1, "2026-11-22 18:00")
TARGET = event(2, "2026-11-22 19:00")
ANNA = client_booking(50)
OFFER = "book the target and cancel here instead? Two steps."
NOBODY = roster_of((), 2)
FOUR = day_of(
    scheduled(1, "2026-11-22 18:00"),
    scheduled(2, "2026-11-22 18:30"),
    scheduled(3, "2026-11-22 18:30"),
    scheduled(4, "2026-11-22 19:15"),
)


def test_a_waiting_unpaid_booking_goes_to_a_coming_event_with_places() -> None:
    assert check_move(ANNA, SOURCE, TARGET, NOBODY, NOW).allowed


@pytest.mark.parametrize(
    ("booking", "words"),
    [
        (replace(ANNA, paid=True), f"Paid: {OFFER} The payment stays with the booking that is cancelled."),
        (replace(ANNA, attendance=Attendance.ARRIVED), f"Marked as arrived: {OFFER}"),
        (replace(ANNA, attendance=Attendance.CONFIRMED), f"Marked as confirmed: {OFFER}"),
    ],
)
def test_what_the_booking_forbids_two_steps_do(booking: Booking, words: str) -> None:
    check = check_move(booking, SOURCE, TARGET, NOBODY, NOW)
    assert (check.allowed, check.two_steps, check.words) == (False, True, words)


def test_a_class_that_is_over_is_left_in_two_steps() -> None:
    check = check_move(ANNA, event(1, "2026-11-22 10:50"), TARGET, NOBODY, NOW)
    assert check.words.startswith("The class it is in is over: book the target")


def test_a_class_that_has_begun_is_entered_in_two_steps() -> None:
    check = check_move(ANNA, SOURCE, event(2, "2026-11-22 11:30"), NOBODY, NOW)
    assert check.words.startswith("The 11:30 class has begun: book the target")


@pytest.mark.parametrize(
    ("target", "roster", "words"),
    [
        (SOURCE, NOBODY, "That is the class this booking is in"),
        (replace(TARGET, deleted=True), NOBODY, "The 19:00 class has been cancelled"),
        (event(2, "2026-11-22 10:00"), NOBODY, "The 10:00 class is over"),
        (replace(TARGET, taken=12), NOBODY, "The 19:00 class is full, 2 places needed"),
        (replace(TARGET, taken=11), NOBODY, "The 19:00 class has 1 free, 2 places needed"),
        (TARGET, roster_of([client_booking(60, client_id=50)], 2), "Anna Kim is in the 19:00 class already"),
    ],
)
def test_what_the_target_forbids_no_way_goes_round(target: Event, roster: Roster, words: str) -> None:
    check = check_move(replace(ANNA, places=2, paid=True), SOURCE, target, roster, NOW)
    assert (check.two_steps, check.words) == (False, words)


@pytest.mark.parametrize(
    ("token", "found", "words"),
    [
        (EventToken(18, 0), 1, "18:00 Vinyasa"),
        (EventToken(19), 4, "19:15 Vinyasa"),
        (EventToken(18, None, 1), 2, "18:30 Vinyasa"),
        (EventToken(18, 30, 1), 3, "18:30 Vinyasa"),
        (EventToken(18, 30), None, "2 classes begin at 18:30: choose one"),
        (EventToken(18), None, "3 classes begin at 18: choose one"),
        (EventToken(20), None, "No event starts at 20"),
        (EventToken(18, None, 3), None, "Only 3 events start at 18"),
    ],
)
def test_a_typed_time_means_one_class_or_asks(token: EventToken, found: int | None, words: str) -> None:
    choice = find_target(FOUR, token, today=DAY)
    assert (choice.target.id if choice.target else None, choice.words) == (found, words)


@pytest.mark.parametrize(("token", "found"), [(EventToken(18, 30), 3), (EventToken(18, None, 2), 3)])
def test_the_class_that_is_left_is_no_target_but_keeps_its_letter(token: EventToken, found: int) -> None:
    choice = find_target(FOUR, token, today=DAY, leaving=2)
    assert choice.target is not None
    assert choice.target.id == found


def test_to_where_somebody_is_nobody_is_moved() -> None:
    assert find_target(FOUR, EventToken(18, 0), today=DAY, leaving=1).words == "Already in the class at 18:00"


def test_another_day_is_said() -> None:
    yesterday = DAY - timedelta(days=1)
    assert find_target(FOUR, EventToken(19, 15), today=yesterday).words == "Sun 22 Nov 19:15 Vinyasa"
    assert find_target(FOUR, EventToken(18), today=yesterday).words == (
        "3 classes begin at 18 on Sun 22 Nov: choose one"
    )


def mover(desk: Desk) -> MoveDesk:
    return line_services(desk).moves


async def ready(desk: Desk, *, places: int = 1, comment: str = "", arrived: bool = False) -> PreparedMove:
    """A booking of mine in one class, checked against another."""
    source, target = (await roomy(desk))[:2]
    booking = await booked_stranger(desk, source.id, target.id, places=places)
    if comment:
        edit = await desk.booking.open_booking(source.id, booking)
        await desk.booking.save_booking(edit, places=places, comment=comment, tag_ids=edit.tag_ids)
    if arrived:
        await desk.booking.set_attendance(booking, Attendance.ARRIVED)
    return await mover(desk).prepare(booking, source.id, target.id)


async def where(desk: Desk, move: PreparedMove) -> tuple[int, int]:
    """How many bookings of the client stand in the source and in the target."""
    rosters = [await desk.rosters.load(event.id) for event in (move.source, move.target)]
    client_id = move.booking.client_id
    here, there = ([entry for entry in roster.entries if entry.booking.client_id == client_id] for roster in rosters)
    return len(here), len(there)


async def test_a_move_is_one_call_and_keeps_places_and_comment(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, places=2, comment="late")
    sandbox.requests.clear()
    moved = await mover(desk).move(move)
    assert isinstance(moved, Moved)
    assert moved.words.startswith(f"Moved {move.name} to {move.target.starts_at:%H:%M}")
    assert [request.method for request in sandbox.requests] == ["PATCH"]
    assert (moved.booking.places, moved.booking.comment) == (2, "late")
    assert await where(desk, move) == (0, 1)


async def test_what_the_rules_forbid_is_refused_before_anything_is_sent(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, arrived=True)
    sandbox.requests.clear()
    with pytest.raises(MoveRefused) as refusal:
        await mover(desk).move(move)
    assert refusal.value.two_steps
    assert explain(refusal.value).title == "Cannot be moved"
    assert len(sandbox.requests) == 0


@pytest.mark.parametrize("handled", [True, False])
async def test_a_move_of_unknown_end_is_looked_for_and_never_sent_again(
    desk: Desk, sandbox: Sandbox, handled: bool
) -> None:
    move = await ready(desk)
    with dropped(sandbox, "PATCH", handled=handled):
        if handled:
            assert isinstance(await mover(desk).move(move), Moved)
        else:
            with pytest.raises(OutcomeUnknown):
                await mover(desk).move(move)
    assert len(sandbox.requests.matching("PATCH")) == 1
    assert await where(desk, move) == ((0, 1) if handled else (1, 0))


async def test_a_look_that_fails_leaves_the_move_unknown(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk)
    sandbox.faults.drop(handled=True, method="PATCH")
    with nothing_read(sandbox), pytest.raises(OutcomeUnknown):
        await mover(desk).move(move)


async def test_two_steps_book_the_target_first_and_take_the_comment_along(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, places=2, comment="late", arrived=True)
    sandbox.requests.clear()
    moved = await mover(desk).move_in_two_steps(move)
    assert isinstance(moved, MovedInTwoSteps)
    writes = [request.method for request in sandbox.requests if request.method != "GET"]
    assert (writes[0], writes[-1]) == ("POST", "DELETE")
    assert (moved.booking.places, moved.booking.comment, moved.lost) == (2, "late", ())
    assert moved.booking.attendance is Attendance.WAITING
    assert await where(desk, move) == (0, 1)


async def test_two_steps_take_the_tags_along(desk: Desk) -> None:
    source, target = (await roomy(desk))[:2]
    hit = await stranger_to(desk, source.id, target.id)
    tags = (desk.reference.current.booking_tags[0].id,)
    booking = await book(desk, source.id, replace(draft_for(hit), tag_ids=tags))
    await desk.booking.set_attendance(booking, Attendance.ARRIVED)
    ended = await mover(desk).move_in_two_steps(await mover(desk).prepare(booking, source.id, target.id))
    assert isinstance(ended, MovedInTwoSteps)
    entry = (await desk.rosters.load(target.id)).by_booking(ended.booking.id)
    assert entry is not None
    assert (entry.booking.tag_ids, ended.lost) == (tags, ())


async def test_a_visitor_moves_in_two_steps_by_name(desk: Desk) -> None:
    source, target = (await roomy(desk))[:2]
    booking = await book(desk, source.id, BookingDraft(visitor_name="Bo Li"))
    await desk.booking.set_attendance(booking, Attendance.ARRIVED)
    ended = await mover(desk).move_in_two_steps(await mover(desk).prepare(booking, source.id, target.id))
    assert isinstance(ended, MovedInTwoSteps)
    entry = (await desk.rosters.load(target.id)).by_booking(ended.booking.id)
    assert entry is not None
    assert (entry.name, entry.is_visitor) == ("Bo Li", True)


async def test_a_comment_that_cannot_be_taken_along_is_said(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, comment="late", arrived=True)
    update = "PATCH" if desk.api.spoken == "activities" else "PUT"
    with refused(sandbox, update):
        ended = await mover(desk).move_in_two_steps(move)
    assert isinstance(ended, MovedInTwoSteps)
    assert ended.lost == ("its comment (You may not do this)",)
    assert "lost: its comment" in ended.words


def test_a_booking_without_any_name_is_not_made_again() -> None:
    with pytest.raises(CannotBook, match="withheld"):
        as_it_was(Booking(id=1))


async def test_a_source_that_may_not_be_cancelled_brings_the_target_back(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, arrived=True)
    with refused(sandbox, "DELETE"):
        ended = await mover(desk).move_in_two_steps(move)
    assert isinstance(ended, RolledBack)
    assert "could not be cancelled (You may not do this)" in ended.words
    assert await where(desk, move) == (1, 0)


async def test_where_neither_can_be_cancelled_both_are_named(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, arrived=True)
    with refused(sandbox, "DELETE"), refused(sandbox, "DELETE"):
        ended = await mover(desk).move_in_two_steps(move)
    assert isinstance(ended, TargetBookedSourceStays)
    assert ended.words.endswith("look, and cancel one of the two")
    assert ended.source.id == move.booking.id
    assert await where(desk, move) == (1, 1)


@pytest.mark.parametrize("handled", [True, False])
async def test_a_cancelling_of_unknown_end_is_rolled_forward(desk: Desk, sandbox: Sandbox, handled: bool) -> None:
    move = await ready(desk, arrived=True)
    with dropped(sandbox, "DELETE", handled=handled):
        ended = await mover(desk).move_in_two_steps(move)
    assert isinstance(ended, MovedInTwoSteps)
    assert await where(desk, move) == (0, 1)


async def test_a_refused_token_in_the_middle_names_both_bookings(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, arrived=True)
    sandbox.faults.answer(401, b"{}", method="DELETE", times=None)
    ended = await mover(desk).move_in_two_steps(move)
    assert isinstance(ended, TargetBookedSourceStays)
    assert await where(desk, move) == (1, 1)


async def test_a_cancelling_that_stays_unknown_is_never_rolled_back(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, arrived=True)
    with dropped(sandbox, "DELETE", handled=False), refused(sandbox, "DELETE"):
        ended = await mover(desk).move_in_two_steps(move)
    assert isinstance(ended, TargetBookedSourceStays)
    assert "is not known" in ended.words
    assert await where(desk, move) == (1, 1)


@pytest.mark.parametrize("handled", [True, False])
async def test_a_target_of_unknown_end_is_looked_for_before_anything_is_cancelled(
    desk: Desk, sandbox: Sandbox, handled: bool
) -> None:
    move = await ready(desk, arrived=True)
    with dropped(sandbox, "POST", f"/{move.target.id}/", handled=handled):
        if handled:
            assert isinstance(await mover(desk).move_in_two_steps(move), MovedInTwoSteps)
        else:
            with pytest.raises(OutcomeUnknown):
                await mover(desk).move_in_two_steps(move)
    assert await where(desk, move) == ((0, 1) if handled else (1, 0))


async def test_a_target_that_refuses_leaves_the_source_alone(desk: Desk, sandbox: Sandbox) -> None:
    move = await ready(desk, arrived=True)
    full = replace(move, target=replace(move.target, id=move.source.id), check=replace(move.check, two_steps=False))
    with pytest.raises(MoveRefused):
        await mover(desk).move_in_two_steps(full)
    assert sandbox.requests.matching("DELETE") == []
    assert await where(desk, move) == (1, 0)


async def test_a_booking_that_is_gone_is_not_moved(desk: Desk) -> None:
    move = await ready(desk)
    await desk.booking.cancel_booking(move.booking)
    with pytest.raises(CannotEdit, match="moved or cancelled"):
        await mover(desk).prepare(move.booking, move.source.id, move.target.id)


async def test_tomorrows_class_is_found_by_its_time(desk: Desk) -> None:
    await desk.reference.load()
    coming = (await roomy(desk, TOMORROW))[0]
    choice = await mover(desk).resolve(TOMORROW, coming.starts_at.time(), letter="a")
    assert choice.target is not None
    assert choice.target.id == coming.id
    assert choice.words.startswith("Sat 28 Mar")
