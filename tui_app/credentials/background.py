"""Calls that may never come back: each in a daemon thread with a limit, so that the process can always end."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")

TIME_LIMIT: Final = 3.0  # seconds


class NoAnswer(Exception):
    """The call did not come back within its limit, or an earlier one is still out; it may still have its effect."""


class Background:
    """Runs one call at a time in a daemon thread; after one that never ends, later ones are refused at once.

    `asyncio.to_thread` is no choice: its threads are joined when the process ends, and a hanging one never can be.
    """

    def __init__(self, name: str, limit: float = TIME_LIMIT) -> None:
        self._name = name
        self._limit = limit
        self._turn = asyncio.Lock()
        self._out: Future[None] = _finished()
        self._given_up = False

    async def run(self, work: Callable[[Callable[[], bool]], Value]) -> Value:
        """Run `work`, which is given a function that tells whether its answer is still wanted, to ask before it writes.

        Raises NoAnswer after the limit (seconds), and whatever `work` raises.
        """
        async with self._turn:
            await self._wait_for_the_last()
            answer: Future[Value] = Future()
            wanted = threading.Event()
            wanted.set()
            self._start(answer, lambda: work(wanted.is_set))
            try:
                return await self._in_time(asyncio.wrap_future(answer))
            finally:
                wanted.clear()

    async def _wait_for_the_last(self) -> None:
        """Wait for a call whose caller was cancelled; it comes back soon, unless it has used up its time already."""
        if self._out.done():
            self._given_up = False
        elif self._given_up:
            raise NoAnswer
        else:
            await self._in_time(asyncio.wrap_future(self._out))

    async def _in_time(self, answer: asyncio.Future[Value]) -> Value:
        try:
            async with asyncio.timeout(self._limit):
                return await answer
        except TimeoutError:
            self._given_up = True
            raise NoAnswer from None

    def _start(self, answer: Future[Value], work: Callable[[], Value]) -> None:
        out: Future[None] = Future()
        for future in (answer, out):
            future.set_running_or_notify_cancel()  # from now on no caller's cancellation can close it

        def run() -> None:
            try:
                answer.set_result(work())
            except BaseException as error:  # noqa: BLE001  carried whole to the task that waits for it
                answer.set_exception(error)
            finally:
                out.set_result(None)

        self._out = out
        threading.Thread(target=run, name=self._name, daemon=True).start()


def _finished() -> Future[None]:
    future: Future[None] = Future()
    future.set_result(None)
    return future
