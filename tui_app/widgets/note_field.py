"""A field for a text of several lines, with a count of its characters."""

from collections.abc import Iterable
from typing import Any, Final

from textual import events
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from typing_extensions import override

from tui_app.widgets.fields import Field
from tui_app.widgets.form_line import WISHES, FormAsked, follow_focus, ruled, step_focus
from tui_app.widgets.quiet_input import run_own_binding

BREAKS: Final = frozenset({"ctrl+j", "alt+enter", "shift+enter"})
"""Keys that begin a new line; Enter itself goes on, as in every field. The first works on every terminal."""

_STEPS: Final = {"enter": 1, "tab": 1, "shift+tab": -1}
_MOST_PASTED: Final = 4000


class NoteArea(TextArea):
    """The box of a note; like a `FormLine` it answers every key in the order in which it came."""

    def __init__(self) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    @override
    async def _on_key(self, event: events.Key) -> None:
        if follow_focus(self, event):
            return
        if event.is_printable:
            await super()._on_key(event)
            return
        if await self._answer(event.key):
            event.prevent_default()
            event.stop()
        elif event.key == "enter":
            event.prevent_default()

    async def _answer(self, key: str) -> bool:
        if key in WISHES:
            self.post_message(FormAsked(WISHES[key]))
        elif key in _STEPS:
            step_focus(self, _STEPS[key])
        elif key == "up" and self.cursor_at_first_line:
            step_focus(self, -1)
        elif key == "down" and self.cursor_at_last_line:
            step_focus(self, 1)
        elif key in BREAKS:
            if not self.read_only:
                self.insert("\n")
        else:
            return await run_own_binding(self, key)
        return True

    @override
    def render_line(self, y: int) -> Strip:
        return ruled(self, super().render_line(y))

    @override
    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if not self.read_only:
            text = event.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")[:_MOST_PASTED]
            self.replace(text, *self.selection)


class NoteField(Field):
    """A text of at most `most` characters: more can be typed or pasted, but is told, so that nothing is cut unseen."""

    def __init__(self, key: str, label: str, most: int) -> None:
        super().__init__(key, label)
        self.add_class("-note-field")
        self.area = NoteArea()
        self.area.add_class("field-area")
        self._most = most

    @override
    def body(self) -> Iterable[Widget]:
        yield self.area

    @property
    def value(self) -> str:
        """What is typed, without blanks at the ends."""
        return self.area.text.strip()

    @value.setter
    def value(self, value: str) -> None:
        if value != self.area.text:
            self.area.text = value

    @override
    def get_value(self) -> str:
        return self.value

    @override
    def set_value(self, value: Any) -> None:
        self.value = value

    @override
    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        self.area.read_only = locked

    @override
    def take_focus(self) -> None:
        self.area.focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Count, and tell the form."""
        event.stop()
        count = len(self.value)
        over = count - self._most
        self.changed()
        if over > 0:
            self.problem = f"{count}/{self._most}: {over} too many"
        else:
            self.hint(f"{count}/{self._most}" if count else "")
