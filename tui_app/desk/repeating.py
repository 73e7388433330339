"""Repeating an event on other days: the dates and their clashes first, then one result a date (contract 2.6)."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import (
    AltegioError,
    Busy,
    LicenceExpired,
    Missing,
    OutcomeUnknown,
    Refused,
    TokenRefused,
    Unreachable,
    Unsupported,
)
from tui_app.altegio.requests import LEFT_OUT, EventInput, EventQuery
from tui_app.altegio.resources import Event, Occupation
from tui_app.altegio.walltime import WallKind, wall_kind
from tui_app.desk.busy import busy_words, window_of
from tui_app.desk.clock import LocationClock
from tui_app.desk.editing import EventEditor
from tui_app.desk.event_merge import input_of, values_of
from tui_app.desk.model import Roster
from tui_app.desk.naming import names_of
from tui_app.desk.rebooking import Rebooker
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.roster import RosterDesk
from tui_app.desk.together import attempt, both
from tui_app.desk.trouble import DeskError, JournalFailed, NotConfirmedYet
from tui_app.desk.when import format_day, format_time
from tui_app.desk.wording import reason, why

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

_ENDS_ALL: Final = (TokenRefused, LicenceExpired, Unreachable, JournalFailed)
"""After these the next date would end alike, and only cost time."""


class RepeatLine(Struct, frozen=True, kw_only=True):
    """One date of a preview: `clashes` say who is busy then; `there` means that the same event stands there already.

    `impossible` says why it cannot be at all, such as a time that the clocks skip.
    """

    starts_at: datetime
    when: str
    clashes: tuple[str, ...] = ()
    there: bool = False
    impossible: str = ""
    warning: str = ""

    @property
    def words(self) -> str:
        """The date and what stands against it."""
        against = self.impossible or ("stands there already" if self.there else "; ".join(self.clashes))
        marks = ", ".join(mark for mark in (against, self.warning) if mark)
        return f"{self.when}: {marks}" if marks else self.when


class RepeatPreview(Struct, frozen=True):
    """The dates on which an event would be repeated; `notes` say what could not be looked at."""

    event: Event
    lines: tuple[RepeatLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def suggested(self) -> tuple[datetime, ...]:
        """The dates that nothing stands against."""
        return tuple(line.starts_at for line in self.lines if not (line.clashes or line.there or line.impossible))


class RepeatState(Enum):
    """What came of one date."""

    CREATED = "created"
    BUSY = "busy"
    FAILED = "failed"
    UNKNOWN = "unknown"


class RepeatResult(Struct, frozen=True):
    """What came of one date, in words."""

    starts_at: datetime
    state: RepeatState
    words: str
    event_id: int | None = None


class _Job(Struct, frozen=True):
    """What one repeat is about; `there` are the dates on which the same event stood before."""

    event: Event
    there: frozenset[datetime]
    with_bookings: bool
    force: bool


class RepeatDesk:
    """Repeats events at one location."""

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        clock: LocationClock,
        *,
        editor: EventEditor,
        rosters: RosterDesk,
        reference: ReferenceDesk,
        rebooker: Rebooker,
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._editor = editor
        self._rosters = rosters
        self._reference = reference
        self._rebooker = rebooker
        self._duplicates = True

    async def preview(self, event_id: int, dates: Sequence[datetime]) -> RepeatPreview:
        """Read what stands at those times, in two listings whatever the number of dates.

        What a team member has besides events is not looked at: the server tells it when it is sent. Raises `CannotEdit`
        and `AltegioError` where the event itself cannot be read.
        """
        event = await self._editor.open(event_id)
        if not dates:
            return RepeatPreview(event, ())
        begin, end = window_of(min(dates)), max(dates) + (event.length or timedelta())
        query = EventQuery(starts_from=begin, starts_to=end)
        events, occupations = await both(
            attempt(lambda: self._api.events.list(self._location_id, query)),
            attempt(lambda: self._api.reference.occupations(self._location_id, begin, end)),
        )
        notes = tuple(
            f"{what} could not be looked at: {why(read)}"
            for what, read in (("Other classes", events), ("Rooms", occupations))
            if isinstance(read, AltegioError)
        )
        others = () if isinstance(events, AltegioError) else events
        taken = () if isinstance(occupations, AltegioError) else occupations
        return RepeatPreview(event, tuple(self._line(event, at, others, taken) for at in dates), notes)

    async def repeat(
        self,
        preview: RepeatPreview,
        dates: Sequence[datetime],
        *,
        with_bookings: bool = False,
        force: bool = False,
    ) -> AsyncGenerator[RepeatResult, None]:
        """Repeat the event on the chosen dates and tell one result after another; no error is raised.

        One call where the server has one for all dates; date by date where it has none, or refuses the whole for the
        sake of one. What the preview found impossible is not sent, nothing of unknown outcome is sent again.
        """
        impossible = {line.starts_at: line.impossible for line in preview.lines if line.impossible}
        for at in (date for date in dict.fromkeys(dates) if date in impossible):
            yield RepeatResult(at, RepeatState.FAILED, f"{self._when(at)}: not created, {impossible[at]}")
        wanted = tuple(at for at in dict.fromkeys(dates) if at not in impossible)
        there = frozenset(line.starts_at for line in preview.lines if line.there)
        job = _Job(preview.event, there, with_bookings, force)
        if self._duplicates and len(wanted) > 1:
            together = await self._all_at_once(job, wanted)
            for result in together:
                yield result
            told = {result.starts_at for result in together}
            wanted = tuple(at for at in wanted if at not in told)
        roster = await self._to_copy(job.event) if with_bookings and wanted else None
        for place, at in enumerate(wanted):
            try:
                result = await self._one(job, at, roster)
            except _ENDS_ALL as error:
                for left in wanted[place:]:
                    yield self._failed(left, error)
                return
            yield result

    def _line(
        self, event: Event, at: datetime, events: Sequence[Event], occupations: Sequence[Occupation]
    ) -> RepeatLine:
        kind = wall_kind(at, self._clock.zone)
        wish = _copy_at(event, at)
        there = any(
            (one.starts_at, one.service_id, one.team_member_id) == (at, event.service_id, event.team_member_id)
            for one in events
            if not one.deleted
        )
        past = "is in the past" if at <= self._clock.now() else ""
        return RepeatLine(
            starts_at=at,
            when=self._when(at),
            clashes=busy_words(
                wish, None, names=names_of(self._reference.current), events=events, occupations=occupations
            ),
            there=there,
            impossible=f"the clocks skip {format_time(at)} that night" if kind is WallKind.SKIPPED else past,
            warning=f"{format_time(at)} comes twice that night" if kind is WallKind.DOUBLED else "",
        )

    async def _all_at_once(self, job: _Job, dates: tuple[datetime, ...]) -> list[RepeatResult]:
        """Repeat by one call; the dates that are not in the answer are left to go date by date."""
        try:
            created = await self._duplicated(job, dates)
        except OutcomeUnknown:
            return [await self._looked_for(job, at) for at in dates]
        except _ENDS_ALL as error:
            return [self._failed(at, error) for at in dates]
        except AltegioError:
            return await self._done_before_refusal(job, dates)
        if created is None:
            return []
        by_start = {one.starts_at: one for one in created}
        return [self._told(at, by_start.get(at)) for at in dates]

    async def _done_before_refusal(self, job: _Job, dates: tuple[datetime, ...]) -> list[RepeatResult]:
        """Look what stands on the dates of a repeat that was refused: whether it is all or nothing is not told.

        What is there is done, the rest is sent date by date; where the look fails, nothing is known and nothing sent.
        """
        event = job.event
        query = EventQuery(starts_from=min(dates), starts_to=max(dates))
        try:
            events = await self._api.events.list(self._location_id, query)
        except AltegioError:
            return [self._unknown(at) for at in dates]
        made = {
            one.starts_at: one
            for one in events
            if (one.service_id, one.team_member_id) == (event.service_id, event.team_member_id) and not one.deleted
        }
        return [self._told(at, made[at]) for at in dates if at in made and at not in job.there]

    async def _duplicated(self, job: _Job, dates: tuple[datetime, ...]) -> tuple[Event, ...] | None:
        """Call what repeats an event; None where the server has no such call (contract 2.6)."""
        try:
            return await self._api.events.duplicate(
                self._location_id, job.event.id, dates, with_bookings=job.with_bookings, force=job.force
            )
        except (Unsupported, Missing):
            self._duplicates = False
        except Refused as error:
            if error.status != HTTPStatus.METHOD_NOT_ALLOWED:
                raise
            self._duplicates = False
        return None

    async def _one(self, job: _Job, at: datetime, roster: Roster | None) -> RepeatResult:
        """Repeat on one date; raises what would end every other date alike."""
        try:
            made, copied = await self._made(job, at)
            result = self._told(at, made)
        except OutcomeUnknown:
            result, copied = await self._looked_for(job, at), self._duplicates
        except Busy:
            who = await self._editor.who_is_busy(_copy_at(job.event, at))
            busy = "; ".join(who) or "the team member or the room is busy"
            return RepeatResult(at, RepeatState.BUSY, f"{self._when(at)}: not created, {busy}")
        except _ENDS_ALL:
            raise
        except (AltegioError, NotConfirmedYet) as error:
            return self._failed(at, error)
        if copied or not job.with_bookings:
            return result
        if result.event_id is None:
            return replace(result, words=f"{result.words}; the bookings are not copied")
        if roster is None:
            return replace(result, words=f"{result.words}, but the bookings to copy could not be read")
        return replace(result, words=await self._with_bookings(result.event_id, at, roster))

    async def _made(self, job: _Job, at: datetime) -> tuple[Event, bool]:
        """Create one copy; tells whether the bookings have come along."""
        if self._duplicates:
            created = await self._duplicated(job, (at,))
            if created is not None:
                if not created:
                    raise OutcomeUnknown("repeat the event", message="the answer names no event")
                return created[0], job.with_bookings
        saved = await self._editor.create(replace(_copy_at(job.event, at), force=job.force))
        return saved.event, False

    async def _to_copy(self, event: Event) -> Roster | None:
        roster = await attempt(lambda: self._rosters.load(event.id))
        return None if isinstance(roster, AltegioError) else roster

    async def _with_bookings(self, event_id: int, at: datetime, roster: Roster) -> str:
        """Book everybody into the copy, one by one, and name who could not be."""
        missed = []
        for entry in roster.entries:
            try:
                await self._rebooker.book_like(event_id, entry.booking)
            except OutcomeUnknown:
                missed.append(f"{entry.name} (not known: look)")
            except (AltegioError, DeskError) as error:
                missed.append(f"{entry.name} ({reason(error)})")
        total = len(roster.entries)
        told = f"{self._when(at)}: created with {total - len(missed)} of {total} bookings"
        return f"{told}; not booked: {', '.join(missed)}" if missed else told

    async def _looked_for(self, job: _Job, at: datetime) -> RepeatResult:
        """Look whether a copy of unknown outcome is there; where one stood before, that tells nothing."""
        if at not in job.there:
            try:
                found = await self._editor.look_for_created(_copy_at(job.event, at))
            except AltegioError:
                found = None
            if found is not None and found.id != job.event.id:
                return self._told(at, found)
        return self._unknown(at)

    def _unknown(self, at: datetime) -> RepeatResult:
        words = f"{self._when(at)}: not confirmed, F8 looks after it"
        return RepeatResult(at, RepeatState.UNKNOWN, words)

    def _told(self, at: datetime, made: Event | None) -> RepeatResult:
        if made is None:
            return RepeatResult(at, RepeatState.FAILED, f"{self._when(at)}: the server does not name it as created")
        return RepeatResult(at, RepeatState.CREATED, f"{self._when(at)}: created", made.id)

    def _failed(self, at: datetime, error: AltegioError | DeskError) -> RepeatResult:
        return RepeatResult(at, RepeatState.FAILED, f"{self._when(at)}: not created, {reason(error)}")

    def _when(self, at: datetime) -> str:
        return f"{format_day(at.date(), self._clock.today())} {format_time(at)}"


def _copy_at(event: Event, at: datetime) -> EventInput:
    """The event whole, at another time; empty texts are left out, for a new event takes no null (contract 2.3)."""
    values = input_of(values_of(replace(event, starts_at=at)))
    return replace(
        values,
        comment=values.comment or LEFT_OUT,
        color=values.color or LEFT_OUT,
        instructions=values.instructions or LEFT_OUT,
        stream_link=values.stream_link or LEFT_OUT,
    )
