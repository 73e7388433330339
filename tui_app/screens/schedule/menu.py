"""The menu that Enter opens: the actions of the selected row. The desk line keeps the focus and moves it."""

from collections.abc import Sequence

from tui_app.actions import Action, shown_key
from tui_app.widgets.columns import Column
from tui_app.widgets.row_list import RowList
from tui_app.widgets.rows import Cell, Row

TALLEST = 12
"""Rows, the title included."""


class ActionMenu(RowList):
    """A list of actions under a title; hidden while it is closed."""

    def __init__(self) -> None:
        super().__init__(_columns(""), id="menu")
        self._actions: tuple[Action, ...] = ()
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether the menu is on the screen."""
        return self.display

    @property
    def choice(self) -> Action | None:
        """The action under the cursor."""
        return self._actions[self.cursor_key] if self.cursor_key is not None and self._actions else None

    def open(self, title: str, actions: Sequence[Action]) -> None:
        """Show the actions of something, the first one selected."""
        self._actions = tuple(actions)
        self.set_columns(_columns(title))
        self.set_rows(_row(number, action) for number, action in enumerate(self._actions))
        self.move_to_end(-1)
        self.styles.height = min(TALLEST, len(self._actions) + 1)
        self.display = True

    def close(self) -> None:
        """Take the menu off the screen."""
        self.display = False


def _columns(title: str) -> tuple[Column, ...]:
    return (
        Column(key="label", title=title, width=26, flex=1),
        Column(key="key", title="Key", width=6),
        Column(key="help", title="Enter does it, Esc closes", width=26, flex=3, drop=1),
    )


def _row(number: int, action: Action) -> Row:
    key = shown_key(action.keys[0]) if action.keys else ""
    label = Cell(f"{action.label} …", "alert") if action.danger else action.label
    return Row(key=number, cells=(("label", label), ("key", key), ("help", Cell(action.help, "dim"))))
