"""The first day shows before there is a desk; what is asked of it meanwhile is done once there is."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from typing_extensions import override

from tests.support.program import at_once, press, running, screen_text, settled
from tests.support.sandbox import Clock, opened
from tui_app.altegio.errors import AltegioError, Unreachable
from tui_app.app import FrontDeskApp
from tui_app.credentials import default_credentials
from tui_app.screens.event_form import EventFormScreen
from tui_app.screens.schedule.day_picture import DayPicture
from tui_app.session import Session
from tui_app.settings import LoadedSettings, Profile, Settings
from tui_app.settings_file import SettingsFile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from textual.pilot import Pilot

    from tui_app.desk.desk import Desk
    from tui_app.desk.journal.keeper import WriteWatch
    from tui_app.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


class HeldUp(Session):
    """A session that has a picture, and opens no desk before it is let go."""

    error: AltegioError | None = None

    def __init__(self, sandbox: Sandbox, picture: DayPicture) -> None:
        tokens = {"ALTEGIO_PARTNER_TOKEN": sandbox.partner_token, "ALTEGIO_USER_TOKEN": sandbox.user_token}
        super().__init__(
            Profile(name="test"),
            lambda: default_credentials(tokens, Path("/nonexistent/tokens")),
            Clock(),
            asgi_app=lambda: sandbox.asgi,
            prepare=lambda: sandbox.location_id,
            pause=at_once,
        )
        self._picture = picture
        self.go_on = asyncio.Event()

    @override
    async def first_picture(self) -> DayPicture | None:
        return self._picture

    @override
    async def open(self, watch: WriteWatch) -> Desk:
        await self.go_on.wait()
        if self.error is not None:
            raise self.error
        return await super().open(watch)


@pytest.fixture
async def seen(sandbox: Sandbox) -> DayPicture:
    """What the schedule shows once all is read, but with the cursor on the last event."""
    async with running(sandbox) as (app, _):
        assert app.desk is not None
        location, rows = app.desk.location, app.schedule.panes.event_list.rows
        return DayPicture(location.title, location.zone, app.desk.clock.today(), rows, rows[-1].key)


@asynccontextmanager
async def begun(session: Session, folder: Path) -> AsyncIterator[tuple[FrontDeskApp, Pilot[int]]]:
    """The program with the picture on the screen."""
    settings = SettingsFile(LoadedSettings(Settings(refresh_seconds=3_600)), folder / "settings.toml")
    app = FrontDeskApp(session, settings, Clock(), folder / "crash.log")
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.schedule.panes.event_list.rows:
            await pilot.pause()
        yield app, pilot
    await app.finish()


async def test_it_shows_what_will_be_there_once_the_desk_is_open(
    sandbox: Sandbox, seen: DayPicture, tmp_path: Path
) -> None:
    session = HeldUp(sandbox, seen)
    async with begun(session, tmp_path) as (app, pilot):
        before = screen_text(app)
        assert seen.location in before
        assert "● online" in before
        assert "Connecting" not in before
        session.go_on.set()
        await settled(pilot)
        after = screen_text(app)
        assert after.splitlines()[:2] == before.splitlines()[:2]
        assert app.schedule.panes.event_list.rows == seen.rows


async def test_the_roster_is_read_though_the_cursor_stays_where_it_was(
    sandbox: Sandbox, seen: DayPicture, tmp_path: Path
) -> None:
    async with running(sandbox) as (ordinary, _):
        chosen = ordinary.schedule.panes.event_list.cursor_key
    session = HeldUp(sandbox, replace(seen, cursor=chosen))
    async with begun(session, tmp_path) as (app, pilot):
        session.go_on.set()
        await settled(pilot)
        assert app.schedule.panes.event_list.cursor_key == chosen
        assert app.schedule.roster_entries


async def test_what_is_asked_for_meanwhile_is_done_in_its_order(
    sandbox: Sandbox, seen: DayPicture, tmp_path: Path
) -> None:
    session = HeldUp(sandbox, seen)
    async with begun(session, tmp_path) as (app, pilot):
        await pilot.press("up", "f2")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        session.go_on.set()
        await settled(pilot)
        assert isinstance(app.screen, EventFormScreen)


async def test_a_line_that_is_entered_meanwhile_is_worked_on(
    sandbox: Sandbox, seen: DayPicture, tmp_path: Path
) -> None:
    session = HeldUp(sandbox, seen)
    async with begun(session, tmp_path) as (app, pilot):
        await pilot.press("slash", *"qqqq", "enter")
        session.go_on.set()
        await settled(pilot)
        assert "Nothing matches «qqqq»" in screen_text(app)


async def test_where_no_desk_can_be_opened_it_goes_away_again(
    sandbox: Sandbox, seen: DayPicture, tmp_path: Path
) -> None:
    session = HeldUp(sandbox, seen)
    session.error = Unreachable("read the location")
    async with begun(session, tmp_path) as (app, pilot):
        await pilot.press("enter")
        session.go_on.set()
        await settled(pilot)
        assert "! offline" in screen_text(app)
        assert not app.schedule.panes.event_list.rows
        await press(pilot, "enter")
        assert "Not connected yet" in screen_text(app)
