"""Keys behind a key that opens a screen: they are for that screen, and wait until it can take them."""

from typing import Final

from textual import events, on
from textual.app import App
from textual.message import Message
from textual.timer import Timer
from typing_extensions import override

from tui_app.screens.schedule.screen import ScheduleScreen
from tui_app.widgets.desk_line import DeskLine
from tui_app.widgets.first_paint import Opened, PaintedOnce

LONGEST: Final = 2.0
"""Seconds that a key waits at most: no mistake of the program's own may make the keyboard dead."""


class TypeAhead(App[int]):
    """An App in which nothing typed is lost or lands elsewhere while a screen opens, however busy the machine is.

    A key of the desk line that asks for something holds what is typed behind it until it is answered, and a screen
    until its first paint. Then all goes on in its order, to whatever has the focus.
    """

    class Answered(Message):
        """What a key of the desk line asked for was done, or refused."""

    schedule: ScheduleScreen
    _behind: list[events.Key | events.Paste] | None = None
    """What waits, and None while nothing has to."""
    _goes_on = False
    _at_last: Timer | None = None

    @override
    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        waits = self._behind is not None or self._is_opening
        self._behind = [*(self._behind or ()), event]
        if not waits:
            await self._go_on()

    @property
    def _is_opening(self) -> bool:
        return any(isinstance(screen, PaintedOnce) and screen.opening for screen in self.screen_stack[-1:])

    async def _go_on(self) -> None:
        """Take what waits, as far as no key among it opens a screen."""
        if self._goes_on:
            return
        self._goes_on = True
        try:
            await self._take_waiting()
        finally:
            self._goes_on = False

    async def _take_waiting(self) -> None:
        while self._behind:
            event = self._behind.pop(0)
            asks = isinstance(self.focused, DeskLine) and isinstance(event, events.Key) and self.focused.asks(event)
            await super().on_event(event)
            if (asks and event.is_forwarded) or self._is_opening:
                self._let_wait(LONGEST)
                return
        self._behind = None
        self._let_wait(None)

    def _let_wait(self, seconds: float | None) -> None:
        if self._at_last is not None:
            self._at_last.stop()
        self._at_last = self.set_timer(seconds, self._go_on) if seconds is not None else None

    @on(DeskLine.Asked)
    def wait_for_answer(self) -> None:
        """Hear of the answer behind the messages that the schedule has sent for it."""
        self.schedule.call_later(self.post_message, self.Answered())

    @on(Answered)
    @on(Opened)
    def let_keys_follow(self) -> None:
        """Go on once the screen on top has its focus: it takes it before it is called back."""
        if self._behind is not None and not self._is_opening:
            for screen in self.screen_stack[-1:]:  # none is left at the very end
                screen.call_later(self._go_on)
