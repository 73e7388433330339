"""The list of drafts: Enter takes one up, Delete dismisses it after asking, Esc leaves them all as they are."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from typing_extensions import override

from tui_app.desk.clock import LocationClock
from tui_app.desk.drafts import Draft
from tui_app.desk.drafts.words import SENT, when_words
from tui_app.intents import OpenHelp
from tui_app.widgets.columns import Column
from tui_app.widgets.dialogs import ConfirmDialog
from tui_app.widgets.feature import FeatureScreen, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.row_list import Row, RowList

HINT: Final = "↑↓ move  Enter opens it  Del dismisses it  Esc back"
KEPT: Final = "They are kept for a day, on this machine alone."

COLUMNS: Final = (
    Column(key="when", title="Typed", width=16),
    Column(key="what", title="What was not sent", width=30, flex=1),
)

Discard = Callable[[Draft], Awaitable[bool]]


class DraftsScreen(FeatureScreen[Draft | None]):
    """Dismisses with the draft to take up; `discard` wipes one, False where another program has it by now."""

    STYLES = ("rows", "drafts", "dialogs")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Back", show=False),
        Binding("enter", "choose", "Open", show=False),
        Binding("delete", "dismiss_draft", "Dismiss", show=False),
        Binding("up", "move('up')", "Up", show=False),
        Binding("down", "move('down')", "Down", show=False),
        Binding("pageup", "move('page_up')", "Page up", show=False),
        Binding("pagedown", "move('page_down')", "Page down", show=False),
        Binding("home", "move('first')", "First", show=False),
        Binding("end", "move('last')", "Last", show=False),
        Binding("f1,question_mark", "help", "Help", show=False),
    ]

    rows = query_one("#drafts-rows", RowList)
    message_line = query_one("#drafts-message", MessageLine)

    def __init__(self, drafts: tuple[Draft, ...], clock: LocationClock, discard: Discard) -> None:
        super().__init__()
        self._drafts = drafts
        self._clock = clock
        self._discard = discard
        self._answered = False

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Line("Typed and not sent", id="drafts-heading")
        yield RowList(COLUMNS, empty="Nothing is left unsent.", id="drafts-rows")
        yield MessageLine(KEPT, id="drafts-message")
        yield Line(HINT, id="drafts-hint")

    def on_mount(self) -> None:
        """Show them."""
        self._show()

    @property
    def selected(self) -> Draft | None:
        """The draft under the cursor."""
        place = self.rows.cursor_key
        return self._drafts[place] if place is not None and place < len(self._drafts) else None

    # ------------------------------------------------------------------ keys

    def action_move(self, where: str) -> None:
        """Move in the list."""
        self.rows.go(where)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Take up the selected one."""
        if self.selected is not None:
            self._answer(self.selected)

    def action_close(self) -> None:
        """Go back."""
        self._answer(None)

    def action_help(self) -> None:
        """Open the help."""
        self.post_message(OpenHelp("drafts"))

    @work(group="dismiss", exclusive=True, exit_on_error=False)
    async def action_dismiss_draft(self) -> None:
        """Wipe the selected one, after asking."""
        draft = self.selected
        if draft is None:
            return
        lines = (draft.content.words, "What was typed is gone then.")
        if not await self.app.push_screen_wait(ConfirmDialog("Dismiss this draft?", lines, "Dismiss it")):
            return
        wiped = await self._discard(draft)
        self._drafts = tuple(each for each in self._drafts if each is not draft)
        self._show()
        self.message_line.tell("Dismissed." if wiped else "Another window has taken it up, or it is gone.")

    def _answer(self, draft: Draft | None) -> None:
        if not self._answered:
            self._answered = True
            self.dismiss(draft)

    # ------------------------------------------------------------- rendering

    def _show(self) -> None:
        self.rows.set_rows(
            Row(key=place, cells=(("when", when_words(draft, self._clock)), ("what", _what(draft))))
            for place, draft in enumerate(self._drafts)
        )


def _what(draft: Draft) -> str:
    return f"{draft.content.words}; {SENT}" if draft.content.sent else draft.content.words
