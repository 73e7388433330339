"""Marking attendance, for one or for many: one call each, none lost when one fails (design 5, contract 4)."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError, LicenceExpired, OutcomeUnknown, TokenRefused, Unreachable
from tui_app.altegio.resources import Attendance, Booking
from tui_app.desk.model import Roster, RosterEntry
from tui_app.desk.naming import name_of_booking
from tui_app.desk.roster import RosterDesk
from tui_app.desk.trouble import DeskError, JournalFailed, UnknownNumbers
from tui_app.desk.when import format_time
from tui_app.desk.wording import reason, why

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

__all__ = [
    "STATE_WORDS",
    "AttendanceDesk",
    "AttendanceFailure",
    "AttendancePlan",
    "AttendanceProgress",
    "UnknownNumbers",
    "choose",
    "needs_second_enter",
    "numbers_words",
    "plan_again",
    "plan_attendance",
]

STATE_WORDS: Final = MappingProxyType(
    {
        Attendance.ARRIVED: "arrived",
        Attendance.NO_SHOW: "no-show",
        Attendance.CONFIRMED: "confirmed",
        Attendance.WAITING: "waiting",
    }
)

_ENDS_ALL: Final = (TokenRefused, LicenceExpired, Unreachable, JournalFailed)
"""After these the next call would end alike, and only cost time: the rest is kept for a repeat."""


class AttendancePlan(Struct, frozen=True, kw_only=True):
    """What a marking will do: one call for each of `to_mark`; `together` change with these, `already` are so."""

    event_id: int
    target: Attendance
    to_mark: tuple[RosterEntry, ...]
    together: tuple[RosterEntry, ...] = ()
    already: tuple[RosterEntry, ...] = ()

    @property
    def words(self) -> str:
        """What will be done, in one line."""
        state = STATE_WORDS[self.target]
        if not self.to_mark:
            return f"All of these are {state} already" if self.already else "Nobody to mark"
        marked = (*self.to_mark, *self.together)
        who = _said(marked[0]) if len(marked) == 1 else f"{len(marked)} bookings"
        rest = f"; {numbers_words(self.already)} already so" if self.already else ""
        return f"Mark {who} as {state}{rest}"


class AttendanceFailure(Struct, frozen=True):
    """An entry that could not be marked, and why; without an error it was not tried any more."""

    entry: RosterEntry
    error: AltegioError | DeskError | None

    @property
    def is_known(self) -> bool:
        """Whether it is certain that the entry is not marked."""
        return not isinstance(self.error, OutcomeUnknown)

    @property
    def words(self) -> str:
        """Number and name, and the reason where it is certain that the entry is not marked."""
        if not self.is_known:
            return _said(self.entry)
        return f"{_said(self.entry)}: {'not tried any more' if self.error is None else reason(self.error)}"


class AttendanceProgress(Struct, frozen=True, kw_only=True):
    """How far a marking has got; the last one is `ended`, and carries the roster as it was read again."""

    plan: AttendancePlan
    done: tuple[RosterEntry, ...] = ()
    failures: tuple[AttendanceFailure, ...] = ()
    ended: bool = False
    roster: Roster | None = None
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many calls the marking takes."""
        return len(self.plan.to_mark)

    @property
    def words(self) -> str:
        """The count, and who failed: «9/12 arrived; not marked: 3 Anna Kim: no connection to the server»."""
        parts = [f"{len(self.done)}/{self.total} {STATE_WORDS[self.plan.target]}"]
        for told, is_known in (("not marked", True), ("not confirmed", False)):
            failed = "; ".join(failure.words for failure in self.failures if failure.is_known is is_known)
            if failed:
                parts.append(f"{told}: {failed}")
        return "; ".join(parts)


def choose(
    roster: Roster, *, numbers: tuple[int, ...] | None = None, but: tuple[int, ...] = ()
) -> tuple[RosterEntry, ...]:
    """Choose entries: those of `numbers`, or all where it is None, in both cases without `but`.

    Raises `UnknownNumbers` where one of them is nobody's: then nobody at all is chosen.
    """
    asked = dict.fromkeys((*(numbers or ()), *but))
    unknown = [number for number in asked if roster.by_number(number) is None]
    if unknown:
        named = ", ".join(str(number) for number in unknown)
        raise UnknownNumbers(f"Nobody here has the number {named}")
    wanted = {entry.number for entry in roster.entries} if numbers is None else set(numbers)
    return tuple(entry for entry in roster.entries if entry.number in wanted - set(but))


def plan_attendance(event_id: int, entries: Sequence[RosterEntry], target: Attendance) -> AttendancePlan:
    """Plan a marking: who is so already is left alone, one call does for bookings linked by a visit (contract 4)."""
    to_mark: list[RosterEntry] = []
    together: list[RosterEntry] = []
    visits: set[int] = set()
    for entry in entries:
        if entry.attendance is target:
            continue
        visit_id = entry.booking.visit_id
        (together if visit_id in visits else to_mark).append(entry)
        if visit_id is not None:
            visits.add(visit_id)
    return AttendancePlan(
        event_id=event_id,
        target=target,
        to_mark=tuple(to_mark),
        together=tuple(together),
        already=tuple(entry for entry in entries if entry.attendance is target),
    )


