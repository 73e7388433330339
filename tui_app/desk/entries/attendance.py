"""Attendance from the line: counted one by one, and what failed is repeated by one Enter (design 5)."""

from tui_app.desk.attendance import AttendancePlan, AttendanceProgress, plan_again, plan_attendance
from tui_app.desk.commands.asking import why_second_enter
from tui_app.desk.commands.intents import SetAttendance
from tui_app.desk.commands.saying import entries_words, event_of_id, intent_words
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import UNDO_HINT, Done, Outcome, Stopped, Tell, Then, second_enter
from tui_app.desk.model import Roster
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.undo import AttendanceMarked


class AttendanceHandler:
    """Marks attendance."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    async def mark(self, intent: SetAttendance, tell: Tell) -> Outcome:
        """Mark, or ask first where the event has not begun."""
        view = self._hands.look()
        asks = why_second_enter(intent, view)
        plan = plan_attendance(intent.event_id, intent.entries, intent.to)
        then = self._then(intent, plan, view.roster)
        if asks:
            return second_enter(f"{intent_words(intent, view)}: {asks}", intent, then)
        return await then(tell)

    def _then(self, intent: SetAttendance, plan: AttendancePlan, before: Roster | None) -> Then:
        async def then(tell: Tell) -> Outcome:
            return await self._mark(intent, plan, before, tell)

        return then

    async def _mark(self, intent: SetAttendance, plan: AttendancePlan, before: Roster | None, tell: Tell) -> Outcome:
        if not plan.to_mark:
            return Stopped(words=plan.words)
        marked = (*plan.to_mark, *plan.together)
        self._hands.surface.foresee(plan.event_id, frozenset(entry.booking.id for entry in marked), plan.target)
        tell(AttendanceProgress(plan=plan).words)

        async def send() -> AttendanceProgress:
            progress = AttendanceProgress(plan=plan)
            async for progress in self._hands.services.attendance.mark(plan, before):
                tell(progress.words)
            formers = tuple(entry.booking for entry in progress.done)
            action = AttendanceMarked(plan.event_id, formers, plan.target)
            where = event_of_id(plan.event_id, self._hands.look())
            self._hands.services.undo.remember(action, f"{progress.words.partition(';')[0]}, {where}")
            return progress

        numbers = ",".join(str(entry.booking.id) for entry in plan.to_mark)
        key = f"attendance {plan.event_id} {plan.target.value} {numbers}"
        progress = await self._hands.write(plan.words, send, plan.event_id, key=key, made=self._made)
        return self._ended(intent, progress)

    def _made(self, progress: AttendanceProgress) -> OwnChange | None:
        """What was read at the end of the marking; None: other events may have changed by it, or nothing was read."""
        roster, plan = progress.roster, progress.plan
        if roster is None or progress.notes:
            return None
        marked = (entry.booking.id for entry in (*plan.to_mark, *plan.together))
        return self._hands.desk.rosters.read_after(roster, marked)

    def _ended(self, intent: SetAttendance, progress: AttendanceProgress) -> Outcome:
        """Name who was not marked and keep them: the next Enter marks just those."""
        if progress.failures:
            left = plan_again(progress)
            return second_enter(
                progress.words,
                intent,
                self._then(intent, left, progress.roster),
                lines=progress.notes,
                enter="marks these again",
                does=f"Mark again: {entries_words(left.to_mark)}",
            )
        return Done(words=progress.words, lines=progress.notes, next_step=UNDO_HINT)
