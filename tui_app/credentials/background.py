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
        self._thread: threading.Thread | None = None

    async def run(self, work: Callable[[Callable[[], bool]], Value]) -> Value:
        """Run `work`, which is given a function that tells whether its answer is still wanted, to ask before it writes.

        Raises NoAnswer after the limit (seconds), and whatever `work` raises.
        """
        async with self._turn:
            if self._thread is not None and self._thread.is_alive():
                raise NoAnswer
            answer: Future[Value] = Future()
            answer.set_running_or_notify_cancel()
            wanted = threading.Event()
            wanted.set()

            def run() -> None:
                try:
                    answer.set_result(work(wanted.is_set))
                except BaseException as error:  # noqa: BLE001  carried whole to the task that waits for it
                    answer.set_exception(error)

            self._thread = threading.Thread(target=run, name=self._name, daemon=True)
            self._thread.start()
            try:
                async with asyncio.timeout(self._limit):
                    value = await asyncio.wrap_future(answer)
            except TimeoutError:
                raise NoAnswer from None
            finally:
                wanted.clear()
            self._thread = None  # its work is done: what is left of it is no reason to refuse the next call
            return value
