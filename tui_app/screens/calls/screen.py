"""The people of one class to ring, one a line: Space or Enter marks whom one has reached."""

from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.desk.caller import CallerDesk, CallList
from tui_app.desk.desk import Desk
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.rights import sees_phones
from tui_app.desk.wording import explain
from tui_app.intents import TokensRefused
from tui_app.screens.calls.view import COLUMNS, call_rows, heading, line_of, next_to_ring, summary, withheld
from tui_app.widgets.list_screen import ListScreen
from tui_app.widgets.row_list import RowList


class CallsScreen(ListScreen[None]):
    """Whom to ring about an event. The marks are kept by `caller` for this run, so they are there again next time."""

    AREA = "calls"
    HINT = "↑↓ move  Space reached, or not  F5 refresh  Esc back"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn", "Reached, or not", show=False),
        Binding("f5", "refresh_calls", "Refresh", show=False),
    ]

    def __init__(self, desk: Desk, caller: CallerDesk, event: ScheduledEvent) -> None:
        super().__init__(heading(event, desk.clock.today()), COLUMNS, empty="Reading the roster")
        self._desk = desk
        self._caller = caller
        self._event = event
        self._calls: CallList | None = None

    def on_mount(self) -> None:
        """Read whom to ring."""
        self._read()

    # ------------------------------------------------------------------ keys

    def action_turn(self) -> None:
        """Mark the selected one as reached and go to the next, or take the mark back and stay."""
        line = line_of(self._calls, self.rows.cursor_key) if self._calls is not None else None
        if self._calls is None or line is None:
            return
        if not line.can_ring:
            self.message.tell(f"{line.name} cannot be rung: {line.phone}.", alert=True)
            return
        self._show(self._caller.mark_reached(self._calls, line.number, reached=not line.reached))
        self.message.tell(f"{line.name}: {'not reached yet' if line.reached else 'reached'}")
        following = next_to_ring(self._calls, line.number)
        if not line.reached and following is not None:
            self.rows.move_to(following)

    def action_refresh_calls(self) -> None:
        """Read the list again."""
        self.message.tell("Reading")
        self._read()

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
                self.rows.set_rows((), empty="The roster could not be read. F5 tries again.")
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
            self.rows.move_to(following)

    # ------------------------------------------------------------- rendering

    def _show(self, calls: CallList) -> None:
        self._calls = calls
        self.rows.set_rows(call_rows(calls), empty="Nobody is booked into this class.")
        self.summary_line.say(summary(calls))
