"""Looking after a write whose outcome nobody knows: a look that fails leaves it unknown, it is no refusal."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui_app.altegio.errors import AltegioError, OutcomeUnknown
from tui_app.desk.trouble import DeskError

T = TypeVar("T")


async def look_after(unknown: OutcomeUnknown, look: Callable[[], Awaitable[T]]) -> T:
    """Read what came of a write; raises `unknown` itself where that cannot be read.

    The error of the look must not take its place: it would be taken for the write's own, and the write for not done.
    """
    try:
        return await look()
    except (AltegioError, DeskError) as error:
        raise unknown from error
