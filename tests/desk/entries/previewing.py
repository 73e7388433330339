"""A line over a bench, its preview and all that it has shown; time passes for it when the test says so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from tests.desk.entries.screen import Bench
from tui_app.desk.commands.preview import Preview
from tui_app.desk.entries.finding import Matcher
from tui_app.desk.entries.preview import LinePreview
from tui_app.desk.entries.runner import LineRunner

AT_WORK: Final = frozenset({"preview of the desk line", "find clients", "who comes"})
MOST_TURNS: Final = 10_000


@dataclass(slots=True)
class Hands:
    """The time between keys: a rest of the preview ends when it is reached, and every answer comes at once."""

    now: float = 0.0
    _resting: list[tuple[float, "asyncio.Future[None]"]] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._resting.append((self.now + seconds, end))
        await end

    async def wait(self, seconds: float) -> None:
        """Let so many seconds pass, and whatever happens in them."""
        await self.settle()
        ends_at = self.now + seconds
        while due := sorted((at, id(end), end) for at, end in self._resting if at <= ends_at and not end.done()):
            self.now, _, end = due[0]
            end.set_result(None)
            await self.settle()
        self.now = ends_at

    async def settle(self) -> None:
        """Go on until the preview rests or has ended: the sandbox answers within this loop."""
        for _ in range(MOST_TURNS):
            await asyncio.sleep(0)
            if all(task.get_name() not in AT_WORK for task in asyncio.all_tasks()):
                return
            if any(not end.done() for _, end in self._resting):
                return
        raise TimeoutError("the preview does not come to rest")


@dataclass(frozen=True, slots=True)
class Line:
    """A preview over a bench, and all that it has shown."""

    bench: Bench
    preview: LinePreview
    runner: LineRunner
    shown: list[Preview | None]
    hands: Hands

    async def type(self, text: str) -> Preview:
        """Put a text into the line and wait until nothing more comes of it."""
        self.preview.typed(text)
        await self.hands.wait(10)
        return self.last

    async def keys(self, text: str, seconds: float) -> Preview:
        """Type letter by letter with so many seconds from key to key, and wait until nothing more comes of it."""
        for end in range(1, len(text) + 1):
            self.preview.typed(text[:end])
            await self.hands.wait(seconds)
        await self.hands.wait(10)
        return self.last

    @property
    def last(self) -> Preview:
        """What the line shows."""
        last = self.shown[-1]
        assert last is not None
        return last

    def searches(self) -> int:
        """How many requests have looked for clients."""
        requests = self.bench.sandbox.requests
        return len(requests.matching("POST", "search")) + len(requests.matching("GET", "autocomplete"))


@asynccontextmanager
async def previewed(bench: Bench) -> AsyncIterator[Line]:
    """A preview whose answers serve the runner, as on the screen."""
    matcher, shown, hands = Matcher(bench.desk), list[Preview | None](), Hands()
    runner = LineRunner(bench.desk, bench.writes, bench.screen, bench.services, matcher)
    preview = LinePreview(runner.look, matcher, shown.append, sleep=hands.sleep, monotonic=hands.monotonic)
    yield Line(bench, preview, runner, shown, hands)
    await preview.stop()
    await runner.stop()
