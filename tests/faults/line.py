"""A line to the sandbox that fails where it is told to: a real socket for each line, any fault on any write.

async with Line(sandbox.asgi) as line:       # line.base_url is where the program is told to find its server
    async with line.failing(FAULTS["cut after it, carried out"]):
        ...                                  # the next writes meet the fault, and it has met them at the end
"""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Final, Self

from starlette.types import ASGIApp, Message

SLOW: Final = 10
"""How many times faster the clock of these tests runs: the pauses of the program are so much shorter here."""

SHORT_S: Final = 10.0 / SLOW
"""The time limit of a write that gets no answer, 10 s on the program's own clock."""

LATE_S: Final = 2.0
"""Seconds of the program after its time limit at which a late write is carried out all the same."""

DRIP_S: Final = 0.02


class When(Enum):
    """Whether a write that meets a fault is carried out."""

    NEVER = "never"
    AT_ONCE = "at once"
    LATE = "after the time limit"


class End(Enum):
    """What the program gets instead of the answer."""

    REFUSED = "no connection"
    RESET = "a reset before it could send"
    CUT = "a cut without an answer"
    TORN = "half of the answer"
    SILENCE = "nothing, for ever"
    DRIP = "the answer byte by byte"
    ANSWER = "another answer"
    DISK = "a journal that cannot be written"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """One way for a write to fail; `down` tells that nothing can be reached after it."""

    end: End
    when: When = When.NEVER
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    down: bool = False


HTML: Final = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
WORDS: Final = b'{"success":false,"data":null,"meta":{"message":"Too many requests"}}'

FAULTS: Final = {
    "refused": LineFault(end=End.REFUSED),
    "reset before the request": LineFault(end=End.RESET),
    "cut after it, not carried out": LineFault(end=End.CUT),
    "cut after it, carried out": LineFault(end=End.CUT, when=When.AT_ONCE),
    "cut in the middle of the answer": LineFault(end=End.TORN, when=When.AT_ONCE),
    "hang, not carried out": LineFault(end=End.SILENCE),
    "hang, carried out": LineFault(end=End.SILENCE, when=When.AT_ONCE),
    "drip": LineFault(end=End.DRIP, when=When.AT_ONCE),
    "429 with Retry-After": LineFault(end=End.ANSWER, status=429, headers=(("retry-after", "1"),), body=WORDS),
    "429 without Retry-After": LineFault(end=End.ANSWER, status=429),
    "500 before the commit": LineFault(end=End.ANSWER, status=500),
    "500 after the commit": LineFault(end=End.ANSWER, status=500, when=When.AT_ONCE),
    "502 with HTML before the commit": LineFault(end=End.ANSWER, status=502, body=HTML),
    "502 with HTML after the commit": LineFault(end=End.ANSWER, status=502, body=HTML, when=When.AT_ONCE),
    "commit 2 s after the time limit": LineFault(end=End.SILENCE, when=When.LATE),
    "journal cannot be written": LineFault(end=End.DISK),
    "cut, not carried out, line stays down": LineFault(end=End.CUT, down=True),
    "cut, carried out, line stays down": LineFault(end=End.CUT, when=When.AT_ONCE, down=True),
}
"""Every fault of the matrix by its name."""


