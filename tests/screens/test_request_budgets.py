"""What the desk asks the server: each thing once, and only what is looked at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.support.program import press, running, settled, type_line
from tests.support.sandbox import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_app.sandbox import Sandbox

A_DAY = 2
WITH_ROOMS = 1  # for a week at a time, where the dialect's listing does not tell them


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


def asked(sandbox: Sandbox) -> list[str]:
    """What was asked since the last time, as method and path."""
    found = [f"{entry.method} {entry.path}" for entry in sandbox.requests]
    sandbox.requests.clear()
    return found


async def test_a_start_asks_for_nothing_twice(sandbox: Sandbox) -> None:
    async with running(sandbox) as (_, pilot):
        await settled(pilot)
        twice = {path: count for path, count in Counter(asked(sandbox)).items() if count > 1}
        assert all(path.endswith(("/tags", "/appointments")) for path in twice)  # for two kinds of each
        assert set(twice.values()) <= {2}


async def test_a_day_costs_two_requests(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        asked(sandbox)
        app.schedule.refresh_day()
        await settled(pilot)
        rosters = 1
        assert len(asked(sandbox)) == A_DAY + rosters
        await press(pilot, "right")
        await settled(pilot)
        assert len(asked(sandbox)) <= A_DAY + rosters


async def test_walking_through_days_asks_only_for_the_last(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        asked(sandbox)
        await pilot.press("right", "right", "right")
        await settled(pilot)
        days = [path for path in asked(sandbox) if path.endswith("/activities")]
        assert len(days) == 1
        assert app.schedule.shown_day is not None
        assert app.schedule.shown_day.isoformat() == "2026-03-30"


async def test_a_held_arrow_asks_only_for_the_roster_where_it_stops(sandbox: Sandbox) -> None:
    async with running(sandbox) as (_, pilot):
        await pilot.press("home")
        await settled(pilot)
        asked(sandbox)
        await pilot.press("down", "down", "down", "down")
        await settled(pilot)
        assert len(asked(sandbox)) == 1


async def test_opening_an_event_is_one_request(sandbox: Sandbox) -> None:
    async with running(sandbox) as (_, pilot):
        asked(sandbox)
        await press(pilot, "f2")
        await settled(pilot)
        assert len(asked(sandbox)) == 1


async def test_a_booking_is_one_write_between_a_look_before_and_one_after(sandbox: Sandbox) -> None:
    async with running(sandbox) as (_, pilot):
        await settled(pilot)
        asked(sandbox)
        await type_line(pilot, "w anna")
        await settled(pilot)
        kinds = [request.partition(" ")[0] for request in asked(sandbox)]
        event_and_its_bookings = ["GET", "GET"]  # whether there is a place, and nobody is booked twice
        roster_and_day = ["GET"] * (1 + A_DAY)  # the reading that other desks' changes come with as well
        assert kinds == [*event_and_its_bookings, "POST", *roster_and_day]
