from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.builders import day_of, scheduled, wall
from tests.desk.conftest import connected
from tests.support.sandbox import Clock, opened
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import TokenRefused, Unreachable
from tui_app.desk.desk import Desk
from tui_app.desk.reference import Reference
from tui_app.desk.schedule import changed_ids, preselect, present
from tui_app.sandbox import Sandbox

TODAY = date(2026, 3, 27)
MORNING, NOON, EVENING = (
    scheduled(1, "2026-11-22 09:00"),
    scheduled(2, "2026-11-22 12:00"),
    scheduled(3, "2026-11-22 18:00"),
)
DAY = day_of(MORNING, NOON, EVENING)


@pytest.mark.parametrize(
    ("now", "chosen"),
    [("08:00", 1), ("09:00", 1), ("10:30", 2), ("12:30", 2), ("13:30", 3), ("23:00", 3)],
)
def test_the_running_event_is_selected_else_the_next_else_the_last(now: str, chosen: int) -> None:
    assert preselect(DAY, wall(f"2026-11-22 {now}")) == chosen


def test_of_two_running_events_the_one_that_began_last_is_selected() -> None:
    day = day_of(scheduled(1, "2026-11-22 18:00"), scheduled(2, "2026-11-22 18:30"))
    assert preselect(day, wall("2026-11-22 18:45")) == 2


def test_another_day_begins_with_its_first_event_and_an_empty_one_with_none() -> None:
    assert preselect(DAY, wall("2026-11-20 12:00")) == 1
    assert preselect(day_of(), wall("2026-11-22 12:00")) is None


def test_changed_events_are_new_gone_or_different() -> None:
    new = day_of(MORNING, replace(NOON, arrived=5), scheduled(4, "2026-11-22 20:00"))
    assert changed_ids(DAY, new) == {2, 3, 4}
    assert changed_ids(DAY, DAY) == frozenset()
    assert changed_ids(DAY, replace(DAY, events=DAY.events[:2], cancelled=(EVENING,))) == frozenset()


@pytest.fixture
async def reference(desk: Desk) -> Reference:
    return await desk.reference.load()


async def test_a_day_shows_names_rooms_and_places(desk: Desk, reference: Reference) -> None:
    day = await desk.schedule.load_day(TODAY, reference=reference)
    assert len(day.events) > 5
    assert [one.starts_at for one in day.events] == sorted(one.starts_at for one in day.events)
    assert {one.starts_at.date() for one in day.events} == {TODAY}
    titles = {one.title for one in reference.services}
    assert all(one.service in titles and one.team_member for one in day.events)
    assert all(one.rooms for one in day.events)
    assert all(one.booked is not None and one.arrived is not None and one.capacity for one in day.events)
    assert any(one.arrived for one in day.events)
    assert day.notes == ()
    assert day.as_of == desk.clock.instant()


async def test_a_day_costs_one_listing_and_one_list_of_bookings(
    desk: Desk, reference: Reference, sandbox: Sandbox, dialect: Spoken
) -> None:
    sandbox.requests.clear()
    await desk.schedule.load_day(TODAY, reference=reference)
    assert len(sandbox.requests) == (3 if dialect == "activities" else 2)
    await desk.schedule.load_day(TODAY, reference=reference)
    assert len(sandbox.requests) == (5 if dialect == "activities" else 4)


async def test_rooms_are_asked_for_again_after_a_while(
    desk: Desk, reference: Reference, sandbox: Sandbox, clock: Clock
) -> None:
    await desk.schedule.load_day(TODAY, reference=reference)
    clock.advance(minutes=6)
    sandbox.requests.clear()
    await desk.schedule.load_day(TODAY, reference=reference)
    asked = sandbox.requests.matching("GET", "resource_occupations")
    assert len(asked) == (1 if desk.api.spoken == "activities" else 0)


async def test_without_bookings_only_arrivals_are_unknown(desk: Desk, reference: Reference, sandbox: Sandbox) -> None:
    sandbox.faults.answer(403, {"success": False, "data": None, "meta": {}}, path="/appointments")
    day = await desk.schedule.load_day(TODAY, reference=reference)
    assert all(one.arrived is None and one.booked is not None for one in day.events)
    assert "arrived" in day.notes[0]
    assert "right" in day.notes[0]


async def test_without_rooms_the_day_is_shown_all_the_same(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "activities") as desk:
        reference = await desk.reference.load()
        sandbox.faults.answer(403, {"success": False, "data": None, "meta": {}}, path="/resource_occupations")
        day = await desk.schedule.load_day(TODAY, reference=reference)
        assert all(one.rooms is None for one in day.events)
        assert "rooms" in day.notes[0]


async def test_a_day_that_cannot_be_listed_is_an_error(desk: Desk, reference: Reference, sandbox: Sandbox) -> None:
    sandbox.change_password("owner", "another")
    with pytest.raises(TokenRefused):
        await desk.schedule.load_day(TODAY, reference=reference)


async def test_a_cancelled_event_stands_apart(desk: Desk, reference: Reference) -> None:
    day = await desk.schedule.load_day(TODAY, reference=reference)
    gone = day.events[-1]
    await desk.editor.cancel(gone.event)
    after = await desk.schedule.load_day(TODAY, reference=reference)
    assert after.by_id(gone.id) in {None, *after.cancelled}
    assert gone.id not in {one.id for one in after.events}


