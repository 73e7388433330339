"""Candidates while a name is typed: they take the roster's room, and the events stay where they are."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from tests.support.program import press, running, screen_text, settled
from tests.support.sandbox import opened
from tui_app.app import FrontDeskApp
from tui_app.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


async def type_name(app: FrontDeskApp, pilot: Pilot[int], text: str) -> None:
    """Type a name and wait for those whom it may mean."""
    await press(pilot, *text)
    while not any(line.text.strip().startswith("=1") for line in app.schedule.candidate_lines.lines):
        await settled(pilot)


def top_of(text: str, rows: int) -> list[str]:
    """The first rows, without the counts of what is above and below."""
    return [line[:70].rstrip() for line in text.splitlines()[:rows]]


async def test_the_events_stay_where_they_are(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, "home")
        before = screen_text(app)
        await type_name(app, pilot, "an")
        assert top_of(screen_text(app), 9) == top_of(before, 9)
        assert app.schedule.panes.event_list.size.height >= app.schedule.panes.roster_list.size.height
        await press(pilot, "backspace", "backspace")
        assert screen_text(app) == before


async def test_tab_brings_the_roster_forth_again(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await type_name(app, pilot, "an")
        await press(pilot, "tab")
        assert app.schedule.panes.roster_list.size.height > 1
        assert "▸" in screen_text(app)


async def test_side_by_side_both_lists_keep_their_width_and_lose_the_same_height(sandbox: Sandbox) -> None:
    async with running(sandbox, size=(160, 48)) as (app, pilot):
        panes = app.schedule.panes
        width, lower = panes.roster_list.size.width, panes.event_list.size.height - panes.roster_list.size.height
        await type_name(app, pilot, "an")
        assert panes.roster_list.size.width == width
        assert panes.event_list.size.height - panes.roster_list.size.height == lower
