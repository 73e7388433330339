"""Calls in a daemon thread: in time, given up, cancelled."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from tui_app.credentials.background import Background, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable


def answer(value: str) -> Callable[[Callable[[], bool]], str]:
    return lambda _: value


async def test_a_call_answers_from_a_thread_that_cannot_keep_the_process() -> None:
    assert await Background("test").run(lambda _: threading.current_thread().daemon)


async def test_the_error_of_a_call_reaches_who_waits() -> None:
    with pytest.raises(ZeroDivisionError):
        await Background("test").run(lambda _: 1 // 0)


async def test_after_a_call_that_hangs_the_next_is_refused_until_it_comes_back() -> None:
    background = Background("test", limit=0.05)
    let_go = threading.Event()
    ended = threading.Event()

    def hang(wanted: Callable[[], bool]) -> None:
        let_go.wait()
        assert not wanted()
        ended.set()

    with pytest.raises(NoAnswer):
        await background.run(hang)
    with pytest.raises(NoAnswer):
        await background.run(answer("too early"))

    let_go.set()
    (thread,) = [thread for thread in threading.enumerate() if thread.name == "test"]
    thread.join(timeout=10)
    assert ended.is_set()
    assert await background.run(answer("again")) == "again"


async def test_a_call_that_was_cancelled_does_not_stop_the_next() -> None:
    background = Background("test", limit=10)
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    let_go = threading.Event()

    def work(_: Callable[[], bool]) -> None:
        loop.call_soon_threadsafe(begun.set)
        let_go.wait()

    first = asyncio.create_task(background.run(work))
    await begun.wait()
    first.cancel()
    second = asyncio.create_task(background.run(answer("second")))
    await asyncio.sleep(0)
    let_go.set()

    assert await second == "second"
    assert first.cancelled()


async def test_calls_at_the_same_time_run_one_after_another() -> None:
    background = Background("test")
    running: list[str] = []

    def work(_: Callable[[], bool]) -> int:
        running.append("one")
        together = len(running)
        running.pop()
        return together

    assert await asyncio.gather(*(background.run(work) for _ in range(5))) == [1] * 5
