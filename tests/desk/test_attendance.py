"""Marking attendance: who is meant, what is skipped, and that the third failing loses nothing."""

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from tests.desk.acting import TODAY, day_of, dropped, refused, roomy
from tests.desk.builders import client_booking, roster_of, wall
from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.altegio.errors import NoRights
from tui_app.altegio.resources import Attendance
from tui_app.desk.attendance import (
    AttendanceDesk,
    AttendanceFailure,
    AttendanceProgress,
    UnknownNumbers,
    choose,
    needs_second_enter,
    plan_again,
    plan_attendance,
)
from tui_app.desk.desk import Desk
from tui_app.desk.model import Roster
from tui_app.desk.services import line_services
from tui_app.desk.wording import explain
from tui_app.sandbox import Sandbox

TWELVE = roster_of([client_booking(100 + number) for number in range(12)])
ARRIVED, WAITING = Attendance.ARRIVED, Attendance.WAITING


def numbers(progress: AttendanceProgress) -> list[int]:
    return [entry.number for entry in progress.done]


@pytest.mark.parametrize(
    ("typed", "but", "chosen"),
    [
        (None, (), list(range(1, 13))),
        (None, (3, 7), [1, 2, 4, 5, 6, 8, 9, 10, 11, 12]),
        ((3,), (), [3]),
        ((7, 3, 7), (), [3, 7]),
        ((3, 7), (7,), [3]),
        ((), (), []),
    ],
)
def test_all_some_and_all_but_some_are_chosen(
    typed: tuple[int, ...] | None, but: tuple[int, ...], chosen: list[int]
) -> None:
    assert [entry.number for entry in choose(TWELVE, numbers=typed, but=but)] == chosen


def test_a_number_that_is_nobodys_marks_nobody() -> None:
    with pytest.raises(UnknownNumbers, match="13, 40") as refusal:
        choose(TWELVE, numbers=(3, 13), but=(40,))
    assert explain(refusal.value).line == (
        "Nobody here has the number 13, 40. Type the numbers that stand in the roster."
    )


def test_who_is_so_already_is_left_alone() -> None:
    first, second, *_ = TWELVE.entries
    arrived = replace(first, booking=replace(first.booking, attendance=ARRIVED))
    plan = plan_attendance(1, (arrived, second), ARRIVED)
    assert (plan.already, plan.to_mark) == ((arrived,), (second,))
    assert plan.words == "Mark 2 Anna Kim as arrived; 1 already so"
    assert plan_attendance(1, (arrived,), ARRIVED).words == "All of these are arrived already"
    assert plan_attendance(1, (), ARRIVED).words == "Nobody to mark"


def test_one_call_does_for_two_bookings_of_one_visit() -> None:
    one, other, third = (
        replace(entry, booking=replace(entry.booking, visit_id=visit))
        for entry, visit in zip(TWELVE.entries, (5, 5, None), strict=False)
    )
    plan = plan_attendance(1, (one, other, third), ARRIVED)
    assert (plan.to_mark, plan.together) == ((one, third), (other,))
    assert plan.words == "Mark 3 bookings as arrived"


@pytest.mark.parametrize(
    ("target", "begins", "asks"),
    [
        (Attendance.ARRIVED, "2026-11-22 18:01", True),
        (Attendance.NO_SHOW, "2026-11-22 18:01", True),
        (Attendance.ARRIVED, "2026-11-22 18:00", False),
        (Attendance.CONFIRMED, "2026-11-22 18:01", False),
        (Attendance.WAITING, "2026-11-22 18:01", False),
    ],
)
def test_who_cannot_have_come_yet_is_asked_about(target: Attendance, begins: str, asks: bool) -> None:
    assert needs_second_enter(target, wall(begins), wall("2026-11-22 18:00")) is asks


def test_the_count_names_the_failures() -> None:
    plan = plan_attendance(1, TWELVE.entries, ARRIVED)
    failure = AttendanceFailure(TWELVE.entries[2], NoRights("mark the attendance"))
    left = AttendanceFailure(TWELVE.entries[3], None)
    progress = AttendanceProgress(plan=plan, done=TWELVE.entries[:2], failures=(failure, left))
    assert progress.words == (
        "2/12 arrived; not marked: 3 Anna Kim: you have no right to do this here; 4 Anna Kim: not tried any more"
    )
    assert plan_again(progress).to_mark == TWELVE.entries[2:4]


