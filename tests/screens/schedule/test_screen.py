"""The schedule as a receptionist uses it: the whole program over the sandbox."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from tests.support.program import press, running, screen_text, settled, type_line
from tests.support.sandbox import Clock, client_for, opened
from tui_app.app import FrontDeskApp
from tui_app.desk.clock import LocationClock
from tui_app.desk.model import ScheduledEvent
from tui_app.sandbox import Sandbox
from tui_app.screens.connect import ConnectScreen
from tui_app.screens.schedule import board
from tui_app.settings import Dialect
from tui_app.widgets.dialogs import AskDialog, ConfirmDialog, CountDialog

DIALECTS: tuple[Dialect, ...] = ("activities", "events")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


def times(app: FrontDeskApp) -> list[str]:
    """The times of the events on the screen."""
    return [str(dict(row.cells)["time"]) for row in app.schedule.panes.event_list.rows]


def clock_of(app: FrontDeskApp) -> LocationClock:
    assert app.desk is not None
    return app.desk.clock


def message(app: FrontDeskApp) -> str:
    return app.schedule.message_line.text


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_it_opens_on_today_with_the_next_event_and_its_roster(sandbox: Sandbox, dialect: Dialect) -> None:
    async with running(sandbox, dialect=dialect) as (app, _):
        event = app.schedule.selected_event
        assert event is not None
        assert event.starts_at.date().isoformat() == "2026-03-27"
        assert event.ends_at is not None
        assert event.ends_at > clock_of(app).now()  # running, or next
        text = screen_text(app)
        assert "Fri 27 Mar" in text
        assert "● online" in text
        assert event.service in app.schedule.panes.heading_line.text
        assert len(app.schedule.panes.roster_list.rows) == event.booked or event.booked is not None


async def test_names_are_resolved_in_every_row(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, _):
        assert "team member " not in screen_text(app)
        assert all(event.rooms for event in app.schedule.events)


async def test_right_and_left_go_through_the_days_and_f7_comes_back(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, "right")
        assert "Sat 28 Mar" in screen_text(app)
        assert "today" not in screen_text(app).splitlines()[0]
        await press(pilot, "left", "left")
        assert "Thu 26 Mar" in screen_text(app)
        await press(pilot, "f7")
        assert "Fri 27 Mar" in screen_text(app)


async def test_running_through_days_asks_only_for_the_one_where_the_hand_rests(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "REST", 1.0)  # a busy machine takes no key for a rest
    async with running(sandbox) as (_, pilot):
        sandbox.requests.clear()
        await press(pilot, "right", "right", "right")
        assert len(sandbox.requests.matching("GET", "/activities")) == 1


async def test_a_date_can_be_typed(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await pilot.press("f6")
        await pilot.pause()
        assert isinstance(app.screen, AskDialog)
        await press(pilot, *"28.3", "enter")
        assert "Sat 28 Mar" in screen_text(app)


async def test_a_slash_filters_and_esc_brings_all_back(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        everything = times(app)
        service = app.schedule.events[0].service
        await type_line(pilot, f"/{service.lower()}")
        assert f"[/{service.lower()}]" in screen_text(app).splitlines()[0]
        assert 0 < len(times(app)) <= len(everything)
        assert {event.service for event in app.schedule.events} == {service}
        await press(pilot, "escape")
        assert times(app) == everything


async def test_a_filter_without_a_match_says_so(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await type_line(pilot, "/qqqq")
        assert "Nothing matches «qqqq». Esc clears it." in screen_text(app)


async def test_enter_opens_the_menu_of_the_event_and_esc_closes_it(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, "enter")
        assert app.schedule.menu.is_open
        assert "Cancel the event" in screen_text(app)
        await press(pilot, "escape")
        assert not app.schedule.menu.is_open


async def test_tab_takes_the_keys_to_the_roster_and_esc_brings_them_back(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, "tab", "enter")
        assert "No-show" in screen_text(app)
        await press(pilot, "escape", "escape")
        assert app.schedule.panes.active_list is app.schedule.panes.event_list


async def test_a_change_by_another_desk_is_marked_and_moves_nothing(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, "down", "up")
        selected = app.schedule.selected_event
        other = next(event for event in app.schedule.events if selected is not None and event.id != selected.id)
        assert selected is not None
        path = f"/v2/companies/{sandbox.location_id}/activities"
        async with client_for(sandbox) as client:
            answer = await client.delete(f"{path}/{other.id}")
            assert answer.is_success
        await press(pilot, "f5")
        assert app.schedule.selected_event is not None
        assert app.schedule.selected_event.id == selected.id
        assert other.id not in [event.id for event in app.schedule.events]


async def test_after_a_failed_refresh_the_screen_stays_and_tells_its_age(sandbox: Sandbox) -> None:
    clock = Clock()
    async with running(sandbox, clock=clock) as (app, pilot):
        shown = times(app)
        clock.advance(minutes=4)
        sandbox.faults.answer(500, b"<html>broken</html>", path="/activities", times=None)
        await press(pilot, "f5")
        assert "! as of 12:00" in screen_text(app)
        assert times(app) == shown
        assert message(app).startswith("! ")
        sandbox.faults.clear()
        app.schedule.refresh_day()
        await settled(pilot)
        assert "as of" not in screen_text(app)
        assert message(app) == ""


async def test_a_refused_token_takes_no_keys_from_a_line_or_a_form_that_is_being_typed(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        sandbox.faults.answer(401, {"success": False, "data": None, "meta": {"message": "no"}}, times=None)
        await press(pilot, *"anna")
        app.schedule.refresh_day()
        await settled(pilot)
        assert app.schedule.is_current
        assert "refuses the token" in message(app)
        await press(pilot, "escape")
        app.schedule.refresh_day()
        await settled(pilot)
        assert isinstance(app.screen, ConnectScreen)


async def test_refreshing_is_said_only_until_it_is_done(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, "f5")
        assert message(app) == ""


async def test_at_midnight_of_the_location_the_day_rolls_over(sandbox: Sandbox) -> None:
    clock = Clock()
    async with running(sandbox, clock=clock) as (app, pilot):
        clock.advance(hours=12, minutes=1)
        app.schedule.refresh_day()
        await settled(pilot)
        assert "Sat 28 Mar  today" in screen_text(app)


async def test_at_midnight_a_day_with_text_in_the_line_stays_until_the_line_is_empty(sandbox: Sandbox) -> None:
    """What was typed for tonight must not book into tomorrow's first class."""
    clock = Clock()
    async with running(sandbox, clock=clock) as (app, pilot):
        selected = app.schedule.selected_event
        await press(pilot, *"anna")
        clock.advance(hours=12, minutes=1)
        for _ in range(2):
            app.schedule.refresh_day()
            await settled(pilot)
            assert "Fri 27 Mar  Europe" in screen_text(app)
            assert app.schedule.selected_event == selected
        await press(pilot, "escape")
        app.schedule.refresh_day()
        await settled(pilot)
        assert "Sat 28 Mar  today" in screen_text(app)


