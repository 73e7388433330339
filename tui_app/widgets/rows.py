"""Rows of a list, as data: made where no list is."""

from msgspec import Struct


class Cell(Struct, frozen=True):
    """A text with a tone, a class `row-list--TONE` of the style sheets, or with a colour of its own (`#rrggbb`)."""

    text: str
    tone: str = ""
    color: str = ""


class Row(Struct, frozen=True):
    """One row: a key that stays, a text or a cell for each column by its key, a tone for all of it, a changed mark."""

    key: int
    cells: tuple[tuple[str, str | Cell], ...]
    tone: str = ""
    changed: bool = False
