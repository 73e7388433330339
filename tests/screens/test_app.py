"""The App: what opens what, and how it ends."""

import asyncio
from collections.abc import Iterator

import pytest
from textual import events

from tests.support.program import press, running, screen_text, session_at, settled, type_line
from tests.support.sandbox import Clock, opened, serving
from tui_app.app import FrontDeskApp
from tui_app.desk.privacy import hash_pin
from tui_app.intents import TokensRefused, Unexpected
from tui_app.sandbox import Fault, Sandbox
from tui_app.screens.booking_form import BookingEditScreen, BookingFormScreen
from tui_app.screens.calls import CallsScreen
from tui_app.screens.connect import ConnectScreen
from tui_app.screens.event_form import EventFormScreen
from tui_app.screens.lock.screen import LockScreen
from tui_app.screens.printing import PrintScreen
from tui_app.screens.schedule.screen import ScheduleScreen
from tui_app.screens.week import WeekScreen
from tui_app.secret import SecretStr
from tui_app.settings import Settings
from tui_app.widgets.dialogs import ErrorDialog


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("key", "screen"), [("f2", EventFormScreen), ("f3", EventFormScreen), ("f4", BookingFormScreen)]
)
async def test_the_keys_open_the_forms_and_esc_comes_back(sandbox: Sandbox, key: str, screen: type[object]) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, key)
        assert isinstance(app.screen, screen)
        await press(pilot, "escape")
        assert app.screen is app.schedule


async def test_a_new_event_like_another_starts_as_its_copy(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        event = app.schedule.selected_event
        assert event is not None
        app.schedule.perform("copy_event")
        await settled(pilot)
        assert isinstance(app.screen, EventFormScreen)
        assert event.service in screen_text(app)


async def test_the_form_of_a_booking_opens_from_the_roster(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        event = next(each for each in app.schedule.events if each.booked)
        app.schedule.panes.event_list.move_to(event.id)
        await settled(pilot)
        await press(pilot, "tab")
        app.schedule.perform("edit_booking")
        await settled(pilot)
        assert isinstance(app.screen, BookingEditScreen)


async def test_the_palette_lists_the_actions(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"settings")
        await pilot.pause()
        assert app.screen is not app.schedule


def on_top(app: FrontDeskApp) -> type[object]:
    """The kind of screen that is on top."""
    return type(app.screen)


async def test_with_a_pin_it_opens_locked_and_shows_the_day_once_it_is_right(sandbox: Sandbox) -> None:
    settings = Settings(refresh_seconds=3_600, pin_hash=hash_pin(SecretStr("4711")).as_text())
    async with running(sandbox, settings=settings) as (app, pilot):
        await pilot.pause()
        assert on_top(app) is LockScreen
        assert "Studio" not in screen_text(app)
        await pilot.press(*"4711", "enter")
        while app.is_locked:
            await pilot.pause()
        await settled(pilot)
        assert "Studio" in screen_text(app)


async def test_lock_hides_the_day_behind_a_pin_that_is_chosen_first(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await type_line(pilot, "lock")
        assert on_top(app) is LockScreen
        assert "Studio" not in screen_text(app)


async def test_the_week_leads_to_another_day(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await type_line(pilot, "week")
        assert on_top(app) is WeekScreen
        await pilot.press("down", "enter")
        await settled(pilot)
        assert on_top(app) is ScheduleScreen
        assert app.schedule.shown_day is not None
        assert app.schedule.shown_day.isoformat() == "2026-03-28"


async def test_whom_to_ring_and_what_to_print_open_from_the_line(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await type_line(pilot, "call")
        assert on_top(app) is CallsScreen
        await press(pilot, "escape")
        await type_line(pilot, "print")
        assert on_top(app) is PrintScreen


async def test_f10_leaves(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await pilot.press("f10")
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "leave"])
        assert app.return_code == 0


@pytest.mark.parametrize("opened", ["f2", "f3", "f4", "f1"])
async def test_f10_leaves_from_any_screen(sandbox: Sandbox, opened: str) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, opened)
        assert on_top(app) is not ScheduleScreen
        await pilot.press("f10")
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "leave"])
        assert app.return_code == 0


async def test_a_locked_desk_is_left_by_nobody(sandbox: Sandbox) -> None:
    async with running(
        sandbox, settings=Settings(refresh_seconds=3_600, pin_hash=hash_pin(SecretStr("2468")).as_text())
    ) as (
        app,
        pilot,
    ):
        await pilot.press("f10")
        await pilot.pause()
        assert app.is_locked
        assert not [worker for worker in app.workers if worker.group == "leave"]


async def test_leaving_waits_for_a_write_under_way(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        event = next(each for each in app.schedule.events if each.booked)
        app.schedule.panes.event_list.move_to(event.id)
        await settled(pilot)
        await press(pilot, "tab")
        sandbox.faults.add(Fault(delay=0.3, handled=True), method="POST", path="/attendance")
        app.schedule.perform("mark_waiting")
        while not app.writes.under_way:
            await pilot.pause()
        app.leave()
        assert app.writes.under_way
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "leave"])
        assert not app.writes.under_way
        assert [entry.status for entry in sandbox.requests.matching("POST", "/attendance")] == [200]


