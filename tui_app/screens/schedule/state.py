"""What the schedule knows, and how it goes from one state to the next: pure."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from tui_app.altegio.resources import Attendance
from tui_app.desk.filters import filter_events, read_filter
from tui_app.desk.model import Day, Roster, ScheduledEvent
from tui_app.desk.schedule import changed_ids

KEPT_DAYS = 14
"""Days kept in memory, so that going back to one shows it at once."""


class ScheduleState(Struct, frozen=True, kw_only=True):
    """One immutable view model; `stale_since` is the wall clock of the last good answer once a refresh has failed.

    `own_writes` and `own_rosters` are events that this desk has just changed: their next reading is no news. The
    troubles say in words why the day shown, or the roster of the selected event, could not be read the last time.
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
    day = _with_known_rooms(day, before) if before is not None else day
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
    """Take in a roster; bookings that are new or differ from the last reading are marked, but not for own writes."""
    own = roster.event_id in state.own_rosters
    state = replace(state, roster_trouble="", own_rosters=state.own_rosters - {roster.event_id})
    before = state.roster
    if before is None or before.event_id != roster.event_id:
        return replace(state, roster=roster, changed_bookings=frozenset())
    if own:
        return replace(state, roster=roster)
    known = {entry.booking.id: entry.booking for entry in before.entries}
    changed = {entry.booking.id for entry in roster.entries if known.get(entry.booking.id) != entry.booking}
    return replace(state, roster=roster, changed_bookings=state.changed_bookings | changed)


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
