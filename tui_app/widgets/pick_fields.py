"""Fields to choose one thing, or several, from a list that may be long."""

from collections.abc import Callable, Sequence
from typing import Any

from typing_extensions import override

from tui_app.widgets.choices import Choice, Key
from tui_app.widgets.list_field import ListField


class PickField(ListField[Key]):
    """One choice. A key that the list does not hold, as of somebody who has left, is kept and shown by `unknown`.

    An emptied line means no choice; in a required field it means nothing, and what was chosen comes back.
    """

    def __init__(
        self,
        key: str,
        label: str,
        choices: Sequence[Choice[Key]] = (),
        *,
        unknown: Callable[[Key], str] = str,
        required: bool = False,
        placeholder: str = "type to search, or press Down",
        empty: str = "There is nothing to choose from",
    ) -> None:
        super().__init__(key, label, choices, required=required, placeholder=placeholder, empty=empty)
        self._value: Key | None = None
        self._unknown = unknown

    @property
    def value(self) -> Key | None:
        """The key of what is chosen."""
        return None if not self.required and self.emptied else self._value

    @value.setter
    def value(self, value: Key | None) -> None:
        different = value != self._value
        self._value = value
        self.show_value()
        if different:
            self.changed()

    @override
    def get_value(self) -> Key | None:
        return self.value

    @override
    def set_value(self, value: Any) -> None:
        self.value = value

    @override
    def shown_value(self) -> str:
        if self._value is None:
            return ""
        known = next((choice.label for choice in self.choices if choice.key == self._value), None)
        return known if known is not None else self._unknown(self._value)

    @override
    def settle(self) -> None:
        if not self.required and self.emptied and self._value is not None:
            self._value = None
            self.changed()
        super().settle()

    @override
    def mark(self, choice: Choice[Key]) -> str:
        return "•" if choice.key == self.value else " "

    @override
    def start_at(self) -> int | None:
        return next((place for place, choice in enumerate(self._shown) if choice.key == self.value), None)

    @override
    def wants_list(self, key: str) -> bool:
        return key == "down" or (key == "enter" and self.value is None and self.required)

    @override
    def choose(self, choice: Choice[Key]) -> None:
        self._value = choice.key
        self.show_value()
        self.changed()


class TickField(ListField[Key]):
    """Several choices, in the order in which they were ticked: Enter ticks or unticks, the next Enter goes on.

    Keys that the list does not hold are kept, shown by `unknown`, and can be unticked like the others. Emptying the
    line unticks nothing.
    """

    def __init__(
        self,
        key: str,
        label: str,
        choices: Sequence[Choice[Key]] = (),
        *,
        unknown: Callable[[Key], str] = str,
        placeholder: str = "none: type to search, or press Down",
        empty: str = "There is nothing to choose from",
    ) -> None:
        super().__init__(key, label, choices, placeholder=placeholder, empty=empty)
        self._value: tuple[Key, ...] = ()
        self.menu.border_title = "Enter ticks, Enter again goes on"
        self._unknown = unknown

    @property
    def value(self) -> tuple[Key, ...]:
        """The keys of what is ticked."""
        return self._value

    @value.setter
    def value(self, value: Sequence[Key]) -> None:
        different = tuple(value) != self._value
        self._value = tuple(value)
        self.show_value()
        if different:
            self.changed()

    @override
    def get_value(self) -> tuple[Key, ...]:
        return self.value

    @override
    def set_value(self, value: Any) -> None:
        self.value = value

    @property
    @override
    def all_choices(self) -> tuple[Choice[Key], ...]:
        known = {choice.key for choice in self.choices}
        return (*self.choices, *(Choice(key, self._unknown(key)) for key in self._value if key not in known))

    @override
    def shown_value(self) -> str:
        labels = {choice.key: choice.label for choice in self.choices}
        return ", ".join(labels.get(key) or self._unknown(key) for key in self._value)

    @override
    def mark(self, choice: Choice[Key]) -> str:
        return "x" if choice.key in self._value else "·"

    @override
    def choose(self, choice: Choice[Key]) -> None:
        kept = self._value
        ticked = choice.key in kept
        self._value = tuple(key for key in kept if key != choice.key) if ticked else (*kept, choice.key)
        self.show_value()
        self.changed()

    @override
    def take(self, choice: Choice[Key], key: str) -> bool:
        if key != "enter" and key != "mouse":
            return super().take(choice, key)
        offered = self.all_choices
        self.choose(choice)
        self.line.action_select_all()
        self.open_list()
        self.menu.release(offered.index(choice))
        return True
