"""The home screen: it turns keys into intents and hands what was read to the board, which holds the state."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widgets import Input
from typing_extensions import override

from tui_app.actions import BY_ID, hint_line, key_map
from tui_app.altegio.errors import TokenRefused
from tui_app.desk.writes import Write, WriteDesk, WriteState
from tui_app.intents import EventTouched, Shown, TokensRefused
from tui_app.screens.schedule.banner import Banner
from tui_app.screens.schedule.before_desk import BeforeDesk
from tui_app.screens.schedule.chosen import Chosen
from tui_app.screens.schedule.header import HeaderLine
from tui_app.screens.schedule.menu import ActionMenu
from tui_app.screens.schedule.news import DayRead, NextDayFound, ReadingEnded, ReadingFailed, RosterRead
from tui_app.screens.schedule.panes import Panes
from tui_app.screens.schedule.words import heading_of
from tui_app.widgets.desk_line import DeskLine
from tui_app.widgets.feature import FeatureScreen, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.line_history import LineHistory
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.rest import Rests
from tui_app.widgets.row_list import RowList
from tui_app.widgets.text_lines import TextLine, TextLines, wrapped

if TYPE_CHECKING:
    from datetime import date

    from textual.geometry import Size
    from textual.timer import Timer

    from tui_app.desk.desk import Desk
    from tui_app.desk.undo import UndoDesk
    from tui_app.screens.schedule.board import Board
    from tui_app.screens.schedule.day_picture import DayPicture
    from tui_app.screens.schedule.late_entries import LateEntries

MOST_HINTS: Final = 4
"""Lines for what Enter will do: nothing of it may be cut."""

KEPT_FOR_LISTS: Final = 11
"""Lines that candidates leave to the lists and to the lines around the desk line."""

MOST_CANDIDATES: Final = 10
"""Lines for the candidates of a question."""

MOST_REPORTS: Final = 5
"""Lines for the entries of the desk line where there is more than one."""


class ScheduleScreen(Chosen, FeatureScreen[None]):
    """A day's events, the roster of the selected one, and the desk line that holds the focus.

    It opens before anything is connected; `use` hands it the desk. `where` names the server where it is not production.
    """

    STYLES = ("rows", "schedule")
    AUTO_FOCUS = "#desk-line"

    header_line = query_one("#header", HeaderLine)
    banner = query_one("#banner", Banner)
    panes = query_one("#panes", Panes)
    menu = query_one("#menu", ActionMenu)
    report_lines = query_one("#reports", TextLines)
    candidate_lines = query_one("#candidates", TextLines)
    message_line = query_one("#message", MessageLine)
    desk_line = query_one("#desk-line", DeskLine)
    hint_lines = query_one("#hints", TextLines)

    def __init__(self, writes: WriteDesk, *, refresh_seconds: int, with_cancelled: bool, where: str) -> None:
        super().__init__(id="schedule")
        self._writes = writes
        self._refresh_seconds = refresh_seconds
        self._with_cancelled = with_cancelled
        self._where = where
        self.history = LineHistory()
        self.board: Board | None = None
        self._before = BeforeDesk(self)
        self._entries: LateEntries | None = None
        self._laid_out: Size | None = None
        self._rests = Rests(self)
        self._refreshing: Timer | None = None

    @override
    def compose(self) -> ComposeResult:
        """Header, the two panes, the menu, the message, the desk line and the hints."""
        yield too_small_notice()
        yield HeaderLine()
        yield Banner()
        yield Panes(id="panes")
        yield ActionMenu()
        yield TextLines(MOST_REPORTS, id="reports")
        yield TextLines(MOST_CANDIDATES, id="candidates")
        yield MessageLine("Connecting", id="message")
        with Horizontal(id="desk"):
            yield Line("›", id="prompt")
            yield DeskLine(key_map(), self.history)
        hints = TextLines(MOST_HINTS, id="hints")
        self._laid_out = self.app.size
        hints.tell(self._hints("", self._laid_out.width))
        yield hints

    def on_mount(self) -> None:
        """Start the refresh that happens by itself."""
        self._refreshing = self.set_interval(self._refresh_seconds, self.refresh_day)

    def on_screen_resume(self) -> None:
        """Tell that the schedule can be seen."""
        self.post_message(Shown())

    def on_resize(self, event: events.Resize) -> None:
        """Fit the hints into the new width. At the start one size is told several times: it is laid out once."""
        if event.size == self._laid_out == self.size:
            event.prevent_default()
            return
        self._laid_out = event.size
        self.show_hint("")
        self._preview_again()

    # ------------------------------------------------------------------------------------------------ what it is told

    async def show_picture(self, picture: "DayPicture") -> None:
        """Show the first day already, while its desk is being opened."""
        await self._before.show(picture, where=self._where, with_cancelled=self._with_cancelled)

    def use(self, desk: "Desk", *, where: str) -> None:
        """Work with this desk from now on, on its today."""
        from tui_app.screens.schedule.board import Board
        from tui_app.screens.schedule.late_entries import LateEntries
        from tui_app.screens.schedule.reading import Readings

        self.board = Board(
            desk,
            Readings(self, desk, lambda: self._refresh_seconds),
            self._rests,
            self.panes,
            self.header_line,
            self.say,
            where=where,
            with_cancelled=self._with_cancelled,
        )
        if self._entries is not None:
            self.run_worker(self._entries.stop(), group="entries", exit_on_error=False)
        self._entries = LateEntries(self, self.board, self._writes)
        self.board.begin()

    def follow(self, *, refresh_seconds: int, with_cancelled: bool) -> None:
        """Follow changed settings at once."""
        if self._refreshing is not None and refresh_seconds != self._refresh_seconds:
            self._refresh_seconds = refresh_seconds
            self._refreshing.stop()
            self._refreshing = self.set_interval(refresh_seconds, self.refresh_day)
        self._with_cancelled = with_cancelled
        if self.board is not None:
            self.board.show_cancelled(shown=with_cancelled)

    def say(self, text: str, *, alert: bool = False) -> None:
        """Put words into the message line."""
        self.message_line.tell(text, alert=alert)

    def say_connection(self, state: str, words: str) -> None:
        """Tell that there is no desk yet, and why."""
        self._before.give_up()
        self.say(words, alert=True)
        self.header_line.show(heading_of(None, None, where=self._where, connection=state))

    def show_write(self, write: Write[Any]) -> None:
        """Tell how a write is doing."""
        if write.error is not None:
            from tui_app.desk.wording import explain

            self.say(f"{write.words}: {explain(write.error).line}", alert=True)
        elif write.state is WriteState.SENDING:
            self.say(f"sending: {write.words}")
        else:
            self.say(f"done: {write.words}")

    def show_uncertain(self, unconfirmed: Sequence[str]) -> None:
        """Show what is not confirmed, in words."""
        self.banner.show(unconfirmed)
        if not unconfirmed and self._entries is not None:
            self._entries.all_confirmed()

    def let_rest(self) -> None:
        """Let the line rest for good: what is still on its way has nobody left to tell."""
        if self._entries is not None:
            self._entries.abandon()

    @on(EventTouched)
    def look_again(self, event: EventTouched) -> None:
        """Show what a write has made, or read it again, and go to the day it is on."""
        if self.board is not None and self.board.hear(event):
            self._preview_again()

    @property
    def room_above_line(self) -> int:
        """Lines that candidates may take, so that the lists keep some of theirs."""
        return max(3, min(MOST_CANDIDATES, self.size.height - KEPT_FOR_LISTS))

    # -------------------------------------------------------------------------------------------------- what is chosen

    @property
    def is_resting(self) -> bool:
        """Whether something waits for the hand to rest, or for its turn."""
        return self._rests.pending(but="phones") or (self._entries is not None and self._entries.busy)

    @property
    def undo(self) -> "UndoDesk | None":
        """Where forms remember what can be taken back."""
        return self._entries.services.undo if self._entries is not None else None

    # ------------------------------------------------------------------------------------------------------------ keys

    @on(DeskLine.Moved)
    def move(self, event: DeskLine.Moved) -> None:
        """Move in the open menu, else in the lists and in time: in turn with the entries of the line."""
        if self.menu.is_open and self.menu.go(event.where):
            return
        self.menu.close()
        if not self._before.keeps(lambda: self.move(event)) and self._entries is not None:
            self._entries.move(event.where)

    @on(DeskLine.Escaped)
    def escape(self) -> None:
        """Go back one level: out of the menu, then what the entries say of it."""
        if self.menu.is_open:
            self.menu.close()
        elif self._entries is not None:
            self._entries.move("escape")
        else:
            self.say("F10 quits.")

    @on(RowList.Pointed)
    def point(self, event: RowList.Pointed) -> None:
        """Make the list that was clicked the active one."""
        if event.row_list is not self.menu:
            self.menu.close()
            self.panes.activate(event.row_list)

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Do what Enter does on the row that was clicked again."""
        if event.row_list is self.menu:
            self._choose_action()
        elif self._entries is not None:
            self._entries.open_menu()

    @on(DeskLine.Entered)
    def enter(self, event: DeskLine.Entered) -> None:
        """Hand a line to the entries, or do what the open menu says."""
        if self._before.keeps(lambda: self.enter(event)):
            return
        if self.menu.is_open and not event.text:
            self._choose_action()
        elif self._entries is None:
            self.desk_line.value = event.text
            self.say("Not connected yet: this needs the server.", alert=True)
        else:
            self._entries.enter(event.text)

    def _choose_action(self) -> None:
        action = self.menu.choice
        self.menu.close()
        if action is not None:
            self.perform(action.id)

    @on(Input.Changed, "#desk-line")
    def type(self) -> None:
        """Say under the line what Enter will do."""
        self.menu.close()
        if self._entries is not None:
            self._entries.typed(self.desk_line.value)

    def show_hint(self, words: str) -> None:
        """Say what Enter will do; where there is nothing to say, which keys there are."""
        self.hint_lines.tell(self._hints(words, (self._laid_out or self.size).width))

    @staticmethod
    def _hints(words: str, width: int) -> list[TextLine]:
        return wrapped(TextLine(f" {words}") if words else TextLine(f" {hint_line(width - 2)}", "dim"), width - 1)

    def _preview_again(self) -> None:
        if self._entries is not None:
            self._entries.preview_again()

    @on(DeskLine.Asked)
    def ask(self, event: DeskLine.Asked) -> None:
        """Do the action of a key."""
        self.perform(event.action_id)

    def enter_text(self, text: str) -> None:
        """Enter a line as if it had been typed."""
        if self._entries is not None:
            self._entries.enter(text)

    def perform(self, action_id: str) -> None:
        """Do an action of the table by its id, or say why it cannot be done."""
        from tui_app.screens.schedule.doing import Doings, everywhere

        self.menu.close()
        action = BY_ID[action_id]
        if action.area == "everywhere":
            everywhere(self, action_id)
        elif self._before.keeps(lambda: self.perform(action_id)):
            return
        elif self.board is None:
            self.say("Not connected yet: this needs the server.", alert=True)
        else:
            Doings(self, self.board.desk, self._writes, self.undo).perform(action)

    def go_to(self, day: "date") -> None:
        """Show another day."""
        if self.board is not None:
            self.desk_line.value = ""
            self.menu.close()
            self.board.go_to(day)

    def refresh_day(self) -> None:
        """Read the day and the roster again."""
        if self.board is not None:
            self.board.refresh(held=bool(self.desk_line.value) or self.menu.is_open or self.is_resting)

    def toggle_cancelled(self) -> None:
        """Show the cancelled events as well, or hide them again."""
        if self.board is not None:
            self.board.show_cancelled(shown=not self.board.state.with_cancelled)

    def toggle_phones(self) -> None:
        """Show the phones of the roster, or mask them again."""
        if self.board is not None:
            self.board.toggle_phones()

    # --------------------------------------------------------------------------------------------------- what was read

    @on(DayRead)
    def take_day(self, message: DayRead) -> None:
        """Hand a day to the board."""
        if self.board is not None:
            self.board.take_day(message)
            self._before.day_came()
            self._preview_again()

    @on(RosterRead)
    def take_roster(self, message: RosterRead) -> None:
        """Hand a roster to the board."""
        if self.board is not None:
            self.board.take_roster(message)
            self._preview_again()

    @on(NextDayFound)
    def take_next_day(self, message: NextDayFound) -> None:
        """Hand the next day with events to the board."""
        if self.board is not None:
            self.board.take_next_day(message)

    @on(ReadingFailed)
    def take_failure(self, message: ReadingFailed) -> None:
        """Hand a failure to the board, and ask for tokens where they were refused and nothing is being typed."""
        if self.board is not None:
            self.board.take_failure(message)
            self._before.day_came()
        hands_free = self.is_current and not self.desk_line.value  # else it would take keys that are meant for those
        if isinstance(message.error, TokenRefused) and hands_free:
            self.post_message(TokensRefused(message.error))

    @on(ReadingEnded)
    def take_end(self, message: ReadingEnded) -> None:
        """Tell the board of the end of a reading."""
        if self.board is not None:
            self.board.take_end(message)

    @on(RowList.Highlighted, "#events")
    def select_event(self, message: RowList.Highlighted) -> None:
        """Let the board follow the cursor."""
        if self.board is not None and not self._before.is_shown:
            self.board.select(message.key)
