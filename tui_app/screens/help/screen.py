"""The help of one screen, to be read with arrows and pages."""

from collections.abc import Sequence
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static
from typing_extensions import override

from tui_app.screens.help.topics import Line, Section, sections
from tui_app.widgets.feature import FeatureScreen, too_small_notice

HINT = "↑↓ PgUp PgDn read  Home End  Esc back"
KEY_COLUMNS = 9


class HelpScreen(FeatureScreen[None]):
    """Help for an area of the action table; `marks` and `commands` are lines of the screen that asks."""

    STYLES = ("help",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,q,й", "close", "Back", show=False),
    ]

    def __init__(self, area: str, *, marks: Sequence[Line] = (), commands: Sequence[Line] = ()) -> None:
        super().__init__()
        self._sections = sections(area, marks, commands)
        self._answered = False

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Static("Help", id="heading", markup=False)
        with VerticalScroll(id="text"):
            yield Static(Group(*(_shown(section) for section in self._sections)), id="lines")
        yield Static(HINT, id="hint", markup=False)

    def on_resize(self) -> None:
        """Let the arrows scroll at once, and again after the window was too small."""
        self.call_after_refresh(self._focus_text)

    def _focus_text(self) -> None:
        if self.focused is None and not self._answered:
            self.query_one("#text").focus()

    def action_close(self) -> None:
        """Go back; a second key in the same burst changes nothing."""
        if not self._answered:
            self._answered = True
            self.dismiss(None)


def _shown(section: Section) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(min_width=KEY_COLUMNS, no_wrap=True)
    table.add_column(ratio=1)
    for key, meaning in section.lines:
        table.add_row(Text(key, style="bold"), Text(meaning))
    return Padding(Group(Text(section.title, style="bold underline"), table), (0, 0, 1, 0))
