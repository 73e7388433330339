"""Answers without measure: refused in words, in time, and with little memory taken; the loop is never held up."""

import asyncio
import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from tests.altegio.support import Behaviour, answering, peer, reply, transport_over
from tui_app.altegio import errors
from tui_app.altegio.calls import Call
from tui_app.altegio.envelope import MOST_VALUES, BrokenAnswer, read_body
from tui_app.altegio.errors import AltegioError
from tui_app.altegio.pacing import Pacing, Window
from tui_app.altegio.transport import LARGEST_ANSWER
from tui_app.altegio.unpacking import PackedWrongly, TooLarge, Unpacker

READ = Call(operation="read it", path="things")
WRITE = Call(operation="write it", method="POST", path="things", body={"a": 1}, write=True)
MEGABYTE = 1_000_000
PATIENCE = 30.0
GOOD = b'{"data": {"id": 1}}'


def bomb(times: int = 1) -> bytes:
    """Make sixty million spaces small, packed once or several times over."""
    packed = b" " * 60 * MEGABYTE
    for _ in range(times):
        packed = gzip.compress(packed, compresslevel=1)
    return packed


def sending(head: bytes, endless: bytes = b"") -> Behaviour:
    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        await writer.drain()
        while endless:
            writer.write(endless)
            await writer.drain()

    return behave


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
HEADERS = b"X-Header: and one more of the many\r\n" * 1_000
PIECE = b"10000\r\n" + b" " * 0x10000 + b"\r\n"

BOUNDS: dict[str, tuple[Callable[[], Behaviour], type[AltegioError], str]] = {
    "gzip bomb": (lambda: sending(reply(bomb(), "200 OK", "Content-Encoding: gzip")), errors.Unreadable, "too long"),
    "bomb in bombs": (
        lambda: sending(reply(bomb(3), "200 OK", "Content-Encoding: gzip, gzip, gzip")),
        errors.Unreadable,
        "packed wrongly",
    ),
    "packing not asked for": (
        lambda: sending(reply(GOOD, "200 OK", "Content-Encoding: br")),
        errors.Unreadable,
        "packed",
    ),
    "chunks without end": (lambda: sending(CHUNKED, PIECE), errors.Unreadable, "too long"),
    "more than it said": (lambda: sending(reply(b" " * (LARGEST_ANSWER + 1))), errors.Unreadable, "too long"),
    "headers without end": (lambda: sending(HEAD, HEADERS), errors.Interrupted, ""),
    "trailers without end": (lambda: sending(CHUNKED + b"0\r\n", HEADERS), errors.Interrupted, ""),
    "promises without end": (lambda: sending(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 500), errors.TimedOut, "0.6 s"),
    "chunks of a byte": (lambda: sending(CHUNKED, b"1\r\n \r\n" * 2_000), errors.TimedOut, "0.6 s"),
    "values without end": (lambda: sending(reply(b"[" + b"[]," * 5 * MEGABYTE)), errors.Unreadable, "holds too much"),
    "deep": (lambda: sending(reply(b"[" * 5 * MEGABYTE)), errors.Unreadable, "holds too much"),
}


@pytest.mark.parametrize("name", BOUNDS)
async def test_what_has_no_measure_is_refused_in_time_and_takes_little_memory(name: str) -> None:
    make, kind, words = BOUNDS[name]
    behaviour = make()
    limit = 0.6 if kind is errors.TimedOut else PATIENCE  # a busy machine may take its time over the others
    async with peer(behaviour) as other, transport_over(None, server=other.server, time_limit=limit) as transport:
        tracemalloc.start()
        async with asyncio.timeout(2 * PATIENCE):
            with pytest.raises(AltegioError) as raised:
                await transport.send(READ)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert type(raised.value) is kind
    assert words in raised.value.message
    assert peak < 4 * LARGEST_ANSWER


async def test_a_screen_stays_alive_while_bytes_drip_in_by_the_thousand() -> None:
    async def longest_pause() -> float:
        longest, before = 0.0, time.thread_time()  # what others on this machine take does not count
        while True:
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                return longest
            now = time.thread_time()
            longest, before = max(longest, now - before), now

    drip = sending(CHUNKED, b"1\r\n \r\n" * 2_000)
    async with peer(drip) as other, transport_over(None, server=other.server, time_limit=0.5) as transport:
        watch = asyncio.create_task(longest_pause())
        with pytest.raises(errors.TimedOut):
            await transport.send(READ)
        watch.cancel()
        assert await watch < 0.25


async def test_the_whole_of_a_write_keeps_to_its_time_waiting_for_its_turn_included() -> None:
    pacing = Pacing((Window(1, 0.3),))
    await pacing.turn(write=False)
    hang = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()
        hang.set()

    async with peer(say_nothing) as other:
        async with transport_over(None, server=other.server, pacing=pacing, time_limit=0.8) as transport:
            started = asyncio.get_running_loop().time()
            with pytest.raises(errors.OutcomeUnknown):
                await transport.send(WRITE)
            assert asyncio.get_running_loop().time() - started < 1.05
        await hang.wait()


async def test_a_write_whose_turn_would_leave_it_no_time_is_not_sent() -> None:
    pacing = Pacing((Window(1, 0.9),))
    await pacing.turn(write=False)
    recorder = answering({"data": 1})
    async with transport_over(recorder.network, pacing=pacing, time_limit=1.0) as transport:
        with pytest.raises(errors.TooMany) as raised:
            await transport.send(WRITE)
    assert raised.value.delivery is errors.Delivery.NOT_SENT
    assert not recorder.requests


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate", "GZIP", "identity", ""])
def test_a_body_is_unpacked_whatever_its_pieces(packing: str) -> None:
    kind = packing.lower().removeprefix("x-")
    packed = {"gzip": gzip.compress(GOOD), "deflate": zlib.compress(GOOD)}.get(kind, GOOD)
    unpacker = Unpacker(packing, 1_000)
    for place in range(len(packed)):
        unpacker.feed(packed[place : place + 1])
    assert unpacker.whole() == GOOD


def test_a_body_of_nothing_may_say_that_it_is_packed() -> None:
    assert Unpacker("gzip", 10).whole() == b""


def test_a_packed_body_that_was_cut_is_told() -> None:
    unpacker = Unpacker("gzip", 1_000)
    unpacker.feed(gzip.compress(GOOD)[:-9])
    with pytest.raises(PackedWrongly):
        unpacker.whole()


def test_padding_behind_a_packed_body_counts_too() -> None:
    unpacker = Unpacker("gzip", 100)
    unpacker.feed(gzip.compress(GOOD))
    with pytest.raises(TooLarge):
        unpacker.feed(b" " * 100)


@pytest.mark.parametrize("many", [b"[" + b"1," * MOST_VALUES + b"1]", b"{" * (MOST_VALUES + 1), b"[" * 100_000])
def test_values_beyond_measure_are_no_answer(many: bytes) -> None:
    with pytest.raises(BrokenAnswer):
        read_body(many)


async def test_no_packing_is_asked_for_that_is_not_understood() -> None:
    recorder = answering({"data": 1})
    async with transport_over(recorder.network) as transport:
        await transport.send(READ)
    assert recorder.last.headers["accept-encoding"] == "gzip, deflate"
