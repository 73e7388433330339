"""Five a second and two hundred a minute, writes first: without waiting for real."""

import asyncio
import heapq

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_app.altegio.pacing import LIMITS, Pacing, Window


class Time:
    """A clock whose sleepers are woken in order, as soon as nobody else has anything to do."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._count = 0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        awake = asyncio.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, awake))
        await awake.wait()

    async def run(self, *tasks: asyncio.Task[None]) -> None:
        while not all(task.done() for task in tasks):
            for _ in range(5):
                await asyncio.sleep(0)
            if self._sleepers:
                until, _, awake = heapq.heappop(self._sleepers)
                self.now = max(self.now, until)
                awake.set()


def busiest(moments: list[float], seconds: float) -> int:
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


async def sent_at(writes: list[bool]) -> list[tuple[float, bool]]:
    """Let everybody in at once and note when each got through."""
    time = Time()
    pacing = Pacing(monotonic=time.monotonic, sleep=time.sleep)
    sent: list[tuple[float, bool]] = []

    async def one(*, write: bool) -> None:
        await pacing.turn(write=write)
        sent.append((time.now, write))

    await time.run(*(asyncio.create_task(one(write=write)) for write in writes))
    return sent


async def test_five_a_second_and_two_hundred_a_minute() -> None:
    moments = [moment for moment, _ in await sent_at([False] * 450)]
    assert busiest(moments, 1.0) == 5
    assert busiest(moments, 60.0) == 200
    assert moments[-1] < 2 * 60.5 + 15


async def test_writes_go_before_waiting_reads() -> None:
    kinds = [write for _, write in await sent_at([False] * 5 + [False] * 5 + [True] * 3)]
    assert kinds == [False] * 5 + [True] * 3 + [False] * 5


async def test_a_write_overtakes_the_read_that_waits_first_in_line() -> None:
    time = Time()
    pacing = Pacing((Window(1, 1.0),), monotonic=time.monotonic, sleep=time.sleep)
    order: list[str] = []

    async def one(name: str, *, write: bool) -> None:
        await pacing.turn(write=write)
        order.append(name)

    await pacing.turn(write=False)
    reading = asyncio.create_task(one("read", write=False))
    await asyncio.sleep(0)
    writing = asyncio.create_task(one("write", write=True))
    await time.run(reading, writing)
    assert order == ["write", "read"]
    assert time.now == 2.0


async def test_what_can_come_later_lets_reads_and_writes_go_before() -> None:
    time = Time()
    pacing = Pacing((Window(1, 1.0),), monotonic=time.monotonic, sleep=time.sleep)
    order: list[str] = []

    async def one(name: str, *, write: bool = False, later: bool = False) -> None:
        await pacing.turn(write=write, later=later)
        order.append(name)

    later = asyncio.create_task(one("later", later=True))
    second = asyncio.create_task(one("later still", later=True))
    await asyncio.sleep(0)
    rest = [asyncio.create_task(one("read")), asyncio.create_task(one("write", write=True))]
    await time.run(later, second, *rest)
    assert order == ["later", "write", "read", "later still"]


async def test_one_that_gives_up_holds_nobody_back() -> None:
    time = Time()
    pacing = Pacing((Window(1, 1.0),), monotonic=time.monotonic, sleep=time.sleep)
    await pacing.turn(write=False)
    first = asyncio.create_task(pacing.turn(write=False))
    second = asyncio.create_task(pacing.turn(write=False))
    await asyncio.sleep(0)
    first.cancel()
    await time.run(second)
    assert time.now == 1.0
    assert first.cancelled()


async def test_a_hold_stops_everybody() -> None:
    time = Time()
    pacing = Pacing(monotonic=time.monotonic, sleep=time.sleep)
    pacing.hold(3.0)
    assert pacing.pause() == 3.0
    await time.run(asyncio.create_task(pacing.turn(write=True)))
    assert time.now == 3.0


def test_the_limits_are_the_contracts_with_a_little_room() -> None:
    assert [(window.requests, int(window.seconds)) for window in LIMITS] == [(5, 1), (200, 60)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_no_mix_of_reads_and_writes_breaks_the_limit(writes: list[bool]) -> None:
    sent = asyncio.run(sent_at(writes))
    assert len(sent) == len(writes)
    assert busiest([moment for moment, _ in sent], 1.0) <= 5
    assert [write for _, write in sent[5:]] == sorted((write for _, write in sent[5:]), reverse=True)


async def test_requests_that_another_process_has_sent_count() -> None:
    time = Time()
    time.now = 10.0
    pacing = Pacing((Window(2, 1.0),), monotonic=time.monotonic, sleep=time.sleep)
    await pacing.turn(write=False)
    pacing.count([9.5, 8.0])
    assert pacing.pause() == pytest.approx(0.5)
    pacing.count([9.9])
    assert pacing.pause() == pytest.approx(0.9)
