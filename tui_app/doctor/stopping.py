"""Ctrl+C in the middle of the report: asked again until it is heeded."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")

AGAIN: Final = 0.1
"""Seconds until work that has not stopped is told again: a connection that is just being made can swallow the first."""


async def stoppable(work: Coroutine[Any, Any, T]) -> T | None:
    """Do some work to its end; None where Ctrl+C has stopped it."""
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)

    def stop() -> None:
        if not task.done():
            task.cancel()
            loop.call_later(AGAIN, stop)

    with suppress(NotImplementedError):  # on Windows the interpreter's own handler has to do
        loop.add_signal_handler(signal.SIGINT, stop)
    try:
        return await task
    except asyncio.CancelledError:
        return None
    finally:
        with suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGINT)
