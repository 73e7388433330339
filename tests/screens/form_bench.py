"""A form over the real services and the in-process sandbox, and the few moves that its tests share."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from typing_extensions import override

from tests.desk.conftest import at_once, connected
from tests.support.sandbox import NOON, Clock, opened
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.requests import EventQuery
from tui_app.altegio.resources import Booking, Event
from tui_app.desk.desk import Desk
from tui_app.desk.journal.keeper import WriteKeeper, WriteWatch
from tui_app.desk.journal.rows import Ending, JournalRow
from tui_app.desk.journal.store import JournalStore
from tui_app.desk.writes import WriteDesk
from tui_app.intents import EventTouched, OpenHelp, TokensRefused
from tui_app.sandbox import Sandbox
from tui_app.stylesheets import stylesheet
from tui_app.widgets.fields import Field
from tui_app.widgets.form import FormScreen, FormState

if TYPE_CHECKING:
    from textual.message import Message

PATIENCE_S = 30.0
"""Seconds after which a test gives up waiting for what should have happened at once."""


class FormHost(App[None]):
    """Opens one form; keeps its results and what it asks of the App."""

    CSS_PATH = [stylesheet("base")]  # noqa: RUF012 - Textual's own name

    def __init__(self, form: Screen[Any]) -> None:
        super().__init__()
        self._form = form
        self.results: list[object] = []
        self.asked: list[Message] = []
        self.told: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(self._form, self.results.append)

    def on_event_touched(self, message: EventTouched) -> None:
        self.asked.append(message)

    def on_tokens_refused(self, message: TokensRefused) -> None:
        self.asked.append(message)

    def on_open_help(self, message: OpenHelp) -> None:
        self.asked.append(message)

    @override
    def notify(self, message: str, **how: Any) -> None:
        assert how.get("markup") is False
        self.told.append(message)


@dataclass
class Bench:
    """The sandbox, a desk in the name of one of its users, and the writes of the App."""

    sandbox: Sandbox
    desk: Desk
    clock: Clock
    writes: WriteDesk

    async def events(self) -> tuple[Event, ...]:
        """The events of the next day and a half, read whole."""
        now = self.desk.clock.now()
        query = EventQuery(starts_from=now, starts_to=now + timedelta(hours=36))
        listed = await self.desk.api.events.list(self.desk.location.id, query)
        return tuple([await self.desk.api.events.get(self.desk.location.id, event.id) for event in listed])

    async def event(self, fits: Callable[[Event], bool] = lambda event: bool(event.taken)) -> Event:
        """The first coming event that fits."""
        return next(event for event in await self.events() if fits(event))

    async def bookings(self, event: Event) -> tuple[Booking, ...]:
        """The bookings of an event."""
        return await self.desk.api.bookings.list(self.desk.location.id, event_id=event.id)

    async def read(self, event: Event) -> Event:
        """The event as the server holds it now."""
        return await self.desk.api.events.get(self.desk.location.id, event.id)


@dataclass
class Shown:
    """A form on the screen."""

    bench: Bench
    app: FormHost
    pilot: Pilot[None]
    form: FormScreen[Any]

    @property
    def sandbox(self) -> Sandbox:
        return self.bench.sandbox

    def field(self, key: str) -> Field:
        return self.form.fields[key]

    async def turn(self) -> None:
        """Let what is under way go on a little, and lay out."""
        for _ in range(8):
            await asyncio.sleep(0)
        self.app.screen._on_timer_update()

    async def until(self, condition: Callable[[], object]) -> None:
        """Let the program run until something is so."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE_S
        while loop.time() < end:
            if condition():
                await self.burst()
                return
            await self.turn()
        raise AssertionError(f"never happened; the screen says:\n{self.text()}")

    async def press(self, *keys: str) -> None:
        """Keys one after the other, each answered before the next."""
        for key in keys:
            await self.burst(key)

    async def burst(self, *keys: str) -> None:
        """Keys that arrive in one piece, as over a slow link."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.pilot._wait_for_screen()
        for _ in range(3):
            await self.turn()

    async def type(self, key: str, text: str) -> None:
        """Put the cursor into a field and type over what it holds."""
        self.field(key).take_focus()
        await self.burst("ctrl+a", "ctrl+k", *text)

    async def paste(self, key: str, text: str) -> None:
        """Paste into a field."""
        self.field(key).take_focus()
        self.app.post_message(events.Paste(text))
        await self.burst()

    async def pick(self, key: str, text: str) -> None:
        """Choose by typing."""
        await self.type(key, text)
        await self.press("enter")

    async def save(self) -> None:
        """Press F8 and wait until the form asks, says something, or is gone."""
        await self.press("f8")
        await self.until(lambda: self.form.state is not FormState.SENDING or self.app.screen is not self.form)

    async def ready(self) -> None:
        await self.until(lambda: self.form.state is not FormState.READING)

    def text(self) -> str:
        """What stands on the terminal now."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    def sent(self, method: str, path: str = "") -> list[dict[str, Any]]:
        """The bodies of the requests of this method."""
        found = [entry.body for entry in self.sandbox.requests.matching(method, path)]
        return [body for body in found if isinstance(body, dict)]


class Quiet(WriteWatch):
    """Somebody at the desk who is told nothing and allows nothing."""

    @property
    @override
    def operator(self) -> str:
        return ""

    @override
    def where(self, event_id: int) -> str:
        return ""

    @override
    async def allow_unprotected(self, words: str, reason: str) -> bool:
        return False

    @override
    def uncertain_changed(self) -> None:
        """Hear nothing."""

    @override
    def settled(self, row: JournalRow, ending: Ending) -> None:
        """Hear nothing."""


@asynccontextmanager
async def bench(dialect: Spoken = "activities", role: str = "owner") -> AsyncIterator[Bench]:
    clock = Clock(NOON)
    with opened(clock=clock) as sandbox:
        keeper = WriteKeeper(JournalStore(None, "tests"), Quiet(), place="sandbox", clock=clock, pause=at_once)
        async with connected(sandbox, clock, dialect, role, keeper) as desk:
            yield Bench(sandbox, desk, clock, WriteDesk(outcomes=keeper))
            await keeper.aclose()


@asynccontextmanager
async def showing(
    bench: Bench, form: FormScreen[Any], *, size: tuple[int, int] = (80, 24), wait: bool = True
) -> AsyncIterator[Shown]:
    app = FormHost(form)
    async with app.run_test(size=size) as pilot:
        shown = Shown(bench, app, pilot, form)
        await shown.turn()
        if wait:
            await shown.ready()
            await shown.burst()
        bench.sandbox.requests.clear()
        yield shown
