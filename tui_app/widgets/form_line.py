"""The one-line input of a form, which answers every key in the order in which it came."""

from collections.abc import Callable
from typing import Final, Literal

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from tui_app.widgets.quiet_input import QuietInput, run_own_binding

Wish = Literal["save", "leave", "help"]

WISHES: Final[dict[str, Wish]] = {
    "f8": "save",
    "ctrl+s": "save",
    "ctrl+ы": "save",
    "escape": "leave",
    "f1": "help",
}
"""Keys that are meant for the whole form, wherever the cursor stands."""

STEPS: Final[dict[str, int]] = {"enter": 1, "tab": 1, "down": 1, "shift+tab": -1, "up": -1}
"""Keys that go to the field after or before."""

ONLY_SHOWN: Final = "-only-shown"
"""The class of a screen whose fields can only be read."""

LONGEST: Final = 400
"""Characters that a line takes; what a paste holds beyond is cut."""

_RULE: Final = Style(underline=True)
_HARMLESS: Final = frozenset({"left", "right", "home", "end", "ctrl+left", "ctrl+right", "ctrl+a", "ctrl+e", "ctrl+c"})


class FormAsked(Message):
    """A key for the whole form was pressed in one of its fields."""

    def __init__(self, wish: Wish) -> None:
        super().__init__()
        self.wish = wish


def follow_focus(widget: Widget, event: events.Key) -> bool:
    """Hand a key on that was typed before the focus moved, to the field where the focus is now; False if it is here.

    Keys of one burst are all queued at the field that had the focus when the first of them came.
    """
    focused = widget.screen.focused
    if focused is widget or focused is None:
        return False
    event.prevent_default()
    event.stop()
    focused._forward_event(events.Key(event.key, event.character))
    return True


def step_focus(widget: Widget, step: int) -> None:
    """Go to the field after (1) or before (-1)."""
    if step > 0:
        widget.screen.focus_next()
    else:
        widget.screen.focus_previous()


def ruled(widget: Widget, strip: Strip) -> Strip:
    """Underline a line that can be typed into, its empty part too: it shows without any colour where a field is."""
    return strip if widget.screen.has_class(ONLY_SHOWN) else strip.apply_style(_RULE)


class FormLine(QuietInput):
    """One line of a form: Enter, Tab and Down go on, Shift+Tab and Up back, unless `keys` takes the key.

    `locked` shows the text and lets it be copied, but changes nothing.
    """

    def __init__(self, value: str = "", *, placeholder: str = "", keys: Callable[[str], bool] | None = None) -> None:
        super().__init__(value, longest=LONGEST, placeholder=placeholder)
        self.locked = False
        self._keys = keys

    @override
    async def _on_key(self, event: events.Key) -> None:
        if follow_focus(self, event):
            return
        if event.is_printable and not self.locked:
            await super()._on_key(event)
            return
        if await self._answer(event.key):
            event.prevent_default()
            event.stop()

    async def _answer(self, key: str) -> bool:
        if self._keys is not None and not self.locked and self._keys(key):
            return True
        if key in WISHES:
            self.post_message(FormAsked(WISHES[key]))
            return True
        if key in STEPS:
            step_focus(self, STEPS[key])
            return True
        if self.locked and key not in _HARMLESS:
            return False
        return await run_own_binding(self, key)

    @override
    def render_line(self, y: int) -> Strip:
        return ruled(self, super().render_line(y))

    @override
    def takes_paste(self) -> bool:
        return not self.locked
