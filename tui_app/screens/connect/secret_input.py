"""An input for a token or a password: what is typed is taken out of it as soon as it is read."""

from textual.events import Paste
from textual.widgets import Input
from typing_extensions import override


class SecretInput(Input):
    """Shows dots, never gives its text to the clipboard, and takes a paste with empty lines around it."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, password=True, compact=True)
        self.cursor_blink = False

    def take(self) -> str:
        """Give the text without the spaces around it, and empty the input."""
        text = self.value.strip()
        with self.prevent(Input.Changed):
            self.value = ""
        return text

    @override
    def action_copy(self) -> None:
        """Copy nothing."""

    @override
    def action_cut(self) -> None:
        self.delete_selection()

    @override
    def _on_paste(self, event: Paste) -> None:
        super()._on_paste(Paste(event.text.strip()))
        event.stop()
        event.prevent_default()
