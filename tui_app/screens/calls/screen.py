"""The people of one class to ring, one a line: Space or Enter marks whom one has reached."""

from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from typing_extensions import override

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.desk.caller import CallerDesk, CallList
from tui_app.desk.desk import Desk
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.rights import sees_phones
from tui_app.desk.wording import explain
from tui_app.intents import OpenHelp, TokensRefused
from tui_app.screens.calls.view import COLUMNS, heading, line_of, next_to_ring, rows, summary, withheld
from tui_app.widgets.feature import FeatureScreen, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.row_list import RowList

HINT: Final = "↑↓ move  Space reached, or not  F5 refresh  Esc back"


class CallsScreen(FeatureScreen[None]):
    """Whom to ring about an event. The marks are kept by `caller` for this run, so they are there again next time."""

    STYLES = ("rows", "calls")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Back", show=False),
        Binding("space,enter", "turn", "Reached, or not", show=False),
        Binding("up", "move('up')", "Up", show=False),
        Binding("down", "move('down')", "Down", show=False),
        Binding("pageup", "move('page_up')", "Page up", show=False),
        Binding("pagedown", "move('page_down')", "Page down", show=False),
        Binding("home", "move('first')", "First", show=False),
        Binding("end", "move('last')", "Last", show=False),
        Binding("f5", "refresh_calls", "Refresh", show=False),
        Binding("f1,question_mark", "help", "Help", show=False),
    ]

    people = query_one("#calls-people", RowList)
    summary_line = query_one("#calls-summary", Line)
    message = query_one("#calls-message", MessageLine)

    def __init__(self, desk: Desk, caller: CallerDesk, event: ScheduledEvent) -> None:
        super().__init__()
        self._desk = desk
        self._caller = caller
        self._event = event
        self._calls: CallList | None = None
        self._answered = False

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Line(heading(self._event, self._desk.clock.today()), id="calls-heading")
        yield RowList(COLUMNS, empty="Reading the roster", id="calls-people")
        yield Line(id="calls-summary")
        yield MessageLine(id="calls-message")
        yield Line(HINT, id="calls-hint")

    def on_mount(self) -> None:
        """Read whom to ring."""
        self._read()

    # ------------------------------------------------------------------ keys

    def action_move(self, where: str) -> None:
        """Move in the list."""
        self.people.go(where)

    def action_turn(self) -> None:
        """Mark the selected one as reached and go to the next, or take the mark back and stay."""
        line = line_of(self._calls, self.people.cursor_key) if self._calls is not None else None
        if self._calls is None or line is None:
            return
        if not line.can_ring:
            self.message.tell(f"{line.name} cannot be rung: {line.phone}.", alert=True)
            return
        self._show(self._caller.mark_reached(self._calls, line.number, reached=not line.reached))
        self.message.tell(f"{line.name}: {'not reached yet' if line.reached else 'reached'}")
        following = next_to_ring(self._calls, line.number)
        if not line.reached and following is not None:
            self.people.move_to(following)

    def action_refresh_calls(self) -> None:
        """Read the list again."""
        self.message.tell("Reading")
        self._read()

    def action_help(self) -> None:
        """Open the help."""
        self.post_message(OpenHelp("calls"))

    def action_close(self) -> None:
        """Go back; a second key in the same burst changes nothing."""
        if not self._answered:
            self._answered = True
            self.dismiss(None)

    @on(RowList.Chosen)
    def turn_clicked(self) -> None:
        """Mark the one that was clicked again."""
        self.action_turn()

    # --------------------------------------------------------------- reading

    @work(group="calls", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        """Read the list; where that fails, what was read before stays."""
        try:
            reference = await self._desk.reference.load()
            calls = await self._caller.call_list(self._event.id)
        except AltegioError as error:
            if self._calls is None:
                self.people.set_rows((), empty="The roster could not be read. F5 tries again.")
            self.message.tell(explain(error).line, alert=True)
            if isinstance(error, TokenRefused):
                self.post_message(TokensRefused(error))
            return
        right = sees_phones(reference.permissions)
        first = self._calls is None
        calls = calls if right else withheld(calls)
        self._show(calls)
        self.message.tell("" if right else right.reason, alert=not right)
        if first and (following := next_to_ring(calls, None)) is not None:
            self.people.move_to(following)

    # ------------------------------------------------------------- rendering

    def _show(self, calls: CallList) -> None:
        self._calls = calls
        self.people.set_rows(rows(calls), empty="Nobody is booked into this class.")
        self.summary_line.say(summary(calls))
