"""A button one line high, without a frame: brackets and reverse video tell it, so it needs no colour."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override


class LineButton(Widget, can_focus=True):
    """`[ Label ]`: Enter or a click chooses it; the label is data, never markup."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "press", "Choose", show=False)]

    class Pressed(Message):
        """The button was chosen."""

        def __init__(self, button: "LineButton") -> None:
            super().__init__()
            self.button = button

        @property
        @override
        def control(self) -> "LineButton":
            return self.button

    def __init__(self, label: str, *, id: str, danger: bool = False, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=f"{classes} -danger" if danger else classes)
        self._label = label

    @property
    def label(self) -> str:
        """The words on the button."""
        return self._label

    @label.setter
    def label(self, label: str) -> None:
        self._label = label
        self.refresh(layout=True)

    @override
    def render(self) -> Content:
        return Content(f"[ {self._label} ]")

    def action_press(self) -> None:
        """Choose the button."""
        self.post_message(self.Pressed(self))

    def on_click(self, event: Click) -> None:
        """Choose the button with the mouse."""
        event.stop()
        self.action_press()


def buttons_fit(labels: list[str], columns: int, *, measure: Callable[[str], int] = cell_len) -> bool:
    """Whether buttons with these labels fit side by side into so many columns."""
    return sum(measure(label) + 4 for label in labels) + 2 * (len(labels) - 1) <= columns
