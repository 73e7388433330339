"""A small App that opens one screen or dialog and keeps its answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static
from typing_extensions import override

from tui_app.intents import OpenHelp, Unexpected
from tui_app.stylesheets import stylesheet

if TYPE_CHECKING:
    from textual.message import Message

NOT_YET = object()
"""Stands for an answer that has not been given."""


class Host(App[None]):
    """Opens what `make` makes; `answers` holds every result, `asked` every message that reached the App."""

    CSS_PATH = [stylesheet("base")]  # noqa: RUF012 - Textual's own name

    def __init__(self, make: Callable[[], Screen[Any]]) -> None:
        super().__init__()
        self._make = make
        self.answers: list[object] = []
        self.asked: list[Message] = []

    @override
    def compose(self) -> ComposeResult:
        yield Static("The screen below", id="below", markup=False)

    def on_mount(self) -> None:
        self.push_screen(self._make(), self.answers.append)

    def on_open_help(self, message: OpenHelp) -> None:
        self.asked.append(message)

    def on_unexpected(self, message: Unexpected) -> None:
        raise message.error

    @property
    def answer(self) -> object:
        """The only answer so far, or `NOT_YET`."""
        assert len(self.answers) < 2
        return self.answers[0] if self.answers else NOT_YET

    def text(self) -> str:
        """What stands on the terminal now."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)
