"""The field that finds a client while a name or a phone is typed."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from textual.message import Message
from typing_extensions import override

from tui_app.altegio.resources import ClientHit
from tui_app.desk.phones import digits, mask_phone
from tui_app.widgets.choices import Choice
from tui_app.widgets.list_field import ListField

SHORTEST = 2
"""Characters from which on a search is worth a request."""


class NewName(Struct, frozen=True):
    """What was typed into the search, taken as a new client."""

    name: str
    surname: str
    phone: str


def split_new(text: str) -> NewName:
    """Take a typed text apart: seven digits or more are a phone, the first word the name, the rest the surname."""
    words = text.split()
    phone = [word for word in words if digits(word) and not any(char.isalpha() for char in word)]
    if len(digits("".join(phone))) < 7:
        phone = []
    names = [word for word in words if word not in phone]
    return NewName(names[0] if names else "", " ".join(names[1:]), " ".join(phone))


class ClientField(ListField[int]):
    """Candidates stand under the field as they are found; none is chosen before an arrow has marked it.

    Enter with none marked takes what is typed as a new client's name or phone. Phones are masked.
    """

    class Wanted(Message):
        """Another text should be searched for."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class New(Message):
        """What is typed is a new client."""

        def __init__(self, new: NewName) -> None:
            super().__init__()
            self.new = new

    def __init__(self, key: str, label: str) -> None:
        super().__init__(key, label, placeholder="name, or the end of the phone")
        self._hit: ClientHit | None = None
        self._hits: tuple[ClientHit, ...] = ()
        self._saying = ""

    @property
    def value(self) -> ClientHit | None:
        """The client or the visitor who was chosen."""
        return None if self.emptied else self._hit

    @value.setter
    def value(self, value: ClientHit | None) -> None:
        self._hit = value
        self.close_list()
        self.show_value()
        self.changed()

    @override
    def get_value(self) -> ClientHit | None:
        return self.value

    @override
    def set_value(self, value: Any) -> None:
        self.value = value

    def offer(self, text: str, hits: Sequence[ClientHit], saying: str) -> None:
        """Show the candidates for a text, unless another one is typed by now; the marked one stays marked."""
        if text != self.typed or self.locked:
            return
        cursor = self.menu.cursor
        marked = self._hits[cursor] if self.menu.is_open and cursor is not None and cursor < len(self._hits) else None
        self._hits = tuple(hits)
        self._saying = saying
        if self.line.has_focus:
            self.open_list()
            self.menu.put(self._hits.index(marked) if marked in self._hits else None)

    @property
    @override
    def all_choices(self) -> tuple[Choice[int], ...]:
        return tuple(Choice(place, _name(hit), _beside(hit)) for place, hit in enumerate(self._hits))

    @override
    def open_list(self) -> None:
        self._shown = self.all_choices
        self._filtered = self.typed
        self.menu.open(self._items(), None, empty=self._saying or "Searching...", rows=8)

    @override
    def shown_value(self) -> str:
        return "" if self._hit is None else f"{_name(self._hit)}  {_beside(self._hit)}".strip()

    @override
    def wants_list(self, key: str) -> bool:
        return False

    @override
    def choose(self, choice: Choice[int]) -> None:
        self.value = self._hits[choice.key]

    @override
    def no_choice(self) -> bool:
        if digits(self.typed) == self.typed and len(self.typed) < 7:
            self.problem = self.unsettled
            return True
        new = split_new(self.typed)
        self._hit = None
        self.line.value = ""
        self.close_list()
        self.post_message(self.New(new))
        return False

    @property
    @override
    def unsettled(self) -> str:
        return "Choose with Down and Enter, or Enter alone for a new client" if self.typed else ""

    @override
    def line_changed(self) -> None:
        if self.locked:
            return
        if self.problem:
            self.problem = ""
        if not self.typed:
            self._hits = ()
            self.close_list()
            if self.emptied and self._hit is not None:
                self._hit = None
                self.changed()
        elif self.line.has_focus:
            if len(self.typed) < SHORTEST:
                self.close_list()
            else:
                self.post_message(self.Wanted(self.typed))


def _name(hit: ClientHit) -> str:
    return hit.full_name or "no name"


def _beside(hit: ClientHit) -> str:
    phone = mask_phone(hit.phone) if hit.phone or hit.id is not None else "no phone"
    return phone if hit.id is not None else f"visitor, {phone}"
