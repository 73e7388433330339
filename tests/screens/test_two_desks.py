"""Two programs at one server: each shows what the other has booked at its next refresh, under numbers that stay."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from tests.support.program import press, running, settled, type_line
from tests.support.sandbox import Clock, opened
from tui_app.altegio.dialects import Spoken
from tui_app.app import FrontDeskApp
from tui_app.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened(clock=Clock()) as sandbox:
        yield sandbox


async def choose(app: FrontDeskApp, pilot: Pilot[int], event_id: int) -> None:
    assert app.schedule.board is not None
    app.schedule.board.choose(event_id)
    await settled(pilot)


async def refreshed(app: FrontDeskApp, pilot: Pilot[int]) -> None:
    """What happens by itself after so many seconds."""
    app.schedule.refresh_day()
    await settled(pilot)


def roomy(app: FrontDeskApp) -> int:
    assert app.desk is not None
    now = app.desk.clock.now()
    coming = (event for event in app.schedule.events if event.starts_at > now)
    return next(event.id for event in coming if (event.free or 0) >= 4 and (event.booked or 0) >= 2)


def numbers(app: FrontDeskApp) -> dict[int, int]:
    return {entry.number: entry.booking.id for entry in app.schedule.roster_entries}


def names(app: FrontDeskApp) -> list[str]:
    return [entry.name for entry in app.schedule.roster_entries]


def counts(app: FrontDeskApp) -> tuple[int | None, int | None]:
    event = app.schedule.selected_event
    assert event is not None
    return event.booked, event.free


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_each_sees_what_the_other_has_booked_at_the_next_refresh(sandbox: Sandbox, dialect: Spoken) -> None:
    async with running(sandbox, dialect=dialect) as (one, at_one), running(sandbox, dialect=dialect) as (two, at_two):
        event_id = roomy(one)
        await choose(one, at_one, event_id)
        await choose(two, at_two, event_id)
        before = names(one)
        await type_line(at_one, "w anna")
        await type_line(at_two, "w bo *2")
        assert names(one) == [*before, "Anna"]
        assert names(two) == [*before, "Anna", "Bo"]  # Anna came with the look before the booking
        assert counts(one) != counts(two)
        given_by_one, given_by_two = numbers(one), numbers(two)
        await refreshed(one, at_one)
        await refreshed(two, at_two)
        assert names(one) == names(two) == [*before, "Anna", "Bo"]
        assert counts(one) == counts(two)
        assert given_by_one.items() <= numbers(one).items()
        assert given_by_two.items() <= numbers(two).items()


async def test_what_the_other_has_done_is_marked_and_what_was_done_here_is_not(sandbox: Sandbox) -> None:
    async with running(sandbox) as (one, at_one), running(sandbox) as (two, at_two):
        event_id = roomy(one)
        await choose(one, at_one, event_id)
        await choose(two, at_two, event_id)
        await type_line(at_one, "w anna")
        await type_line(at_two, "w bo")
        await refreshed(one, at_one)
        assert one.schedule.board is not None
        marked = one.schedule.board.state.changed_bookings
        assert {entry.name for entry in one.schedule.roster_entries if entry.booking.id in marked} == {"Bo"}


async def test_a_number_that_was_cancelled_here_is_given_to_nobody_who_books_there(sandbox: Sandbox) -> None:
    async with running(sandbox) as (one, at_one), running(sandbox) as (two, at_two):
        event_id = roomy(one)
        await choose(one, at_one, event_id)
        await choose(two, at_two, event_id)
        await type_line(at_one, "w anna")
        last = one.schedule.roster_entries[-1]
        await type_line(at_one, f"x{last.number}")
        await press(at_one, "enter")
        assert last.number not in numbers(one)
        await type_line(at_two, "w bo")
        await refreshed(one, at_one)
        assert (one.schedule.roster_entries[-1].name, one.schedule.roster_entries[-1].number) == ("Bo", last.number + 1)


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_the_last_place_is_given_once(sandbox: Sandbox, dialect: Spoken) -> None:
    """The second desk's day still shows the place: its look at the roster before the booking tells better."""
    async with running(sandbox, dialect=dialect) as (one, at_one), running(sandbox, dialect=dialect) as (two, at_two):
        event_id = roomy(one)
        await choose(one, at_one, event_id)
        await choose(two, at_two, event_id)
        _, free = counts(one)
        await type_line(at_one, f"w anna *{free}")
        sandbox.requests.clear()
        await type_line(at_two, "w bo")
        assert sandbox.requests.matching("POST") == []
        assert "No place is free" in two.schedule.message_line.text
        assert names(two) == names(one)
        assert counts(two) == counts(one)
