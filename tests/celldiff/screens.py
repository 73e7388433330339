"""Screens to drive in a real terminal: a list, an input, a dialog, text in many scripts, and the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Header, Input, Label, OptionList, Static
from typing_extensions import override

from tui_app.celldiff.driver import CellDiffDriver

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES: Sequence[str] = (
    *("Anna Kim", "Ольга Петрова", "王芳", "\u2068יעל כהן\u2069", "Zoe\u0308 e\u0301", "ปิ่น", "أحمد"),
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 family",
)


class Dialog(ModalScreen[None]):
    CSS = """
    Dialog { align: center middle }
    Dialog Vertical { width: 40; height: 8; border: round $primary; background: $surface }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close")]

    @override
    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label("Cancel this booking?")
            yield Input(placeholder="yes or no")


class Screens(App[None]):
    CSS = "OptionList { width: 30 } Input { height: 3 }"
    TITLE = "Screens"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "dialog", "dialog"),
        Binding("f3", "copy", "copy"),
        Binding("f4", "swap", "swap"),
        Binding("f5", "hostile", "hostile"),
        Binding("f6", "suspend_process", "suspend"),
        Binding("f7", "toast", "toast"),
        Binding("f8", "again", "again"),
        Binding("f10", "quit", "quit"),
    ]

    @override
    def compose(self) -> ComposeResult:
        yield Header()
        with Horizontal():
            yield OptionList(*(Text(f"{number:02} {NAMES[number % len(NAMES)]}") for number in range(60)))
            yield DataTable[str](cursor_type="row")
        yield Static("ready", id="state", markup=False)
        yield Input(placeholder="type here")
        yield Footer()

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.theme = "ansi-dark"
        table = self.query_one(DataTable)
        table.add_columns("time", "client", "places")
        for number in range(80):
            table.add_row(f"{number // 4:02}:{number % 4 * 15:02}", NAMES[number % len(NAMES)], f"{number % 12}/12")
        inputs = self.query_one(Input)
        inputs.cursor_blink = False
        inputs.focus()

    def action_dialog(self) -> None:
        self.push_screen(Dialog())

    def action_copy(self) -> None:
        self.copy_to_clipboard("kept")
        self.bell()

    def action_swap(self) -> None:
        self.theme = "textual-dark" if self.theme == "ansi-dark" else "ansi-dark"

    def action_hostile(self) -> None:
        self.query_one("#state", Static).update("\x07bell and \x1b[1mbold")

    def action_again(self) -> None:
        self.screen.refresh(layout=True)

    def action_toast(self) -> None:
        self.notify("saved", timeout=600)


class OwnScreens(Screens):
    def __init__(self) -> None:
        super().__init__(driver_class=CellDiffDriver)


if __name__ == "__main__":
    import sys

    (OwnScreens() if "own" in sys.argv else Screens()).run()
