"""The home screen: it holds the state, turns keys into intents and renders; readings and askings do the rest."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widgets import Input
from typing_extensions import override

from tui_app.actions import BY_ID, actions_of, hint_line, key_map
from tui_app.altegio.errors import TokenRefused
from tui_app.desk.desk import Desk
from tui_app.desk.model import RosterEntry, ScheduledEvent
from tui_app.desk.schedule import preselect
from tui_app.desk.wording import explain
from tui_app.desk.writes import Write, WriteDesk, WriteState
from tui_app.intents import EventTouched, TokensRefused
from tui_app.screens.schedule import state as states
from tui_app.screens.schedule.doing import Doings, everywhere
from tui_app.screens.schedule.header import HeaderLine
from tui_app.screens.schedule.menu import ActionMenu
from tui_app.screens.schedule.panes import Panes
from tui_app.screens.schedule.reading import REST, DayRead, NextDayFound, ReadingFailed, Readings, RosterRead
from tui_app.screens.schedule.state import ScheduleState
from tui_app.screens.schedule.words import heading_of
from tui_app.widgets.desk_line import DeskLine
from tui_app.widgets.feature import FeatureScreen, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.rest import Rests
from tui_app.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.timer import Timer

FILTER_REST = 0.1
"""Seconds after the last character before the list is filtered again."""


class ScheduleScreen(FeatureScreen[None]):
    """A day's events, the roster of the selected one, and the desk line that holds the focus.

    It opens before anything is connected; `use` hands it the desk. `where` names the server where it is not production.
    """

    STYLES = ("schedule",)
    AUTO_FOCUS = "#desk-line"

    header_line = query_one("#header", HeaderLine)
    panes = query_one("#panes", Panes)
    menu = query_one("#menu", ActionMenu)
    message_line = query_one("#message", MessageLine)
    desk_line = query_one("#desk-line", DeskLine)
    hint_line = query_one("#hints", Line)

    def __init__(self, writes: WriteDesk, *, refresh_seconds: int, with_cancelled: bool, where: str) -> None:
        super().__init__(id="schedule")
        self._writes = writes
        self._refresh_seconds = refresh_seconds
        self._with_cancelled = with_cancelled
        self._where = where
        self._connection = "connecting"
        self._desk: Desk | None = None
        self._state: ScheduleState | None = None
        self._readings: Readings | None = None
        self._preselecting = False
        self._wanted_id: int | None = None
        self._rests = Rests(self)
        self._refreshing: Timer | None = None

    @override
    def compose(self) -> ComposeResult:
        """Header, the two panes, the menu, the message, the desk line and the hints."""
        yield too_small_notice()
        yield HeaderLine()
        yield Panes(id="panes")
        yield ActionMenu()
        yield MessageLine("Connecting", id="message")
        with Horizontal(id="desk"):
            yield Line("›", id="prompt")
            yield DeskLine(key_map())
        yield Line(id="hints")

    def on_mount(self) -> None:
        """Start the refresh that happens by itself."""
        self._refreshing = self.set_interval(self._refresh_seconds, self.refresh_day)

    def on_resize(self) -> None:
        """Fit the hints into the new width."""
        self.hint_line.say(" " + hint_line(self.size.width - 2))

    # ------------------------------------------------------------------------------------------------- what it is told

    def use(self, desk: Desk, *, where: str) -> None:
        """Work with this desk from now on, on its today."""
        self._desk, self._where, self._connection = desk, where, "● online"
        self._readings = Readings(self, desk)
        today = desk.clock.today()
        self._state = ScheduleState(shown=today, today=today, with_cancelled=self._with_cancelled)
        self._preselecting = True
        self._readings.day(today)
        self._render_all()

    def follow(self, *, refresh_seconds: int, with_cancelled: bool) -> None:
        """Follow changed settings at once."""
        if self._refreshing is not None and refresh_seconds != self._refresh_seconds:
            self._refresh_seconds = refresh_seconds
            self._refreshing.stop()
            self._refreshing = self.set_interval(refresh_seconds, self.refresh_day)
        self._with_cancelled = with_cancelled
        if self._state is not None and self._state.with_cancelled != with_cancelled:
            self.toggle_cancelled()

    def say(self, text: str, *, alert: bool = False) -> None:
        """Put words into the message line."""
        self.message_line.tell(text, alert=alert)

    def say_connection(self, state: str, words: str) -> None:
        """Tell that there is no desk yet, and why."""
        self._connection = state
        self.say(words, alert=True)
        self._render_header()

    def show_write(self, write: Write[Any]) -> None:
        """Tell how a write is doing."""
        if write.error is not None:
            self.say(f"{write.words}: {explain(write.error).line}", alert=True)
        elif write.state is WriteState.SENDING:
            self.say(f"sending: {write.words}")
        else:
            self.say(f"done: {write.words}")

    @on(EventTouched)
    def look_again(self, event: EventTouched) -> None:
        """Read again what a write has changed, and go to the day it is on."""
        if self._state is None:
            return
        if event.event_id is not None:
            self._state = states.event_touched(self._state, event.event_id)
        if event.select:
            self._preselecting, self._wanted_id = True, event.event_id
        if event.day is not None and event.day != self._state.shown:
            self.go_to(event.day)
        else:
            self.refresh_day()

    # --------------------------------------------------------------------------------------------------- what is chosen

    @property
    def is_resting(self) -> bool:
        """Whether something waits for the hand to rest."""
        return self._rests.pending

    @property
    def shown_day(self) -> date | None:
        """The day on the screen."""
        return self._state.shown if self._state is not None else None

    @property
    def now(self) -> datetime:
        """The wall clock of the location; raises RuntimeError before a desk is in use."""
        if self._desk is None:
            raise RuntimeError("no desk is in use")
        return self._desk.clock.now()

    @property
    def events(self) -> tuple[ScheduledEvent, ...]:
        """The events on the screen."""
        return self._state.events if self._state is not None else ()

    @property
    def selected_event(self) -> ScheduledEvent | None:
        """The event under the cursor."""
        return self.panes.selected_event(self._state) if self._state is not None else None

    @property
    def selected_entry(self) -> RosterEntry | None:
        """The booking under the roster's cursor."""
        return self.panes.selected_entry(self._state) if self._state is not None else None

    # ----------------------------------------------------------------------------------------------------------- keys

    @on(DeskLine.Moved)
    def move(self, event: DeskLine.Moved) -> None:
        """Move in the menu, in the active list or in time."""
        target = self.menu if self.menu.is_open else self.panes.active_list
        if target.go(event.where):
            self._preselecting, self._wanted_id = self._preselecting and not self.events, None
            return
        if event.where == "other_pane":
            self.menu.close()
            self.panes.activate_other()
        elif self._state is not None:
            self.go_to(self._state.shown + timedelta(days=1 if event.where == "day_on" else -1))

    @on(RowList.Pointed)
    def point(self, event: RowList.Pointed) -> None:
        """Make the list that was clicked the active one."""
        if event.row_list is not self.menu:
            self.menu.close()
            self.panes.activate(event.row_list)

    @on(DeskLine.Entered)
    @on(RowList.Chosen)
    def enter(self) -> None:
        """Open the menu of the selected row, or do what the open menu says."""
        if self.menu.is_open:
            action = self.menu.choice
            self.menu.close()
            if action is not None:
                self.perform(action.id)
        elif self.panes.active_list is self.panes.roster_list and (entry := self.selected_entry) is not None:
            self.menu.open(f"{entry.number} {entry.name}", actions_of("booking"))
        elif (event := self.selected_event) is not None:
            self.menu.open(f"{event.starts_at:%H:%M} {event.service}", actions_of("event"))
        elif self._state is not None and self._state.next_day is not None:
            self.go_to(self._state.next_day)

    @on(DeskLine.Escaped)
    def escape(self) -> None:
        """Go back one level: out of the menu, then out of the roster."""
        if self.menu.is_open:
            self.menu.close()
        elif self.panes.active_list is self.panes.roster_list:
            self.panes.activate(self.panes.event_list)
        else:
            self.say("F10 quits.")

    @on(Input.Changed, "#desk-line")
    def type(self) -> None:
        """Filter the day's events by what is in the line, once the typing rests."""
        self.menu.close()
        self._rests.after("filter", FILTER_REST, self._filter)

    def _filter(self) -> None:
        text = self.desk_line.value.strip()
        if self._state is not None and text != self._state.filter:
            self._state = replace(self._state, filter=text)
            self._render_events()

    @on(DeskLine.Asked)
    def ask(self, event: DeskLine.Asked) -> None:
        """Do the action of a key."""
        self.perform(event.action_id)

    def perform(self, action_id: str) -> None:
        """Do an action of the table by its id, or say why it cannot be done."""
        self.menu.close()
        action = BY_ID[action_id]
        if action.area == "everywhere":
            everywhere(self, action_id)
        elif self._desk is None:
            self.say("Not connected yet: this needs the server.", alert=True)
        else:
            Doings(self, self._desk, self._writes).perform(action)

    # ------------------------------------------------------------------------------------------------------- in time

    def go_to(self, day: date) -> None:
        """Show another day; it is read once the hand rests on it."""
        if self._state is None:
            return
        self.desk_line.value = ""
        self._state = states.day_shown(self._state, day)
        self._preselecting = True
        self.menu.close()
        self.panes.activate(self.panes.event_list)
        self._rests.drop("roster")
        self._rests.after("day", REST, self._read_day)
        self._render_all()

    def refresh_day(self) -> None:
        """Read the day and the roster again; at midnight of the location today becomes the new day."""
        if self._desk is None or self._state is None:
            return
        today, before = self._desk.clock.today(), self._state.today
        if today != before:
            self._state = replace(self._state, today=today)
            if self._state.shown == before:
                self.go_to(today)
                return
        self._read_day()
        self._read_roster()

    def toggle_cancelled(self) -> None:
        """Show the cancelled events as well, or hide them again."""
        if self._state is not None:
            self._state = replace(self._state, with_cancelled=not self._state.with_cancelled)
            self.say("Cancelled events are shown." if self._state.with_cancelled else "Cancelled events are hidden.")
            self._render_events()

    def toggle_phones(self) -> None:
        """Show the phones of the roster, or mask them again."""
        if self._state is not None:
            self._state = replace(self._state, phones=not self._state.phones)
            self._render_roster()

    def _read_day(self) -> None:
        if self._readings is not None and self._state is not None:
            self._readings.day(self._state.shown)

    def _read_roster(self) -> None:
        event = self.selected_event
        if self._readings is not None and self._state is not None and event is not None:
            self._readings.roster(event.id, self._state.roster)

    # ----------------------------------------------------------------------------------------------- what was read

    @on(DayRead)
    def take_day(self, message: DayRead) -> None:
        """Show a day that was read."""
        if self._state is None or self._desk is None:
            return
        self._state = states.day_read(self._state, message.day)
        if message.day.date != self._state.shown:
            return
        self._connection = "● online"
        if message.day.notes:
            self.say(message.day.notes[0], alert=True)
        if not message.day.events and self._readings is not None and not self._state.searching:
            self._state = replace(self._state, searching=True)
            self._readings.next_day(message.day.date)
        self._render_all()
        self._preselect()

    def _preselect(self) -> None:
        day = self._state.day if self._state is not None else None
        if not self._preselecting or day is None or self._desk is None:
            return
        wanted = self._wanted_id or preselect(day, self._desk.clock.now())
        self._preselecting, self._wanted_id = False, None
        if wanted is not None:
            self.panes.event_list.move_to(wanted)

    @on(RosterRead)
    def take_roster(self, message: RosterRead) -> None:
        """Show a roster, if its event is still the selected one."""
        if self._state is None or message.roster.event_id != self.panes.event_list.cursor_key:
            return
        self._state = states.roster_read(self._state, message.roster)
        self._render_roster()

    @on(NextDayFound)
    def take_next_day(self, message: NextDayFound) -> None:
        """Offer the next day with events."""
        if self._state is not None and message.after == self._state.shown:
            self._state = replace(self._state, next_day=message.found, searching=False)
            self._render_events()

    @on(ReadingFailed)
    def take_failure(self, message: ReadingFailed) -> None:
        """Keep what is on the screen, say what went wrong, and ask for tokens where they were refused."""
        if message.day is not None and self._state is not None and self._desk is not None:
            kept = self._state.days.get(message.day)
            last_good = self._desk.clock.wall(kept.as_of) if kept is not None else None
            self._state = states.day_failed(self._state, message.day, last_good)
            self._connection = "! offline"
        self.say(explain(message.error).line, alert=True)
        self._render_header()
        if isinstance(message.error, TokenRefused):
            self.post_message(TokensRefused(message.error))

    @on(RowList.Highlighted, "#events")
    def select_event(self, message: RowList.Highlighted) -> None:
        """Follow the cursor: the roster is read once it rests."""
        if self._state is None:
            return
        self._state = states.event_selected(self._state, message.key)
        if self._state.roster is None and message.key is not None:
            self._rests.after("roster", REST, self._read_roster)
        self._render_roster()

    # ------------------------------------------------------------------------------------------------------ rendering

    def _render_all(self) -> None:
        self._render_header()
        self._render_events()
        self._render_roster()

    def _render_header(self) -> None:
        location = self._desk.location if self._desk is not None else None
        self.header_line.show(heading_of(self._state, location, where=self._where, connection=self._connection))

    def _render_events(self) -> None:
        if self._state is not None and self._desk is not None:
            self.panes.show_events(self._state, self._desk.clock.now())

    def _render_roster(self) -> None:
        if self._state is not None:
            self.panes.show_roster(self._state)
