"""A desk at a line that fails: the services over the journal, as the program puts them together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar

from typing_extensions import override

from tests.faults.line import SHORT_S, SLOW, End, Line, LineFault
from tests.faults.studio import Studio
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.operations import Operation, WriteGuard
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.servers import server_of
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.altegio.transport import Transport
from tui_app.desk.desk import Desk, open_desk
from tui_app.desk.journal.audit import Audit
from tui_app.desk.journal.keeper import WriteKeeper, WriteWatch
from tui_app.desk.journal.rows import Ending, JournalRow
from tui_app.desk.journal.store import JournalStore
from tui_app.desk.services import LineServices, line_services
from tui_app.desk.writes import WriteDesk
from tui_app.secret import SecretStr

T = TypeVar("T")


@dataclass(slots=True)
class Watch(WriteWatch):
    """Somebody at the desk who allows nothing that is not protected."""

    operator: str = "AK"
    settled_later: list[tuple[JournalRow, Ending]] = field(default_factory=list)
    allows: bool = False
    asked: list[str] = field(default_factory=list)
    changes: int = 0

    @override
    def where(self, event_id: int) -> str:
        return f"event {event_id}"

    @override
    async def allow_unprotected(self, words: str, reason: str) -> bool:
        self.asked.append(f"{words}: {reason}")
        return self.allows

    @override
    def uncertain_changed(self) -> None:
        self.changes += 1

    @override
    def settled(self, row: JournalRow, ending: Ending) -> None:
        self.settled_later.append((row, ending))


@dataclass(frozen=True, slots=True)
class Hit:
    """Which of several writes meets a fault: the `at`-th from 1 on, and with `on` all after it, too."""

    at: int = 1
    on: bool = False

    def of(self, number: int) -> bool:
        """Whether the write of that number meets it."""
        return number == self.at or (self.on and number > self.at)


FIRST: Final = Hit()


@dataclass(slots=True)
class FailingGuard(WriteGuard):
    """Passes every write to the keeper, and lets the line fail while one of them is being sent."""

    keeper: WriteKeeper
    store: JournalStore
    line: Line
    disk_filled: int = 0
    transport: Transport | None = None
    fault: LineFault | None = None
    hit: Hit = FIRST
    sent: int = 0

    def arm(self, fault: LineFault, hit: Hit) -> None:
        """Let writes from now on meet a fault."""
        self.fault, self.hit, self.sent = fault, hit, 0

    @override
    async def carry_out(self, operation: Operation, send: Callable[[], Awaitable[T]], /) -> T:
        self.sent += 1
        fault = self.fault if self.hit.of(self.sent) else None
        if fault is not None and fault.end is End.DISK:
            self.fill_disk()
        return await self.keeper.carry_out(operation, lambda: self._sent(send, fault))

    def fill_disk(self) -> None:
        """Let the journal take nothing more, until it is opened anew."""
        self.disk_filled += 1
        with self.store._open() as db:
            db.execute("PRAGMA query_only = ON")

    async def _sent(self, send: Callable[[], Awaitable[T]], fault: LineFault | None) -> T:
        if fault is None or fault.end is End.DISK:
            return await send()
        with self._out_of_patience(fault):
            async with self.line.failing(fault):
                return await send()

    @contextmanager
    def _out_of_patience(self, fault: LineFault) -> Iterator[None]:
        """Shorten the time limit where nothing but its end can come; all else may take as long as it needs."""
        assert self.transport is not None
        patience = self.transport.time_limit
        self.transport._limit = SHORT_S if fault.end in {End.SILENCE, End.DRIP} else patience
        try:
            yield
        finally:
            self.transport._limit = patience


@dataclass(slots=True, kw_only=True)
class Station:
    """One desk with everything that it works with."""

    studio: Studio
    line: Line
    guard: FailingGuard
    watch: Watch
    keeper: WriteKeeper
    desk: Desk
    services: LineServices
    writes: WriteDesk

    @property
    def api(self) -> AltegioApi:
        """The API, whose guard is the keeper."""
        return self.desk.api

    @property
    def location_id(self) -> int:
        """The location that all are at."""
        return self.desk.location.id


async def briefly(seconds: float) -> None:
    """A pause of the keeper, on the clock of these tests."""
    await asyncio.sleep(seconds / SLOW)


def transport_to(studio: Studio, base_url: str) -> Transport:
    """A transport in the name of the owner."""
    tokens = Tokens(SecretStr(studio.sandbox.partner_token), SecretStr(studio.sandbox.user_token))
    pacing = Pacing((), sleep=briefly)
    return Transport(server_of(base_url), TokenSource(tokens), pacing=pacing, sleep=briefly)


@asynccontextmanager
async def station(
    studio: Studio, store: JournalStore, dialect: Spoken, *, place: str = "sandbox", audit: Audit | None = None
) -> AsyncIterator[Station]:
    """A desk over a line of its own, which keeps its writes in a store."""
    watch = Watch()
    async with Line(studio.sandbox.asgi) as line:
        keeper = WriteKeeper(store, watch, place=place, clock=studio.clock, audit=audit, pause=briefly)
        guard = FailingGuard(keeper, store, line)
        guard.transport = transport_to(studio, line.base_url)
        api = AltegioApi(guard.transport, dialect, guard)
        try:
            desk = await open_desk(api, studio.sandbox.location_id, studio.clock, keeper)
            yield Station(
                studio=studio,
                line=line,
                guard=guard,
                watch=watch,
                keeper=keeper,
                desk=desk,
                services=line_services(desk),
                writes=WriteDesk(),
            )
        finally:
            await keeper.aclose()
            store.close()
            await api.aclose()
