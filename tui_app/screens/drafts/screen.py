"""The list of drafts: Enter takes one up, Delete dismisses it after asking, Esc leaves them all as they are."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from tui_app.desk.clock import LocationClock
from tui_app.desk.drafts import Draft
from tui_app.desk.drafts.words import SENT, when_words
from tui_app.widgets.columns import Column
from tui_app.widgets.dialogs import ConfirmDialog
from tui_app.widgets.list_screen import ListScreen
from tui_app.widgets.row_list import RowList
from tui_app.widgets.rows import Row

KEPT: Final = "They are kept for a day, on this machine alone."

COLUMNS: Final = (
    Column(key="when", title="Typed", width=16),
    Column(key="what", title="What was not sent", width=30, flex=1),
)

Discard = Callable[[Draft], Awaitable[bool]]


class DraftsScreen(ListScreen[Draft]):
    """Dismisses with the draft to take up; `discard` wipes one, False where another program has it by now."""

    AREA = "drafts"
    HINT = "↑↓ move  Enter opens it  Del dismisses it  Esc back"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", show=False),
        Binding("delete", "dismiss_draft", "Dismiss", show=False),
    ]

    def __init__(self, drafts: tuple[Draft, ...], clock: LocationClock, discard: Discard) -> None:
        super().__init__("Typed and not sent", COLUMNS, empty="Nothing is left unsent.")
        self._drafts = drafts
        self._clock = clock
        self._discard = discard

    def on_mount(self) -> None:
        """Show them."""
        self.summary_line.say(KEPT)
        self._show()

    @property
    def selected(self) -> Draft | None:
        """The draft under the cursor."""
        place = self.rows.cursor_key
        return self._drafts[place] if place is not None and place < len(self._drafts) else None

    # ------------------------------------------------------------------ keys

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Take up the selected one."""
        if self.selected is not None:
            self.answer(self.selected)

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
        self.message.tell("Dismissed." if wiped else "Another window has taken it up, or it is gone.")

    # ------------------------------------------------------------- rendering

    def _show(self) -> None:
        self.rows.set_rows(
            Row(key=place, cells=(("when", when_words(draft, self._clock)), ("what", _what(draft))))
            for place, draft in enumerate(self._drafts)
        )


def _what(draft: Draft) -> str:
    return f"{draft.content.words}; {SENT}" if draft.content.sent else draft.content.words
