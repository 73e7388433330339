"""Moving a booking from the line: the rules first, in two steps only where that was agreed to (contract 2.5)."""

from datetime import time

from msgspec.structs import replace

from tui_app.desk.commands.intents import MoveBooking
from tui_app.desk.commands.questions import QuestionKind
from tui_app.desk.commands.saying import intent_words
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import UNDO_HINT, Asks, Done, Option, Outcome, Stopped, Tell, second_enter
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.moving import Moved, MovedInTwoSteps, MoveOutcome, PreparedMove, RolledBack, TargetBookedSourceStays
from tui_app.desk.undo import BookingMoved
from tui_app.desk.when import format_time


class MovingHandler:
    """Moves bookings."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    async def move(self, intent: MoveBooking, tell: Tell) -> Outcome:
        """Find the target where the line could not, check the rules, and move; two steps are offered."""
        tell(intent_words(intent, self._hands.look()))
        if intent.to_event_id is None:
            return await self._resolved(intent, tell)
        moves = self._hands.services.moves
        move = await moves.prepare(intent.entry.booking, intent.event_id, intent.to_event_id)
        if move.check.allowed:
            return await self._sent(move, in_two_steps=False)
        if not move.check.two_steps:
            return Stopped(words=move.check.words)

        async def then(_: Tell) -> Outcome:
            return await self._sent(move, in_two_steps=True)

        does = f"{intent_words(intent, self._hands.look())}, in two steps"
        return second_enter(f"{move.name}: {move.check.words}", intent, then, does=does)

    async def _resolved(self, intent: MoveBooking, tell: Tell) -> Outcome:
        """Read the other day and find the event that the typed time means there."""
        at = intent.at
        choice = await self._hands.services.moves.resolve(
            intent.day,
            time(at.hour, at.minute or 0),
            whole_hour=at.minute is None,
            letter=chr(ord("a") + at.ordinal) if at.ordinal is not None else "",
            leaving=intent.event_id,
        )
        if choice.target is not None:
            return await self.move(replace(intent, to_event_id=choice.target.id), tell)
        if not choice.candidates:
            return Stopped(words=choice.words)
        options = tuple(
            Option(
                words=f"{format_time(event.starts_at)} {event.service}, {event.team_member}",
                intent=replace(intent, to_event_id=event.id),
            )
            for event in choice.candidates
        )
        return Asks(kind=QuestionKind.CANDIDATES, words=choice.words, options=options)

    async def _sent(self, move: PreparedMove, *, in_two_steps: bool) -> Outcome:
        moves, undo = self._hands.services.moves, self._hands.services.undo

        async def send() -> MoveOutcome:
            outcome = await (moves.move_in_two_steps(move) if in_two_steps else moves.move(move))
            if isinstance(outcome, Moved | MovedInTwoSteps):
                undo.remember(BookingMoved(move.source.id, move.target.id, outcome.booking), outcome.words)
            return outcome

        words = f"move {move.name} to {self._hands.say(move.target)}"
        key = f"move {move.booking.id}"
        outcome = await self._hands.write(words, send, move.source.id, move.target.id, key=key)
        match outcome:
            case Moved() | MovedInTwoSteps():
                return Done(words=outcome.words, next_step=UNDO_HINT)
            case TargetBookedSourceStays() | RolledBack():
                return Stopped(words=outcome.words, state=EntryState.FAILED)
