"""A day at the desk, compressed: thousands of lines, keys and refreshes, and what they leave behind in the process."""

import asyncio
import gc
import os
import random
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import psutil
from textual.pilot import Pilot

from tests.faults.services import checked
from tests.support.program import press, running, settled, type_line
from tests.support.sandbox import NOON, Clock
from tui_app.altegio.errors import AltegioError
from tui_app.altegio.resources import Attendance
from tui_app.app import FrontDeskApp
from tui_app.credentials import Credentials, default_credentials
from tui_app.desk.attendance import plan_attendance
from tui_app.desk.booking import BookingDraft
from tui_app.desk.desk import Desk
from tui_app.desk.model import RosterEntry, ScheduledEvent
from tui_app.desk.quick_edits import ChangeCapacityBy, QuickEdit
from tui_app.desk.services import LineServices, line_services
from tui_app.desk.trouble import DeskError
from tui_app.desk.undo import BookingCancelled
from tui_app.sandbox import Sandbox, create_sandbox
from tui_app.session import Session
from tui_app.settings import Profile

GROWTH: Final = 1.10
"""How much more memory the end may take than the beginning."""

KEYS_EVERY: Final = 50
"""One action in so many is done by the keys: they wait for the screen, as people do."""

KEYS_AT_FIRST: Final = 5
"""The same until the first measuring: every screen has been opened by then, and what it loads is no growth."""

TOLD: Final = 2_000
"""Actions after which the figures are told."""

TIDY: Final = 50
"""Actions after which the sandbox forgets its requests: they are no memory of the program."""

