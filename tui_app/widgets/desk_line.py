"""The desk line: the always-focused input, which turns keys into messages in the order in which they came."""

from collections.abc import Mapping
from typing import Final

from textual import events
from textual.message import Message
from typing_extensions import override

from tui_app.data_message import DataMessage
from tui_app.widgets.escape_keys import key_behind_escape, tell_escape_apart
from tui_app.widgets.line_history import LineHistory
from tui_app.widgets.quiet_input import QuietInput, run_own_binding

MOVES: Final[Mapping[str, str]] = {
    "up": "up",
    "down": "down",
    "pageup": "page_up",
    "pagedown": "page_down",
    "tab": "other_pane",
    "shift+tab": "other_pane",
}
"""Keys that move in the lists, whatever is in the line."""

MOVES_WHEN_EMPTY: Final[Mapping[str, str]] = {
    "home": "first",
    "end": "last",
    "left": "day_back",
    "right": "day_on",
}
"""Keys that move in the lists and in time while the line is empty, and in the line otherwise."""

ENTERS: Final = frozenset({"enter", "ctrl+j"})
"""Enter, also one that was pressed before the terminal was ours: until then it arrives as a line feed."""

RECALL: Final = "recall"
"""The action that takes the last line back."""

LONGEST: Final = 500
"""Characters that the line takes; what a paste holds beyond is cut."""


class DeskLine(QuietInput):
    """One line that never gives the focus away.

    Every key is answered in the key handler itself, as a message or on the text, and none by a binding: bindings run
    after the keys that were typed behind them, which would mix up a burst (field notes on keys). `action_keys` maps
    keys to the ids of actions; that of `RECALL` is done here, for Enter may come right behind it.
    """

    class Entered(DataMessage):
        """Enter was pressed on `text`, which may be empty; the line is empty from then on."""

        text: str

    class Moved(DataMessage):
        """A key of movement: up, down, page_up, page_down, first, last, day_back, day_on or other_pane."""

        where: str

    class Asked(DataMessage):
        """The key of an action was pressed."""

        action_id: str

    class Escaped(Message):
        """Esc was pressed on an empty line."""

    def __init__(self, action_keys: Mapping[str, str], history: LineHistory) -> None:
        super().__init__(longest=LONGEST, select_on_focus=False, id="desk-line")
        self._action_keys = action_keys
        self._history = history
        tell_escape_apart()

    @override
    async def _on_key(self, event: events.Key) -> None:
        behind = key_behind_escape(event)
        if behind is None:
            await self._take(event)
            return
        event.prevent_default()
        event.stop()
        await self._take(events.Key("escape", "\x1b"))
        await self._take(behind)

    def asks(self, event: events.Key) -> bool:
        """Whether a key asks for an action, whatever stands in the line."""
        return not event.is_printable and self._action_keys.get(event.key, RECALL) != RECALL

    def recall(self) -> bool:
        """Take back the line before the one that is shown, as far as there is one."""
        line = self._history.back(self.value)
        if line is not None:
            self.value = line
            self.cursor_position = len(line)
        return line is not None

    async def _take(self, event: events.Key) -> None:
        if event.key == "ctrl+c" and self.selection.is_empty:
            return  # nothing to copy: the App says how to leave
        message = self._message_for(event.key, typed=event.is_printable)
        if self._action_keys.get(event.key) == RECALL and self.recall():
            pass
        elif message is not None:
            self.post_message(message)
        elif event.is_printable:
            await super()._on_key(event)
            return
        elif event.key == "escape":
            self.value = ""
        elif not await run_own_binding(self, event.key):
            return
        event.prevent_default()
        event.stop()

    def _message_for(self, key: str, *, typed: bool) -> Message | None:
        if key in ENTERS:
            entered, self.value = self.value, ""  # here and now: what is typed behind it begins a line of its own
            self._history.entered(entered)
            return self.Entered(entered)
        if key in self._action_keys and not (typed and self.value):
            return self.Asked(self._action_keys[key])
        if key in MOVES:
            return self.Moved(MOVES[key])
        if not self.value and key in MOVES_WHEN_EMPTY:
            return self.Moved(MOVES_WHEN_EMPTY[key])
        return self.Escaped() if key == "escape" and not self.value else None
