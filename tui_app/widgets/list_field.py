"""What a field with a list has in common: a line that filters, and the list that floats under it."""

from collections.abc import Iterable, Sequence
from typing import Generic

from textual.widget import Widget
from typing_extensions import override

from tui_app.widgets.choice_menu import ChoiceMenu, MenuItem
from tui_app.widgets.choices import Choice, Key, narrow
from tui_app.widgets.fields import LineField

_MOVES = {"down": 1, "up": -1, "pagedown": 5, "pageup": -5}


class ListField(LineField, Generic[Key]):
    """Down or typing opens the list, the arrows move in it, Enter chooses, Esc closes it and takes nothing.

    The line shows what is chosen; any other text in it filters the list. Filtering happens when a key needs the result,
    not when a message about it arrives, so that a burst of keys acts in order.
    """

    def __init__(
        self,
        key: str,
        label: str,
        choices: Sequence[Choice[Key]] = (),
        *,
        short: bool = False,
        required: bool = False,
        placeholder: str = "",
        empty: str = "There is nothing to choose from",
    ) -> None:
        super().__init__(key, label, short=short, required=required, placeholder=placeholder, keys=self._take_key)
        self.choices = tuple(choices)
        self.menu = ChoiceMenu()
        self._shown: tuple[Choice[Key], ...] = ()
        self._filtered: str | None = None
        self._empty = empty

    @override
    def overlays(self) -> Iterable[Widget]:
        yield self.menu

    # ------------------------------------------------------------ what the two kinds decide

    def shown_value(self) -> str:
        """The text of the line while nothing is typed."""
        return ""

    def mark(self, choice: Choice[Key]) -> str:  # noqa: ARG002 - for those who override it
        """The mark before a line of the list."""
        return " "

    def start_at(self) -> int | None:
        """Where the cursor stands when the list opens without a filter."""
        return None

    def choose(self, choice: Choice[Key]) -> None:
        """Take a line of the list."""

    def wants_list(self, key: str) -> bool:
        """Whether a key opens the closed list."""
        return key == "down"

    # ------------------------------------------------------------ the list

    @property
    def typed(self) -> str:
        """The text that filters; empty while the line shows what is chosen."""
        text = self.line.value.strip()
        return "" if text == self.shown_value() else text

    @property
    def emptied(self) -> bool:
        """Whether nothing stands in the line."""
        return not self.line.value.strip()

    @property
    def all_choices(self) -> tuple[Choice[Key], ...]:
        """Everything that the list offers without a filter."""
        return self.choices

    @property
    def offered(self) -> tuple[Choice[Key], ...]:
        """What the open list shows."""
        return self._shown

    def set_choices(self, choices: Sequence[Choice[Key]]) -> None:
        """Offer other things; what is chosen stays chosen, and what is typed stays typed."""
        kept_as_typed = bool(self.typed) or (self.emptied and self.line.has_focus)
        self.choices = tuple(choices)
        if not kept_as_typed:
            self.show_value()
        if self.menu.is_open:
            self.open_list()

    def show_value(self) -> None:
        """Write what is chosen into the line."""
        shown = self.shown_value()
        if self.line.value != shown:
            self.line.value = shown

    def open_list(self) -> None:
        """Show the list under the field."""
        self._shown = narrow(self.all_choices, self.typed)
        self._filtered = self.typed
        nothing = f"Nothing fits «{self.typed[:30]}»" if self.typed else self._empty
        cursor = (0 if self._shown else None) if self.typed else self.start_at()
        self.menu.open(self._items(), cursor, empty=nothing, rows=max(1, len(self.all_choices)))

    def close_list(self) -> None:
        """Take the list away."""
        self.menu.close()
        self._filtered = None

    def _items(self) -> list[MenuItem]:
        return [MenuItem(choice.label, self.mark(choice), choice.beside, choice.color) for choice in self._shown]

    def settle(self) -> None:
        """Leave the field: the list goes, and the line shows what is chosen unless something else is typed."""
        self.close_list()
        if not self.typed:
            self.show_value()

    def settle_filter(self) -> None:
        """Bring the open list up to what is typed by now."""
        if self._filtered != self.typed:
            self.open_list()

    # ------------------------------------------------------------ the keys

    def _take_key(self, key: str) -> bool:
        if not self.menu.is_open and not self.typed:
            if self.wants_list(key):
                self.open_list()
                return True
            return False
        self.settle_filter()
        if key in _MOVES and self.menu.is_open:
            self.menu.move(_MOVES[key])
            return True
        if key == "escape":
            return self._give_up()
        return self._leave_list(key)

    def _give_up(self) -> bool:
        was_open = self.menu.is_open or bool(self.typed)
        self.close_list()
        self.show_value()
        self.line.action_select_all()
        return was_open

    def _leave_list(self, key: str) -> bool:
        if key not in {"enter", "tab", "shift+tab"}:
            return False
        cursor = self.menu.cursor
        if cursor is not None and cursor < len(self._shown) and (key == "enter" or self.typed):
            return self.take(self._shown[cursor], key)
        if key == "enter" and self.typed:
            return self.no_choice()
        self.settle()
        return False

    def no_choice(self) -> bool:
        """Answer Enter on a text that chooses nothing; the answer tells whether the key has been used up."""
        self.problem = self.unsettled
        return True

    def take(self, choice: Choice[Key], key: str) -> bool:  # noqa: ARG002 - for those who override it
        """Choose by a key; the answer tells whether the key has been used up."""
        self.choose(choice)
        self.close_list()
        self.show_value()
        return False

    @property
    @override
    def unsettled(self) -> str:
        if not self.typed:
            return ""
        fitting = len(narrow(self.all_choices, self.typed))
        if not fitting:
            return f"Nothing fits «{self.typed[:30]}»: choose from the list (Down)"
        return f"«{self.typed[:30]}» is not chosen yet: {fitting} fit (Down, Enter)"

    @override
    def line_changed(self) -> None:
        if self.typed and self.line.has_focus and not self.locked:
            self.settle_filter()
        elif self.menu.is_open and self._filtered:
            self.open_list()
        if self.problem:
            self.problem = ""

    def on_choice_menu_pointed(self, event: ChoiceMenu.Pointed) -> None:
        """Choose with the mouse."""
        event.stop()
        self.settle_filter()
        if event.index < len(self._shown):
            self.take(self._shown[event.index], "mouse")

    @override
    def left(self) -> None:
        self.settle()
        self.problem = self.unsettled or self.problem