async def waiting_roster(desk: Desk) -> Roster:
    """The longest roster of an event that has not begun, all of it waiting."""
    events = await roomy(desk)
    rosters = [await desk.rosters.load(event.id) for event in events]
    roster = max(rosters, key=lambda one: len(one.entries))
    for entry in roster.entries:
        if entry.attendance is not WAITING:
            await desk.booking.set_attendance(entry.booking, WAITING)
    return await desk.rosters.load(roster.event_id, roster)


async def last(steps: AsyncIterator[AttendanceProgress]) -> AttendanceProgress:
    return [step async for step in steps][-1]


def marker(desk: Desk) -> AttendanceDesk:
    return line_services(desk).attendance


async def test_all_are_marked_and_counted_one_by_one(desk: Desk, sandbox: Sandbox) -> None:
    roster = await waiting_roster(desk)
    total = len(roster.entries)
    sandbox.requests.clear()
    plan = plan_attendance(roster.event_id, choose(roster), ARRIVED)
    steps = [step async for step in marker(desk).mark(plan, roster)]
    assert [len(step.done) for step in steps] == [*range(1, total + 1), total]
    assert len(sandbox.requests.matching("POST", "attendance")) == total
    assert steps[-1].ended
    assert steps[-1].roster is not None
    assert {entry.attendance for entry in steps[-1].roster.entries} == {ARRIVED}
    assert steps[-1].words == f"{total}/{total} arrived"


async def test_the_third_failing_loses_nothing_and_is_repeated_alone(desk: Desk, sandbox: Sandbox) -> None:
    roster = await waiting_roster(desk)
    desk_of = marker(desk)
    with refused(sandbox, "POST", "/attendance", skip=2):
        ended = await last(desk_of.mark(plan_attendance(roster.event_id, roster.entries, ARRIVED), roster))
    assert [failure.entry.number for failure in ended.failures] == [3]
    assert ended.failures[0].words == f"3 {roster.entries[2].name}: You may not do this"
    assert numbers(ended) == [entry.number for entry in roster.entries if entry.number != 3]
    sandbox.requests.clear()
    again = await last(desk_of.mark(plan_again(ended), ended.roster))
    assert numbers(again) == [3]
    assert len(sandbox.requests.matching("POST")) == 1


@pytest.mark.parametrize("handled", [True, False])
async def test_an_unknown_end_is_settled_by_looking(desk: Desk, sandbox: Sandbox, handled: bool) -> None:
    roster = await waiting_roster(desk)
    with dropped(sandbox, "POST", "/attendance", handled=handled):
        ended = await last(marker(desk).mark(plan_attendance(roster.event_id, roster.entries[:2], ARRIVED), roster))
    assert [failure.entry.number for failure in ended.failures] == ([] if handled else [1])
    assert sorted(numbers(ended)) == ([1, 2] if handled else [2])


async def test_a_refused_token_stops_the_run_and_keeps_the_rest(desk: Desk, sandbox: Sandbox) -> None:
    roster = await waiting_roster(desk)
    with refused(sandbox, "POST", "/attendance", skip=1, status=401):
        ended = await last(marker(desk).mark(plan_attendance(roster.event_id, roster.entries, ARRIVED), roster))
    assert numbers(ended) == [1]
    assert [failure.entry.number for failure in ended.failures] == [entry.number for entry in roster.entries[1:]]
    assert ended.failures[-1].error is None


async def test_a_roster_that_cannot_be_read_again_is_said(desk: Desk, sandbox: Sandbox) -> None:
    roster = await waiting_roster(desk)
    sandbox.faults.answer(403, {"success": False, "data": None, "meta": {}}, method="GET", times=None)
    ended = await last(marker(desk).mark(plan_attendance(roster.event_id, roster.entries[:1], ARRIVED)))
    assert (numbers(ended), ended.roster) == ([1], None)
    assert ended.notes == ("The roster could not be read again: you have no right to do this here",)


async def test_bookings_of_one_visit_change_together_and_it_is_said(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as desk:
        rosters = [await desk.rosters.load(event.id) for event in (await day_of(desk, TODAY)).events]
        visits = [
            (entry.booking.visit_id, roster, entry)
            for roster in rosters
            for entry in roster.entries
            if entry.booking.visit_id
        ]
        known = [visit for visit, _, _ in visits]
        _, roster, entry = next(found for found in visits if known.count(found[0]) == 2)
        target = ARRIVED if entry.attendance is not ARRIVED else WAITING
        ended = await last(marker(desk).mark(plan_attendance(roster.event_id, (entry,), target), roster))
        assert len(ended.notes) == 1
        assert entry.name in ended.notes[0]
        assert ended.notes[0].endswith("too: one visit")
