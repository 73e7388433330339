"""What the tests of the API layer share: an api over a recorder, over the sandbox, and servers that misbehave."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import httpx

from tests.support.sandbox import InProcess
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Dialect
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.requests import BookingInput, ClientInput, EventInput
from tui_app.altegio.resources import Event
from tui_app.altegio.servers import IN_PROCESS, Server, server_of
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.altegio.transport import LARGEST_ANSWER, Transport
from tui_app.sandbox import Sandbox
from tui_app.secret import SecretStr

PARTNER = "partner-secret"
USER = "user-secret"
LOCATION = 4564
at = datetime.fromisoformat


async def no_sleep(_: float) -> None:
    """Return at once, but let others run."""
    await asyncio.sleep(0)


def tokens(user: str | None = USER) -> TokenSource:
    return TokenSource(Tokens(SecretStr(PARTNER), None if user is None else SecretStr(user)))


def transport_over(
    network: httpx.AsyncBaseTransport | None,
    *,
    server: Server = IN_PROCESS,
    auth: TokenSource | None = None,
    pacing: Pacing | None = None,
    time_limit: float = 5.0,
    sleep: Callable[[float], Awaitable[None]] = no_sleep,
    largest_answer: int = LARGEST_ANSWER,
) -> Transport:
    return Transport(
        server,
        auth or tokens(),
        pacing=pacing or Pacing(()),
        network=network,
        time_limit=time_limit,
        jitter=lambda: 0.0,
        sleep=sleep,
        largest_answer=largest_answer,
    )


def sandbox_api(sandbox: Sandbox, dialect: Dialect, role: str = "owner") -> AltegioApi:
    source = TokenSource(Tokens(SecretStr(sandbox.partner_token), SecretStr(sandbox.users[role].token)))
    return AltegioApi(transport_over(InProcess(sandbox), auth=source), dialect)


def unread(answer: httpx.Response) -> httpx.Response:
    """The same answer as it comes from a socket: its body is still to be read."""
    return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(answer.content))


@dataclass
class Recorder:
    """Keeps every request, and answers the given ones in turn, the last for ever."""

    answers: Sequence[httpx.Response | Exception]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return unread(answer)

    @property
    def network(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    def api(self, dialect: Dialect = "activities") -> AltegioApi:
        return AltegioApi(transport_over(self.network), dialect)

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]

    @property
    def body(self) -> dict[str, object]:
        body = json.loads(self.last.content)
        assert isinstance(body, dict)
        return body

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.last.url.query.decode(), keep_blank_values=True)


def answering(*answers: object, status: int = 200) -> Recorder:
    """Answer these documents, one after another."""
    return Recorder([httpx.Response(status, json=answer) for answer in answers])


def resource(kind: str, number: int, **attributes: object) -> dict[str, object]:
    return {"type": kind, "id": str(number), "attributes": attributes}


EVENT = resource("activity", 7, date="2026-03-27T18:00:00+0100", staff_id=1, service_id=2, length=3600, capacity=9)
BOOKING = resource("record", 9, activity_id=7, clients_count=1)


EVENT_INPUT = EventInput(
    team_member_id=1,
    service_id=2,
    resource_ids=(3,),
    tag_ids=(4, 5),
    starts_at=at("2026-03-27 18:00"),
    length=timedelta(minutes=70),
    capacity=12,
)
CLIENT_INPUT = ClientInput(id=None, name="Anna", phone="+4915112345678")
BOOKING_INPUT = BookingInput(client=CLIENT_INPUT, places=1)


def as_input(event: Event) -> EventInput:
    """Everything that a full replace sends back."""
    assert event.team_member_id
    assert event.service_id
    assert event.resource_ids is not None
    assert event.tag_ids is not None
    assert event.length
    assert event.capacity
    return EventInput(
        team_member_id=event.team_member_id,
        service_id=event.service_id,
        resource_ids=event.resource_ids,
        tag_ids=event.tag_ids,
        starts_at=event.starts_at,
        length=event.length,
        capacity=event.capacity,
        technical_break=event.technical_break,
        comment=event.comment or None,
        color=event.color or None,
        instructions=event.instructions or None,
        stream_link=event.stream_link or None,
    )


Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Peer:
    """A server on loopback that does what a test wants with each connection."""

    server: Server
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def peer(behaviour: Behaviour) -> AsyncIterator[Peer]:
    """Read each request whole, then behave."""
    me: Peer | None = None

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert me is not None
        me.connections += 1
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (int(line[15:]) for line in head.split(b"\r\n") if line.lower()[:15] == b"content-length:"), 0
            )
            me.requests.append(head + await reader.readexactly(length))
            await behaviour(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    me = Peer(server_of(f"http://127.0.0.1:{port}/api"))
    async with listener:
        yield me


def reply(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
