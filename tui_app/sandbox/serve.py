"""The sandbox on a loopback port, for any client (design 7)."""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

from tui_app.sandbox.app import Sandbox, create_sandbox
from tui_app.sandbox.database import DatabaseError
from tui_app.sandbox.front import ABORT

HOST = "127.0.0.1"
_GRACE_SECONDS = 1

OnReady = Callable[[str], None]


class PortError(Exception):
    """A port that cannot be listened on, in words."""


class _Protocol(H11Protocol):
    """HTTP/1.1 whose app may cut the connection, which a fault asks for."""

    @override
    def connection_made(  # type: ignore[override] # uvicorn narrows it to a stream
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        abort = self.transport.abort
        app = cast("Callable[[Scope, Receive, Send], Awaitable[None]]", self.app)

        async def with_abort(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[ABORT] = abort
            await app(scope, receive, send)

        self.app = cast("ASGIApp", with_abort)


class SandboxServer(uvicorn.Server):
    """One uvicorn on a socket that is bound already; says when it accepts."""

    def __init__(self, sandbox: Sandbox, listener: socket.socket, on_ready: OnReady) -> None:
        config = uvicorn.Config(
            sandbox.asgi,
            http=_Protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        super().__init__(config)
        self._listener = listener
        self._on_ready = on_ready

    @property
    def base_url(self) -> str:
        """Where the API is, as a profile of the program wants it."""
        return f"http://{HOST}:{self._listener.getsockname()[1]}/api"

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready(self.base_url)

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on SIGINT and SIGTERM without raising them again: a server told to end has ended well."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def run_here(self) -> None:
        """Serve until told to end."""
        self.run([self._listener])


def listen(port: int) -> socket.socket:
    """Bind a loopback port, 0 for any free one. Raises OSError when it is taken."""
    # named as TCP, or asyncio leaves Nagle's delay on and every answer on a kept connection waits 40 ms
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def serve(sandbox: Sandbox, port: int, *, on_ready: OnReady) -> None:
    """Serve a sandbox on loopback until SIGINT or SIGTERM. Raises PortError when the port cannot be had."""
    try:
        listener = listen(port)
    except OSError as error:
        raise PortError(f"cannot listen on {HOST}:{port}: {error.strerror or error}") from error
    with listener:
        SandboxServer(sandbox, listener, on_ready).run_here()


def environment_lines(sandbox: Sandbox, base_url: str) -> list[str]:
    """What a client's environment needs, in lines that a shell can read."""
    return [
        f"ALTEGIO_BASE_URL={base_url}",
        f"ALTEGIO_LOCATION_ID={sandbox.location_id}",
        f"ALTEGIO_PARTNER_TOKEN={sandbox.partner_token}",
        f"ALTEGIO_USER_TOKEN={sandbox.user_token}",
        f"ALTEGIO_LOGIN={sandbox.login}",
        f"ALTEGIO_PASSWORD={sandbox.password}",
        "ready",
    ]


def run_sandbox(
    port: int,
    data: Path | None,
    latency_ms: int,
    rate: int | None,
    bare_list: bool,  # noqa: FBT001 -- as agreed with the command line
    seed: int = 1,
) -> int:
    """Do `frontdesk sandbox`: serve until interrupted and give the exit status; `rate` is requests a second."""
    try:
        sandbox = create_sandbox(
            data, clock=_now, seed=seed, latency_ms=latency_ms, rate_limit=rate, bare_list=bare_list
        )
    except DatabaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        serve(sandbox, port, on_ready=lambda base_url: _announce(sandbox, base_url))
    except PortError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        sandbox.close()
    return 0


def _announce(sandbox: Sandbox, base_url: str) -> None:
    for line in environment_lines(sandbox, base_url):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _now() -> datetime:
    return datetime.now(UTC)