Deed = Callable[["Day"], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the process holds at one time; memory in bytes."""

    actions: int
    resident: int
    traced: int
    handles: int
    tasks: int
    threads: int

    @property
    def words(self) -> str:
        """The figures for people."""
        return (
            f"after {self.actions:>6} actions: {self.resident / 2**20:7.1f} MB resident,"
            f" {self.traced / 2**20:6.1f} MB traced, {self.handles} handles, {self.tasks} tasks, {self.threads} threads"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Soak:
    """What a day at the desk left behind."""

    early: Held
    late: Held
    bookings: int
    left_handles: int
    left_tasks: int
    seconds: float

    @property
    def words(self) -> str:
        """The report for people."""
        growth = [f"{late / early - 1:+.1%}" for early, late in self._memory]
        return (
            f"{self.early.words}\n{self.late.words}\n"
            f"resident {growth[0]}, traced {growth[1]}; {self.bookings} bookings made in {self.seconds:.0f} s;"
            f" left at the end: {self.left_handles} handles, {self.left_tasks} tasks"
        )

    @property
    def _memory(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return (self.early.resident, self.late.resident), (max(self.early.traced, 1), self.late.traced)

    @property
    def is_clean(self) -> bool:
        """Whether no handle and no task is left of the program once it has ended, and none has gathered meanwhile."""
        return self.left_handles == self.left_tasks == 0 and self.late.handles <= self.early.handles

    @property
    def is_lean(self) -> bool:
        """Whether memory at the end is within a tenth of what it was."""
        return all(late <= early * GROWTH for early, late in self._memory if late)


@dataclass(slots=True)
class Day:
    """The program with somebody at its keys, and with the services that the keys reach, used directly for speed."""

    app: FrontDeskApp
    pilot: Pilot[int]
    chance: random.Random
    desk: Desk
    services: LineServices
    events: tuple[ScheduledEvent, ...] = ()

    # ------------------------------------------------------------------ by the services, as writes of the App

    async def write(self, words: str, send: Callable[[], Awaitable[object]]) -> None:
        """Send by the App's writes; what the desk itself refuses is an end like any other."""
        with suppress(DeskError, AltegioError):
            await self.app.writes.start(words, send).wait()
        assert not self.app.writes.unknown, f"{words}: nothing fails here, and yet it is not known what came of it"

    async def read(self) -> ScheduledEvent:
        """Read a day, and choose one of its events."""
        day = self.desk.clock.today() + timedelta(days=self.chance.randrange(1, 4))
        self.events = (await self.desk.schedule.load_day(day, reference=self.desk.reference.current)).events
        return self.chance.choice(self.events)

    async def some_entry(self) -> tuple[ScheduledEvent, RosterEntry | None]:
        """Somebody in the roster of some event."""
        event = await self.read()
        entries = (await self.desk.rosters.load(event.id)).entries
        return event, self.chance.choice(entries) if entries else None

    async def book(self) -> None:
        """Book a visitor."""
        event = await self.read()
        wish = checked(BookingDraft(visitor_name=f"guest{self.chance.randrange(10**6)}"))
        await self.write("book", lambda: self.desk.booking.book(event.id, wish))

    async def cancel(self) -> None:
        """Cancel somebody's booking, and sometimes think better of it."""
        event, entry = await self.some_entry()
        if entry is not None:
            await self.write("cancel", lambda: self.desk.booking.cancel_booking(entry.booking))
            self.services.undo.remember(BookingCancelled(event.id, entry.booking), "Cancelled")
            if self.chance.random() < 0.5:
                await self.write("undo", self.services.undo.undo)

    async def mark(self) -> None:
        """Mark all of an event."""
        event = await self.read()
        roster = await self.desk.rosters.load(event.id)
        target = self.chance.choice((Attendance.CONFIRMED, Attendance.WAITING))
        plan = plan_attendance(event.id, roster.entries[:4], target)

        async def send() -> None:
            async for _ in self.services.attendance.mark(plan, roster):
                pass

        await self.write("mark", send)

    async def places(self) -> None:
        """Change the places of an event."""
        event = await self.read()
        edit = QuickEdit(event.id, ChangeCapacityBy(self.chance.choice((1, -1))))
        await self.write("change", lambda: self.services.quick.apply(edit))

    async def refresh(self) -> None:
        """Let the screen read everything again."""
        self.app.schedule.refresh_day()
        await settled(self.pilot)

    async def look_for(self) -> None:
        """Look for a client."""
        await self.desk.api.clients.search(self.desk.location.id, self.chance.choice(("ann", "iva", "5678")))

    # ------------------------------------------------------------------ by the keys

    async def keys(self) -> None:
        """Do something by the keys alone, and come back to the schedule."""
        match self.chance.randrange(6):
            case 0:
                await type_line(self.pilot, f"w guest{self.chance.randrange(10**6)}")
            case 1:
                await type_line(self.pilot, f"x{self.chance.randrange(1, 9)}")
                await press(self.pilot, "enter")
            case 2:
                await type_line(self.pilot, self.chance.choice(("+1", "today", "u", "c+1", "week", "?")))
            case 3:
                await press(self.pilot, *(self.chance.choice(("up", "down", "left", "right")) for _ in range(4)))
            case 4:
                await press(self.pilot, self.chance.choice(("f2", "f4", "f1", "f5")))
            case _:
                await press(self.pilot, *self.chance.choice(("ann", "iva", "5678", "zz")))
        while len(self.app.screen_stack) > 1:
            await press(self.pilot, "escape")
        await press(self.pilot, "escape")


DEEDS: Final[tuple[tuple[Deed, int], ...]] = (
    (Day.book, 6),
    (Day.cancel, 5),
    (Day.mark, 3),
    (Day.places, 2),
    (Day.refresh, 1),
    (Day.look_for, 3),
)


async def soak(
    folder: Path,
    actions: int,
    *,
    early: int,
    seed: int = 1,
    traced: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Soak:
    """Do so many actions; what is held is measured after `early` of them and at the end, and told on the way."""
    handles, tasks = _handles(), len(asyncio.all_tasks())
    clock, chance, begun = Clock(NOON - timedelta(hours=5)), random.Random(seed), time.monotonic()  # noqa: S311
    sandbox = create_sandbox(
        folder / "studio.sqlite", clock=clock, clients=600, days_back=2, days_ahead=8, rate_limit=None
    )
    if traced:
        tracemalloc.start()
    measured = []
    try:
        async with running(sandbox, clock=clock, session=_session(sandbox, clock, folder / "journal")) as (app, pilot):
            assert app.desk is not None
            day = Day(app, pilot, chance, app.desk, line_services(app.desk))
            deeds, weights = zip(*DEEDS, strict=True)
            for number in range(1, actions + 1):
                by_keys = not number % (KEYS_AT_FIRST if number <= early else KEYS_EVERY)
                deed = Day.keys if by_keys else chance.choices(deeds, weights)[0]
                await deed(day)
                if not number % TIDY:
                    sandbox.requests.clear()
                if number in {early, actions} or not number % TOLD:
                    await settled(pilot)
                    measured.append(_held(number))
                    tell(measured[-1].words)
        bookings = sandbox._database.number("SELECT count(*) FROM bookings WHERE fictive_name LIKE 'guest%'")
    finally:
        sandbox.close()
        tracemalloc.stop()
    first = next(held for held in measured if held.actions == early)
    gc.collect()
    return Soak(
        early=first,
        late=measured[-1],
        bookings=bookings,
        left_handles=max(0, _handles() - handles),
        left_tasks=max(0, len(asyncio.all_tasks()) - tasks),
        seconds=time.monotonic() - begun,
    )


def _handles() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  links that may be gone when they are looked at


def _session(sandbox: Sandbox, clock: Clock, folder: Path) -> Session:
    def credentials() -> Credentials:
        tokens = {"ALTEGIO_PARTNER_TOKEN": sandbox.partner_token, "ALTEGIO_USER_TOKEN": sandbox.user_token}
        return default_credentials(tokens, Path("/nonexistent/tokens"))

    return Session(
        Profile(name="test"),
        credentials,
        clock,
        asgi_app=lambda: sandbox.asgi,
        prepare=lambda: sandbox.location_id,
        journal=lambda: folder,
    )


def _held(actions: int) -> Held:
    gc.collect()
    process = psutil.Process()
    return Held(
        actions=actions,
        resident=process.memory_info().rss,
        traced=tracemalloc.get_traced_memory()[0],
        handles=_handles(),
        tasks=len(asyncio.all_tasks()),
        threads=process.num_threads(),
    )
