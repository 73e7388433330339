"""What the schedule shows of one desk: it owns the state, begins the readings, takes in what was read, and renders."""

import asyncio
from datetime import date
from typing import Protocol

from msgspec.structs import replace

from tui_app.altegio.errors import NoRights
from tui_app.altegio.resources import Attendance, Event
from tui_app.desk.desk import Desk
from tui_app.desk.model import RosterEntry, ScheduledEvent
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.schedule import preselect
from tui_app.desk.wording import explain, why
from tui_app.intents import EventTouched
from tui_app.screens.schedule import state as states
from tui_app.screens.schedule.header import HeaderLine
from tui_app.screens.schedule.held import held
from tui_app.screens.schedule.news import DayRead, NextDayFound, ReadingEnded, ReadingFailed, RosterRead
from tui_app.screens.schedule.panes import Panes
from tui_app.screens.schedule.reading import REST, Readings
from tui_app.screens.schedule.state import ScheduleState
from tui_app.screens.schedule.words import ONLINE, heading_of
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.rest import Rests

REVEALED = 5.0
"""Seconds for which the phones of the roster are shown (design 4)."""

REFRESHING = "Refreshing"
OFFLINE = "! offline"
NO_RIGHTS = "! no rights"


class Say(Protocol):
    """Puts words into the message line."""

    def __call__(self, text: str, *, alert: bool = False) -> None:
        """Say something in place of what was said before."""
        ...


