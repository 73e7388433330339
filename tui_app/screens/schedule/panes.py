"""The two lists of the schedule, events and roster, of which one takes the keys."""

from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from typing_extensions import override

from tui_app.screens.schedule.columns import EVENT_COLUMNS, ROSTER_COLUMNS
from tui_app.screens.schedule.words import empty_day, roster_heading
from tui_app.widgets.line import Line
from tui_app.widgets.row_list import RowList

if TYPE_CHECKING:
    from datetime import datetime

    from tui_app.desk.model import RosterEntry, ScheduledEvent
    from tui_app.screens.schedule.state import ScheduleState

NOBODY: Final = "Nobody is booked yet. F4 books."


class Panes(Container):
    """Events and the roster of the selected one, side by side where it is wide, stacked where it is narrow."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.event_list = RowList(EVENT_COLUMNS, id="events")
        self.roster_list = RowList(ROSTER_COLUMNS, id="roster")
        self.heading_line = Line("Roster", id="roster-heading")
        self._lends = False

    @override
    def compose(self) -> ComposeResult:
        """Show both lists."""
        yield self.event_list
        with Vertical(id="roster-pane"):
            yield self.heading_line
            yield self.roster_list

    def on_mount(self) -> None:
        """Begin in the events."""
        self.roster_list.active = False

    @property
    def active_list(self) -> RowList:
        """The list that the keys move."""
        return self.roster_list if self.roster_list.active else self.event_list

    def activate(self, pane: RowList) -> None:
        """Give the keys to one of the lists."""
        for row_list in (self.event_list, self.roster_list):
            row_list.active = row_list is pane
        self._share()

    def activate_other(self) -> None:
        """Give the keys to the list that has not got them."""
        self.activate(self.event_list if self.roster_list.active else self.roster_list)

    def lend(self, *, lends: bool) -> None:
        """Give room to candidates, or take it back: stacked, the list without the keys gives it first.

        The events stay where they are while a name is typed, and the roster comes forth as soon as the keys go there.
        """
        self._lends = lends
        self._share()

    def _share(self) -> None:
        self.set_class(self._lends and self.event_list.active, "-events-first")

    def selected_event(self, state: "ScheduleState") -> "ScheduledEvent | None":
        """The event under the cursor."""
        return state.event(self.event_list.cursor_key)

    def selected_entry(self, state: "ScheduleState") -> "RosterEntry | None":
        """The booking under the roster's cursor."""
        entries = state.roster.entries if state.roster is not None else ()
        return next((entry for entry in entries if entry.booking.id == self.roster_list.cursor_key), None)

    def show_events(self, state: "ScheduleState", now: "datetime") -> None:
        """Show the events of a state; `now` is the location's wall clock."""
        from tui_app.screens.schedule.rows import event_rows

        empty = empty_day(
            state.day,
            filtered=state.filter,
            next_day=state.next_day,
            today=state.today,
            searching=state.searching,
            trouble=state.day_trouble,
        )
        self.event_list.set_rows(event_rows(state.events, now, state.changed_events), empty=empty)
        self.show_heading(state)

    def show_heading(self, state: "ScheduleState") -> None:
        """Name the event whose roster is shown."""
        self.heading_line.say(roster_heading(self.selected_event(state), state.roster, state.roster_trouble))

    def show_roster(self, state: "ScheduleState") -> None:
        """Show the roster of a state."""
        from tui_app.screens.schedule.rows import roster_rows

        roster = state.roster
        rows = roster_rows(roster.entries, state.changed_bookings, phones=state.phones) if roster is not None else ()
        self.roster_list.set_rows(rows, empty=NOBODY if roster is not None else state.roster_trouble)
        self.show_heading(state)
