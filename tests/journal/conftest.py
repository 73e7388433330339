"""A desk over the sandbox in process, whose writes go through the journal; pauses take no time unless they are held."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.station import Watch
from tests.faults.studio import ZONE, Planted, Studio, studio
from tests.support.sandbox import InProcess
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import OutcomeUnknown
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.requests import LEFT_OUT, BookingInput, ClientInput
from tui_app.altegio.resources import Booking
from tui_app.altegio.servers import IN_PROCESS
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.altegio.transport import Transport
from tui_app.desk.clock import LocationClock
from tui_app.desk.journal.keeper import WriteKeeper
from tui_app.desk.journal.looks import Looks
from tui_app.desk.journal.rows import JournalRow
from tui_app.desk.journal.store import JournalStore
from tui_app.sandbox import Drop, Fault
from tui_app.secret import SecretStr

HERE, THERE = "a" * 16, "b" * 16


@dataclass(slots=True)
class Pauses:
    """The pauses of a keeper: over at once, or held until they are let go."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seen.append(seconds)
        await self.gate.wait()


@dataclass(frozen=True, slots=True)
class Office:
    """One program: its API, whose guard is the keeper."""

    studio: Studio
    api: AltegioApi
    keeper: WriteKeeper
    store: JournalStore
    watch: Watch
    pauses: Pauses

    @property
    def location_id(self) -> int:
        return self.studio.sandbox.location_id

    async def book(self, event: Planted, name: str, phone: str = "") -> Booking:
        client = ClientInput(id=None, name=name, phone=phone)
        wanted = BookingInput(client=client, places=1, visitor_name=LEFT_OUT if phone else name)
        return await self.api.bookings.add(self.location_id, event.id, wanted)

    def booked(self, event: Planted) -> int:
        return self.studio.number("SELECT count(*) FROM bookings WHERE event_id = ? AND deleted = 0", event.id)

    def lose(self, *, carried_out: bool, times: int | None = 1, method: str = "POST") -> None:
        """Let writes go without an answer."""
        self.studio.sandbox.faults.drop(handled=carried_out, method=method, times=times)

    def blind(self) -> None:
        """Let rosters be read once more, before the write, and then no more."""
        fault = Fault(drop=Drop.SILENT)
        self.studio.sandbox.faults.add(fault, method="GET", path="appointments", skip=1, times=None)

    def heal(self) -> None:
        self.studio.sandbox.faults.clear()

    async def unconfirmed(self, event: Planted, name: str = "Bo", *, carried_out: bool = False) -> JournalRow:
        """Book somebody, and learn nothing of it."""
        self.blind()
        self.lose(carried_out=carried_out)
        with pytest.raises(OutcomeUnknown):
            await self.book(event, name)
        await asyncio.gather(*self.keeper._looking)
        self.heal()
        return self.keeper.uncertain[-1]


@asynccontextmanager
async def office(
    place: Studio, folder: Path | None, dialect: Spoken, run: str = HERE, *, held: bool = False
) -> AsyncIterator[Office]:
    sandbox, watch, pauses = place.sandbox, Watch(), Pauses()
    if not held:
        pauses.gate.set()
    store = JournalStore(folder / "journal.sqlite" if folder is not None else None, run)
    keeper = WriteKeeper(store, watch, place="sandbox", clock=place.clock, pause=pauses)
    tokens = TokenSource(Tokens(SecretStr(sandbox.partner_token), SecretStr(sandbox.user_token)))
    transport = Transport(IN_PROCESS, tokens, pacing=Pacing(()), network=InProcess(sandbox), sleep=pauses)
    api = AltegioApi(transport, dialect, keeper)
    keeper.use(api, Looks(api), LocationClock(place.clock, ZONE))
    try:
        yield Office(place, api, keeper, store, watch, pauses)
    finally:
        await keeper.aclose()
        store.close()
        await api.aclose()


@pytest.fixture
def place() -> Iterator[Studio]:
    with studio() as opened:
        yield opened


@pytest.fixture(params=["activities", "events"])
def dialect(request: pytest.FixtureRequest) -> Spoken:
    return "activities" if request.param == "activities" else "events"


@pytest.fixture
async def here(place: Studio, dialect: Spoken, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(place, tmp_path / "journal", dialect) as opened:
        yield opened
