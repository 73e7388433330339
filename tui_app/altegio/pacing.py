"""Keeps to the server's limit of requests: 5 a second and 200 a minute (contract 1)."""

import asyncio
import bisect
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct


class Window(Struct, frozen=True):
    """At most `requests` in any stretch of `seconds`."""

    requests: int
    seconds: float


LIMITS: Final = (Window(5, 1.05), Window(200, 60.5))
"""The contract's limits, each stretch a little longer than named: requests do not travel equally fast."""


class Pacing:
    """A sliding window over every request of this program; one can serve several transports.

    Whoever waits is let through in the order of coming: writes first, then reads, then those that can come later.
    """

    def __init__(
        self,
        limits: Sequence[Window] = LIMITS,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limits = tuple(limits)
        self._monotonic = monotonic
        self._sleep = sleep
        self._sent: deque[float] = deque(maxlen=max((window.requests for window in self._limits), default=1))
        self._waiting: list[tuple[bool, bool, int]] = []
        self._came = 0
        self._held_until = float("-inf")
        self._changed = asyncio.Event()

    @property
    def crowded(self) -> bool:
        """Whether a request waits for its turn."""
        return bool(self._waiting)

    async def turn(self, *, write: bool, later: bool = False) -> None:
        """Wait until a request may be sent, and count it as sent."""
        self._came += 1
        ticket = (not write, later, self._came)
        bisect.insort(self._waiting, ticket)
        try:
            while self._waiting[0] != ticket or (pause := self.pause()) > 0:
                if self._waiting[0] != ticket:
                    await self._changed.wait()
                else:
                    await self._sleep(pause)
            self._sent.append(self._monotonic())
        finally:
            self._waiting.remove(ticket)
            self._changed.set()
            self._changed = asyncio.Event()

    def count(self, moments: Iterable[float]) -> None:
        """Count requests that were sent past this, at moments of the same clock."""
        self._sent = deque(sorted((*self._sent, *moments)), maxlen=self._sent.maxlen)

    def pause(self) -> float:
        """Tell in how many seconds the next request may be sent, were nobody waiting; 0: now."""
        now = self._monotonic()
        ends = [self._sent[-window.requests] + window.seconds for window in self._limits if self._full(window)]
        return max(0.0, max((*ends, self._held_until)) - now)

    def hold(self, seconds: float) -> None:
        """Send nothing for so long: the server said that it has had too many."""
        self._held_until = max(self._held_until, self._monotonic() + seconds)

    def _full(self, window: Window) -> bool:
        return len(self._sent) >= window.requests
