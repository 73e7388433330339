"""Ctrl+C stops the doctor, even where something under way swallows the first."""

import asyncio
import os
import signal

from tui_app.doctor.stopping import stoppable


async def test_work_that_nobody_stops_gives_its_result() -> None:
    async def work() -> str:
        return "done"

    assert await stoppable(work()) == "done"


async def test_a_stop_that_is_swallowed_is_asked_for_again() -> None:
    swallowed = 0

    async def work() -> str:
        nonlocal swallowed
        os.kill(os.getpid(), signal.SIGINT)
        while swallowed < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                swallowed += 1
        await asyncio.Event().wait()
        return "never"

    assert await stoppable(work()) is None
    assert swallowed == 2
