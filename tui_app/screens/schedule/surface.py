"""The schedule as the entries of the desk line see it: a look, a few movements, and a place to report."""

from datetime import date
from typing import Protocol

from msgspec import Struct

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.resources import Attendance, Event
from tui_app.desk.booking_draft import required_titles
from tui_app.desk.caller import CallList
from tui_app.desk.commands.intents import Named
from tui_app.desk.commands.questions import Questions
from tui_app.desk.commands.view import Missing, View
from tui_app.desk.entries.reports import EntryReport
from tui_app.desk.entries.surface import Opening, Step
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.wording import explain
from tui_app.screens.schedule.board import Board


class Stage(Protocol):
    """What the surface needs of the screen itself."""

    def carry_out(self, step: Step) -> None:
        """Carry out a key that moves."""
        ...

    def open_wish(self, wish: Opening) -> None:
        """Open a form, a dialog, a panel or another screen."""
        ...

    def show_calls(self, calls: CallList) -> None:
        """Show whom to ring."""
        ...

    def show_report(self, report: EntryReport) -> None:
        """Tell how an entry is doing."""
        ...

    def show_questions(self, questions: Questions) -> None:
        """Show the candidates."""
        ...

    def preview_again(self) -> None:
        """Say again what Enter will do."""
        ...


class ScheduleSurface(Struct, frozen=True):
    """A `Surface` over a board and the screen around it."""

    board: Board
    stage: Stage

    def view(self) -> View:
        """Take a frozen look at the screen."""
        state, desk = self.board.state, self.board.desk
        event = self.board.selected_event
        reference = desk.reference.current
        roster = state.roster if event is not None and state.roster and state.roster.event_id == event.id else None
        return View(
            shown=state.shown,
            today=state.today,
            now=desk.clock.now(),
            events=state.day.events if state.day is not None else (),
            day_known=state.day is not None,
            selected_id=event.id if event is not None else None,
            roster=roster,
            team_members=tuple(Named(member.id, member.name) for member in reference.team_members),
            rooms=tuple(Named(room.id, room.title) for room in reference.resources),
            names_known=reference.complete,
            region=desk.region,
            required=required_titles(reference.custom_fields),
        )

    def select_event(self, event_id: int) -> None:
        """Select an event of the day shown, and begin to read its roster."""
        self.board.choose(event_id)

    def show_day(self, day: date) -> None:
        """Show a day, and begin to read it."""
        if day != self.board.state.shown:
            self.board.go_to(day)
            self.board.read_day()

    async def ready(self, missing: Missing) -> str:
        """Wait until something has been read; empty, or why it could not be, in words."""
        if missing is Missing.NAMES:
            return await self._names()
        return await self.board.ready(roster=missing is Missing.ROSTER)

    async def _names(self) -> str:
        try:
            await self.board.desk.reference.load()
        except AltegioError as error:
            return explain(error).line
        return ""

    def apply_filter(self, text: str) -> None:
        """Show the events that hold all the words."""
        self.board.filter(text)

    def refresh(self) -> None:
        """Read the day and the roster again."""
        self.board.refresh()

    def move(self, step: Step) -> None:
        """Carry out a key that moves."""
        self.stage.carry_out(step)

    def open(self, wish: Opening) -> None:
        """Open something."""
        self.stage.open_wish(wish)

    def show_calls(self, calls: CallList) -> None:
        """Show whom to ring."""
        self.stage.show_calls(calls)

    def report(self, report: EntryReport) -> None:
        """Tell how an entry is doing."""
        self.stage.show_report(report)

    def questions_changed(self, questions: Questions) -> None:
        """Show the candidates."""
        self.stage.show_questions(questions)

    def foresee(self, event_id: int, booking_ids: frozenset[int], to: Attendance) -> None:
        """Show bookings as they will be."""
        self.board.foresee(event_id, booking_ids, to)

    def held(self, event_id: int) -> Event | None:
        """An event as it was last read, where that counts as now."""
        return self.board.held(event_id)

    def brought(self, change: OwnChange) -> None:
        """Show what a confirmed write has made."""
        self.board.brought(change)
        self.stage.preview_again()

    def touched(self, event_id: int) -> None:
        """Begin to read an event's row and roster again."""
        self.board.touched(event_id, None, select=False)
