"""A screen without a terminal: it shows a day and a roster, and keeps what the entries of the line told it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from tests.desk.acting import TODAY
from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import AltegioError
from tui_app.altegio.resources import Attendance, ClientHit, Event
from tui_app.desk.booking_draft import required_titles
from tui_app.desk.caller import CallList
from tui_app.desk.commands.intents import Named
from tui_app.desk.commands.parse import read_line
from tui_app.desk.commands.preview import preview
from tui_app.desk.commands.questions import Questions
from tui_app.desk.commands.view import Missing, View
from tui_app.desk.desk import Desk
from tui_app.desk.entries.reports import EntryReport, EntryState
from tui_app.desk.entries.runner import LineRunner
from tui_app.desk.entries.surface import Opening, Step
from tui_app.desk.model import Day, Roster, ScheduledEvent
from tui_app.desk.own_changes import OwnChange, counted, renumbered, with_own
from tui_app.desk.services import LineServices, line_services
from tui_app.desk.wording import why
from tui_app.desk.writes import WriteDesk
from tui_app.sandbox import Sandbox


class Screen:
    """The surface: readings are tasks, as on the real one, and show only when they have ended."""

    day: Day | None
    roster: Roster | None

    def __init__(self, desk: Desk, shown: date = TODAY) -> None:
        self.desk = desk
        self.shown = shown
        self.day = None
        self.selected_id: int | None = None
        self.roster = None
        self.filter = ""
        self.opened: list[Opening] = []
        self.moves: list[Step] = []
        self.calls: list[CallList] = []
        self.foreseen: list[tuple[int, frozenset[int], Attendance]] = []
        self.all_touched: list[int] = []
        self.all_brought: list[OwnChange] = []
        self.refreshes = 0
        self.told: list[EntryReport] = []
        self.questions = Questions()
        self._readings: dict[Missing, asyncio.Task[str]] = {}

    def view(self) -> View:
        reference = self.desk.reference.current
        clock = self.desk.clock
        return View(
            shown=self.shown,
            today=clock.today(),
            now=clock.now(),
            events=self.day.events if self.day is not None else (),
            day_known=self.day is not None,
            selected_id=self.selected_id,
            roster=self.roster,
            team_members=tuple(Named(member.id, member.name) for member in reference.team_members),
            rooms=tuple(Named(room.id, room.title) for room in reference.resources),
            region=self.desk.region,
            required=required_titles(reference.custom_fields),
        )

    def select_event(self, event_id: int) -> None:
        self.selected_id, self.roster = event_id, None
        self._begin(Missing.ROSTER)

    def show_day(self, day: date) -> None:
        if day == self.shown and self.day is not None:
            return
        self.shown, self.day, self.selected_id, self.roster = day, None, None, None
        self._begin(Missing.DAY)

    async def ready(self, missing: Missing) -> str:
        while (task := self._readings.get(missing)) is not None and not task.done():
            await asyncio.wait((task,))
        return "" if task is None else task.result()

    def apply_filter(self, text: str) -> None:
        self.filter = text

    def refresh(self) -> None:
        self.refreshes += 1

    def move(self, step: Step) -> None:
        self.moves.append(step)

    def open(self, wish: Opening) -> None:
        self.opened.append(wish)

    def show_calls(self, calls: CallList) -> None:
        self.calls.append(calls)

    def report(self, report: EntryReport) -> None:
        self.told.append(report)

    def questions_changed(self, questions: Questions) -> None:
        self.questions = questions

    def foresee(self, event_id: int, booking_ids: frozenset[int], to: Attendance) -> None:
        self.foreseen.append((event_id, booking_ids, to))

    def held(self, event_id: int) -> Event | None:
        event = self.day.by_id(event_id) if self.day is not None and not self._reads(Missing.DAY) else None
        return event.event if event is not None and not event.cancelled else None

    def brought(self, change: OwnChange) -> None:
        self.all_brought.append(change)
        roster = with_own(change.roster, self.all_brought)
        if change.event_id == self.selected_id:
            self.roster = renumbered(roster, self.roster)
        if self.day is not None:
            events = (counted(one, roster) if one.id == change.event_id else one for one in self.day.events)
            self.day = replace(self.day, events=tuple(events))

    def touched(self, event_id: int) -> None:
        self.all_touched.append(event_id)
        self._begin(Missing.DAY)
        if event_id == self.selected_id:
            self._begin(Missing.ROSTER)

    def _reads(self, missing: Missing) -> bool:
        task = self._readings.get(missing)
        return task is not None and not task.done()

    async def settle(self) -> None:
        """Wait until nothing is being read."""
        for missing in Missing:
            await self.ready(missing)

    def _begin(self, missing: Missing) -> None:
        before = self._readings.get(missing)
        if before is not None:
            before.cancel()
        read = self._read_day if missing is Missing.DAY else self._read_roster
        self._readings[missing] = asyncio.create_task(_in_words(read))

    async def _read_day(self) -> None:
        self.day = await self.desk.schedule.load_day(self.shown, reference=await self.desk.reference.load())

    async def _read_roster(self) -> None:
        if self.selected_id is not None:
            self.roster = await self.desk.rosters.load(self.selected_id, self.roster)


async def _in_words(read: Callable[[], Awaitable[None]]) -> str:
    try:
        await read()
    except AltegioError as error:
        return why(error)
    return ""


@dataclass(frozen=True, slots=True)
class Bench:
    """A desk line at work: the runner, its screen, its services, and the server behind them."""

    desk: Desk
    screen: Screen
    services: LineServices
    writes: WriteDesk
    runner: LineRunner
    sandbox: Sandbox
    clock: Clock

    async def type(self, *texts: str) -> EntryReport:
        """Hand over lines in one burst and wait; gives the newest report of the first entry of the last line."""
        numbers = [self.runner.enter(text)[0] for text in texts]
        await self.rest()
        return self.last(numbers[-1])

    async def slowly(self, *texts: str) -> None:
        """Hand over line by line, each once all before it has ended and shows."""
        for text in texts:
            await self.type(text)

    @property
    def enter_does(self) -> str:
        """What the preview says of a bare Enter now."""
        view = self.runner.look()
        return preview("", read_line("", view), view).line

    async def rest(self) -> None:
        await self.runner.idle()
        await self.screen.settle()

    def last(self, number: int) -> EntryReport:
        return next(report for report in reversed(self.screen.told) if report.number == number)

    def reports(self) -> list[EntryReport]:
        """The newest report of each entry, in order."""
        newest = {report.number: report for report in self.screen.told}
        return [newest[number] for number in sorted(newest)]

    def states(self) -> list[EntryState]:
        return [report.state for report in self.reports()]

    async def select(self, event_id: int) -> None:
        self.screen.select_event(event_id)
        await self.screen.settle()

    @property
    def events(self) -> tuple[ScheduledEvent, ...]:
        """The events of the day shown."""
        return self.screen.day.events if self.screen.day is not None else ()

    async def outsiders(self, event: ScheduledEvent) -> tuple[ClientHit, ...]:
        """Clients with a plain name and a phone who are in no class at the time of an event."""
        at_once = [one for one in self.events if _meet(one, event)]
        rosters = [await self.desk.rosters.load(one.id) for one in at_once]
        inside = {entry.booking.client_id for roster in rosters for entry in roster.entries}
        page = await self.desk.api.clients.search(self.desk.location.id, "", page_size=100)
        return tuple(
            hit
            for hit in page.clients
            if hit.id not in inside and hit.phone and hit.name.isalpha() and hit.surname.isalpha()
        )

    async def names(self, event_id: int) -> list[str]:
        """Who is booked, as the server tells it now."""
        return [entry.name for entry in (await self.desk.rosters.load(event_id)).entries]


def _meet(one: ScheduledEvent, other: ScheduledEvent) -> bool:
    ends = one.ends_at or one.starts_at, other.ends_at or other.starts_at
    return one.starts_at < ends[1] and other.starts_at < ends[0]


@asynccontextmanager
async def benched(
    sandbox: Sandbox, clock: Clock, dialect: Spoken = "events", role: str = "owner"
) -> AsyncIterator[Bench]:
    """A bench over a sandbox, with today on the screen."""
    async with connected(sandbox, clock, dialect, role) as desk:
        screen, writes, services = Screen(desk), WriteDesk(), line_services(desk)
        await desk.reference.load()
        screen.day = await desk.schedule.load_day(TODAY, reference=desk.reference.current)
        runner = LineRunner(desk, writes, screen, services)
        yield Bench(desk, screen, services, writes, runner, sandbox, clock)
        await runner.stop()
        await writes.drain(5)
        await screen.settle()
