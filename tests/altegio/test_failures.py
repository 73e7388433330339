"""What a real socket can do to a request: reads end in time, writes never go twice."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.altegio.support import Behaviour, Peer, peer, reply, transport_over
from tui_app.altegio import errors
from tui_app.altegio.calls import Call
from tui_app.altegio.errors import AltegioError, Delivery
from tui_app.altegio.servers import Server, server_of
from tui_app.altegio.transport import system_trust

READ = Call(operation="read it", path="things")
WRITE = Call(operation="write it", method="POST", path="things", body={"a": 1}, write=True)
GOOD = b'{"data": {"id": 1}}'
LIMIT = 0.25
"""How long a call may take where the other side never comes to an end."""

PATIENCE = 30.0
"""How long where it does: longer than a busy machine may need."""

DRIP = 0.01


async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()  # until the other side gives up


async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    writer.transport.abort()


async def cut(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + GOOD)
    await writer.drain()


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    gives_up = asyncio.create_task(reader.read())
    while not gives_up.done():
        writer.write(b" ")
        await asyncio.wait([gives_up], timeout=DRIP)
    await gives_up


async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
        await writer.drain()


async def talk_nonsense(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    await writer.drain()


def saying(body: bytes, status: str = "200 OK", *headers: str) -> Behaviour:
    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(reply(body, status, *headers))
        await writer.drain()

    return behave


@asynccontextmanager
async def nobody() -> AsyncIterator[Server]:
    """Give an address that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield server_of(f"http://127.0.0.1:{taken.getsockname()[1]}/api")


async def failure(server: Server, call: Call, limit: float = PATIENCE) -> AltegioError:
    transport = transport_over(None, server=server, time_limit=limit, largest_answer=500_000)
    async with transport, asyncio.timeout(2 * PATIENCE):
        with pytest.raises(AltegioError) as raised:
            await transport.send(call)
    return raised.value


MATRIX: list[tuple[Behaviour, type[AltegioError], type[AltegioError]]] = [
    (say_nothing, errors.TimedOut, errors.OutcomeUnknown),
    (drip, errors.TimedOut, errors.OutcomeUnknown),
    (close, errors.Interrupted, errors.OutcomeUnknown),
    (reset, errors.Interrupted, errors.OutcomeUnknown),
    (cut, errors.Interrupted, errors.OutcomeUnknown),
    (flood, errors.Unreadable, errors.OutcomeUnknown),
    (talk_nonsense, errors.Interrupted, errors.OutcomeUnknown),
    (saying(b"<html>", "502 Bad Gateway"), errors.ServerFault, errors.OutcomeUnknown),
    (saying(b"<html>hotel wifi</html>"), errors.Unreadable, errors.OutcomeUnknown),
    (saying(b"\x1f\x8bnope", "200 OK", "Content-Encoding: gzip"), errors.Unreadable, errors.OutcomeUnknown),
    (saying(b"", "302 Found", "Location: http://127.0.0.1:1/"), errors.Redirected, errors.Redirected),
    (saying(b"", "429 Too Many Requests", "Retry-After: 60"), errors.TooMany, errors.TooMany),
]
ENDLESS = {say_nothing, drip}
NAMES = ["hang", "drip", "close", "reset", "cut", "flood", "nonsense", "502", "html", "gzip", "redirect", "429"]


def limit_for(behaviour: Behaviour) -> float:
    return LIMIT if behaviour in ENDLESS else PATIENCE


@pytest.mark.parametrize(("behaviour", "on_read", "on_write"), MATRIX, ids=NAMES)
async def test_a_read_ends_with_the_right_error_in_time(
    behaviour: Behaviour, on_read: type[AltegioError], on_write: type[AltegioError]
) -> None:
    del on_write
    async with peer(behaviour) as other:
        assert type(await failure(other.server, READ, limit_for(behaviour))) is on_read


@pytest.mark.parametrize(("behaviour", "on_read", "on_write"), MATRIX, ids=NAMES)
async def test_a_write_ends_with_the_right_error_in_time_and_goes_once(
    behaviour: Behaviour, on_read: type[AltegioError], on_write: type[AltegioError]
) -> None:
    del on_read
    async with peer(behaviour) as other:
        assert type(await failure(other.server, WRITE, limit_for(behaviour))) is on_write
    assert (other.connections, len(other.requests)) == (1, 1)


