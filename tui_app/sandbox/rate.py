"""The rate limit: requests a second and a minute, by address (contract 1)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

PER_SECOND = 5
_MINUTE_SHARE = 40


@dataclass(slots=True)
class RateLimit:
    """Sliding windows of a second and of a minute; a refused request does not count.

    `retry_after` and `worded` say whether a 429 carries its header and a JSON body: the vendor documents neither.
    """

    per_second: int | None
    monotonic: Callable[[], float]
    retry_after: bool = True
    worded: bool = True
    _seen: dict[str, deque[float]] = field(default_factory=dict, repr=False)

    def wait(self, address: str) -> int:
        """Let a request through (0), or give the whole seconds until one may come."""
        if self.per_second is None:
            return 0
        now = self.monotonic()
        seen = self._seen.setdefault(address, deque())
        while seen and seen[0] <= now - 60:
            seen.popleft()
        per_minute = self.per_second * _MINUTE_SHARE
        if len(seen) >= per_minute:
            return max(1, ceil(seen[-per_minute] + 60 - now))
        if len(seen) >= self.per_second and seen[-self.per_second] > now - 1:
            return 1
        seen.append(now)
        return 0
