"""What the desk asks the server: each thing once, and only what is looked at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.support.program import press, running, settled, type_line
from tests.support.sandbox import Clock, opened
from tui_app.altegio.resources import Attendance
from tui_app.sandbox.faults import Fault
from tui_app.screens.booking_form import BookingFormScreen
from tui_app.screens.schedule.held import MOST_S
from tui_app.widgets.dialogs import ConfirmDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tui_app.altegio.dialects import Spoken
    from tui_app.altegio.resources import ClientHit
    from tui_app.app import FrontDeskApp
    from tui_app.desk.model import ScheduledEvent
    from tui_app.sandbox import Sandbox

A_DAY = 2
WITH_ROOMS = 1  # for a week at a time, where the dialect's listing does not tell them
EVENT_AND_ROSTER = 2
ROSTER = "GET .../appointments"
DIALECTS: list[Spoken] = ["activities", "events"]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


def asked(sandbox: Sandbox) -> list[str]:
    """What was asked since the last time, as method and path."""
    bookings = f"GET /api/v2/locations/{sandbox.location_id}/appointments"
    found = [f"{entry.method} {entry.path}" for entry in sandbox.requests]
    sandbox.requests.clear()
    return [ROSTER if path == bookings else path for path in found]


def added(sandbox: Sandbox, event_id: int, dialect: Spoken, *, bulk: bool = False) -> str:
    """The write that books into an event."""
    here = sandbox.location_id
    if dialect == "activities":
        return f"POST /api/v2/companies/{here}/activities/{event_id}/records"
    return f"POST /api/v2/locations/{here}/events/{event_id}/appointments{'/bulk' if bulk else ''}"


async def roomy(app: FrontDeskApp, pilot: Pilot[int]) -> ScheduledEvent:
    """Select an event to come with bookings and at least four free places, and wait for its roster."""
    assert app.desk is not None
    now = app.desk.clock.now()
    coming = (event for event in app.schedule.events if event.starts_at > now)
    event = next(event for event in coming if (event.free or 0) >= 4 and (event.booked or 0) >= 2)
    assert app.schedule.board is not None
    app.schedule.board.choose(event.id)
    await settled(pilot)
    return event


def free(app: FrontDeskApp) -> int | None:
    """The free places that the row of the selected event tells."""
    event = app.schedule.selected_event
    assert event is not None
    roster = app.schedule.board.state.roster if app.schedule.board is not None else None
    assert roster is not None
    assert event.booked == roster.places
    return event.free


async def idle_client(app: FrontDeskApp) -> ClientHit:
    """A client with a phone who has nothing today."""
    desk = app.desk
    assert desk is not None
    page = await desk.api.clients.search(desk.location.id, "", page_size=200)
    today = desk.clock.today()
    return next(
        hit for hit in page.clients if hit.id and hit.phone and not desk.schedule.bookings.events_of(hit.id, today)
    )


async def gone(pilot: Pilot[int], form: BookingFormScreen) -> None:
    """Wait until a form has been left."""
    while pilot.app.screen is form:
        await pilot.pause()
    await settled(pilot)


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


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_booking_is_one_read_and_one_write(sandbox: Sandbox, dialect: Spoken) -> None:
    async with running(sandbox, dialect=dialect) as (app, pilot):
        event, count = await roomy(app, pilot), len(app.schedule.roster_entries)
        asked(sandbox)
        await type_line(pilot, "w anna *2")
        assert asked(sandbox) == [ROSTER, added(sandbox, event.id, dialect)]
        assert [entry.name for entry in app.schedule.roster_entries[count:]] == ["Anna"]
        assert free(app) == (event.free or 0) - 2


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_each_booking_of_a_burst_is_one_read_and_one_write(sandbox: Sandbox, dialect: Spoken) -> None:
    async with running(sandbox, dialect=dialect) as (app, pilot):
        event = await roomy(app, pilot)
        asked(sandbox)
        await type_line(pilot, "w anna; w bo; w cy")
        assert asked(sandbox) == [ROSTER, added(sandbox, event.id, dialect)] * 3
        assert free(app) == (event.free or 0) - 3


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_known_client_is_one_read_and_one_write_and_a_card_where_it_must_be_sent(
    sandbox: Sandbox, dialect: Spoken
) -> None:
    async with running(sandbox, dialect=dialect) as (app, pilot):
        event = await roomy(app, pilot)
        hit = await idle_client(app)
        asked(sandbox)
        await type_line(pilot, hit.phone[-7:])
        told = asked(sandbox)
        card = f"GET /api/v2/locations/{sandbox.location_id}/attendance/clients/{hit.id}"
        statistics = f"GET /api/v2/locations/{sandbox.location_id}/clients/{hit.id}/attendances_statistic"
        booking = [ROSTER, added(sandbox, event.id, dialect, bulk=True)]
        if dialect == "activities":  # the whole card goes with the booking (contract 2.4)
            booking.insert(1, card)
        found = [path for path in told if "/api/v1/" in path]
        assert told == [*found, *booking, card, statistics]  # what to know of the client follows
        assert app.schedule.roster_entries[-1].name == hit.full_name


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_the_form_reads_event_and_roster_and_sends_after_one_read(sandbox: Sandbox, dialect: Spoken) -> None:
    async with running(sandbox, dialect=dialect) as (app, pilot):
        event = await roomy(app, pilot)
        asked(sandbox)
        await press(pilot, "f4")
        assert len(asked(sandbox)) == EVENT_AND_ROSTER
        form = app.screen
        assert isinstance(form, BookingFormScreen)
        form.fields["visitor_name"].set_value("Anna")
        await pilot.press("f8")
        await gone(pilot, form)
        assert asked(sandbox) == [ROSTER, added(sandbox, event.id, dialect)]
        assert app.schedule.roster_entries[-1].name == "Anna"
        assert free(app) == (event.free or 0) - 1


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_cancelling_a_booking_is_one_write(sandbox: Sandbox, dialect: Spoken) -> None:
    async with running(sandbox, dialect=dialect) as (app, pilot):
        event = await roomy(app, pilot)
        first = app.schedule.roster_entries[0]
        asked(sandbox)
        await type_line(pilot, f"x{first.number}")
        await press(pilot, "enter")
        cancelled = f"DELETE /api/v2/locations/{sandbox.location_id}/appointments/{first.booking.id}"
        assert asked(sandbox) == [cancelled]
        assert first.number not in {entry.number for entry in app.schedule.roster_entries}
        assert free(app) == (event.free or 0) + first.places


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_cancelling_by_the_menu_is_one_write_too(sandbox: Sandbox, dialect: Spoken) -> None:
    async with running(sandbox, dialect=dialect) as (app, pilot):
        event = await roomy(app, pilot)
        first = app.schedule.roster_entries[0]
        await press(pilot, "tab")
        asked(sandbox)
        app.schedule.perform("cancel_booking")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "left", "enter")
        assert [request.partition(" ")[0] for request in asked(sandbox)] == ["DELETE"]
        assert free(app) == (event.free or 0) + first.places


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_attendance_is_one_write_and_a_look_at_what_one_visit_has_changed(
    sandbox: Sandbox, dialect: Spoken
) -> None:
    async with running(sandbox, dialect=dialect) as (app, pilot):
        await roomy(app, pilot)
        entry = next(one for one in app.schedule.roster_entries if one.attendance is Attendance.WAITING)
        asked(sandbox)
        await type_line(pilot, f"k{entry.number}")
        kinds = [request.partition(" ")[0] for request in asked(sandbox)]
        roster_and_day = ["GET", "GET"]  # bookings that a visit links change together (contract 4)
        assert kinds == ["POST", *(roster_and_day if entry.booking.visit_id is not None else ["GET"])]


async def test_an_event_that_was_read_too_long_ago_is_read_too(sandbox: Sandbox) -> None:
    clock = Clock()
    async with running(sandbox, clock=clock) as (app, pilot):
        await roomy(app, pilot)
        clock.advance(seconds=MOST_S + 1)
        asked(sandbox)
        await type_line(pilot, "w anna")
        kinds = [request.partition(" ")[0] for request in asked(sandbox)]
        assert kinds == [*["GET"] * EVENT_AND_ROSTER, "POST"]


async def test_while_the_day_cannot_be_read_the_event_is_read_too(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await roomy(app, pilot)
        sandbox.faults.add(Fault(status=503), method="GET", path="/activities", times=None)
        app.schedule.refresh_day()
        await settled(pilot)
        sandbox.faults.clear()
        asked(sandbox)
        await type_line(pilot, "w anna")
        kinds = [request.partition(" ")[0] for request in asked(sandbox)]
        assert kinds == [*["GET"] * EVENT_AND_ROSTER, "POST"]


@pytest.mark.parametrize("told", [{"activity_id": 0}, {"clients_count": 9}])
async def test_an_answer_that_tells_too_little_costs_one_more_read_of_the_roster(
    sandbox: Sandbox, told: dict[str, int]
) -> None:
    async with running(sandbox) as (app, pilot):
        event = await roomy(app, pilot)
        body = {"data": {"type": "record", "id": "1", "attributes": told}, "meta": []}
        sandbox.faults.answer(201, body, method="POST", path="/records")
        asked(sandbox)
        await type_line(pilot, "w anna")
        assert asked(sandbox) == [ROSTER, added(sandbox, event.id, "activities"), ROSTER]
        assert free(app) == event.free  # this server says that it has booked, and has not
