"""A call that the user has no right to takes away what it would have brought, says so there, and nothing else."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from tests.support.program import press, running, screen_text, settled, type_line
from tests.support.sandbox import opened
from tui_app.app import FrontDeskApp
from tui_app.sandbox import Sandbox
from tui_app.screens.event_form import EventFormScreen
from tui_app.screens.week import WeekScreen

LARGE = (120, 40)
WHY = "you have no right to do this here"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened(clients=45, days_back=1, days_ahead=2) as made:
        yield made


async def select_ahead(app: FrontDeskApp, pilot: Pilot[int]) -> None:
    """Go to a class of today that is still to come, with people in it and places left."""
    now = app.schedule.board.desk.clock.now() if app.schedule.board else None
    assert now is not None
    event = next(each for each in app.schedule.events if each.starts_at > now and each.booked and each.free)
    app.schedule.panes.event_list.move_to(event.id)
    await settled(pilot)


def said(app: FrontDeskApp) -> str:
    """The screen as one line of words."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def works(app: FrontDeskApp, pilot: Pilot[int], *but: str) -> None:
    """Book, mark, refresh, open the week: all that is not named must do."""
    await select_ahead(app, pilot)
    assert app.schedule.selected_event is not None
    booked = app.schedule.selected_event.booked
    if "book" not in but:
        await type_line(pilot, "w zed")
        assert app.schedule.selected_event.booked == (booked or 0) + 1
    if "mark" not in but:
        await type_line(pilot, "k1")
        assert "confirmed" in said(app)
    await press(pilot, "f5")
    assert len(app.schedule.events) > 3
    await type_line(pilot, "week")
    assert isinstance(app.screen, WeekScreen)
    await press(pilot, "escape")


REFERENCE = {
    "/team_members": "team members",
    "/services": "services",
    "/events/services": "services of events",
    "/v1/resources": "rooms",
    "/tags": "tags of events",
    "/custom_fields": "custom fields",
    "/permissions": "rights that you have",
}


@pytest.mark.parametrize("path", REFERENCE)
async def test_without_a_part_of_the_reference_data_the_desk_works_and_the_form_says_why(
    sandbox: Sandbox, path: str
) -> None:
    sandbox.faults.forbid(path, method="GET")
    async with running(sandbox, size=LARGE) as (app, pilot):
        await select_ahead(app, pilot)
        await type_line(pilot, "w zed")
        assert "zed" in said(app).casefold()
        await press(pilot, "f2")
        assert isinstance(app.screen, EventFormScreen)
        assert f"Could not read the {REFERENCE[path]}: {WHY}" in said(app)


async def test_without_rosters_the_events_stay_and_the_reason_stands_where_the_roster_would(sandbox: Sandbox) -> None:
    sandbox.faults.forbid("/appointments", method="GET")
    async with running(sandbox, size=LARGE) as (app, pilot):
        await select_ahead(app, pilot)
        assert "No roster:" in said(app)
        assert f"Cannot be read: {WHY}" in said(app)
        assert "● online" in said(app)
        await type_line(pilot, "k1")
        assert f"The roster could not be read: Could not list the bookings: {WHY}" in said(app)
        await type_line(pilot, "week")
        assert isinstance(app.screen, WeekScreen)
        await press(pilot, "escape")
        sandbox.faults.clear()
        await press(pilot, "f5")
        await settled(pilot)
        assert "Cannot be read" not in said(app)


async def test_without_the_list_of_events_that_is_what_is_said_and_not_that_the_line_is_down(sandbox: Sandbox) -> None:
    sandbox.faults.forbid("/activities", method="GET")
    async with running(sandbox, size=LARGE) as (app, pilot):
        assert f"Cannot be read: {WHY}" in said(app)
        assert "! no rights" in said(app)
        assert "offline" not in said(app)
        sandbox.faults.clear()
        await press(pilot, "f5")
        assert "● online" in said(app)
        assert len(app.schedule.events) > 3


async def test_without_the_search_the_type_ahead_finds_and_without_that_the_search(sandbox: Sandbox) -> None:
    for path, method in (("/clients/search", "POST"), ("/clients/autocomplete", "GET")):
        sandbox.faults.forbid(path, method=method)
        async with running(sandbox, size=LARGE) as (app, pilot):
            await works(app, pilot)
            await type_line(pilot, "kim")
            assert "Who is it?" in said(app)
        sandbox.faults.clear()


@pytest.mark.parametrize(
    ("method", "path", "line", "lost", "words"),
    [
        ("POST", "/records", "w zed", "book", WHY),
        ("POST", "/attendance", "k1", "mark", "not marked: 1"),
        ("PUT", "/activities", "c+1", "", WHY),
        ("DELETE", "/appointments", "x1", "", WHY),
    ],
)
async def test_a_change_that_is_refused_is_said_with_its_reason_and_the_others_go_on(
    sandbox: Sandbox, method: str, path: str, line: str, lost: str, words: str
) -> None:
    sandbox.faults.forbid(path, method=method)
    async with running(sandbox, size=LARGE) as (app, pilot):
        await select_ahead(app, pilot)
        await type_line(pilot, line)
        if line == "x1":
            await press(pilot, "enter")
        assert words in said(app)
        await works(app, pilot, lost)


async def test_who_sees_no_phones_is_told_what_to_do_instead(sandbox: Sandbox) -> None:
    async with running(sandbox, role="receptionist", size=LARGE) as (app, pilot):
        await select_ahead(app, pilot)
        await type_line(pilot, "kim")
        await type_line(pilot, "=1")
        assert "phone is withheld from you" in said(app)
        assert "Book this client on the web" in said(app)
        await works(app, pilot)
