"""The sandbox for tests: in process with a fixed clock, or on a real socket in a thread.

with opened() as sandbox:                       # in process
    client = client_for(sandbox)                # httpx, already authorized
with serving(sandbox) as base_url: ...          # the same one over loopback
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
from typing_extensions import override

from tui_app.sandbox import ConnectionDroppedError, Sandbox, create_sandbox
from tui_app.sandbox.serve import SandboxServer, listen

# A Friday noon in Berlin, two days before its clocks go forward.
NOON = datetime(2026, 3, 27, 11, 0, tzinfo=UTC)
MEDIA_TYPE = "application/vnd.api.v2+json"
BASE_URL = "http://sandbox.test/api"
START_SECONDS = 10.0


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **period: float) -> None:
        """Move on, by the arguments of timedelta."""
        self.now += timedelta(**period)


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
    """A small sandbox in memory (about 15 ms to make), without a rate limit unless one is given."""
    sandbox = create_sandbox(
        None,
        clock=clock or Clock(),
        clients=clients,
        days_back=days_back,
        days_ahead=days_ahead,
        rate_limit=rate_limit,
        latency_ms=latency_ms,
        bare_list=bare_list,
        monotonic=monotonic,
        location_zone=location_zone,
    )
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
