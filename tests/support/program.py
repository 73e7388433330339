"""The whole program over a sandbox inside the process, for Pilot tests.

async with running(sandbox) as (app, pilot):
    await settled(pilot)
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from tests.support.sandbox import Clock
from tui_app.app import FrontDeskApp
from tui_app.credentials import Credentials, default_credentials
from tui_app.sandbox import Sandbox
from tui_app.session import Session
from tui_app.settings import Dialect, LoadedSettings, Profile, Settings
from tui_app.settings_file import SettingsFile


async def at_once(_: float) -> None:
    """No pause between two looks at a write of unknown outcome."""


def session_over(
    sandbox: Sandbox,
    clock: Clock,
    *,
    dialect: Dialect = "activities",
    role: str = "owner",
    pause: Callable[[float], Awaitable[None]] = at_once,
    journal: Callable[[], Path] | None = None,
) -> Session:
    """A session that talks to a sandbox in process, in the name of one of its users."""

    def credentials() -> Credentials:
        tokens = {"ALTEGIO_PARTNER_TOKEN": sandbox.partner_token, "ALTEGIO_USER_TOKEN": sandbox.users[role].token}
        return default_credentials(tokens, Path("/nonexistent/tokens"))

    profile = Profile(name="test", dialect=dialect)
    return Session(
        profile,
        credentials,
        clock,
        asgi_app=lambda: sandbox.asgi,
        prepare=lambda: sandbox.location_id,
        pause=pause,
        journal=journal,
    )


def session_at(
    base_url: str, sandbox: Sandbox, clock: Clock, *, user_token: str | None = None, dialect: Dialect = "activities"
) -> Session:
    """A session that talks to a sandbox over loopback; without a token where `user_token` is empty."""
    tokens = {
        "ALTEGIO_PARTNER_TOKEN": sandbox.partner_token,
        "ALTEGIO_USER_TOKEN": sandbox.user_token if user_token is None else user_token,
    }
    profile = Profile(name="test", server=base_url, dialect=dialect, location_id=sandbox.location_id)
    return Session(profile, lambda: default_credentials(tokens, Path("/nonexistent/tokens")), clock, pause=at_once)


@asynccontextmanager
async def running(
    sandbox: Sandbox,
    *,
    clock: Clock | None = None,
    size: tuple[int, int] = (80, 24),
    dialect: Dialect = "activities",
    role: str = "owner",
    settings: Settings | None = None,
    session: Session | None = None,
    app_class: type[FrontDeskApp] = FrontDeskApp,
) -> AsyncIterator[tuple[FrontDeskApp, Pilot[int]]]:
    """The program, connected, with the day and the first roster on the screen."""
    clock = clock or Clock()
    with TemporaryDirectory() as folder:
        app = app_class(
            session or session_over(sandbox, clock, dialect=dialect, role=role),
            SettingsFile(LoadedSettings(settings or Settings(refresh_seconds=3_600)), Path(folder) / "settings.toml"),
            clock,
            Path(folder) / "crash.log",
        )
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            yield app, pilot
        await app.finish()


KEYS = {" ": "space", "/": "slash", ";": "semicolon", "*": "asterisk", "=": "equals_sign", "+": "plus", "-": "minus"}
"""Characters whose keys have names."""

READERS = frozenset({"session", "day", "roster", "next-day", "new-event", "form-read", "form-find"})
"""The groups of workers that end by themselves; the others may wait for an answer of the operator."""


async def settled(pilot: Pilot[int]) -> None:
    """Wait until nothing is being read, rested on or sent any more."""
    app = pilot.app
    assert isinstance(app, FrontDeskApp)
    while True:
        await pilot.pause()
        reading = [worker for worker in app.workers if worker.group in READERS and not worker.is_finished]
        if reading:
            await app.workers.wait_for_complete(reading)
        elif not app.schedule.is_resting and not app.writes.under_way and screen_text(app).strip():
            return  # a screen that has just come shows nothing before it is laid out


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys and wait until what they have begun has ended."""
    await pilot.press(*keys)
    await settled(pilot)


async def type_line(pilot: Pilot[int], text: str) -> None:
    """Type a line and press Enter, as fast as the keys can be taken."""
    await press(pilot, *(KEYS.get(letter, letter) for letter in text), "enter")


def screen_text(app: FrontDeskApp) -> str:
    """What the screen shows, line by line."""
    update = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in update)