async def test_a_write_that_ends_after_the_screen_is_gone_ends_all_the_same(sandbox: Sandbox) -> None:
    answered = asyncio.Event()
    async with running(sandbox) as (app, pilot):
        write = app.writes.start("book Anna", answered.wait)
        await pilot.pause()
        asyncio.get_running_loop().call_later(0.2, answered.set)  # the program leaves before
    assert await write.wait() is True
    assert not app.writes.under_way


async def test_without_a_token_it_opens_says_so_and_asks(sandbox: Sandbox) -> None:
    with serving(sandbox) as base_url:
        async with running(sandbox, session=session_at(base_url, sandbox, Clock(), user_token="")) as (app, pilot):
            await pilot.pause()
            assert isinstance(app.screen, ConnectScreen)
            assert "There is no user token yet" in app.schedule.message_line.text


async def test_a_token_refused_at_the_start_asks_for_another(sandbox: Sandbox) -> None:
    with serving(sandbox) as base_url:
        async with running(sandbox, session=session_at(base_url, sandbox, Clock(), user_token="wrong")) as (app, pilot):
            await pilot.pause()
            assert isinstance(app.screen, ConnectScreen)


async def test_a_token_refused_in_mid_work_opens_connect_over_the_form(sandbox: Sandbox) -> None:
    with serving(sandbox) as base_url:
        async with running(sandbox, session=session_at(base_url, sandbox, Clock())) as (app, pilot):
            await press(pilot, "f4")
            app.screen.post_message(TokensRefused())
            app.screen.post_message(TokensRefused())
            await settled(pilot)
            opened_screens = [type(screen) for screen in app.screen_stack]
            assert opened_screens == [ScheduleScreen, BookingFormScreen, ConnectScreen]


async def test_a_form_that_ends_below_another_screen_leaves_that_one_alone(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await press(pilot, "f4")
        form = app.screen
        assert isinstance(form, BookingFormScreen)
        await press(pilot, "f1")
        above = app.screen
        form.dismiss(None)
        await pilot.pause()
        assert app.screen is above
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_in_the_demo_there_is_nothing_to_connect(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        app.schedule.perform("connect")
        await pilot.pause()
        assert "needs no tokens" in app.schedule.message_line.text


async def test_a_mistake_of_the_program_in_a_worker_is_said_and_work_goes_on(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        app.schedule.post_message(Unexpected(ValueError("token-abc")))
        await pilot.pause()
        assert isinstance(app.screen, ErrorDialog)
        assert "token-abc" not in screen_text(app)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_an_error_of_a_stray_task_is_said_as_well(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        app.take_stray(ValueError("token-abc"))
        app.take_stray(None)
        await pilot.pause()
        assert on_top(app) is ErrorDialog
        assert len(app.screen_stack) == 2


async def test_another_location_gets_a_line_of_its_own(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        await type_line(pilot, "c+1")
        app.connect_desk()
        await settled(pilot)
        await type_line(pilot, "u")
        assert "nothing to undo" in app.schedule.message_line.text


class Broken(FrontDeskApp):
    """Fails in a handler, with a token in a local."""

    def on_key(self, _event: events.Key) -> None:
        secret = "token-in-a-local"
        raise ValueError(secret)


async def test_a_crash_leaves_one_line_and_no_values(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="token"):
        async with running(sandbox, app_class=Broken) as (_, pilot):
            await pilot.press("f12")
    said = "".join(capfd.readouterr())
    assert "ended by an error of its own (ValueError)" in said
    assert "token" not in said
