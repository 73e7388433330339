"""The unconfirmed writes, one a line: c checks again, s sends again, l lets go."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.signal import Signal

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.desk.clock import LocationClock
from tui_app.desk.journal.keeper import WriteKeeper
from tui_app.desk.journal.rows import JournalRow
from tui_app.desk.trouble import DeskError
from tui_app.desk.wording import explain
from tui_app.desk.writes import WriteDesk
from tui_app.intents import TokensRefused
from tui_app.screens.unconfirmed.view import COLUMNS, summary, what, write_rows
from tui_app.widgets.dialogs import ConfirmDialog
from tui_app.widgets.list_screen import ListScreen
from tui_app.widgets.row_list import RowList

EMPTY: Final = "Everything is confirmed. Esc goes back."


class UnconfirmedScreen(ListScreen[None]):
    """What is not confirmed, as the keeper has it now; `changed` tells when to look at it again.

    Sending goes through the App's writes, which outlive this.
    """

    AREA = "unconfirmed"
    HINT = "↑↓ move  c check again  s send again  l let go  Esc back"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,с,enter,f5", "check", "Check again", show=False),
        Binding("s,ы,і", "send_again", "Send again", show=False),
        Binding("l,д", "let_go", "Let go", show=False),
    ]

    def __init__(self, keeper: WriteKeeper, writes: WriteDesk, clock: LocationClock, changed: Signal[None]) -> None:
        super().__init__("Not confirmed", COLUMNS, empty=EMPTY)
        self._changed = changed
        self._keeper = keeper
        self._writes = writes
        self._clock = clock
        self._shown: tuple[JournalRow, ...] = ()

    def on_mount(self) -> None:
        """Show what there is, and follow it."""
        self._changed.subscribe(self, lambda _: self.show_again())
        self.show_again()

    def show_again(self) -> None:
        """Show what is uncertain now; the cursor stays on its write."""
        chosen = self._chosen
        self._shown = self._keeper.uncertain
        self.rows.set_rows(write_rows(self._shown, self._clock), empty=EMPTY)
        places = [place for place, row in enumerate(self._shown) if chosen is not None and row.id == chosen.id]
        if places:
            self.rows.move_to(places[0])
        self.summary_line.say(summary(self._shown))

    @property
    def _chosen(self) -> JournalRow | None:
        key = self.rows.cursor_key
        return self._shown[key] if key is not None and key < len(self._shown) else None

    # ------------------------------------------------------------------ keys

    def action_check(self) -> None:
        """Look whether the selected write was carried out."""
        if self._chosen is not None:
            self._check(self._chosen)

    def action_send_again(self) -> None:
        """Look, and send the selected write once more if it is not there."""
        if self._chosen is not None:
            self._send_again(self._chosen)

    def action_let_go(self) -> None:
        """Let go of the selected write."""
        if self._chosen is not None:
            self._let_go(self._chosen)

    @on(RowList.Chosen)
    def check_clicked(self) -> None:
        """Check the one that was clicked again."""
        self.action_check()

    # ------------------------------------------------------------------ what they do

    @work(group="unconfirmed", exclusive=True, exit_on_error=False)
    async def _check(self, row: JournalRow) -> None:
        self.message.tell("Looking")

        async def look() -> str:
            if await self._keeper.check(row.id):
                return f"Carried out: {what(row)}"
            return "It is not there (yet). s sends it again, l lets it go."

        await self._told(look)

    @work(group="unconfirmed", exclusive=True, exit_on_error=False)
    async def _send_again(self, row: JournalRow) -> None:
        lines = (what(row), "The server is looked at first: what is there is not sent again.")
        if not await self.app.push_screen_wait(ConfirmDialog("Send it again?", lines, "Send again")):
            return
        self.message.tell("Looking, then sending")

        async def send() -> str:
            sent = self._writes.start(row.words, lambda: self._keeper.send_again(row.id), key=f"again {row.id}")
            return f"Sent: {what(row)}" if await sent.wait() else f"It was carried out already: {what(row)}"

        await self._told(send)

    @work(group="unconfirmed", exclusive=True, exit_on_error=False)
    async def _let_go(self, row: JournalRow) -> None:
        lines = (what(row), "Look at the schedule first: this program will not look after it any more.")
        if await self.app.push_screen_wait(ConfirmDialog("Let it go?", lines, "Let go", danger=True)):
            await self._keeper.let_go(row.id)
            self.message.tell(f"Let go: {what(row)}")
            self.show_again()

    async def _told(self, do: Callable[[], Awaitable[str]]) -> None:
        """Do something and say what came of it."""
        try:
            words = await do()
        except (AltegioError, DeskError) as error:
            self.message.tell(explain(error).line, alert=True)
            if isinstance(error, TokenRefused):
                self.post_message(TokensRefused(error))
        else:
            self.message.tell(words)
        self.show_again()
