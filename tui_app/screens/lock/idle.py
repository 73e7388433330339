"""When an idle desk locks itself: told of every key, asked now and then, it keeps no timer of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta


def idle_limit(pin_hash: str, idle_minutes: int) -> timedelta | None:
    """The limit of the settings; None where it is off, or where no PIN is set that could open the lock again."""
    if not idle_minutes or not pin_hash:
        return None
    from tui_app.desk.privacy import read_pin_hash

    return timedelta(minutes=idle_minutes) if read_pin_hash(pin_hash) is not None else None


class IdleWatch:
    """Knows when the last key came. `clock` gives instants; one that is set back begins the wait anew."""

    def __init__(self, clock: Callable[[], datetime], limit: timedelta | None = None) -> None:
        self.limit = limit
        self._clock = clock
        self._last_key = clock()

    def key_came(self) -> None:
        """Begin the wait anew: a key, a paste, a click, or the lock that was opened."""
        self._last_key = self._clock()

    def is_due(self) -> bool:
        """Whether the desk should be locked now."""
        now = self._clock()
        self._last_key = min(self._last_key, now)
        if self.limit is None:
            return False
        from tui_app.desk.privacy import is_idle

        return is_idle(self._last_key, now, self.limit)
