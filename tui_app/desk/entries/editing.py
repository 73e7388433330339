"""Quick edits and repeats from the line (design 5)."""

from collections.abc import Sequence

from tui_app.desk.commands.intents import Repeat, SetCapacity, SetLength, SetRoom, SetStart, SetTeamMember
from tui_app.desk.commands.saying import event_of_id, intent_words
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import UNDO_HINT, Done, Outcome, Stopped, Tell, second_enter
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.event_merge import differing, input_of, values_of
from tui_app.desk.quick_edits import (
    Change,
    ChangeCapacityBy,
    QuickEdit,
    QuickEdited,
    SetCapacityTo,
    SetLengthTo,
    SetRoomTo,
    SetStartTo,
    SetTeamMemberTo,
)
from tui_app.desk.repeating import RepeatPreview, RepeatResult, RepeatState
from tui_app.desk.trouble import BusyThen, Clashed
from tui_app.desk.undo import WITHOUT_UNDO, EventSaved

QuickIntent = SetCapacity | SetTeamMember | SetStart | SetLength | SetRoom


class EditingHandler:
    """Changes one thing of an event, or repeats it."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    async def edit(self, intent: QuickIntent, tell: Tell) -> Outcome:
        """Change one thing; where somebody is busy then, a second Enter goes over it."""
        return await self._edit(intent, tell, force=False)

    async def _edit(self, intent: QuickIntent, tell: Tell, *, force: bool) -> Outcome:
        tell(intent_words(intent, self._hands.look()))
        edit = QuickEdit(intent.event_id, change_of(intent))
        where = event_of_id(intent.event_id, self._hands.look())

        async def send() -> QuickEdited:
            edited = await self._hands.services.quick.apply(edit, force=force)
            if _differs(edited):
                self._hands.services.undo.remember(
                    EventSaved(edited.before, edited.saved.event), f"{where}: {edited.words}"
                )
            return edited

        async def all_the_same(tell: Tell) -> Outcome:
            return await self._edit(intent, tell, force=True)

        try:
            edited = await self._hands.write(f"change {where}", send, intent.event_id, key=f"edit {edit} {force}")
        except BusyThen as busy:
            return second_enter(
                f"{where}: busy at that time",
                intent,
                all_the_same,
                lines=_who(busy),
                enter="saves all the same",
                does=f"{intent_words(intent, self._hands.look())}, all the same",
            )
        except Clashed as clashed:
            return Stopped(words=clashed.words, next_step="e opens the form, which asks field by field")
        lines = (*edited.saved.taken_over, *edited.saved.mismatches)
        undone = UNDO_HINT if _differs(edited) else ""
        return Done(words=f"{where}: {edited.words}", lines=lines, next_step=undone)

    async def repeat(self, intent: Repeat, tell: Tell) -> Outcome:
        """Show the dates with what stands against each, and ask for a second Enter."""
        tell(intent_words(intent, self._hands.look()))
        preview = await self._hands.services.repeats.preview(intent.event_id, intent.starts)
        lines = (*(line.words for line in preview.lines), *preview.notes)
        dates, total = preview.suggested, len(preview.lines)
        where = self._hands.say(preview.event)
        if not dates:
            return Stopped(words=f"{where}: none of the {total} dates is free", lines=lines)

        async def then(tell: Tell) -> Outcome:
            return await self._repeat(intent, preview, tell)

        left_out = f"; {total - len(dates)} with a clash left out" if len(dates) < total else ""
        taken = " with its bookings" if intent.with_bookings else ""
        words = f"Repeat {where}{taken} on {_dates(len(dates))}{left_out}"
        return second_enter(words, intent, then, lines=(*lines, WITHOUT_UNDO["repeat_event"]), does=words)

    async def _repeat(self, intent: Repeat, preview: RepeatPreview, tell: Tell) -> Outcome:
        dates, repeats = preview.suggested, self._hands.services.repeats

        async def send() -> tuple[RepeatResult, ...]:
            results = list[RepeatResult]()
            async for result in repeats.repeat(preview, dates, with_bookings=intent.with_bookings):
                results.append(result)
                tell(f"{len(results)}/{len(dates)}", tuple(one.words for one in results))
            return tuple(results)

        key = f"repeat {intent.event_id} {dates[0]} {len(dates)}"
        results = await self._hands.write(f"repeat {self._hands.say(preview.event)}", send, intent.event_id, key=key)
        return _repeated(results, len(dates))


def change_of(intent: QuickIntent) -> Change:
    """What a quick edit changes."""
    match intent:
        case SetCapacity(places=places, relative=relative):
            return ChangeCapacityBy(places) if relative else SetCapacityTo(places)
        case SetTeamMember(team_member=member):
            return SetTeamMemberTo(member.id)
        case SetStart(at=at):
            return SetStartTo(at)
        case SetLength(minutes=minutes):
            return SetLengthTo(minutes)
        case SetRoom(room=room):
            return SetRoomTo(room.id)


def _differs(edited: QuickEdited) -> bool:
    """Whether the edit has changed anything that a form holds; the places taken may have changed beside it."""
    return bool(differing(edited.before, input_of(values_of(edited.saved.event))))


def _who(busy: BusyThen) -> tuple[str, ...]:
    return busy.who or (busy.words,)


def _dates(count: int) -> str:
    return f"{count} date" if count == 1 else f"{count} dates"


def _repeated(results: Sequence[RepeatResult], wanted: int) -> Outcome:
    """Sum up what came of each date."""
    states = [result.state for result in results]
    created = states.count(RepeatState.CREATED)
    words, lines = f"Repeated on {created} of {_dates(wanted)}", tuple(result.words for result in results)
    if RepeatState.UNKNOWN in states:
        look = "Look at the dates whose end is not known before you repeat again"
        return Stopped(words=words, lines=lines, next_step=look, state=EntryState.UNKNOWN)
    if created < wanted:
        return Stopped(words=words, lines=lines, state=EntryState.FAILED)
    return Done(words=words, lines=lines)
