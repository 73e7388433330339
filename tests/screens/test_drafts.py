"""What was typed and not sent comes back in the next run: by a word and a verb, never by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.program import press, running, screen_text, settled, type_line
from tests.support.sandbox import Clock, opened
from tui_app.app import FrontDeskApp
from tui_app.desk.drafts import Place, drafts_in
from tui_app.drafting import in_folder
from tui_app.screens.booking_form import BookingFormScreen
from tui_app.screens.connect import ConnectScreen
from tui_app.screens.drafts import DraftsScreen
from tui_app.screens.event_form import EventFormScreen
from tui_app.screens.lock.screen import LockScreen
from tui_app.screens.schedule.offering import offer_below
from tui_app.widgets.form import FormScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tui_app.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


def keeping(folder: Path) -> type[FrontDeskApp]:
    """The program with its drafts in a folder."""

    class Keeping(FrontDeskApp):
        def __init__(self, *args: Any) -> None:  # noqa: ANN401 - those of the program
            super().__init__(*args)
            self._open_drafts = in_folder(folder)

    return Keeping


def drafts_on(folder: Path) -> list[Path]:
    return list(folder.glob("*.json"))


async def rested(app: FrontDeskApp, pilot: Pilot[int]) -> None:
    """Wait until what was left is offered, or opened, and the disk has all there is to keep."""
    await app.workers.wait_for_complete(
        [worker for worker in app.workers if worker.group in {"drafts", "drafts-open"} and app.screen is app.schedule]
    )
    await settled(pilot)
    await app.drafts.settled()


async def leave_open(sandbox: Sandbox, folder: Path, *keys: str) -> None:
    """A run that ends by a signal while something stands in a form or in the line."""
    async with running(sandbox, app_class=keeping(folder)) as (app, pilot):
        await rested(app, pilot)
        await press(pilot, *keys)
        app.leave()


def form_of(app: FrontDeskApp) -> FormScreen[Any]:
    assert isinstance(app.screen, FormScreen)
    return app.screen


async def test_a_form_that_was_open_when_the_program_ended_comes_back_by_one_verb(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    await leave_open(sandbox, tmp_path, "f4", *"maria")
    assert len(drafts_on(tmp_path)) == 1
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        assert "drafts⏎ opens the draft of 12:00: booking of maria into" in screen_text(app)
        await type_line(pilot, "drafts")
        await rested(app, pilot)
        assert isinstance(app.screen, BookingFormScreen)
        assert app.screen._client.typed == "maria"
        await press(pilot, "enter", "f8")  # a name alone does not do: the form stays, and so does its draft
        assert "Not saved" in screen_text(app)
        await app.drafts.settled()
        assert len(drafts_on(tmp_path)) == 1
        await press(pilot, "escape")
        assert "Leave without saving?" in screen_text(app)
        await press(pilot, "y")
        await app.drafts.settled()
        assert drafts_on(tmp_path) == []


async def test_where_nothing_is_left_the_verb_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await type_line(pilot, "drafts")
        await rested(app, pilot)
        assert "Nothing is left unsent." in screen_text(app)


async def test_an_offer_takes_nothing_away_of_what_the_start_has_told(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        app.schedule.say("Carried out by the last run: book Anna", alert=True)
        offer_below(app.schedule, "drafts⏎ lists 2 drafts")
        await settled(pilot)
        assert "! Carried out by the last run: book Anna" in screen_text(app)
        assert "drafts⏎ lists 2 drafts" in screen_text(app)


async def test_several_are_listed_to_open_or_dismiss(sandbox: Sandbox, tmp_path: Path) -> None:
    await leave_open(sandbox, tmp_path, "f4", *"maria")
    await leave_open(sandbox, tmp_path, "f3", "tab", "tab", "tab", *"0730")
    async with running(sandbox, app_class=keeping(tmp_path), size=(60, 16)) as (app, pilot):
        await rested(app, pilot)
        assert "drafts⏎ lists 2 drafts, the newest of 12:00" in screen_text(app)
        app.schedule.perform("drafts")
        await pilot.pause()
        await settled(pilot)
        listed = app.screen
        assert isinstance(listed, DraftsScreen)
        assert "a new event" in screen_text(app)
        assert "booking of maria" in screen_text(app)
        dismissed = listed.selected
        assert dismissed is not None
        await press(pilot, "delete")
        assert "Dismiss this draft?" in screen_text(app)
        await press(pilot, "enter")
        assert len(drafts_on(tmp_path)) == 2
        await press(pilot, "delete")
        await press(pilot, "y")
        assert "Dismissed." in screen_text(app)
        assert len(drafts_on(tmp_path)) == 1
        await press(pilot, "enter")
        await app.drafts.settled()
        await settled(pilot)
        other = BookingFormScreen if dismissed.content.work.kind == "event" else EventFormScreen
        assert isinstance(app.screen, other)


async def test_a_line_comes_back_on_its_event_and_does_not_run(sandbox: Sandbox, tmp_path: Path) -> None:
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await press(pilot, "right", "end")
        event = app.schedule.selected_event
        assert event is not None
        await press(pilot, "space", *"5678")  # a name of digits, by the space before it
        app.leave()
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        assert f"«5678» at {event.starts_at:%H:%M}" in screen_text(app)
        sandbox.requests.clear()
        await type_line(pilot, "drafts")
        await rested(app, pilot)
        assert app.schedule.desk_line.value == " 5678"
        assert app.schedule.selected_event is not None
        assert app.schedule.selected_event.id == event.id
        assert [each.path for each in sandbox.requests.matching("POST") if "search" not in each.path] == []
        await press(pilot, "escape")
        app.keep_drafts()
        await app.drafts.settled()
        assert drafts_on(tmp_path) == []


async def test_an_entry_that_failed_on_the_way_is_kept_and_one_that_was_refused_is_not(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await type_line(pilot, "x99")
        app.keep_drafts()
        await app.drafts.settled()
        assert drafts_on(tmp_path) == []
        sandbox.faults.answer(500, "no", times=None)
        await type_line(pilot, "zzyzx 5678")
        app.keep_drafts()
        await app.drafts.settled()
        assert len(drafts_on(tmp_path)) == 1
        sandbox.faults.clear()
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await type_line(pilot, "drafts")
        await rested(app, pilot)
        assert app.schedule.desk_line.value == "zzyzx 5678"


async def test_a_refused_token_keeps_the_form_below_connect(sandbox: Sandbox, tmp_path: Path) -> None:
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await press(pilot, "f2")
        form = form_of(app)
        form.fields["comment"].set_value("typed")
        await settled(pilot)
        sandbox.faults.answer(401, {"success": False, "data": None, "meta": {"message": "no"}}, times=None)
        await press(pilot, "f8")
        await pilot.pause()
        await app.drafts.settled()
        assert isinstance(app.screen, ConnectScreen)
        assert len(drafts_on(tmp_path)) == 1
        assert b"typed" in drafts_on(tmp_path)[0].read_bytes()


async def test_the_very_end_keeps_what_is_open(sandbox: Sandbox, tmp_path: Path) -> None:
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await press(pilot, "f4", *"maria")
        app._fatal_error()
    assert b"maria" in drafts_on(tmp_path)[0].read_bytes()


async def test_the_lock_keeps_what_it_covers_and_shows_nothing_of_it(sandbox: Sandbox, tmp_path: Path) -> None:
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await press(pilot, "f4", *"maria")
        app.lock()
        await settled(pilot)
        await app.drafts.settled()
        assert isinstance(app.screen, LockScreen)
        assert len(drafts_on(tmp_path)) == 1
        assert "maria" not in screen_text(app)


async def test_a_running_program_is_not_robbed(sandbox: Sandbox, tmp_path: Path) -> None:
    async with running(sandbox, app_class=keeping(tmp_path)) as (app, pilot):
        await rested(app, pilot)
        await press(pilot, "f4", *"maria")
        app.keep_drafts()
        await app.drafts.settled()
        other = drafts_in(tmp_path, Clock())
        assert app.place == Place("production", sandbox.location_id)
        assert await other.offered(app.place) == ()
        await other.close()


async def test_a_disk_that_keeps_nothing_is_told_once_and_forms_work(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    async with running(sandbox, app_class=keeping(tmp_path / "file" / "drafts")) as (app, pilot):
        await rested(app, pilot)
        (told,) = app._notifications
        assert told.message.startswith("What you type cannot be kept on this disk (")
        await press(pilot, "f4", *"maria")
        app.keep_drafts()
        await app.drafts.settled()
        assert len(app._notifications) == 1
        assert form_of(app).changed
