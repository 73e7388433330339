"""A screen that is one list of rows: the same keys move in it, help and leave wherever it comes up."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from tui_app.intents import OpenHelp
from tui_app.widgets.columns import Column
from tui_app.widgets.feature import FeatureScreen, Result, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.message_line import MessageLine
from tui_app.widgets.row_list import RowList


class ListScreen(FeatureScreen[Result | None]):
    """A heading, the rows, how it stands with them, what came of the last key, and the keys.

    `AREA` is the area of its help, `HINT` names its keys. It answers None when it is left without a choice.
    """

    STYLES = ("rows", "list_screen")
    AREA: ClassVar[str]
    HINT: ClassVar[str]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Back", show=False),
        Binding("up", "move('up')", "Up", show=False),
        Binding("down", "move('down')", "Down", show=False),
        Binding("pageup", "move('page_up')", "Page up", show=False),
        Binding("pagedown", "move('page_down')", "Page down", show=False),
        Binding("home", "move('first')", "First", show=False),
        Binding("end", "move('last')", "Last", show=False),
        Binding("f1,question_mark", "help", "Help", show=False),
    ]

    def __init__(self, heading: str, columns: Sequence[Column], *, empty: str) -> None:
        super().__init__()
        self._heading = heading
        self._answered = False
        self.rows = RowList(columns, empty=empty, id="list-rows")
        self.summary_line = Line(id="list-summary")
        self.message = MessageLine(id="list-message")

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Line(self._heading, id="list-heading")
        yield self.rows
        yield self.summary_line
        yield self.message
        yield Line(self.HINT, id="list-hint")

    def action_move(self, where: str) -> None:
        """Move in the list."""
        self.rows.go(where)

    def action_help(self) -> None:
        """Open the help."""
        self.post_message(OpenHelp(self.AREA))

    def action_close(self) -> None:
        """Go back."""
        self.answer(None)

    def answer(self, result: Result | None) -> None:
        """Leave once; a second key in the same burst changes nothing."""
        if not self._answered:
            self._answered = True
            self.dismiss(result)
