"""Reads side by side, of which some may fail without taking the others along."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

from tui_app.altegio.errors import AltegioError, LicenceExpired, TokenRefused

A = TypeVar("A")
B = TypeVar("B")


async def attempt(read: Callable[[], Awaitable[A]]) -> A | AltegioError:
    """Give the error of a read as a value; `TokenRefused` and `LicenceExpired` are raised, for they end all reads.

    The read is begun here and not by the caller: one that is stopped before its turn has then never begun.
    """
    try:
        return await read()
    except (TokenRefused, LicenceExpired):
        raise
    except AltegioError as error:
        return error


async def both(first: Coroutine[Any, Any, A], second: Coroutine[Any, Any, B]) -> tuple[A, B]:
    """Await two reads side by side; where one raises, the other is stopped and the error raised as it is."""
    tasks = (asyncio.create_task(first), asyncio.create_task(second))
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def every(reads: Iterable[Coroutine[Any, Any, A]]) -> list[A]:
    """Await reads of one kind side by side, in order; where one raises, the others are stopped."""
    tasks = [asyncio.create_task(read) for read in reads]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
