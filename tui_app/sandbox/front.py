"""The door of the server: every request is logged, paced and, where a test asks for it, mishandled here."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import cast
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tui_app.sandbox.answers import encode, refusal
from tui_app.sandbox.faults import ConnectionDroppedError, Drop, Fault, Faults
from tui_app.sandbox.log import LoggedRequest, RequestLog, without_secrets, without_tokens
from tui_app.sandbox.rate import RateLimit
from tui_app.sandbox.refusals import RefusalError
from tui_app.sandbox.validation import parse_json

ABORT = "sandbox.abort"
_BIGGEST_BODY = 1_000_000

Headers = list[tuple[bytes, bytes]]


class Front:
    """An ASGI app around the real one."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        clock: Callable[[], datetime],
        log: RequestLog,
        faults: Faults,
        rate: RateLimit,
        latency: float,
    ) -> None:
        self._app = app
        self._clock = clock
        self._log = log
        self._faults = faults
        self._rate = rate
        self._latency = latency

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI scope; anything but HTTP goes straight on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await _read_all(receive)
        if body is None:
            return
        entry = _logged(scope, body)
        self._log.add(entry)
        if self._latency:
            await asyncio.sleep(self._latency)
        fault = self._faults.take(entry.method, entry.path) or Fault(handled=True)
        handled = await self._handled(scope, body, entry, send) if fault.handled else None
        await asyncio.sleep(fault.delay)
        if fault.drop is Drop.SILENT:
            await _cut(scope, receive)
            return
        if fault.status is not None:
            messages = _messages(fault.status, _headers(fault.headers.items()), fault.body)
        else:
            messages = handled or await self._handled(scope, body, entry, send)
        await self._send(messages, entry, fault, send)
        if fault.drop is Drop.TORN:
            await _cut(scope, receive)

    async def _handled(self, scope: Scope, body: bytes, entry: LoggedRequest, send: Send) -> list[Message]:
        """Pass the request on, unless it comes too fast, and collect the answer."""
        address = (scope.get("client") or ("", 0))[0]
        wait = self._rate.wait(address)
        if wait:
            return self._too_many(wait, v1="/v1/" in scope["path"])
        messages: list[Message] = []

        async def replay() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def collect(message: Message) -> None:
            messages.append(message)

        try:
            await self._app(scope, replay, collect)
        except BaseException:  # a bug of ours: the client gets its 500 all the same
            await self._send(messages, entry, Fault(), send)
            raise
        return messages

    def _too_many(self, wait: int, *, v1: bool) -> list[Message]:
        headers = {"retry-after": str(wait)} if self._rate.retry_after else {}
        if not self._rate.worded:
            return _messages(429, _headers(headers.items()), b"")
        words = refusal(RefusalError(429, "Too many requests"), v1=v1)
        return _messages(429, _headers({"content-type": "application/json", **headers}.items()), encode(words.content))

    async def _send(self, messages: list[Message], entry: LoggedRequest, fault: Fault, send: Send) -> None:
        for message in messages:
            if message["type"] == "http.response.start":
                date = format_datetime(self._clock().astimezone(UTC), usegmt=True)
                headers = cast("Headers", list(message["headers"]))
                await send({**message, "headers": [*headers, (b"date", date.encode())]})
                if fault.drop is None:
                    entry.status = message["status"]
            elif fault.drop is Drop.TORN:
                await send({**message, "body": message["body"][: len(message["body"]) // 2], "more_body": True})
            elif fault.drip:
                await _drip(message["body"], fault.drip, send)
            else:
                await send(message)


async def _drip(body: bytes, pause: float, send: Send) -> None:
    for place in range(len(body)):
        await send({"type": "http.response.body", "body": body[place : place + 1], "more_body": True})
        await asyncio.sleep(pause)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _read_all(receive: Receive) -> bytes | None:
    """Read the whole body; None when the client went away, cut short when it is too big to be meant."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size <= _BIGGEST_BODY:
            parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


async def _cut(scope: Scope, receive: Receive) -> None:
    """End the connection at once: the socket where there is one, else by an exception."""
    abort = (scope.get("extensions") or {}).get(ABORT)
    if abort is None:
        raise ConnectionDroppedError("the connection was dropped")
    abort()
    while (await receive())["type"] != "http.disconnect":
        pass


def _logged(scope: Scope, body: bytes) -> LoggedRequest:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    try:
        content = without_secrets(parse_json(body)) if body else None
    except RefusalError:
        content = None
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return LoggedRequest(scope["method"], scope["path"], tuple(query), without_tokens(headers), content)


def _headers(pairs: Iterable[tuple[str, str]]) -> Headers:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs]


def _messages(status: int, headers: Headers, body: bytes) -> list[Message]:
    length = [] if status == 204 else [(b"content-length", str(len(body)).encode())]
    return [
        {"type": "http.response.start", "status": status, "headers": [*headers, *length]},
        {"type": "http.response.body", "body": body, "more_body": False},
    ]