class Board:
    """A day of one desk on the screen. `where` names the server where it is not production."""

    def __init__(
        self,
        desk: Desk,
        readings: Readings,
        rests: Rests,
        panes: Panes,
        header_line: HeaderLine,
        say: Say,
        *,
        where: str,
        with_cancelled: bool,
    ) -> None:
        self.desk = desk
        self._readings = readings
        self._rests = rests
        self._panes = panes
        self._header_line = header_line
        self._say = say
        self._where = where
        self._connection = ONLINE
        today = desk.clock.today()
        self._state = ScheduleState(shown=today, today=today, with_cancelled=with_cancelled)
        self._over: date | None = None
        self._preselecting = True
        self._wanted_id: int | None = None
        self._failures: dict[str, str] = {}
        self._told_failure = ""
        self._news = asyncio.Event()
        self._touched_at = 0

    @property
    def state(self) -> ScheduleState:
        """What is known now."""
        return self._state

    @property
    def selected_event(self) -> ScheduledEvent | None:
        """The event under the cursor."""
        return self._panes.selected_event(self._state)

    @property
    def selected_entry(self) -> RosterEntry | None:
        """The booking under the roster's cursor."""
        return self._panes.selected_entry(self._state)

    # -------------------------------------------------------------------------------------------------- the readings

    def begin(self) -> None:
        """Read today, and show it at once where that will take a while."""
        comes_at_once = self.desk.schedule.is_ahead(self._state.shown)
        self.read_day()
        if not comes_at_once:
            self.render()

    def read_day(self) -> None:
        """Read the day shown now, without waiting for the hand to rest."""
        self._rests.drop("day")
        self._readings.day(self._state.shown)

    def read_roster(self) -> None:
        """Read the roster of the selected event now."""
        self._rests.drop("roster")
        event = self.selected_event
        if event is not None:
            self._readings.roster(event.id, self._state.roster)

    def refresh(self, *, held: bool = True) -> None:
        """Read the day and the roster again; at midnight of the location today becomes the new day.

        Not while the day is `held`, by text in the line or work under way: what was meant for it must meet it.
        """
        today, before = self.desk.clock.today(), self._state.today
        if today != before:
            self._state = replace(self._state, today=today)
            self._over = before if self._state.shown == before else None
        if self._over is not None and self._over == self._state.shown and not held:
            self.go_to(today)
            return
        self.read_day()
        self.read_roster()

    def hear(self, event: EventTouched) -> bool:
        """Show what a write has made, or read it again; whether it shows already."""
        if event.change is not None:
            self.brought(event.change)
            return True
        self.touched(event.event_id, event.day, select=event.select)
        return False

    def held(self, event_id: int) -> Event | None:
        """An event as the last refresh has read it, where that counts as now; None: it must be read to be known."""
        if "day" in self._failures:
            return None
        return held(self._state, event_id, self.desk.clock.instant(), self._readings.every_s, since=self._touched_at)

    def brought(self, change: OwnChange) -> None:
        """Show what a confirmed write of this desk has made of a roster: nothing is read for it."""
        self._state = states.change_brought(self._state, change)
        self._show_events()
        self._panes.show_roster(self._state)
        self._tell_news()

    def touched(self, event_id: int | None, day: date | None, *, select: bool) -> None:
        """Read again what this desk has just changed itself, and select it where asked."""
        self._touched_at = self.desk.clock.tick()
        if event_id is not None:
            self._state = states.event_touched(self._state, event_id)
        if select:
            self._preselecting, self._wanted_id = True, event_id
        if day is not None and day != self._state.shown:
            self.go_to(day)
        else:
            self.refresh()

    # ----------------------------------------------------------------------------------------------- what is asked for

    def go_to(self, day: date) -> None:
        """Show another day; it is read once the hand rests on it."""
        self._state = states.day_shown(self._state, day)
        self._over = None
        self._preselecting = True
        self._panes.activate(self._panes.event_list)
        self._rests.drop("roster")
        self._rests.after("day", REST, self.read_day)
        self.render()

    def moved(self) -> None:
        """Take note that the operator has moved the cursor: it goes nowhere by itself from here."""
        self._preselecting = self._preselecting and not self._state.events
        self._wanted_id = None

    def choose(self, event_id: int) -> None:
        """Select an event by its id, whatever the filter hides, and read its roster now."""
        if self._state.event(event_id) is None:
            self.filter("")
        self.moved()
        self._panes.activate(self._panes.event_list)
        if self._panes.event_list.move_to(event_id):
            self.select(event_id)
            if self._state.roster is None:
                self.read_roster()

    def select(self, event_id: int | None) -> None:
        """Follow the cursor: the roster is read once it rests."""
        if event_id == self._state.selected:
            return
        self._state = states.event_selected(self._state, event_id)
        if self._state.roster is None and event_id is not None:
            self._rests.after("roster", REST, self._follow_with_roster)
        else:
            self._panes.show_roster(self._state)

    def _follow_with_roster(self) -> None:
        """Empty the roster's pane and read the next: a held arrow paints nothing but the arrow."""
        self._panes.show_roster(self._state)
        self.read_roster()

    def foresee(self, event_id: int, booking_ids: frozenset[int], to: Attendance) -> None:
        """Show the attendance of bookings as it will be once the server has agreed."""
        self._state = states.attendance_foreseen(self._state, event_id, booking_ids, to)
        self._panes.show_roster(self._state)

    def filter(self, text: str) -> None:
        """Show the events that hold every word of a text."""
        if text != self._state.filter:
            self._state = replace(self._state, filter=text)
            self._show_header()
            self._show_events()

    def show_cancelled(self, *, shown: bool) -> None:
        """Show the cancelled events as well, or hide them."""
        if shown != self._state.with_cancelled:
            self._state = replace(self._state, with_cancelled=shown)
            self._say("Cancelled events are shown." if shown else "Cancelled events are hidden.")
            self._show_header()
            self._show_events()

    def toggle_phones(self) -> None:
        """Show the phones of the roster for a moment, or mask them again at once."""
        self._show_phones(shown=not self._state.phones)
        if self._state.phones:
            self._rests.after("phones", REVEALED, lambda: self._show_phones(shown=False))

    def _show_phones(self, *, shown: bool) -> None:
        self._rests.drop("phones")
        self._state = replace(self._state, phones=shown)
        self._panes.show_roster(self._state)

    async def ready(self, *, roster: bool) -> str:
        """Wait for the day, or for the roster of the selected event; empty, or why it could not be read, in words."""
        self.select(self._panes.event_list.cursor_key)  # an arrow in a burst is ahead of the message that tells of it
        if roster and self._state.roster is None and not self._waits("roster"):
            self.read_roster()
        elif self._state.day is None and not self._waits("day"):
            self.read_day()
        while self._waits("day") or (roster and self._waits("roster")):
            await self._news.wait()
        return self._failures.get("day", "") or (self._failures.get("roster", "") if roster else "")

    def _waits(self, group: str) -> bool:
        return self._rests.waits(group) or self._readings.expects(group)

    def _tell_news(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    # --------------------------------------------------------------------------------------------------- what was read

    def take_end(self, message: ReadingEnded) -> None:
        """Let go of a reading that has ended."""
        self._readings.ended(message)
        self._tell_news()

    def take_day(self, message: DayRead) -> None:
        """Show a day that was read, and look for the next one where it is empty."""
        self._state = states.day_read(self._state, message.day)
        if message.day.date != self._state.shown:
            return
        self._connection = ONLINE
        if message.day.notes:
            self._say(message.day.notes[0], alert=True)
        if not message.day.events and not self._state.searching:
            self._state = replace(self._state, searching=True)
            self._readings.next_day(message.day.date)
        self._works_again("day")
        self.render()
        self._preselect()
        self._tell_news()

    def _preselect(self) -> None:
        day = self._state.day
        if not self._preselecting or day is None:
            return
        wanted = self._wanted_id or preselect(day, self.desk.clock.now())
        self._preselecting, self._wanted_id = False, None
        if wanted is not None:
            self._panes.event_list.move_to(wanted)
            self.select(wanted)  # the cursor may have been there before: then no message tells of it

    def take_roster(self, message: RosterRead) -> None:
        """Show a roster, if its event is still the selected one."""
        if message.roster.event_id == self._panes.event_list.cursor_key:
            self._state = states.roster_read(self._state, message.roster)
            self._works_again("roster")
            self._panes.show_roster(self._state)
            self._tell_news()

    def _works_again(self, group: str) -> None:
        """Take note that a reading has worked, and take down what was said of the last that had not."""
        self._readings.answered(group)
        self._failures.pop(group, None)
        line = self._panes.screen.query_one(MessageLine)
        if line.text in {REFRESHING, f"! {self._told_failure}"} and not self._failures:
            line.tell("")

    def take_next_day(self, message: NextDayFound) -> None:
        """Offer the next day with events."""
        if message.after == self._state.shown:
            self._state = replace(self._state, next_day=message.found, searching=False)
            self._show_events()

    def take_failure(self, message: ReadingFailed) -> None:
        """Keep what is on the screen, and say what went wrong and how old it is."""
        self._failures["day" if message.day is not None else "roster"] = explain(message.error).line
        trouble = f"Cannot be read: {why(message.error)}"
        if message.day is None:
            self._state = states.roster_failed(self._state, message.event_id, trouble)
            self._panes.show_roster(self._state)
        else:
            kept = self._state.days.get(message.day)
            last_good = self.desk.clock.wall(kept.as_of) if kept is not None else None
            self._state = states.day_failed(self._state, message.day, last_good, trouble)
            self._connection = NO_RIGHTS if isinstance(message.error, NoRights) else OFFLINE
            self._show_events()
        self._told_failure = explain(message.error).line
        self._say(self._told_failure, alert=True)
        self._show_header()

    # ------------------------------------------------------------------------------------------------------ rendering

    def render(self) -> None:
        """Show all of the state; what has not changed is not painted again."""
        self._show_header()
        self._show_events()
        self._panes.show_roster(self._state)

    def _show_header(self) -> None:
        location = self.desk.location
        self._header_line.show(heading_of(self._state, location, where=self._where, connection=self._connection))

    def _show_events(self) -> None:
        self._panes.show_events(self._state, self.desk.clock.now())
