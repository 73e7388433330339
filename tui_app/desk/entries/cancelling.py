"""Cancelling from the line: a booking by a second Enter, an event by the number of its bookings (design 5)."""

from tui_app.altegio.errors import Missing
from tui_app.altegio.resources import Event
from tui_app.desk.commands.intents import CancelBooking, CancelEvent
from tui_app.desk.commands.questions import QuestionKind
from tui_app.desk.commands.saying import entry_words
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import Asks, Done, Option, Outcome, Stopped, Tell, second_enter
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.undo import WITHOUT_UNDO, BookingCancelled


class CancellingHandler:
    """Cancels bookings and events."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    async def cancel_booking(self, intent: CancelBooking, tell: Tell) -> Outcome:  # noqa: ARG002 (one signature for all)
        """Ask for a second Enter, with name and class."""
        booking = intent.entry.booking
        words = f"Cancel the booking of {_named(intent)} in {self._hands.where(intent.event_id, booking)}"

        async def then(_: Tell) -> Outcome:
            return await self._cancel_booking(intent)

        paid = ("It is paid: the payment stays as it is on the server",) if booking.paid else ()
        return second_enter(words, intent, then, lines=paid)

    async def _cancel_booking(self, intent: CancelBooking) -> Outcome:
        desk, booking = self._hands.desk, intent.entry.booking
        done = f"Cancelled the booking of {_named(intent)} in {self._hands.where(intent.event_id, booking)}"

        async def send() -> None:
            await desk.booking.cancel_booking(booking)
            self._hands.services.undo.remember(BookingCancelled(intent.event_id, booking), done)

        try:
            await self._hands.write(
                f"cancel the booking of {intent.entry.name}",
                send,
                intent.event_id,
                key=f"cancel booking {booking.id}",
                made=lambda _: self._without(intent),
            )
        except Missing:
            return Stopped(words=f"The booking of {_named(intent)} has been cancelled already")
        return Done(words=done, next_step="u books it again")

    def _without(self, intent: CancelBooking) -> OwnChange | None:
        """The roster on the screen without the booking; None where it is another one's, or too old to count."""
        roster, event_id = self._hands.look().roster, intent.event_id
        if roster is None or roster.event_id != event_id or self._hands.surface.held(event_id) is None:
            return None
        return self._hands.desk.rosters.without(roster, intent.entry.booking.id)

    async def cancel_event(self, intent: CancelEvent, tell: Tell) -> Outcome:
        """Read who is booked now, name them, and ask for their number."""
        tell("Reading who is booked")
        prepared = await self._hands.desk.booking.prepare(intent.event_id, self._hands.look().roster)
        return self._asked(prepared.event, tuple(entry.name for entry in prepared.roster.entries))

    def _asked(self, event: Event, names: tuple[str, ...], *, before: str = "") -> Asks:
        intent = CancelEvent(event.id, names)

        async def then(tell: Tell) -> Outcome:
            return await self._cancel_event(event, names, tell)

        count = len(names)
        goes = "no booking goes" if not count else f"{count} {'booking goes' if count == 1 else 'bookings go'}"
        words = f"{before}Cancel {self._hands.say(event)}: {goes} with it"
        lines = (*((", ".join(names),) if names else ()), WITHOUT_UNDO["cancel_event"])
        option = Option(words=words, intent=intent, then=then)
        return Asks(kind=QuestionKind.COUNT, words=words, options=(option,), lines=lines, count=count)

    async def _cancel_event(self, event: Event, names: tuple[str, ...], tell: Tell) -> Outcome:
        """Cancel, unless somebody has booked or cancelled since the number was shown: then it is asked anew."""
        desk = self._hands.desk
        tell(f"Cancelling {self._hands.say(event)}")
        now = await desk.booking.prepare(event.id)
        names_now = tuple(entry.name for entry in now.roster.entries)
        if sorted(names_now) != sorted(names):
            return self._asked(now.event, names_now, before="The bookings have changed meanwhile. ")

        words, key = f"cancel {self._hands.say(event)}", f"cancel event {event.id}"
        await self._hands.write(words, lambda: desk.editor.cancel(now.event), event.id, key=key)
        self._hands.services.undo.forget(event.id)
        gone = f"; {len(names)} {'booking is' if len(names) == 1 else 'bookings are'} gone" if names else ""
        return Done(words=f"Cancelled {self._hands.say(event)}{gone}")


def _named(intent: CancelBooking) -> str:
    """Who is cancelled, with the roster's number where the booking was picked by it."""
    return entry_words(intent.entry) if intent.entry.number else intent.entry.name
