"""Marking attendance, for one or for many: one call each, none lost when one fails (design 5, contract 4)."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.resources import Attendance
from tui_app.desk.model import Roster, RosterEntry
from tui_app.desk.roster import RosterDesk
from tui_app.desk.trouble import DeskError

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


class UnknownNumbers(DeskError):
    """Numbers were typed that nobody in the roster has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePlan:
    """What a marking will do: one call for each of `to_mark`; `together` change with these, `already` are so."""

    event_id: int
    target: Attendance
    to_mark: tuple[RosterEntry, ...]
    together: tuple[RosterEntry, ...] = ()
    already: tuple[RosterEntry, ...] = ()

    @property
    def words(self) -> str:
        """What will be done, in one line."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class AttendanceFailure:
    """An entry that could not be marked, and why; without an error it was not tried any more."""

    entry: RosterEntry
    error: AltegioError | None

    @property
    def words(self) -> str:
        """Number, name and reason."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceProgress:
    """How far a marking has got; the last one is `ended`, and carries the roster as it was read again."""

    plan: AttendancePlan
    done: tuple[RosterEntry, ...] = ()
    failures: tuple[AttendanceFailure, ...] = ()
    ended: bool = False
    roster: Roster | None = None
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The count, and who failed."""
        raise NotImplementedError


def choose(
    roster: Roster, *, numbers: tuple[int, ...] | None = None, but: tuple[int, ...] = ()
) -> tuple[RosterEntry, ...]:
    """Choose entries: those of `numbers`, or all, in both cases without `but`; raises `UnknownNumbers`."""
    raise NotImplementedError


def plan_attendance(event_id: int, entries: tuple[RosterEntry, ...], target: Attendance) -> AttendancePlan:
    """Plan a marking: who is so already is left alone, one call does for bookings linked by a visit (contract 4)."""
    raise NotImplementedError


def plan_again(progress: AttendanceProgress) -> AttendancePlan:
    """Plan just those that failed, once more."""
    raise NotImplementedError


def needs_second_enter(target: Attendance, starts_at: datetime, now: datetime) -> bool:
    """Whether a marking asks for a second Enter: nobody can have come to what has not begun (design 5)."""
    raise NotImplementedError


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

        Errors of single calls are in the progress; none is raised. What ended unknown is settled by the reading.
        """
        yield AttendanceProgress(plan=plan)
        raise NotImplementedError
