"""The input for a PIN: shows dots, gives nothing to the clipboard, and is emptied as soon as it is read."""

from typing import TYPE_CHECKING, Final

from textual.events import Key
from textual.message import Message
from textual.widgets import Input
from typing_extensions import override

from tui_app.widgets.quiet_input import QuietInput

if TYPE_CHECKING:
    from tui_app.secret import SecretStr

LONGEST: Final = 64
"""Characters that are taken; a PIN is shorter."""


class PinInput(QuietInput):
    """One line of dots. It takes Enter itself, so that a burst of keys is cut where its Enters stand."""

    class Entered(Message):
        """A PIN was typed, and taken out of the input."""

        def __init__(self, pin: "SecretStr") -> None:
            super().__init__()
            self.pin = pin

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(longest=LONGEST, id=id)
        self.password = True

    @override
    async def _on_key(self, event: Key) -> None:
        if event.key != "enter":
            await super()._on_key(event)
            return
        event.prevent_default()
        event.stop()
        from tui_app.secret import SecretStr

        typed = SecretStr(self.value)
        self.clear_typed()
        self.post_message(self.Entered(typed))

    def clear_typed(self) -> None:
        """Empty the input without telling anybody."""
        with self.prevent(Input.Changed):
            self.value = ""

    @override
    def action_copy(self) -> None:
        """Copy nothing."""

    @override
    def action_cut(self) -> None:
        self.delete_selection()
