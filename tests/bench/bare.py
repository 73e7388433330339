"""The least that Textual can do: what every figure of the program is compared to."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Static
from typing_extensions import override


class Bare(App[None]):
    """One word on the screen."""

    BINDINGS: ClassVar = [Binding("f10", "quit")]

    @override
    def compose(self) -> ComposeResult:
        yield Static("Hello")


if __name__ == "__main__":
    Bare().run()