async def test_another_day_stays_where_it_is_at_midnight(sandbox: Sandbox) -> None:
    clock = Clock()
    async with running(sandbox, clock=clock) as (app, pilot):
        await press(pilot, "left")
        clock.advance(hours=12, minutes=1)
        app.schedule.refresh_day()
        await settled(pilot)
        assert "Thu 26 Mar" in screen_text(app)


async def test_an_empty_day_says_so_and_enter_goes_to_the_next_with_events(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        app.schedule.go_to(clock_of(app).now().date() - timedelta(days=30))
        await settled(pilot)
        assert "No events on this day. Enter goes to the next with events" in screen_text(app)
        await press(pilot, "enter")
        assert times(app)


async def test_cancelling_a_booking_asks_and_the_harmless_answer_is_the_default(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await to_event_with_bookings(app, pilot)
        before = len(app.schedule.panes.roster_list.rows)
        app.schedule.perform("cancel_booking")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "enter")
        assert len(app.schedule.panes.roster_list.rows) == before
        app.schedule.perform("cancel_booking")
        await pilot.pause()
        await press(pilot, "tab", "enter")
        assert len(app.schedule.panes.roster_list.rows) == before - 1
        assert message(app).startswith("done: cancel the booking of")


async def test_cancelling_an_event_needs_the_number_of_its_bookings(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        event = await to_event_with_bookings(app, pilot)
        count = len(app.schedule.panes.roster_list.rows)
        app.schedule.perform("cancel_event")
        await pilot.pause()
        while not isinstance(app.screen, CountDialog):
            await pilot.pause()
        assert "Whether clients are told" in screen_text(app)
        await press(pilot, *str(count + 1), "enter")
        assert isinstance(app.screen, CountDialog)
        await press(pilot, *["backspace"] * len(str(count + 1)), *str(count), "enter")
        assert event.id not in [each.id for each in app.schedule.events]


async def test_attendance_is_marked_from_the_menu(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await to_event_with_bookings(app, pilot)
        app.schedule.perform("mark_arrived")
        await settled(pilot)
        assert app.schedule.selected_entry is not None
        assert app.schedule.selected_entry.attendance.name == "ARRIVED"
        assert "● arrived" in screen_text(app)


async def test_a_booking_cancelled_in_the_dialog_is_taken_back_by_u(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await to_event_with_bookings(app, pilot)
        before = {entry.name for entry in app.schedule.roster_entries}
        app.schedule.perform("cancel_booking")
        await pilot.pause()
        await press(pilot, "tab", "enter")
        assert {entry.name for entry in app.schedule.roster_entries} < before
        await type_line(pilot, "u")
        assert {entry.name for entry in app.schedule.roster_entries} == before


async def test_an_event_saved_in_its_form_is_taken_back_by_u(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        event = app.schedule.selected_event
        assert event is not None
        assert event.capacity is not None
        await press(pilot, "f2")
        await press(pilot, *["tab"] * 6, "ctrl+a", "ctrl+k", *str(event.capacity + 5), "f8")
        assert app.schedule.selected_event is not None
        assert app.schedule.selected_event.capacity == event.capacity + 5
        await type_line(pilot, "u")
        assert app.schedule.selected_event.capacity == event.capacity


async def test_phones_are_masked_until_f9_and_again_when_the_selection_moves(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await to_event_with_bookings(app, pilot)
        entry = app.schedule.selected_entry
        assert entry is not None
        assert entry.phone not in screen_text(app)
        await press(pilot, "f9")
        assert entry.phone in screen_text(app)
        await press(pilot, "f9")
        assert entry.phone not in screen_text(app)
        await press(pilot, "f9", "tab", "down", "up")
        assert entry.phone not in screen_text(app)


async def test_a_user_without_the_right_is_told_why(sandbox: Sandbox) -> None:
    async with running(sandbox, role="viewer") as (app, pilot):
        await press(pilot, "f3")
        assert message(app).startswith("! You have no right")


async def test_a_too_small_terminal_says_what_is_missing_and_comes_back(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert "needs 60 columns and 16 rows" in screen_text(app).replace("\n", " ")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "F10 quit" in screen_text(app)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 48), (200, 60)])
async def test_every_size_shows_events_roster_line_and_hints(sandbox: Sandbox, size: tuple[int, int]) -> None:
    async with running(sandbox, size=size) as (app, _):
        text = screen_text(app)
        assert "F10 quit" in text
        assert "›" in text
        assert app.schedule.panes.event_list.size.height >= 4
        assert app.schedule.panes.roster_list.size.height >= 2


async def test_without_a_server_at_the_start_it_opens_says_so_and_tries_again(sandbox: Sandbox) -> None:
    sandbox.faults.answer(500, b"", path="/company/")
    async with running(sandbox) as (app, pilot):
        assert "! offline" in screen_text(app)
        assert message(app)
        app.connect_desk()
        await settled(pilot)
        assert "● online" in screen_text(app)


async def to_event_with_bookings(app: FrontDeskApp, pilot: Pilot[int]) -> ScheduledEvent:
    """Select an event of the day that somebody is booked in, and go to its roster."""
    event = next(each for each in app.schedule.events if (each.booked or 0) >= 2)
    app.schedule.panes.event_list.move_to(event.id)
    await settled(pilot)
    await press(pilot, "tab")
    return event


async def test_a_line_that_failed_comes_back_by_a_key_until_the_desk_is_locked(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await type_line(pilot, "zzyzx")
        await type_line(pilot, "/yoga")
        await press(pilot, "ctrl+r")
        assert app.schedule.desk_line.value == "zzyzx"
        await press(pilot, "ctrl+r")
        assert app.schedule.desk_line.value == "/yoga"
        await press(pilot, "ctrl+r")
        assert "Esc clears it" in message(app)
        app.lock()
        await pilot.pause()
        assert app.schedule.history.back("") is None
