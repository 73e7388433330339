"""The first paint of a screen that reads something: once, with what was read, where that comes at once."""

import asyncio
from contextlib import suppress
from functools import cached_property
from typing import Final, TypeVar

from textual import work
from textual.message import Message
from textual.screen import Screen

Result = TypeVar("Result")

STEP: Final = 0.025
STEPS: Final = 6
"""Steps, and seconds of each, for which a first paint waits: after that the screen is shown as it is.

Steps, for a machine that is busy with this very screen makes them longer, and is no server that lets one wait.
"""


class Opened(Message):
    """A screen has had its first paint, or is gone before it."""


class PaintedOnce(Screen[Result]):
    """Holds its first paint back until `reading_ended`, but never for long. `opening` tells that it still does.

    What is typed by then is to wait as well (`TypeAhead`): the focus may be elsewhere once it is known what was read.
    """

    opening = True

    @cached_property
    def _reading_ended(self) -> asyncio.Event:
        return asyncio.Event()

    def reading_ended(self) -> None:
        """Show what there is by now: the reading has ended, in whatever way."""
        self._reading_ended.set()

    @work(group="first-paint", exit_on_error=False)
    async def paint_when_read(self) -> None:
        """Hold all paints back from now on; to be called as the screen is mounted."""
        try:
            with self.app.batch_update():
                for _ in range(STEPS):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._reading_ended.wait(), STEP)
                        break
        finally:
            self._opened()
            for shown in self.app.screen_stack[-1:]:  # none is left at the very end
                shown.refresh()  # the framework forgets what it did not paint meanwhile

    def on_unmount(self) -> None:
        """Keep nothing waiting that was typed for a screen which is gone."""
        if self.opening:
            self._opened()

    def _opened(self) -> None:
        self.opening = False
        self.app.post_message(Opened())
