"""What the entries of the desk line do to the screen around the board: reports, questions, menus, other screens."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from textual.message import Message

from tui_app.actions import actions_of
from tui_app.desk.caller import CallerDesk, CallList
from tui_app.desk.commands import intents as wishes
from tui_app.desk.commands.questions import Questions
from tui_app.desk.entries.reports import EntryReport
from tui_app.desk.entries.surface import Opening, Step, UnfinishedBooking
from tui_app.intents import (
    BookInto,
    EditBooking,
    EditEvent,
    EntryTold,
    LockDesk,
    NewEvent,
    OpenCalls,
    OpenConnect,
    OpenDrafts,
    OpenHelp,
    OpenPrinting,
    OpenWeek,
)
from tui_app.screens.schedule.board import Board
from tui_app.screens.schedule.reports import Reports, newest_lines, question_lines, with_report, without_unknown
from tui_app.screens.schedule.rows import title_of
from tui_app.screens.schedule.screen import MOST_REPORTS
from tui_app.widgets.text_lines import TextLine

if TYPE_CHECKING:
    from tui_app.screens.schedule.screen import ScheduleScreen

DAYS: Final = {Step.DAY_BACK: -1, Step.DAY_ON: 1}


class LineStage:
    """Shows what the entries tell, and opens what they ask for, on one screen."""

    def __init__(
        self, screen: "ScheduleScreen", board: Board, caller: CallerDesk, preview_again: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._board = board
        self._caller = caller
        self.preview_again = preview_again
        self._reports: Reports = {}
        self._asked = Questions()
        self._questions: list[TextLine] = []
        self._previewed: list[TextLine] = []

    def carry_out(self, step: Step) -> None:
        """Carry out a key that moves."""
        screen, board = self._screen, self._board
        if screen.panes.active_list.go(step.value):
            board.moved()
        elif step is Step.OTHER_PANE:
            screen.panes.activate_other()
        elif step in DAYS:
            board.go_to(board.state.shown + timedelta(days=DAYS[step]))
        elif step is Step.ESCAPE:
            self._back()

    def _back(self) -> None:
        """Leave the roster, then the filter, then what was told."""
        screen, board = self._screen, self._board
        if screen.panes.active_list is screen.panes.roster_list:
            screen.panes.activate(screen.panes.event_list)
        elif board.state.filter:
            board.filter("")
        elif screen.report_lines.lines:
            self._reports = {}
            screen.report_lines.tell(())
        else:
            screen.say("F10 quits.")

    def open_wish(self, wish: Opening) -> None:
        """Open a form, a dialog, a panel or another screen."""
        if isinstance(wish, wishes.ListActions):
            self.open_menu()
        elif isinstance(wish, wishes.Quit):
            self._screen.perform("quit")
        elif isinstance(wish, wishes.OpenEventForm):
            event = self._board.state.event(wish.event_id)
            self._screen.post_message(EditEvent(wish.event_id, event.event if event is not None else None))
        elif isinstance(wish, wishes.OpenBookingForm):
            booking = wish.entry.booking if wish.entry is not None else None
            message = BookInto(wish.event_id) if booking is None else EditBooking(wish.event_id, booking)
            self._screen.post_message(message)
        elif isinstance(wish, wishes.Week):
            self._screen.post_message(OpenWeek(wish.day, self._board.state.filter))
        elif isinstance(wish, wishes.Print):
            self._print(wish)
        elif isinstance(wish, UnfinishedBooking):
            self._screen.post_message(BookInto(wish.event_id, wish.draft, wish.problems))
        else:
            self._screen.post_message(message_for(wish))

    def _print(self, wish: wishes.Print) -> None:
        state = self._board.state
        day = state.days.get(wish.day)
        if day is None:
            self._screen.say("The day is still being read: print again in a moment.", alert=True)
            return
        event = day.by_id(wish.event_id) if wish.event_id is not None else None
        roster = state.roster if event is not None and state.roster and state.roster.event_id == event.id else None
        self._screen.post_message(OpenPrinting(day, event, roster))

    def open_menu(self) -> None:
        """List the actions of the selected row; on an empty day go to the next one with events."""
        screen, board = self._screen, self._board
        if screen.panes.active_list is screen.panes.roster_list and (entry := screen.selected_entry) is not None:
            screen.menu.open(f"{entry.number} {entry.name}", actions_of("booking"))
        elif (event := screen.selected_event) is not None:
            screen.menu.open(title_of(event), actions_of("event"))
        elif board.state.next_day is not None:
            board.go_to(board.state.next_day)

    def show_calls(self, calls: CallList) -> None:
        """Show whom to ring."""
        day = self._board.state.day
        event = day.by_id(calls.event_id) if day is not None else None
        if event is not None:
            self._screen.post_message(OpenCalls(event, self._caller))

    def show_report(self, report: EntryReport) -> None:
        """Tell how an entry is doing: in the message line, or in lines of their own where there are several."""
        self._reports = with_report(self._reports, report)
        self._screen.post_message(EntryTold(report))
        self._screen.history.ended(report.number, report.text if report.keeps_text else "")
        if self._screen.is_running:  # an entry may end after the screen is gone
            self._show_reports()

    def drop_unconfirmed(self) -> None:
        """Take down what was not confirmed: it is known now, and what is said of that elsewhere stays."""
        before, self._reports = self._lines(), without_unknown(self._reports)
        after = self._lines()
        if before == after:
            return
        if self._screen.report_lines.lines:
            self._screen.report_lines.tell(after)
        elif self._screen.message_line.text == before[0].text.strip():
            self._screen.message_line.tell("")

    def _lines(self) -> list[TextLine]:
        return newest_lines(self._reports, self._screen.size.width - 1, MOST_REPORTS, self._asked)

    def _show_reports(self) -> None:
        lines = self._lines()
        one = len(lines) == 1
        self._screen.message_line.tell(lines[0].text.strip() if one else "")
        self._screen.report_lines.tell(() if one else lines)

    def show_questions(self, questions: Questions) -> None:
        """Show the candidates of the question that is open."""
        self._asked = questions
        self._questions = question_lines(questions, self._screen.room_above_line)
        self._show_items()
        if self._reports:
            self._show_reports()
        self.preview_again()

    def show_preview(self, items: Sequence[str]) -> None:
        """Show above the line the candidates that are known already."""
        self._previewed = [TextLine(f"   {item}") for item in items[: self._screen.room_above_line]]
        self._show_items()

    def _show_items(self) -> None:
        self._screen.candidate_lines.tell(self._previewed or self._questions)
        self._screen.panes.lend(lends=bool(self._previewed))


def message_for(
    wish: wishes.NewEvent | wishes.Drafts | wishes.SwitchLocation | wishes.Lock | wishes.Help,
) -> Message:
    """What to ask the App for."""
    match wish:
        case wishes.NewEvent(day=day):
            return NewEvent(day)
        case wishes.Drafts():
            return OpenDrafts()
        case wishes.SwitchLocation():
            return OpenConnect(to_location=True)
        case wishes.Lock():
            return LockDesk()
        case wishes.Help():
            return OpenHelp("schedule")