async def test_a_server_that_knows_no_deleted_events_is_asked_without_them(
    desk: Desk, reference: Reference, sandbox: Sandbox
) -> None:
    path = "/activities" if desk.api.spoken == "activities" else "/events"
    sandbox.faults.answer(400, {"success": False, "data": None, "meta": {}}, method="GET", path=path)
    day = await desk.schedule.load_day(TODAY, reference=reference)
    assert day.events
    sandbox.requests.clear()
    await desk.schedule.load_day(TODAY, reference=reference)
    assert len(sandbox.requests.matching("GET", path)) == 1


async def test_without_reference_the_names_are_numbers_never_empty(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "activities") as desk:
        day = await desk.schedule.load_day(TODAY, reference=Reference())
        first = day.events[0]
        assert first.team_member == f"team member {first.event.team_member_id}"
        assert first.service


@pytest.fixture
def bare_sandbox(clock: Clock) -> Iterator[Sandbox]:
    with opened(clock=clock, bare_list=True) as sandbox:
        yield sandbox


async def test_a_bare_listing_is_shown_at_once_and_completed_after(bare_sandbox: Sandbox, clock: Clock) -> None:
    async with connected(bare_sandbox, clock, "activities") as desk:
        reference = await desk.reference.load()
        day = await desk.schedule.load_day(TODAY, reference=reference)
        bare = [one for one in day.events if one.needs_reading]
        assert len(bare) == len(day.events) > 0
        steps = [step async for step in desk.schedule.fill(day, reference=reference)]
        assert len(steps) == len(bare)
        assert not any(one.needs_reading for one in steps[-1].events)
        assert all(one.tags is not None and one.capacity for one in steps[-1].events)
        assert [one.id for one in steps[-1].events] == [one.id for one in day.events]


async def test_what_was_read_one_by_one_is_not_read_again_soon(bare_sandbox: Sandbox, clock: Clock) -> None:
    async with connected(bare_sandbox, clock, "activities") as desk:
        reference = await desk.reference.load()
        day = await desk.schedule.load_day(TODAY, reference=reference)
        async for _ in desk.schedule.fill(day, reference=reference):
            pass
        again = await desk.schedule.load_day(TODAY, reference=reference)
        assert not any(one.needs_reading for one in again.events)


async def test_an_event_that_cannot_be_read_is_noted_and_the_rest_completed(
    bare_sandbox: Sandbox, clock: Clock
) -> None:
    async with connected(bare_sandbox, clock, "activities") as desk:
        reference = await desk.reference.load()
        day = await desk.schedule.load_day(TODAY, reference=reference)
        bare_sandbox.faults.answer(403, {"success": False}, path=f"/activities/{day.events[0].id}")
        steps = [step async for step in desk.schedule.fill(day, reference=reference)]
        assert [one.id for one in steps[-1].events if one.needs_reading] == [day.events[0].id]
        assert "could not be read whole" in steps[-1].notes[-1]


async def test_a_completion_that_is_left_early_leaves_nothing_behind(bare_sandbox: Sandbox, clock: Clock) -> None:
    async with connected(bare_sandbox, clock, "activities") as desk:
        reference = await desk.reference.load()
        day = await desk.schedule.load_day(TODAY, reference=reference)
        steps = desk.schedule.fill(day, reference=reference)
        await anext(steps)
        await steps.aclose()


async def test_the_next_day_with_events_is_found_with_one_request(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.requests.clear()
    assert await desk.schedule.next_day_with_events(TODAY) == TODAY + timedelta(days=1)
    assert len(sandbox.requests) == 1


async def test_beyond_the_last_event_there_is_no_next_day(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.requests.clear()
    assert await desk.schedule.next_day_with_events(TODAY + timedelta(days=30)) is None
    assert len(sandbox.requests) == 3


async def test_a_near_bound_is_kept(desk: Desk) -> None:
    last = TODAY + timedelta(days=3)
    assert await desk.schedule.next_day_with_events(last - timedelta(days=1), within=1) == last
    assert await desk.schedule.next_day_with_events(last, within=2) is None
    assert await desk.schedule.next_day_with_events(TODAY, within=0) is None
    assert await desk.schedule.next_day_with_events(date.max) is None


async def test_no_connection_is_an_error_not_an_empty_day(sandbox: Sandbox, clock: Clock, dialect: Spoken) -> None:
    async with connected(sandbox, clock, dialect) as desk:
        await desk.api.aclose()
        with pytest.raises(Unreachable):
            await desk.schedule.load_day(TODAY, reference=Reference())


async def test_names_come_with_the_day_and_the_rest_of_the_reference_data_later(desk: Desk) -> None:
    reference = await desk.reference.load_names()
    early = present(await desk.schedule.read_day(TODAY), reference)
    assert not reference.complete
    assert all(not event.service.startswith("service ") for event in early.events)
    assert {event.rooms for event in early.events} == {None}
    late = await desk.schedule.load_day(TODAY, reference=await desk.reference.load())
    assert all(event.rooms for event in late.events)
    assert changed_ids(early, late) == frozenset()
