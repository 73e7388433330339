"""The next class with free places, and a week at a glance."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.acting import TODAY, day_of
from tests.desk.builders import scheduled, wall
from tests.desk.conftest import connected
from tests.support.sandbox import NOON, Clock, opened
from tui_app.desk.desk import Desk
from tui_app.desk.editing import draft_of
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.next_free import AheadDesk, monday_of, week_day
from tui_app.desk.services import line_services
from tui_app.sandbox import Sandbox

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("day", [date(2026, 11, 16), date(2026, 11, 18), DAY])
def test_a_week_begins_on_its_monday(day: date) -> None:
    assert monday_of(day) == date(2026, 11, 16)


def free(event_id: int, at: str, booked: int | None) -> ScheduledEvent:
    return replace(scheduled(event_id, at), booked=booked)


def test_a_day_counts_the_places_of_what_is_not_over() -> None:
    events = [free(1, "2026-11-22 08:00", 2), free(2, "2026-11-22 17:00", 12), free(3, "2026-11-22 18:00", 5)]
    noon = week_day(DAY, events, wall("2026-11-22 12:00"))
    assert (noon.free, noon.words) == (7, "Sun 22 Nov: 3 classes, 7 free")
    assert week_day(DAY, events, wall("2026-11-23 12:00")).words == "Sun 22 Nov: 3 classes, over"
    assert week_day(DAY, [], wall("2026-11-22 12:00")).words == "Sun 22 Nov: no classes"
    unknown = week_day(DAY, [free(1, "2026-11-22 18:00", None)], wall("2026-11-22 12:00"))
    assert (unknown.free, unknown.words) == (None, "Sun 22 Nov: 1 class")


def ahead(desk: Desk) -> AheadDesk:
    return line_services(desk).ahead


async def next_by_hand(desk: Desk, service: str, places: int) -> ScheduledEvent:
    days = [await day_of(desk, TODAY + timedelta(days=on)) for on in range(4)]
    return next(
        event
        for day in days
        for event in day.events
        if event.starts_at > desk.clock.now() and service in event.service.lower() and (event.free or 0) >= places
    )


@pytest.mark.parametrize("places", [1, 2, 6])
async def test_the_next_class_with_so_many_places_is_found_at_once(desk: Desk, sandbox: Sandbox, places: int) -> None:
    expected = await next_by_hand(desk, "yoga", places)
    sandbox.requests.clear()
    found = await ahead(desk).next_free("yoga", places)
    assert found.event is not None
    assert found.event.id == expected.id
    assert len(sandbox.requests) == 1
    assert found.words.endswith(f"{expected.service} with {expected.team_member}, {expected.free} free")


async def test_today_is_said_and_another_day_named(desk: Desk) -> None:
    await desk.reference.load()
    today = await ahead(desk).next_free("")
    assert today.words.startswith("Today ")
    later = await ahead(desk).next_free("", after=wall("2026-03-28 00:00"))
    assert later.words.startswith("Sat 28 Mar ")


async def test_the_one_that_begins_now_is_too_late(desk: Desk, clock: Clock) -> None:
    await desk.reference.load()
    first = await ahead(desk).next_free("")
    assert first.event is not None
    clock.advance(seconds=(first.event.starts_at - desk.clock.now()).total_seconds())
    second = await ahead(desk).next_free("")
    assert second.event is not None
    assert second.event.starts_at > first.event.starts_at


async def test_nothing_is_answered_in_words_after_few_requests(desk: Desk, sandbox: Sandbox) -> None:
    await desk.reference.load()
    sandbox.requests.clear()
    nothing = await ahead(desk).next_free("juggling", 2)
    assert nothing.words == "No class in the next 4 weeks fits «juggling»"
    assert len(sandbox.requests) == 3
    full = await ahead(desk).next_free("yoga", 500)
    assert full.event is None
    assert full.words.endswith("classes in the next 4 weeks that fit «yoga» has 500 free places")


async def test_a_place_two_weeks_on_is_found_in_the_second_listing(desk: Desk, sandbox: Sandbox) -> None:
    event = await desk.editor.open((await day_of(desk)).events[-1].id)
    await desk.editor.save(event, replace(draft_of(event), date="9.4.2026", capacity="400"))
    sandbox.requests.clear()
    found = await ahead(desk).next_free("", 300)
    assert found.event is not None
    assert found.event.id == event.id
    assert len(sandbox.requests) == 2


async def test_a_listing_without_places_is_completed_event_by_event() -> None:
    clock = Clock(NOON)
    with opened(clock=clock, bare_list=True) as sandbox:
        async with connected(sandbox, clock, "activities") as desk:
            await desk.reference.load()
            found = await ahead(desk).next_free("")
            assert found.event is not None
            assert found.event.free


async def test_a_week_is_one_listing_with_the_places_of_each_day(desk: Desk, sandbox: Sandbox) -> None:
    shown = await day_of(desk, TODAY + timedelta(days=1))
    sandbox.requests.clear()
    week = await ahead(desk).load_week(monday_of(TODAY))
    assert len(sandbox.requests) == 1
    assert [day.date.isoweekday() for day in week.days] == [1, 2, 3, 4, 5, 6, 7]
    saturday = week.days[5]
    assert [event.id for event in saturday.events] == [event.id for event in shown.events]
    assert saturday.free == sum(event.free or 0 for event in shown.events)
    assert week.days[0].words == "Mon 23 Mar: no classes"
