"""A field for a colour: a small palette to choose from, or any `#rrggbb` typed."""

import re
from typing import Any, Final

from typing_extensions import override

from tui_app.desk.folding import fold
from tui_app.widgets.choices import Choice
from tui_app.widgets.list_field import ListField

PALETTE: Final[tuple[Choice[str], ...]] = tuple(
    Choice(code, name, code, code)
    for name, code in (
        ("red", "#e53935"),
        ("orange", "#fb8c00"),
        ("yellow", "#fdd835"),
        ("green", "#43a047"),
        ("teal", "#00897b"),
        ("light blue", "#29b6f6"),
        ("blue", "#1e88e5"),
        ("violet", "#8e24aa"),
        ("pink", "#ec407a"),
        ("brown", "#6d4c41"),
        ("grey", "#757575"),
        ("black", "#212121"),
    )
)

_CODE = re.compile(r"#[0-9a-f]{6}")


def color_code(text: str) -> str:
    """What is typed as a colour: the code of a name of the palette, else the text itself in small letters."""
    plain = fold(text.strip())
    return next((choice.key for choice in PALETTE if choice.label == plain), plain)


def is_color(text: str) -> bool:
    """Whether a text is `#rrggbb`."""
    return _CODE.fullmatch(text) is not None


class ColorField(ListField[str]):
    """The palette opens with Down; one of its names or `#rrggbb` can be typed; empty means no colour of its own."""

    def __init__(self, key: str, label: str) -> None:
        super().__init__(key, label, PALETTE, short=True, placeholder="none, or #rrggbb")

    @property
    def value(self) -> str:
        """The colour as typed, names of the palette as their codes."""
        return color_code(self.line.value)

    @value.setter
    def value(self, value: str) -> None:
        self.line.value = value

    @override
    def get_value(self) -> str:
        return self.value

    @override
    def set_value(self, value: Any) -> None:
        self.value = value

    @override
    def shown_value(self) -> str:
        return self.line.value.strip()

    @override
    def start_at(self) -> int | None:
        return next((at for at, choice in enumerate(PALETTE) if choice.key == self.value), None)

    @override
    def mark(self, choice: Choice[str]) -> str:
        return "•" if choice.key == self.value else " "

    @override
    def choose(self, choice: Choice[str]) -> None:
        self.value = choice.key

    @override
    def line_changed(self) -> None:
        code = self.value
        name = next((choice.label for choice in PALETTE if choice.key == code), code)
        self.hint(name if is_color(code) else "", code if is_color(code) else "")
        self.changed()
