"""What the server has told of clients a moment ago: a question asked again, or a narrower one, costs no request."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from tui_app.altegio.resources import ClientHit
from tui_app.desk.client_matching import Wanted, ranked
from tui_app.desk.phones import is_withheld

KEPT_FOR: Final = timedelta(seconds=60)
"""How long an answer serves again: while letters are typed and taken back, and for the Enter behind them."""

NOBODY_FOR: Final = timedelta(seconds=15)
"""How long it serves where it was nobody: another desk may just be making the card."""

MOST_KEPT: Final = 64

GRACE_S: Final = 0.05
"""Seconds for which a question that still waits to be sent is kept when nobody wants its answer any more."""


class Found(Struct, frozen=True):
    """The best matches first; `complete` tells whether these are all, so that a single one is the only one."""

    hits: tuple[ClientHit, ...]
    complete: bool


class _Asking:
    """A question under way, and how many wait for it."""

    __slots__ = ("task", "waiting")

    def __init__(self, task: asyncio.Task[Found]) -> None:
        self.task = task
        self.waiting = 0


class Answers:
    """The answers to one kind of call, as they came.

    Whoever asks what is being asked already waits for the same answer. One that nobody waits for any more is kept all
    the same, for a request that was sent costs no less when its answer is thrown away, and its connection with it; only
    where requests are `crowded`, waiting for their turn, it gives way to newer ones.
    """

    def __init__(self, instant: Callable[[], datetime], crowded: Callable[[], bool]) -> None:
        self._instant = instant
        self._crowded = crowded
        self._kept: OrderedDict[Wanted, tuple[Found, datetime]] = OrderedDict()
        self._asking: dict[Wanted, _Asking] = {}

    @property
    def busy(self) -> bool:
        """Whether a question is under way."""
        return bool(self._asking)

    def kept(self, wanted: Wanted) -> Found | None:
        """The answer of a moment ago to this question, or to a wider one that told all there are."""
        now = self._instant()
        for asked, (found, at) in reversed(self._kept.items()):
            age = abs(now - at)
            if age > (KEPT_FOR if found.hits else NOBODY_FOR):
                continue
            known = found if asked == wanted else narrow(asked, found, wanted)
            if known is not None:
                return known
        return None

    async def ask(self, wanted: Wanted, send: Callable[[], Awaitable[Found]]) -> Found:
        """The kept answer, the one on its way, or else that which `send` brings; raises what it raises."""
        known = self.kept(wanted)
        if known is not None:
            return known
        asking = self._asking.get(wanted)
        if asking is None:
            asking = self._asking[wanted] = _Asking(
                asyncio.create_task(self._answer(wanted, send), name="find clients")
            )
            asking.task.add_done_callback(_look_at_error)
        asking.waiting += 1
        try:
            return await asyncio.shield(asking.task)
        finally:
            asking.waiting -= 1
            if not asking.waiting and not asking.task.done():
                asyncio.get_running_loop().call_later(GRACE_S, self._give_way, wanted, asking)

    def forget(self) -> None:
        """Drop all answers, those on their way too: a card may have been made."""
        self._kept.clear()
        self._asking.clear()

    async def _answer(self, wanted: Wanted, send: Callable[[], Awaitable[Found]]) -> Found:
        me = asyncio.current_task()
        try:
            found = await send()
            if self._is_asking(wanted, me):
                self._keep(wanted, found)
            return found
        finally:
            if self._is_asking(wanted, me):
                del self._asking[wanted]

    def _is_asking(self, wanted: Wanted, task: asyncio.Task[Found] | None) -> bool:
        asking = self._asking.get(wanted)
        return asking is not None and asking.task is task

    def _keep(self, wanted: Wanted, found: Found) -> None:
        self._kept[wanted] = (found, self._instant())
        self._kept.move_to_end(wanted)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def _give_way(self, wanted: Wanted, asking: _Asking) -> None:
        if asking.waiting or not self._crowded():
            return
        asking.task.cancel()
        if self._is_asking(wanted, asking.task):  # whoever asks from now on begins anew
            del self._asking[wanted]


def narrow(wider: Wanted, found: Found, wanted: Wanted) -> Found | None:
    """The answer to a question from that to a wider one, as letters are added; None: only the server can tell.

    What the server found by a withheld phone tells nothing of a longer one, and where it had found somebody and none of
    them is left, nobody is not said without asking.
    """
    if not found.complete or not wanted.within(wider):
        return None
    if wanted.phone and any(is_withheld(hit.phone) for hit in found.hits):
        return None
    hits = ranked(found.hits, wanted)
    return Found(hits, complete=True) if hits or not found.hits else None


def _look_at_error(task: asyncio.Task[Found]) -> None:
    """Keep an error that nobody waited for from being reported as lost."""
    if not task.cancelled():
        task.exception()