def plan_again(progress: AttendanceProgress) -> AttendancePlan:
    """Plan just those that failed, once more."""
    failed = tuple(failure.entry for failure in progress.failures)
    return plan_attendance(progress.plan.event_id, failed, progress.plan.target)


def needs_second_enter(target: Attendance, starts_at: datetime, now: datetime) -> bool:
    """Whether a marking asks for a second Enter: nobody can have come to what has not begun (design 5)."""
    return target in {Attendance.ARRIVED, Attendance.NO_SHOW} and now < starts_at


def numbers_words(entries: Sequence[RosterEntry]) -> str:
    """Name entries by their numbers: «3, 7»."""
    return ", ".join(str(entry.number) for entry in entries)


class AttendanceDesk:
    """Marks attendance at one location."""

    def __init__(self, api: "AltegioApi", location_id: int, rosters: RosterDesk) -> None:
        self._api = api
        self._location_id = location_id
        self._rosters = rosters

    async def mark(
        self, plan: AttendancePlan, before: Roster | None = None
    ) -> AsyncGenerator[AttendanceProgress, None]:
        """Mark one by one and tell after each; the roster is read again at the end, numbered as `before`.

        Errors of single calls are in the progress; none is raised. A call that ended unknown is settled by the reading:
        setting a state twice is harmless, so nothing is ever doubled.
        """
        progress = AttendanceProgress(plan=plan)
        for place, entry in enumerate(plan.to_mark):
            try:
                await self._api.bookings.set_attendance(
                    self._location_id, entry.booking.id, plan.target, event_id=plan.event_id
                )
            except (AltegioError, JournalFailed) as error:
                failures = (*progress.failures, AttendanceFailure(entry, error))
                if isinstance(error, _ENDS_ALL):
                    rest = tuple(AttendanceFailure(left, None) for left in plan.to_mark[place + 1 :])
                    progress = replace(progress, failures=(*failures, *rest))
                    break
                progress = replace(progress, failures=failures)
            else:
                progress = replace(progress, done=(*progress.done, entry))
            yield progress
        yield await self._ended(progress, before)

    async def _ended(self, progress: AttendanceProgress, before: Roster | None) -> AttendanceProgress:
        """Read the roster again, and what a visit has changed beside it."""
        event_id = progress.plan.event_id
        try:
            roster = await self._rosters.load(event_id, before)
        except AltegioError as error:
            return replace(progress, ended=True, notes=(f"The roster could not be read again: {why(error)}",))
        settled = _settled(progress, roster)
        try:
            elsewhere = await self._changed_elsewhere(settled)
        except AltegioError as error:
            elsewhere = (f"What one visit has changed in other classes could not be read: {why(error)}",)
        return replace(settled, ended=True, roster=roster, notes=(*_changed_here(settled, roster), *elsewhere))

    async def _changed_elsewhere(self, progress: AttendanceProgress) -> tuple[str, ...]:
        """Name the bookings in other events that a visit has changed along: one request for all of them."""
        marked = {entry.booking.visit_id: entry for entry in progress.done if entry.booking.visit_id is not None}
        days = [entry.booking.starts_at for entry in marked.values() if entry.booking.starts_at is not None]
        if not days:
            return ()
        begin = min(days).replace(hour=0, minute=0, second=0)
        end = max(days).replace(hour=23, minute=59, second=59)
        bookings = await self._api.bookings.list(self._location_id, between=(begin, end))
        return tuple(
            f"{name_of_booking(booking)} at {_time_of(booking)} is {STATE_WORDS[booking.attendance]} too: one visit"
            for booking in bookings
            if booking.visit_id in marked and booking.event_id != progress.plan.event_id
        )


def _settled(progress: AttendanceProgress, roster: Roster) -> AttendanceProgress:
    """Count as done what ended unknown and is as it was meant."""
    meant = {entry.booking.id for entry in roster.entries if entry.attendance is progress.plan.target}
    known = [
        failure
        for failure in progress.failures
        if isinstance(failure.error, OutcomeUnknown) and failure.entry.booking.id in meant
    ]
    return replace(
        progress,
        done=(*progress.done, *(failure.entry for failure in known)),
        failures=tuple(failure for failure in progress.failures if failure not in known),
    )


def _changed_here(progress: AttendanceProgress, roster: Roster) -> tuple[str, ...]:
    """Say what is not as one would think: changed along by a visit, gone, or changed by somebody else at once."""
    plan = progress.plan
    visits = {entry.booking.visit_id for entry in progress.done} - {None}
    asked = {entry.booking.id for entry in (*plan.to_mark, *plan.together, *plan.already)}
    notes = [
        f"{_said(entry)} is {STATE_WORDS[entry.attendance]} too: one visit"
        for entry in roster.entries
        if entry.booking.id not in asked and entry.booking.visit_id in visits
    ]
    for entry in (*progress.done, *plan.together):
        now = roster.by_booking(entry.booking.id)
        if now is None:
            notes.append(f"{_said(entry)} is not in the class any more")
        elif now.attendance is not plan.target and (entry in progress.done or entry.booking.visit_id in visits):
            notes.append(f"{_said(now)} is {STATE_WORDS[now.attendance]} after all")
    return tuple(notes)


def _said(entry: RosterEntry) -> str:
    return f"{entry.number} {entry.name}"


def _time_of(booking: Booking) -> str:
    return format_time(booking.starts_at) if booking.starts_at is not None else "another time"
