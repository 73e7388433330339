"""The way to the server: connections, time limits, pacing, retry of reads, errors. Only this module knows httpx."""

import asyncio
import json
import logging
import random
import ssl
import sys
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

import httpx
from typing_extensions import override

from tui_app.altegio.calls import Call
from tui_app.altegio.envelope import Answer, Envelope, decipher, http_date, retry_after, unreadable
from tui_app.altegio.errors import (
    AltegioError,
    Delivery,
    Interrupted,
    Malformed,
    OutcomeUnknown,
    ServerFault,
    TimedOut,
    TokenRefused,
    TooMany,
    Unreachable,
)
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.retry import delay_before_retry
from tui_app.altegio.servers import Server
from tui_app.altegio.text import clean
from tui_app.altegio.tokens import Tokens, TokenSource, UnusableToken, authorization
from tui_app.altegio.unpacking import ACCEPTED, PackedWrongly, TooLarge, Unpacker
from tui_app.secret import SecretStr

ASGIApp: TypeAlias = Callable[..., Awaitable[None]]

ACCEPT: Final = "application/vnd.api.v2+json"
UNTOLD_HOLD: Final = 1.0
"""Seconds without requests after a 429 that does not tell how long."""

LARGEST_ANSWER: Final = 20_000_000  # bytes

_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_BROKEN: Final = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError)

TURN: Final = 0.5
"""The part of a write's time that it may wait for its turn: the rest is for the server."""

AT_A_STRETCH: Final = 500
"""Pieces of an answer between two times that others get a turn: they may be of one byte each."""

_FAULTS: Final[Mapping[type[Exception], str]] = {
    TooLarge: "the answer is too long",
    PackedWrongly: "the answer is packed wrongly",
}
_UNUSABLE: Final = "the proxy of the environment, or this machine's certificates, cannot be used"
_CLOSED: Final = "the connection was closed by this program"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class _Bearer(httpx.Auth):
    """Puts the tokens in use on each request; given to every call, it also keeps a `.netrc` away."""

    def __init__(self, source: TokenSource, *, partner_only: bool) -> None:
        self._source = source
        self._partner_only = partner_only

    @override
    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        value = authorization(self._source.current, partner_only=self._partner_only)
        request.headers["Authorization"] = value.get_secret_value()
        yield request


