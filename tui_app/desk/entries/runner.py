"""The entries of the desk line, worked off one after another in the order in which they came (design 5)."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Sequence
from itertools import count
from typing import Final

from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError
from tui_app.desk.commands.asking import take
from tui_app.desk.commands.intents import AnswerQuestion, Confirm, Intent, OnClass, ReopenQuestion, SelectEvent
from tui_app.desk.commands.parse import read_line, read_part
from tui_app.desk.commands.questions import (
    Choice,
    Lost,
    QuestionKind,
    Questions,
    ask,
    enter,
    how_to_answer,
    let_go,
    moved,
    point,
    refuse,
)
from tui_app.desk.commands.saying import masked
from tui_app.desk.commands.view import About, Candidates, Chain, Deferred, Missing, PartReading, Refused, View
from tui_app.desk.desk import Desk
from tui_app.desk.entries.asked import Asked, AskedEntries, Entry, question_of
from tui_app.desk.entries.finding import Matcher
from tui_app.desk.entries.freshness import Freshness
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import Asks, Done, Option, Outcome, Stopped, Tell, in_trouble
from tui_app.desk.entries.reports import EntryReport, EntryState
from tui_app.desk.entries.surface import COULD_NOT, Step, Surface
from tui_app.desk.entries.table import handlers
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.services import LineServices, line_services
from tui_app.desk.trouble import DeskError
from tui_app.desk.writes import WriteDesk

_WAITS: Final = 5
"""How often an entry waits for something to be read, before it is refused: a day, its roster, the names."""

MOST_WAITING: Final = 12
"""Questions that wait by name at most: the oldest is let go, for nobody comes back to it."""

_ANSWERED: Final = Done()


class LineRunner:
    """Takes what the desk line hands over, in order, and works it off: a burst does the same as typing slowly.

    Nothing here waits for a key, and the line stays usable while calls run. `services` are shared with the forms, so
    that what they save can be undone here; `matcher` is shared with the preview, so that its answers serve the Enter.
    """

    def __init__(
        self,
        desk: Desk,
        writes: WriteDesk,
        surface: Surface,
        services: LineServices | None = None,
        matcher: Matcher | None = None,
    ) -> None:
        self._desk = desk
        self._surface = surface
        self._services = services or line_services(desk)
        self._writes = writes
        hands = Hands(
            desk,
            self._services,
            writes,
            surface,
            matcher or Matcher(desk),
            look=self.look,
            changed=self._touched,
            brought=self._brought,
        )
        self._handlers = handlers(hands)
        self._numbers = count(1)
        self._queue: deque[Entry | Step] = deque()
        self._current: Entry | None = None
        self._worker: asyncio.Task[None] | None = None
        self._aside: set[asyncio.Task[None]] = set()
        self._questions = Questions()
        self._asked = AskedEntries()
        self._freshness = Freshness()
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether entries wait or are worked on."""
        return self._worker is not None

    @property
    def questions(self) -> Questions:
        """The questions as they stand now."""
        return self._questions

    def look(self) -> View:
        """The screen's look with the questions and the undo of now: what a preview reads."""
        top = self._services.undo.stack.top
        undoable = top.words if top is not None else ""
        return replace(self._surface.view(), questions=self._questions, undoable=undoable)

    def enter(self, text: str) -> tuple[int, ...]:
        """Take a line on which Enter was pressed, an empty one too; gives the numbers of its entries."""
        reading = read_line(text, self.look())
        texts = [part.text for part in reading.parts] if isinstance(reading, Chain) else [text]
        numbers = [next(self._numbers) for _ in texts]
        for number, part in zip(numbers, texts, strict=True):
            entry = Entry(number, numbers[0], part)
            self._queue.append(entry)
            self._report(entry, EntryState.QUEUED)
        self._work_off()
        return tuple(numbers)

    def step(self, step: Step) -> None:
        """Take a key that moves: at once where nothing waits before it, else in its turn."""
        if self.busy:
            self._queue.append(step)
        else:
            self._take_step(step)

    async def idle(self) -> None:
        """Wait until all that was handed over has ended."""
        while tasks := {task for task in (self._worker, *self._aside) if task is not None}:
            await asyncio.wait(tasks)

    async def stop(self) -> tuple[str, ...]:
        """Stop working; writes under way go on. Gives the texts whose turn never came, to be kept."""
        begun = [self._current] if self._current is not None and not self._writes.under_way else []
        left = [thing.text for thing in (*begun, *self._queue) if isinstance(thing, Entry) and thing.text.strip()]
        await asyncio.gather(*self.abandon(), return_exceptions=True)
        return tuple(left)

    def abandon(self) -> "tuple[asyncio.Task[None], ...]":
        """Work and tell no more, for the screen is about to go; writes under way go on. Gives what is being stopped."""
        self._stopped = True
        self._queue.clear()
        tasks = tuple(task for task in (self._worker, *self._aside) if task is not None)
        for task in tasks:
            task.cancel()
        return tasks

    def _work_off(self) -> None:
        if self._worker is None and not self._stopped:
            self._worker = asyncio.create_task(self._run(), name="desk line")

    async def _run(self) -> None:
        try:
            while self._queue:
                thing = self._queue.popleft()
                if isinstance(thing, Step):
                    self._take_step(thing)
                else:
                    self._current = thing
                    await self._take(thing)
        finally:
            self._current = self._worker = None
            if self._queue:  # an error in the screen itself stops one entry, not those behind it
                self._work_off()

    def _take_step(self, step: Step) -> None:
        """A key that moves: in candidates that were just asked the arrow, Esc lets a question go, else the screen's."""
        state = self._questions
        if step is Step.ESCAPE:
            if state.waiting or state.unsettled is not None:
                self._set(let_go(state), "Let go")
            else:
                self._surface.move(step)
            return
        if step in {Step.UP, Step.DOWN} and _takes_arrow(state):
            self._set(point(state, 1 if step is Step.DOWN else -1))
            return
        after = moved(state)
        self._set(replace(after, unsettled=state.unsettled) if step is Step.OTHER_PANE else after)
        self._surface.move(step)

    async def _take(self, entry: Entry) -> None:
        """Read an entry now that its turn has come, and carry it out."""
        self._report(entry, EntryState.WORKING)
        reading = await self._read(entry, entry.text)
        match reading:
            case Refused(words=words, nearest=nearest):
                self._set(take(entry.text, reading, self.look()).state)
                self._report(entry, EntryState.REFUSED, words, next_step=f"Type {nearest}" if nearest else "")
            case Candidates(about=about, items=items):
                self._set(take(entry.text, reading, self.look()).state)
                self._ask(entry, _which(about, items))
            case Confirm() | AnswerQuestion() | ReopenQuestion():
                await self._answer(entry, reading)
            case Deferred(missing=missing):
                self._set(refuse(self._questions, masked(entry.text)))
                self._report(entry, EntryState.REFUSED, missing.value)
            case _:
                self._set(enter(self._questions, reading).state, "Not done: something else came first")
                self._conclude(entry, await self._outcome(self._carry_out(entry, reading)))

    async def _read(self, entry: Entry, text: str) -> PartReading:
        """Read the text of an entry; what it needs of the screen and is still being read is waited for."""
        reading = read_part(text, self._look_now())
        for _ in range(_WAITS):
            if not isinstance(reading, Deferred):
                break
            self._report(entry, EntryState.WORKING, reading.missing.value)
            problem = await self._surface.ready(reading.missing)
            if problem:
                lost = Lost.DAY if reading.missing is Missing.DAY else Lost.NOTHING
                return Refused(f"{COULD_NOT[reading.missing]}: {problem}", lost=lost)
            if reading.missing is Missing.ROSTER:
                self._freshness.read_again(self._surface.view().selected_id)
            reading = read_part(text, self._look_now())
        return reading

    def _look_now(self) -> View:
        """The look for acting: a roster that is older than the last write on its event does not count."""
        return self._freshness.without_outdated(self.look())

    def _touched(self, event_id: int) -> None:
        if self._stopped:  # a write may end after the screen is gone
            return
        self._freshness.touched(event_id, self._surface.view().roster, self._desk.clock.instant())
        self._surface.touched(event_id)

    def _brought(self, change: OwnChange) -> None:
        if not self._stopped:
            self._surface.brought(change)

    async def _answer(self, entry: Entry, reading: Confirm | AnswerQuestion | ReopenQuestion) -> None:
        """Answer a question: its result stands with the entry that had asked."""
        turn = enter(self._questions, reading)
        asked = self._asked.take(turn.settled) if turn.settled is not None else None
        self._set(turn.state)
        if turn.run is None:
            if turn.state.opened is not None and isinstance(reading, Confirm | ReopenQuestion):
                self._conclude(entry, _ANSWERED)  # the question stands there and says itself how to answer it
            else:
                self._report(entry, EntryState.REFUSED, turn.words)
            return
        if asked is None:
            self._conclude(entry, await self._outcome(self._carry_out(entry, turn.run)))
            return
        self._conclude(entry, _ANSWERED)
        self._report(asked.entry, EntryState.WORKING)
        then = asked.then(turn)
        going_on = self._carry_out(asked.entry, turn.run) if then is None else then(self._tell(asked.entry))
        self._conclude(asked.entry, await self._outcome(going_on))

    async def _carry_out(self, entry: Entry, intent: Intent) -> Outcome:
        if isinstance(intent, OnClass):
            return await self._on_class(entry, intent)
        return await self._handlers[type(intent)](intent, self._tell(entry))

    async def _on_class(self, entry: Entry, intent: OnClass) -> Outcome:
        """Select, then do what stands behind the class; where that cannot be, the class stays selected."""
        selected = await self._carry_out(entry, SelectEvent(intent.event_id))
        if not isinstance(selected, Done):
            return selected
        reading = await self._read(entry, intent.entry)
        match reading:
            case Refused(words=words, nearest=nearest):
                return Stopped(words=words, next_step=f"Type {nearest}" if nearest else "")
            case Candidates(about=about, items=items):
                return _which(about, items)
            case Deferred(missing=missing):
                return Stopped(words=missing.value)
            case _:
                return await self._carry_out(entry, reading)

    async def _outcome(self, work: Awaitable[Outcome]) -> Outcome:
        """Wait for a piece of work in a task of its own: no error of one entry stops the next."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait((task,))
        finally:
            task.cancel()
        if task.cancelled():
            return in_trouble(asyncio.CancelledError())
        error = task.exception()
        if error is None:
            return task.result()
        if not isinstance(error, AltegioError | DeskError):
            loop = asyncio.get_running_loop()
            loop.call_exception_handler({"message": "an entry of the desk line failed", "exception": error})
        return in_trouble(error)

    def _conclude(self, entry: Entry, outcome: Outcome) -> None:
        match outcome:
            case Done(words=words, lines=lines, next_step=next_step, later=later):
                self._report(entry, EntryState.DONE, words, lines, next_step)
                if later is not None:
                    self._read_later(entry, outcome)
            case Stopped(words=words, lines=lines, next_step=next_step, state=state):
                self._set(refuse(self._questions, masked(entry.text)))
                self._report(entry, state, words, lines, next_step)
            case Asks():
                self._ask(entry, outcome)

    def _ask(self, entry: Entry, asks: Asks) -> None:
        """Put a question in the name of an entry; one that waits under the same name gives way."""
        question = question_of(masked(entry.text), asks)
        older = self._asked.put(Asked(entry, question, asks.options))
        if older is not None and older.entry is not entry:
            self._report(older.entry, EntryState.REFUSED, "Asked again since")
        state = ask(self._questions, question)
        waiting = state.waiting[-MOST_WAITING:]
        opened = state.opened if state.opened in waiting else None
        self._set(replace(state, waiting=waiting, opened=opened), "Let go: too many newer questions wait")
        self._report(entry, EntryState.ASKS, asks.words, asks.lines, asks.next_step or how_to_answer(question))

    def _set(self, state: Questions, dropped: str = "Not done") -> None:
        """Take the new state of the questions; entries whose question is gone are told so."""
        if state == self._questions:
            return
        self._questions = state
        for asked in self._asked.dropped_by(state):
            self._report(asked.entry, EntryState.REFUSED, dropped)
        self._surface.questions_changed(state)

    def _read_later(self, entry: Entry, done: Done) -> None:
        task = asyncio.create_task(self._lines_later(entry, done), name=f"lines of entry {entry.number}")
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _lines_later(self, entry: Entry, done: Done) -> None:
        """Put what is worth knowing below a result; where it cannot be read the result stands alone."""
        if done.later is None:
            return
        try:
            lines = await done.later()
        except (AltegioError, DeskError):
            return
        if lines:
            self._report(entry, EntryState.DONE, done.words, (*done.lines, *lines), done.next_step)

    def _tell(self, entry: Entry) -> Tell:
        def tell(words: str, lines: tuple[str, ...] = ()) -> None:
            self._report(entry, EntryState.WORKING, words, lines)

        return tell

    def _report(
        self, entry: Entry, state: EntryState, words: str = "", lines: tuple[str, ...] = (), next_step: str = ""
    ) -> None:
        if self._stopped:
            return
        self._surface.report(
            EntryReport(
                number=entry.number,
                line=entry.line,
                text=entry.text,
                state=state,
                words=words,
                lines=lines,
                next_step=next_step,
            )
        )


def _which(about: About, items: Sequence[Choice]) -> Asks:
    options = tuple(Option(words=item.words, intent=item.intent) for item in items)
    return Asks(kind=QuestionKind.CANDIDATES, words=f"Which {about.value}?", options=options)


def _takes_arrow(state: Questions) -> bool:
    """Whether an arrow moves in the candidates that were just asked."""
    return state.opened is not None and state.fresh and state.opened.kind is QuestionKind.CANDIDATES
