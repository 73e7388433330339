"""The caller: what a client has booked, and whom to ring (design 5)."""

from typing import Final

from msgspec.structs import replace

from tui_app.altegio.resources import ClientHit
from tui_app.desk.caller import Coming, ComingBooking
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.commands.intents import CallList, CancelBooking, GoToDay, WhoIs
from tui_app.desk.commands.matching import One, Several
from tui_app.desk.commands.questions import QuestionKind
from tui_app.desk.commands.saying import entry_words, query_words
from tui_app.desk.commands.view import Missing
from tui_app.desk.entries.asides import AsideHandler
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import Asks, Done, Option, Outcome, Stopped, Tell, Then
from tui_app.desk.entries.surface import COULD_NOT
from tui_app.desk.model import RosterEntry, ScheduledEvent

MOST_BOOKINGS: Final = 6
"""Coming bookings that are offered by number: each may be gone to, or cancelled."""


class PeopleHandler:
    """Answers who is who, and who is to be rung."""

    def __init__(self, hands: Hands, asides: AsideHandler) -> None:
        self._hands = hands
        self._asides = asides

    async def who(self, intent: WhoIs, tell: Tell) -> Outcome:
        """List a client's coming bookings, once it is clear whose."""
        tell(f"Looking for {query_words(intent.query)}")
        match = await self._hands.matcher.match(intent.query, None)
        match match:
            case One(hit):
                return await self._coming(hit, tell)
            case Several(hits=hits, more=more):
                options = tuple(
                    Option(words=describe_hit(hit), intent=replace(intent), then=self._then(hit)) for hit in hits
                )
                lines = ("There are more: type more of the name or the phone",) if more else ()
                return Asks(kind=QuestionKind.CANDIDATES, words="Who is it?", options=options, lines=lines)
            case _:
                return Stopped(words=f"Nobody fits {query_words(intent.query)}")

    def _then(self, hit: ClientHit) -> Then:
        async def then(tell: Tell) -> Outcome:
            return await self._coming(hit, tell)

        return then

    async def _coming(self, hit: ClientHit, tell: Tell) -> Outcome:
        tell(f"Reading the bookings of {describe_hit(hit)}")
        coming = await self._hands.services.caller.who(hit)
        options = self._options(coming)
        if not options:
            return Done(words=coming.words, lines=(*(one.words for one in coming.bookings), *coming.notes))
        more = len(coming.bookings) - MOST_BOOKINGS
        lines = (f"and {more} later ones",) if more > 0 else ()
        return Asks(kind=QuestionKind.CANDIDATES, words=coming.words, options=options, lines=(*lines, *coming.notes))

    def _options(self, coming: Coming) -> tuple[Option, ...]:
        """First to go to each booking, to move it there; then to cancel each, which asks for a second Enter."""
        shown = coming.bookings[:MOST_BOOKINGS]
        going = [
            Option(
                words=f"Go to {one.words}",
                intent=GoToDay(one.event.starts_at.date()),
                then=self._go(one.event, one.booking.id),
            )
            for one in shown
            if one.event is not None
        ]
        return (*going, *(self._cancel(coming, one) for one in shown if one.event is not None))

    def _cancel(self, coming: Coming, one: ComingBooking) -> Option:
        event_id = one.event.id if one.event is not None else 0
        entry = RosterEntry(number=0, booking=one.booking, name=coming.client.full_name, phone=coming.client.phone)
        return Option(words=f"Cancel {one.words}", intent=CancelBooking(event_id, entry))

    def _go(self, event: ScheduledEvent, booking_id: int) -> Then:
        async def then(_: Tell) -> Outcome:
            """Go there, and say which number the booking has: the keys to move or cancel it."""
            gone = await self._asides.go_to(event.event)
            if not isinstance(gone, Done):
                return gone
            problem = await self._hands.surface.ready(Missing.ROSTER)
            roster = self._hands.look().roster
            entry = roster.by_booking(booking_id) if roster is not None and not problem else None
            if entry is None:
                return Stopped(
                    words=f"{COULD_NOT[Missing.ROSTER]}: {problem}" if problem else "The booking is not there any more"
                )
            number = entry.number
            return Done(words=f"{gone.words}: {entry_words(entry)}", next_step=f"m{number} 19 moves, x{number} cancels")

        return then

    async def call(self, intent: CallList, tell: Tell) -> Outcome:
        """Show names and phones of an event to ring."""
        tell("Reading whom to ring")
        calls = await self._hands.services.caller.call_list(intent.event_id)
        self._hands.surface.show_calls(calls)
        return Done(words=calls.words, lines=calls.notes)
