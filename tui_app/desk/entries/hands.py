"""What every handler of intents works with: the services, the screen, and the one way to send a write."""

from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from msgspec import Struct

from tui_app.altegio.errors import AltegioError, OutcomeUnknown
from tui_app.altegio.resources import Booking, Event
from tui_app.desk.commands.saying import event_of_id
from tui_app.desk.commands.view import View
from tui_app.desk.desk import Desk
from tui_app.desk.entries.finding import Matcher
from tui_app.desk.entries.surface import Surface
from tui_app.desk.naming import names_of
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.services import LineServices
from tui_app.desk.trouble import DeskError
from tui_app.desk.when import format_day, format_time
from tui_app.desk.writes import Write, WriteDesk, WriteState

T = TypeVar("T")


class Hands(Struct, frozen=True):
    """The services and the screen; `look` gives the view with the questions and the undo of now.

    As soon as a write has ended `changed` hears of every event that it has touched, or `brought` of what it has made.
    """

    desk: Desk
    services: LineServices
    writes: WriteDesk
    surface: Surface
    matcher: Matcher
    look: Callable[[], View]
    changed: Callable[[int], None]
    brought: Callable[[OwnChange], None]

    async def write(
        self,
        words: str,
        send: Callable[[], Awaitable[T]],
        *event_ids: int,
        key: str,
        made: Callable[[T], OwnChange | None] = lambda _: None,
    ) -> T:
        """Send by the App's writes, which outlive the line; raises the write's error.

        `made` tells by the answer what a roster has become. Where it cannot, and whenever the write has not been
        confirmed, the events are read again.
        """

        def ended(write: Write[T]) -> None:
            self.matcher.forget()
            change = made(cast("T", write.result)) if write.state is WriteState.DONE else None
            if change is not None:
                self.brought(change)
                return
            for event_id in dict.fromkeys(event_ids):
                self.changed(event_id)

        return await self.writes.start(words, lambda: _as_unknown(send), ended, key=key).wait()

    def where(self, event_id: int, booking: Booking) -> str:
        """The event of a booking: by what the screen shows of it, else by the time of the booking."""
        view, at = self.look(), booking.starts_at
        if view.event(event_id) is not None or at is None:
            return event_of_id(event_id, view)
        today = self.desk.clock.today()
        return f"{format_day(at.date(), today)} {format_time(at)}" if at.date() != today else format_time(at)

    def say(self, event: Event) -> str:
        """An event by time and service, with its day whenever that is not today."""
        today, day = self.desk.clock.today(), event.starts_at.date()
        told = f"{format_day(day, today)} " if day != today else ""
        names = names_of(self.desk.reference.current)
        return f"{told}{format_time(event.starts_at)} {names.service(event.service_id, event.service_title)}"


async def _as_unknown(send: Callable[[], Awaitable[T]]) -> T:
    """Keep an unknown outcome unknown where looking for it failed: that error refuses the look, not the write."""
    try:
        return await send()
    except (AltegioError, DeskError) as error:
        unknown = _unknown_before(error)
        if unknown is not None:
            raise unknown from error
        raise


def _unknown_before(error: BaseException) -> OutcomeUnknown | None:
    """The unknown outcome after which an error came about; None: there was none, or the error is one itself."""
    if isinstance(error, OutcomeUnknown):
        return None
    before = error.__context__
    while before is not None and not isinstance(before, OutcomeUnknown):
        before = before.__context__
    return before