@dataclass(frozen=True, slots=True)
class _Request:
    """A request as it came over the socket."""

    method: str
    target: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Line:
    """One way to an ASGI app over loopback, for one client."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._server: asyncio.Server | None = None
        self._fault: LineFault | None = None
        self._waiting: LineFault | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._open: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.met = 0

    @property
    def base_url(self) -> str:
        """Where the API is."""
        return f"http://127.0.0.1:{self.port}/api"

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()
        for writer in tuple(self._open):
            writer.transport.abort()
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def late_ones(self) -> None:
        """Wait until what is to be carried out late has been."""
        late = [task for task in self._under_way if task.get_name() == "late"]
        await asyncio.gather(*late)

    @asynccontextmanager
    async def failing(self, fault: LineFault) -> AsyncIterator[None]:
        """Let every write under this block meet a fault."""
        self._fault = fault
        if fault.end is End.REFUSED:
            await self._stop()
            self.met += 1
        try:
            yield
        finally:
            self._fault = None
            if fault.end is End.REFUSED:
                await self._listen()
            if fault.down:
                await self.fall()

    def lie_in_wait(self, fault: LineFault) -> None:
        """Let the next write meet a fault, whoever sends it."""
        self._waiting = fault

    async def fall(self) -> None:
        """Take the line down: what is open ends, nothing new begins."""
        await self._stop()
        for writer in tuple(self._open):
            writer.transport.abort()

    async def rise(self) -> None:
        """Let it be reached again."""
        if self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
            await asyncio.sleep(0)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        self._open.add(writer)
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self._fault is not None and self._fault.end is End.RESET:
                self.met += 1
                _reset(writer)
                return
            with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):  # only the end cancels
                while await self._answered(await _read_request(reader), writer):
                    pass
        finally:
            self._open.discard(writer)
            self._under_way.discard(task)
            writer.close()

    async def _answered(self, request: _Request, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; whether the connection goes on."""
        fault = self._met_by(request)
        if fault is None:
            writer.write(await self._carried_out(request))
            await writer.drain()
            return True
        self.met += 1
        answer = await self._carried_out(request) if fault.when is When.AT_ONCE else b""
        if fault.when is When.LATE:
            self._later(request)
        if fault.down and self._fault is None:
            await self._stop()
        await self._end(fault, answer, writer)
        return False

    def _met_by(self, request: _Request) -> LineFault | None:
        if not _writes(request):
            return None
        waiting, self._waiting = self._waiting, None
        return self._fault or waiting

    def _later(self, request: _Request) -> None:
        async def late() -> None:
            await asyncio.sleep(SHORT_S + LATE_S / SLOW)
            await self._carried_out(request)

        task = asyncio.create_task(late(), name="late")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _end(self, fault: LineFault, answer: bytes, writer: asyncio.StreamWriter) -> None:
        match fault.end:
            case End.TORN:
                writer.write(answer[: len(answer) // 2])
                await writer.drain()
                _reset(writer)
            case End.DRIP:
                for place in range(len(answer)):
                    writer.write(answer[place : place + 1])
                    await writer.drain()
                    await asyncio.sleep(DRIP_S)
            case End.SILENCE:
                await asyncio.sleep(SHORT_S * 10)
            case End.ANSWER:
                writer.write(_packed(fault.status, fault.headers, fault.body))
                await writer.drain()
            case _:
                _reset(writer)

    async def _carried_out(self, request: _Request) -> bytes:
        """Ask the app, and give its answer as the bytes that go over the line."""
        path, _, query = request.target.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": request.method,
            "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "root_path": "", "headers": list(request.headers), "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        parts: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: Message) -> None:
            parts.append(message)

        await self._app(scope, receive, send)
        head, *rest = parts
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in head["headers"])
        return _packed(head["status"], headers, b"".join(part.get("body", b"") for part in rest))


async def _read_request(reader: asyncio.StreamReader) -> _Request:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head[:-4].split(b"\r\n")
    method, target, _ = first.decode("ascii").split(" ")
    headers = tuple(
        (name.strip().lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines)
    )
    length = int(dict(headers).get(b"content-length", b"0"))
    return _Request(method, target, headers, await reader.readexactly(length))


def _writes(request: _Request) -> bool:
    return request.method != "GET" and not request.target.endswith("/clients/search")


def _packed(status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> bytes:
    length = () if status == 204 or any(name == "content-length" for name, _ in headers) else (
        ("content-length", str(len(body))),
    )  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*headers, *length))
    return f"HTTP/1.1 {status} Any\r\n{lines}\r\n".encode("latin-1") + body


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection by a reset, not by a farewell."""
    held = writer.get_extra_info("socket")
    with suppress(OSError):
        held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