@pytest.mark.parametrize("call", [READ, WRITE])
async def test_nobody_there_means_nothing_was_sent(call: Call) -> None:
    async with nobody() as server:
        error = await failure(server, call)
    assert type(error) is errors.Unreachable
    assert error.delivery is Delivery.NOT_SENT


async def test_a_read_comes_through_after_the_connection_broke() -> None:
    turns: list[Behaviour] = [close, reset, cut, saying(GOOD)]

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await turns.pop(0)(reader, writer)

    async with peer(behave) as other, transport_over(None, server=other.server) as transport:
        assert (await transport.send(READ)).data == {"id": 1}
    assert not turns


async def keep_answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(reply(GOOD))
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower()[:15] == b"content-length:"), 0)
        await reader.readexactly(length)


async def connections_after(call: Call, *, times: int) -> Peer:
    async with peer(keep_answering) as other:
        async with transport_over(None, server=other.server) as transport:
            for _ in range(times):
                await transport.send(call)
        return other


async def test_reads_share_a_connection() -> None:
    assert (await connections_after(READ, times=3)).connections == 1


async def test_every_write_has_a_connection_of_its_own() -> None:
    assert (await connections_after(WRITE, times=3)).connections == 3


async def test_a_write_that_is_cancelled_leaves_the_transport_usable() -> None:
    waiting = asyncio.Event()

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not waiting.is_set():
            waiting.set()
            await reader.read()
        else:
            await saying(GOOD)(reader, writer)

    async with peer(behave) as other, transport_over(None, server=other.server) as transport:
        task = asyncio.create_task(transport.send(WRITE))
        await waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await transport.send(WRITE)).data == {"id": 1}


async def test_the_environment_cannot_divert_what_stays_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login stranger password stranger\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with peer(saying(GOOD)) as other, transport_over(None, server=other.server) as transport:
        await transport.send(WRITE)
    assert b"Authorization: Bearer partner-secret, User user-secret" in other.requests[0]
    assert b"Basic" not in other.requests[0]


async def test_a_proxy_of_the_environment_is_used_for_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    async with peer(saying(b"", "403 Forbidden")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.server.v2.removesuffix("/api/v2/"))
        error = await failure(server_of("https://studio.invalid/api"), WRITE)
    assert type(error) is errors.Unreachable
    assert proxy.requests[0].startswith(b"CONNECT studio.invalid:443 ")
    assert b"partner-secret" not in proxy.requests[0]


@pytest.mark.parametrize(
    "address",
    [
        "nonsense://127.0.0.1:1",
        "nonsense://desk:hunter2@127.0.0.1:1",
        "http://desk:hunter2@127.0.0.1:port",
        "http://desk:hunter2/more@127.0.0.1:1",
    ],
)
async def test_a_proxy_that_cannot_be_used_is_said_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    error = await failure(server_of("https://studio.invalid/api"), WRITE)
    assert type(error) is errors.Unreachable
    assert "proxy" in error.message
    assert not any(part in error.message for part in ("desk", "hunter2"))


async def test_a_proxy_gets_its_own_password_and_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    async with peer(saying(b"", "407 Proxy Authentication Required")) as proxy:
        host = proxy.server.v2.removesuffix("/api/v2/").removeprefix("http://")
        monkeypatch.setenv("HTTPS_PROXY", f"http://desk:hunter2@{host}")
        error = await failure(server_of("https://studio.invalid/api"), WRITE)
    assert type(error) is errors.Unreachable
    assert "hunter2" not in error.message
    assert b"Proxy-Authorization: Basic " in proxy.requests[0]
    assert b"partner-secret" not in proxy.requests[0]
    assert b"user-secret" not in proxy.requests[0]


def test_the_systems_certificates_are_trusted() -> None:
    context = system_trust()
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] or any(os.scandir("/etc/ssl/certs"))


def test_without_any_the_bundled_certificates_are_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert system_trust().cert_store_stats()["x509_ca"] > 50
