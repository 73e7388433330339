"""An input that paints only its own line, takes a paste as one line, and does its editing keys in their order."""

from rich.cells import cell_len
from textual import events
from textual.widget import Widget
from textual.widgets import Input
from typing_extensions import override


async def run_own_binding(widget: Widget, key: str) -> bool:
    """Do at once what the widget itself binds to a key: the framework would do it after the keys typed behind it."""
    bindings = widget._bindings.key_to_bindings.get(key, [])
    for binding in bindings:
        await widget.run_action(binding.action)
    return bool(bindings)


class QuietInput(Input):
    """One line of at most `longest` characters; what a paste holds beyond is cut, its line ends become spaces."""

    def __init__(
        self,
        value: str = "",
        *,
        longest: int,
        placeholder: str = "",
        select_on_focus: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, compact=True, max_length=longest, select_on_focus=select_on_focus, id=id
        )
        self.cursor_blink = False
        self._longest = longest

    @property
    @override
    def content_width(self) -> int:
        # always the longest: a line whose virtual size changes with each key has its whole screen laid out again
        return 2 * self._longest

    def watch_value(self, value: str) -> None:
        """Show a text that fits from its beginning: after a longer one the framework stays a cell to the right."""
        if self.scroll_offset.x and cell_len(value) < self.size.width:
            self.scroll_to(0, animate=False, force=True, immediate=True)

    def takes_paste(self) -> bool:
        """Whether a paste may change the text now."""
        return True

    @override
    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = " ".join(event.text.split())[: self._longest]
        if text and self.takes_paste():
            self.replace(text, *sorted(self.selection))
