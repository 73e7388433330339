"""Calls that wait until the hand rests: a held key asks the server once, where it stops."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.timer import Timer


class Rests:
    """Waiting calls by name; a newer one of the same name takes the place of the older."""

    def __init__(self, owner: MessagePump) -> None:
        self._owner = owner
        self._timers: dict[str, Timer] = {}

    def pending(self, *, but: str = "") -> bool:
        """Whether a call is still waiting, that of one name left aside."""
        return any(name != but for name in self._timers)

    def waits(self, name: str) -> bool:
        """Whether the call of this name is still waiting."""
        return name in self._timers

    def after(self, name: str, delay: float, callback: Callable[[], None]) -> None:
        """Call back once `delay` seconds have passed without another call of this name."""
        self.drop(name)
        self._timers[name] = self._owner.set_timer(delay, lambda: self._fire(name, callback))

    def drop(self, name: str) -> None:
        """Forget a waiting call."""
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.stop()

    def _fire(self, name: str, callback: Callable[[], None]) -> None:
        self._timers.pop(name, None)
        callback()
