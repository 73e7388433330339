"""The first paint of a screen that reads something: once, with what was read, where that comes at once."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from textual.screen import Screen

STEP: Final = 0.025
STEPS: Final = 6
"""Steps, and seconds of each, for which a first paint waits: after that the screen is shown as it is.

Steps, for a machine that is busy with this very screen makes them longer, and is no server that lets one wait.
"""


async def paint_once(screen: Screen[Any], read: asyncio.Event) -> None:
    """Hold all paints back until `read` is set, but never for long; keys act meanwhile, and are seen with the paint."""
    try:
        with screen.app.batch_update():
            for _ in range(STEPS):
                with suppress(TimeoutError):
                    await asyncio.wait_for(read.wait(), STEP)
                    break
    finally:
        for shown in screen.app.screen_stack[-1:]:  # none is left at the very end
            shown.refresh()  # the framework forgets what it did not paint meanwhile
