"""All pages of a listing, within bounds: a server that repeats itself is not followed for ever."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol, TypeVar

from tui_app.altegio.envelope import BrokenAnswer, Envelope, unreadable
from tui_app.altegio.wire.items import Item, read_all
from tui_app.altegio.wire.lenient import to_id

MOST_PAGES: Final = 40
"""Pages that are asked for; a listing that still goes on then has no end."""

logger = logging.getLogger(__name__)


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> int:
        """The number that tells it apart."""
        ...


I = TypeVar("I", bound=Identified)  # noqa: E741  the name that the type has everywhere
T = TypeVar("T")


class ListNotes:
    """How many objects of the last answer to each listing could not be read, and which listings were cut short."""

    def __init__(self) -> None:
        self._dropped: dict[str, int] = {}
        self._cut: set[str] = set()

    def dropped(self, operation: str) -> int:
        """Tell how many objects the last listing of this kind left out as broken."""
        return self._dropped.get(operation, 0)

    def cut_short(self, operation: str) -> bool:
        """Tell whether the last listing of this kind had, or may have had, more pages than were read."""
        return operation in self._cut

    def note(self, operation: str, *, dropped: int, cut_short: bool = False) -> None:
        """Keep what a listing left out, and log the numbers: never what was in them."""
        self._dropped[operation] = dropped
        (self._cut.add if cut_short else self._cut.discard)(operation)
        if dropped or cut_short:
            logger.warning("%s: %d broken objects left out, cut short: %s", operation, dropped, cut_short)


async def read_pages(
    operation: str,
    fetch: Callable[[int], Awaitable[Envelope]],
    read: Callable[[Item], I],
    *,
    page_size: int,
    notes: ListNotes,
) -> tuple[I, ...]:
    """Read pages from 1 on until one is short or brings nothing new. Raises Unreadable, also for pages without end.

    A server that sends the same page again is taken to know no other, and its listing is noted as cut short.
    """
    found: dict[int, I] = {}
    dropped, number, more, full = 0, 0, True, False
    while more and number < MOST_PAGES:
        number += 1
        envelope = await fetch(number)
        good, broken = readable(operation, envelope, read)
        before = len(found)
        for item in good:
            found.setdefault(item.id, item)
        dropped += broken
        full = len(good) + broken >= _full_page(envelope, page_size)
        more = full and len(found) > before
    notes.note(operation, dropped=dropped, cut_short=full)
    if more:
        raise unreadable(operation, "the server's pages have no end", status=None, write=False)
    return tuple(found.values())


def _full_page(envelope: Envelope, wanted: int) -> int:
    """How many objects fill a page: a server may allow fewer than were asked for, and say so in `meta` (contract 3)."""
    pagination = (envelope.meta or {}).get("pagination")
    allowed = to_id(pagination.get("limit")) if isinstance(pagination, dict) else None
    return min(wanted, allowed or wanted)


def readable(operation: str, envelope: Envelope, read: Callable[[Item], T]) -> tuple[Sequence[T], int]:
    """Read the objects of one answer, and count the broken ones. Raises Unreadable."""
    try:
        return read_all(envelope, read)
    except BrokenAnswer as error:
        raise unreadable(operation, str(error), status=None, write=False) from None
