"""The sandbox for tests: in process with a fixed clock, or on a real socket in a thread.

with opened() as sandbox:                       # in process
    client = client_for(sandbox)                # httpx, already authorized
with serving(sandbox) as base_url: ...          # the same one over loopback
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import httpx
from typing_extensions import override

from tui_app.sandbox import ConnectionDroppedError, Sandbox
from tui_app.sandbox.calls import Options
from tui_app.sandbox.database import Database
from tui_app.sandbox.rate import RateLimit
from tui_app.sandbox.seed.fill import Plan, fill
from tui_app.sandbox.serve import SandboxServer, listen

# A Friday noon in Berlin, two days before its clocks go forward.
NOON = datetime(2026, 3, 27, 11, 0, tzinfo=UTC)
MEDIA_TYPE = "application/vnd.api.v2+json"
BASE_URL = "http://sandbox.test/api"
START_SECONDS = 10.0
SEED = 1


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **period: float) -> None:
        """Move on, by the arguments of timedelta."""
        self.now += timedelta(**period)


@lru_cache(maxsize=16)
def _filled(plan: Plan, now: int) -> bytes:
    """A studio as SQLite writes it down: filling one takes 13 ms, a copy of it a thirtieth of a millisecond."""
    with closing(Database(None)) as database:
        fill(database, plan, now)
        return database._connection.serialize()


@contextmanager
def opened(
    *,
    clock: Callable[[], datetime] | None = None,
    clients: int = 60,
    days_back: int = 2,
    days_ahead: int = 3,
    rate_limit: int | None = None,
    latency_ms: int = 0,
    bare_list: bool = False,
    monotonic: Callable[[], float] = time.monotonic,
    location_zone: str = "Europe/Berlin",
) -> Iterator[Sandbox]:
    """A small sandbox in memory, as `create_sandbox` makes it, without a rate limit unless one is given."""
    clock = clock or Clock()
    database = Database(None)
    plan = Plan(SEED, clients, location_zone, days_back, days_ahead)
    database._connection.deserialize(_filled(plan, int(clock().timestamp())))
    rate = RateLimit(rate_limit, monotonic)
    sandbox = Sandbox(database, Options(bare_list=bare_list, seed=SEED), clock, rate, latency_ms / 1000)
    try:
        yield sandbox
    finally:
        sandbox.close()


class InProcess(httpx.AsyncBaseTransport):
    """httpx straight into the sandbox; a dropped connection is the error that a socket would have given."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._inner = httpx.ASGITransport(sandbox.asgi)

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._inner.handle_async_request(request)
        except ConnectionDroppedError as error:
            raise httpx.RemoteProtocolError(str(error), request=request) from error


def headers_for(sandbox: Sandbox, role: str = "owner") -> dict[str, str]:
    """What every request must carry, in the name of one of the seeded users."""
    token = sandbox.users[role].token
    return {"Accept": MEDIA_TYPE, "Authorization": f"Bearer {sandbox.partner_token}, User {token}"}


def client_for(sandbox: Sandbox, role: str = "owner") -> httpx.AsyncClient:
    """An authorized client whose paths begin at `/v2` or `/v1`."""
    return httpx.AsyncClient(transport=InProcess(sandbox), base_url=BASE_URL, headers=headers_for(sandbox, role))


@contextmanager
def serving(sandbox: Sandbox) -> Iterator[str]:
    """Serve a sandbox over loopback on a free port, from a thread, and give its base URL (`.../api`)."""
    ready = threading.Event()
    with listen(0) as listener:
        server = SandboxServer(sandbox, listener, on_ready=lambda _: ready.set())
        thread = threading.Thread(target=server.run_here, name="sandbox", daemon=True)
        thread.start()
        try:
            if not ready.wait(START_SECONDS):
                raise TimeoutError("the sandbox did not start")
            yield server.base_url
        finally:
            server.should_exit = True
            thread.join(START_SECONDS)
