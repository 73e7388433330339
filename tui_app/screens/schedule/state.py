"""What the schedule knows, and how it goes from one state to the next: pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from tui_app.altegio.resources import Attendance
from tui_app.desk.filters import filter_events, read_filter
from tui_app.desk.model import Day, Roster, ScheduledEvent
from tui_app.desk.own_changes import OwnChange, counted, renumbered, with_own
from tui_app.desk.schedule import changed_ids

KEPT_WRITES = 50
"""Own writes kept in memory: far more than are confirmed while one reading is on its way."""

KEPT_DAYS = 14
"""Days kept in memory, so that going back to one shows it at once."""


class ScheduleState(Struct, frozen=True, kw_only=True):
    """One immutable view model; `stale_since` is the wall clock of the last good answer once a refresh has failed.

    `own_writes` and `own_rosters` are events that this desk has just changed: their next reading is no news. `own` are
    its last confirmed writes, which no reading that had begun before them undoes; `unread` are bookings that stand in
    the roster by the answer to such a write alone. The troubles say in words why the day shown, or the roster of the
    selected event, could not be read the last time.
    """

    shown: date
    today: date
    days: Mapping[date, Day] = field(default_factory=dict)
    roster: Roster | None = None
    filter: str = ""
    changed_events: frozenset[int] = frozenset()
    changed_bookings: frozenset[int] = frozenset()
    own_writes: frozenset[int] = frozenset()
    own_rosters: frozenset[int] = frozenset()
    own: tuple[OwnChange, ...] = ()
    unread: frozenset[int] = frozenset()
    selected: int | None = None
    with_cancelled: bool = False
    phones: bool = False
    stale_since: datetime | None = None
    failed: bool = False
    day_trouble: str = ""
    roster_trouble: str = ""
    next_day: date | None = None
    searching: bool = False

    @property
    def day(self) -> Day | None:
        """The day shown, as last read; None before the first answer."""
        return self.days.get(self.shown)

    @property
    def events(self) -> tuple[ScheduledEvent, ...]:
        """The events to show: filtered, and with the cancelled ones where asked for."""
        day = self.day
        if day is None:
            return ()
        events = day.events
        if self.with_cancelled:
            events = tuple(sorted((*events, *day.cancelled), key=lambda event: (event.starts_at, event.id)))
        return tuple(filter_events(events, self.filter)) if self.filter else events

    @property
    def chips(self) -> tuple[str, ...]:
        """What the events are filtered by, part by part."""
        return read_filter(self.filter).chips

    def event(self, event_id: int | None) -> ScheduledEvent | None:
        """An event of the day shown by its id."""
        return next((event for event in self.events if event.id == event_id), None)


def day_shown(state: ScheduleState, day: date) -> ScheduleState:
    """Go to another day: filter, marks and the roster belong to the one that is left."""
    return replace(
        state,
        shown=day,
        filter="",
        roster=None,
        selected=None,
        changed_events=frozenset(),
        changed_bookings=frozenset(),
        stale_since=None,
        failed=False,
        day_trouble="",
        roster_trouble="",
        next_day=None,
        searching=False,
        phones=False,
    )


def day_read(state: ScheduleState, day: Day) -> ScheduleState:
    """Take in a day that was read; what differs from its last reading is marked as changed."""
    before = state.days.get(day.date)
    day = _with_own_counts(_with_known_rooms(day, before), before, state.own) if before is not None else day
    changed = changed_ids(before, day) if before is not None else frozenset()
    days = {kept: state.days[kept] for kept in list(state.days)[-KEPT_DAYS:] if kept != day.date}
    days[day.date] = day
    if day.date != state.shown:
        return replace(state, days=days)
    marked = state.changed_events | (changed - state.own_writes)
    state = replace(state, days=days, changed_events=marked, own_writes=frozenset(), stale_since=None)
    return replace(state, failed=False, day_trouble="")


def _with_known_rooms(day: Day, before: Day) -> Day:
    """Keep showing the rooms of events that have not moved while they are read anew: a column does not blink."""
    known = {_when(event): event.rooms for event in (*before.events, *before.cancelled)}

    def kept(events: tuple[ScheduledEvent, ...]) -> tuple[ScheduledEvent, ...]:
        return tuple(
            event if event.rooms is not None else replace(event, rooms=known.get(_when(event))) for event in events
        )

    return replace(day, events=kept(day.events), cancelled=kept(day.cancelled))


def _with_own_counts(day: Day, before: Day, own: Iterable[OwnChange]) -> Day:
    """Keep the counts of events that this desk has changed since the day began to be read: it may not tell of that."""
    newer = {change.event_id for change in own if change.tick > day.tick}
    counts = {event.id: event for event in before.events if event.id in newer}
    return replace(day, events=tuple(_counted_like(event, counts.get(event.id)) for event in day.events))


def _counted_like(event: ScheduledEvent, known: ScheduledEvent | None) -> ScheduledEvent:
    if known is None:
        return event
    wire = replace(event.event, taken=known.event.taken)
    return replace(event, event=wire, booked=known.booked, arrived=known.arrived)


def _when(event: ScheduledEvent) -> tuple[int, datetime, datetime | None]:
    return event.id, event.starts_at, event.ends_at


def event_touched(state: ScheduleState, event_id: int) -> ScheduleState:
    """Take note that this desk has changed an event itself."""
    return replace(state, own_writes=state.own_writes | {event_id}, own_rosters=state.own_rosters | {event_id})


def day_failed(state: ScheduleState, day: date, last_good: datetime | None, trouble: str = "") -> ScheduleState:
    """Keep what is on the screen after a failed reading, and say how old it is, or why there is nothing."""
    if day != state.shown:
        return state
    return replace(state, stale_since=last_good, failed=True, day_trouble=trouble)


def roster_failed(state: ScheduleState, event_id: int | None, trouble: str) -> ScheduleState:
    """Say why there is no roster of the selected event."""
    return replace(state, roster_trouble=trouble) if event_id == state.selected else state


def roster_read(state: ScheduleState, roster: Roster) -> ScheduleState:
    """Take in a roster; bookings that are new or differ from the last reading are marked, but not for own writes.

    A reading that had begun before the one on the screen tells nothing.
    """
    before = _shown_roster(state, roster.event_id)
    if before is not None and roster.tick < before.tick:
        return state
    own = roster.event_id in state.own_rosters
    state = replace(state, roster_trouble="", own_rosters=state.own_rosters - {roster.event_id})
    return _with_roster(state, roster, quiet=own)


def change_brought(state: ScheduleState, change: OwnChange) -> ScheduleState:
    """Take in what a confirmed write of this desk has made of a roster: in the roster, if it is shown, and in the row.

    What others have done shows with it, as far as it was read before the write, and is marked.
    """
    state = replace(state, own=(*state.own, change)[-KEPT_WRITES:])
    if change.event_id == state.selected:
        before = _shown_roster(state, change.event_id)
        base = change.roster if before is None or change.roster.tick >= before.tick else before
        state = _with_roster(replace(state, roster_trouble=""), base, mine=change.mine)
    return replace(state, days=_counted(state.days, with_own(change.roster, state.own)))


def _counted(days: Mapping[date, Day], roster: Roster) -> Mapping[date, Day]:
    """The days, with what a roster tells in the row of its event."""
    return {
        date: replace(
            day, events=tuple(counted(event, roster) if event.id == roster.event_id else event for event in day.events)
        )
        if day.by_id(roster.event_id) is not None
        else day
        for date, day in days.items()
    }


def _shown_roster(state: ScheduleState, event_id: int) -> Roster | None:
    return state.roster if state.roster is not None and state.roster.event_id == event_id else None


def _with_roster(
    state: ScheduleState, reading: Roster, *, mine: frozenset[int] = frozenset(), quiet: bool = False
) -> ScheduleState:
    """Show a reading with the own writes since, under the numbers shown; what others have changed is marked."""
    before = _shown_roster(state, reading.event_id)
    roster = renumbered(with_own(reading, state.own), before)
    here = {entry.booking.id for entry in roster.entries}
    told = {entry.booking.id for entry in reading.entries} - (state.unread if reading is before else frozenset())
    unread = frozenset(here - told)
    known = {entry.booking.id: entry.booking for entry in before.entries} if before is not None else {}
    differ = {entry.booking.id for entry in roster.entries if known.get(entry.booking.id) != entry.booking}
    news = frozenset[int]() if quiet or before is None else differ - mine - unread - state.unread
    marked = news if before is None else state.changed_bookings | news
    return replace(state, roster=roster, changed_bookings=marked, unread=unread)


def attendance_foreseen(
    state: ScheduleState, event_id: int, booking_ids: frozenset[int], to: Attendance
) -> ScheduleState:
    """Show bookings as they will be once the server has agreed; the next reading tells the truth."""
    roster = state.roster
    if roster is None or roster.event_id != event_id:
        return state
    entries = tuple(
        replace(entry, booking=replace(entry.booking, attendance=to)) if entry.booking.id in booking_ids else entry
        for entry in roster.entries
    )
    return replace(state, roster=replace(roster, entries=entries))


def event_selected(state: ScheduleState, event_id: int | None) -> ScheduleState:
    """Select an event: its mark and that of the one left go, and another event's roster and phones with them."""
    state = replace(state, changed_events=state.changed_events - {event_id, state.selected}, selected=event_id)
    if state.roster is not None and state.roster.event_id == event_id:
        return state
    return replace(state, roster=None, changed_bookings=frozenset(), phones=False, roster_trouble="")