class Transport:
    """Sends calls to one server and deciphers the answers.

    Reads go over kept connections and are sent again after what passes; a write goes over a connection of its own and
    is sent once, for a connection that died idle looks the same as one that died after the work was done. `asgi_app` is
    a server inside this process; `network` takes the place of the sockets in tests. `time_limit` is in seconds and
    holds for each call as a whole.
    """

    def __init__(
        self,
        server: Server,
        auth: TokenSource,
        *,
        pacing: Pacing,
        asgi_app: ASGIApp | None = None,
        network: httpx.AsyncBaseTransport | None = None,
        time_limit: float = 10.0,
        ssl_context: ssl.SSLContext | None = None,
        jitter: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
        largest_answer: int = LARGEST_ANSWER,
    ) -> None:
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)  # at INFO they write whole addresses
        self._server = server
        self._auth = auth
        self._pacing = pacing
        self._network = httpx.ASGITransport(asgi_app, raise_app_exceptions=False) if asgi_app else network
        self._limit = time_limit
        self._ssl_context = ssl_context
        self._jitter = jitter
        self._sleep = sleep
        self._monotonic = monotonic
        self._now = now
        self._largest = largest_answer
        self._opening = asyncio.Lock()
        self._clients: tuple[httpx.AsyncClient, httpx.AsyncClient] | None = None
        self._closed = False
        self.last_contact: datetime | None = None
        self.server_date: datetime | None = None

    @property
    def server(self) -> Server:
        """The server that the tokens go to."""
        return self._server

    @property
    def time_limit(self) -> float:
        """Seconds that a call may take."""
        return self._limit

    @property
    def crowded(self) -> bool:
        """Whether a request waits for its turn: else each that was begun is on its way."""
        return self._pacing.crowded

    def set_tokens(self, tokens: Tokens) -> None:
        """Use other tokens from the next request on."""
        self._auth.replace(tokens)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections for reads and those for writes; nothing can be sent after it."""
        self._closed = True
        clients, self._clients = self._clients, None
        for client in clients or ():
            await client.aclose()

    async def send(self, call: Call) -> Envelope:
        """Send a call and answer what came back. Raises the errors of `tui_app.altegio.errors`."""
        if self._closed:
            raise Unreachable(call.operation, message=_CLOSED)
        try:
            authorization(self._auth.current, partner_only=call.partner_only)
        except UnusableToken as error:
            raise TokenRefused(call.operation, message=str(error), delivery=Delivery.NOT_SENT) from None
        if call.write:
            return await self._write(call)
        return await self._read(call)

    async def _write(self, call: Call) -> Envelope:
        ends = self._monotonic() + self._limit
        await self._turn(call, self._limit * TURN)
        reads_and_writes = await self._open(call)
        try:
            async with asyncio.timeout(ends - self._monotonic()):
                answer = await self._exchange(reads_and_writes[1], call)
        except _NOT_SENT as error:
            raise Unreachable(call.operation, message=_words(error)) from None
        except TimeoutError:
            raise OutcomeUnknown(call.operation, message=f"no answer within {self._limit:g} s") from None
        except (TooLarge, PackedWrongly) as error:
            raise unreadable(call.operation, _FAULTS[type(error)], status=None, write=True) from None
        except _BROKEN as error:
            raise OutcomeUnknown(call.operation, message=_words(error)) from None
        if answer.status == httpx.codes.TOO_MANY_REQUESTS:
            self._pacing.hold(retry_after(answer.headers, self._now()) or UNTOLD_HOLD)
        return decipher(call.operation, answer, write=True, now=self._now())

    async def _read(self, call: Call) -> Envelope:
        ends = self._monotonic() + self._limit
        last: AltegioError | None = None
        try:
            async with asyncio.timeout(self._limit):
                attempt = 0
                while True:
                    attempt += 1
                    try:
                        return await self._read_once(call, ends)
                    except AltegioError as error:
                        delay = self._delay(call, error, attempt)
                        if delay is None or self._monotonic() + delay >= ends:
                            raise
                        last = error
                    await self._sleep(delay)
        except TimeoutError:
            raise last or TimedOut(call.operation, message=f"no answer within {self._limit:g} s") from None

    def _delay(self, call: Call, error: AltegioError, attempt: int) -> float | None:
        told = error.retry_after if isinstance(error, (TooMany, ServerFault)) else None
        delay = delay_before_retry(error, attempt, jitter=self._jitter(), told=told) if call.repeat else None
        if isinstance(error, TooMany) and error.delivery is Delivery.ANSWERED:
            self._pacing.hold(delay if delay is not None else told or UNTOLD_HOLD)
        return delay

    async def _read_once(self, call: Call, ends: float) -> Envelope:
        await self._turn(call, ends - self._monotonic())
        clients = await self._open(call)
        try:
            answer = await self._exchange(clients[0] if call.repeat else clients[1], call)
        except _NOT_SENT as error:
            raise Unreachable(call.operation, message=_words(error)) from None
        except httpx.TimeoutException:
            raise TimedOut(call.operation, message=f"no answer within {self._limit:g} s") from None
        except (TooLarge, PackedWrongly) as error:
            raise unreadable(call.operation, _FAULTS[type(error)], status=None, write=False) from None
        except _BROKEN as error:
            raise Interrupted(call.operation, message=_words(error)) from None
        return decipher(call.operation, answer, write=False, now=self._now())

    async def _turn(self, call: Call, patience: float) -> None:
        if self._pacing.pause() < patience:
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._pacing.turn(write=call.write, later=call.later)
                    return
        raise TooMany(
            call.operation,
            message="this desk keeps to the server's limit of requests",
            status=None,
            retry_after=self._pacing.pause(),
            delivery=Delivery.NOT_SENT,
        )

    async def _exchange(self, client: httpx.AsyncClient, call: Call) -> Answer:
        request = self._request(client, call)
        auth = _Bearer(self._auth, partner_only=call.partner_only)
        response = await client.send(request, auth=auth, stream=True)
        try:
            self.last_contact = self._now()
            self.server_date = http_date(response.headers.get("date", "")) or self.server_date
            unpacker = Unpacker(response.headers.get("content-encoding", ""), self._largest)
            pieces = 0
            async for piece in response.aiter_raw():
                unpacker.feed(piece)
                pieces += 1
                if not pieces % AT_A_STRETCH:
                    await asyncio.sleep(0)
        finally:
            await response.aclose()
        return Answer(response.status_code, dict(response.headers.items()), unpacker.whole())

    def _request(self, client: httpx.AsyncClient, call: Call) -> httpx.Request:
        headers = {"Accept": ACCEPT, "Accept-Encoding": ACCEPTED}
        content = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            try:
                content = json.dumps(call.body, ensure_ascii=False, allow_nan=False, default=_revealed).encode()
            except ValueError:
                raise Malformed(call.operation, status=None, delivery=Delivery.NOT_SENT) from None
        url = self._server.root(call.version) + call.path
        return client.build_request(call.method, url, params=call.params or None, headers=headers, content=content)

    async def _open(self, call: Call) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
        async with self._opening:
            if self._closed:
                raise Unreachable(call.operation, message=_CLOSED)
            if self._clients is None:
                try:
                    self._clients = await self._new_clients()
                except (ImportError, ValueError, OSError, httpx.InvalidURL):  # its words may hold a proxy's password
                    raise Unreachable(call.operation, message=_UNUSABLE) from None
            return self._clients

    async def _new_clients(self) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
        if self._ssl_context is None and self._network is None:
            plain = self._server.v2.startswith("http:")
            make = _no_trust if plain else system_trust
            self._ssl_context = await asyncio.to_thread(make)  # takes 20 ms: too long for the loop
        shared: dict[str, Any] = {
            "verify": self._ssl_context or True,
            "transport": self._network,
            "timeout": httpx.Timeout(self._limit, connect=self._limit / 3, pool=self._limit / 3),
            "follow_redirects": False,
            "trust_env": not self._server.loopback,  # what stays on this machine goes through no proxy
        }
        reads = httpx.AsyncClient(**shared)
        return reads, httpx.AsyncClient(**shared, limits=httpx.Limits(max_keepalive_connections=0))


def system_trust() -> ssl.SSLContext:
    """Trust what the system trusts; where it has no certificates at all, those that come with certifi.

    On macOS that is the keychain, of which OpenSSL knows nothing: a company's own roots are there.
    """
    if sys.platform == "darwin":
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    folder = bool(paths.capath) and any(Path(paths.capath).iterdir())
    if not context.cert_store_stats()["x509_ca"] and not folder:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _no_trust() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used: the server speaks plain http on this machine


def _revealed(value: object) -> str:
    if not isinstance(value, SecretStr):
        raise TypeError("this cannot be sent")
    return value.get_secret_value()


def _words(error: Exception) -> str:
    return clean(str(error))[:200]
