"""Entries that show something or take something back: days, filters, searches ahead, undo, other screens (design 5)."""

from tui_app.altegio.resources import Event
from tui_app.desk.commands.intents import Filter, GoToDay, NextFree, Refresh, SelectEvent, Undo
from tui_app.desk.commands.saying import event_of_id
from tui_app.desk.commands.view import Missing
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import Done, Outcome, Stopped, Tell, second_enter
from tui_app.desk.entries.surface import COULD_NOT, Opening
from tui_app.desk.filters import cannot_tell, filter_events, read_filter
from tui_app.desk.undo import Action, AttendanceMarked, Booked, BookingCancelled, BookingMoved, EventSaved, Undone
from tui_app.desk.when import format_day


class AsideHandler:
    """Moves in time and among events, filters, opens, and undoes."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    async def select(self, intent: SelectEvent, tell: Tell) -> Outcome:  # noqa: ARG002 (one signature for all)
        """Select an event; one that was asked about before the day has changed is gone to."""
        if self._hands.look().event(intent.event_id) is None:
            desk = self._hands.desk
            return await self.go_to(await desk.api.events.get(desk.location.id, intent.event_id))
        self._hands.surface.select_event(intent.event_id)
        return Done(words=f"Selected {event_of_id(intent.event_id, self._hands.look())}")

    async def go(self, intent: GoToDay, tell: Tell) -> Outcome:  # noqa: ARG002 (one signature for all)
        """Show a day."""
        self._hands.surface.show_day(intent.day)
        return Done(words=format_day(intent.day, self._hands.desk.clock.today()))

    async def filter(self, intent: Filter, tell: Tell) -> Outcome:  # noqa: ARG002 (one signature for all)
        """Show the events that hold the words, or all."""
        view = self._hands.look()
        blind = cannot_tell(view.events, intent.text)
        if blind:
            return Stopped(words=blind)
        self._hands.surface.apply_filter(intent.text)
        if not intent.text:
            return Done(words="Showing all events")
        count = len(filter_events(view.events, intent.text)) if view.day_known else None
        found = "" if count is None else f": {count} event{'' if count == 1 else 's'}"
        return Done(words=f"Showing {read_filter(intent.text).in_words}{found}", next_step="/ alone shows all")

    async def next_free(self, intent: NextFree, tell: Tell) -> Outcome:
        """Answer in words; the next Enter goes there."""
        tell("Looking ahead")
        found = await self._hands.services.ahead.next_free(intent.text, intent.places)
        event = found.event
        if event is None:
            return Done(words=found.words)

        async def then(_: Tell) -> Outcome:
            return await self.go_to(event.event)

        return second_enter(found.words, intent, then, enter="goes there", does=f"Go to {self._hands.say(event.event)}")

    async def go_to(self, event: Event) -> Outcome:
        """Show the day of an event and select it there."""
        surface = self._hands.surface
        surface.show_day(event.starts_at.date())
        problem = await surface.ready(Missing.DAY)
        if problem:
            return Stopped(words=f"{COULD_NOT[Missing.DAY]}: {problem}")
        if self._hands.look().event(event.id) is None:
            return Stopped(words=f"{self._hands.say(event)} is not there any more")
        surface.select_event(event.id)
        return Done(words=f"Selected {self._hands.say(event)}")

    async def refresh(self, intent: Refresh, tell: Tell) -> Outcome:  # noqa: ARG002 (one signature for all)
        """Read the day and the roster again."""
        self._hands.surface.refresh()
        return Done(words="Reading again")

    async def open(self, intent: Opening, tell: Tell) -> Outcome:  # noqa: ARG002 (one signature for all)
        """Open another screen, a form or a dialog."""
        self._hands.surface.open(intent)
        return Done()

    async def undo(self, intent: Undo, tell: Tell) -> Outcome:  # noqa: ARG002 (one signature for all)
        """Take the last action back by a real call."""
        undo = self._hands.services.undo
        top = undo.stack.top
        if top is None:
            return Stopped(words="There is nothing to undo")
        tell(f"Taking back: {top.words}")

        async def send() -> Undone:
            return await undo.undo()

        undone = await self._hands.write(f"take back: {top.words}", send, *events_of(top.action), key="undo")
        return Done(words=f"Taken back: {undone.words}", lines=undone.notes)


def events_of(action: Action) -> tuple[int, ...]:
    """The events that an action has touched, and that its undo touches again."""
    match action:
        case Booked() | BookingCancelled() | AttendanceMarked():
            return (action.event_id,)
        case BookingMoved():
            return (action.source_id, action.target_id)
        case EventSaved():
            return (action.after.id,)
