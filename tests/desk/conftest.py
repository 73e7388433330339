"""The desk over the in-process sandbox, in both dialects, with the clock of the tests."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from tests.faults.station import Watch
from tests.support.sandbox import NOON, Clock, InProcess, opened
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Dialect, Spoken
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.servers import IN_PROCESS
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.altegio.transport import Transport
from tui_app.desk.desk import Desk, open_desk
from tui_app.desk.journal.keeper import WriteKeeper
from tui_app.desk.journal.store import JournalStore
from tui_app.sandbox import Sandbox
from tui_app.secret import SecretStr


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    with opened(clock=clock) as sandbox:
        yield sandbox


@pytest.fixture(params=["activities", "events"])
def dialect(request: pytest.FixtureRequest) -> Spoken:
    return "activities" if request.param == "activities" else "events"


async def at_once(_: float) -> None:
    """No pause between the attempts of a read."""


@asynccontextmanager
async def connected(
    sandbox: Sandbox, clock: Clock, dialect: Dialect, role: str = "owner", keeper: WriteKeeper | None = None
) -> AsyncIterator[Desk]:
    """A desk in the name of one of the sandbox's users; `keeper` looks after its writes, else one of its own."""
    store = JournalStore(None, "a" * 16)
    keeper = keeper or WriteKeeper(store, Watch(), place="sandbox", clock=clock, pause=at_once)
    tokens = Tokens(SecretStr(sandbox.partner_token), SecretStr(sandbox.users[role].token))
    transport = Transport(IN_PROCESS, TokenSource(tokens), pacing=Pacing(()), network=InProcess(sandbox))
    api = AltegioApi(transport, dialect, keeper)
    try:
        yield await open_desk(api, sandbox.location_id, clock, keeper)
    finally:
        await keeper.aclose()
        store.close()
        await api.aclose()


@pytest.fixture
async def desk(sandbox: Sandbox, clock: Clock, dialect: Spoken) -> AsyncIterator[Desk]:
    async with connected(sandbox, clock, dialect) as desk:
        yield desk
