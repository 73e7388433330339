"""Cells: what stands in one place of a screen, how wide a text is, and whether terminals agree about that. Pure."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from tui_app.celldiff.style import DEFAULT, Style, blank_style

if TYPE_CHECKING:
    from collections.abc import Sequence


class Cell(NamedTuple):
    """A character with all that is joined to it, and its look; the second half of a wide one has an empty text."""

    text: str
    style: Style


UNKNOWN: Final = Cell("\0", DEFAULT)
"""What stands there is not known: equal to nothing that is to be written."""

BLANK: Final = Cell(" ", DEFAULT)
"""An empty place. There is one such object only, so that rows may be searched for it by identity."""

_JOINER: Final = "\u200d"
_EMOJI_LOOK: Final = "\ufe0f"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_WIDE: Final = frozenset({"W", "F"})
_SURE_SYMBOLS: Final = frozenset("✓✗")
_DOUBTED: Final = (
    *(range(0x1100, 0x1200), range(0xA960, 0xA980)),  # Jamo, which may be joined
    *(range(0x2194, 0x219A), range(0x21A9, 0x21AB), range(0x2300, 0x2400), range(0x25AA, 0x25AC)),
    *(range(0x25B6, 0x25B7), range(0x25C0, 0x25C1), range(0x25FB, 0x25FF), range(0x2600, 0x27C0)),
    *(range(0x2B05, 0x2B08), range(0x2B1B, 0x2B1D), range(0x2B50, 0x2B56), range(0x1F000, 0x20000)),
)
"""Symbols that may be drawn as emoji, and what joins: terminals differ about their width."""

_SURELY_NARROW: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x300))))
_PALETTE_SIZE: Final = 1024


@lru_cache(maxsize=4096)
def sure_width(char: str) -> int:
    """1 or 2 where every terminal gives a character that many cells and keeps its place, else 0."""
    if char in _SURELY_NARROW:
        return 1
    category = unicodedata.category(char)
    if char in _SURE_SYMBOLS:
        return 1
    if category[0] in "MC" or category in {"Zl", "Zp"} or unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
        return 0
    if any(ord(char) in doubted for doubted in _DOUBTED):
        return 0
    width = cell_len(char)
    is_wide = unicodedata.east_asian_width(char) in _WIDE
    if width == 2 and is_wide and category[0] in "LNPZ":
        return 2
    return 1 if width == 1 and not is_wide else 0


class Cluster(NamedTuple):
    """Characters that share a place, and how many cells Textual gives them; 0 only where a text begins so."""

    text: str
    width: int


@lru_cache(maxsize=1024)
def clusters(text: str) -> tuple[Cluster, ...] | None:
    """A text cut where Textual may cut it, or None where the pieces do not add up to the width it reckons with."""
    found: list[Cluster] = []
    measured = ""  # what an emoji selector would widen
    position = 0
    while position < len(text):
        char = text[position]
        piece, width, joins = char, 0, True
        if char == _JOINER:
            piece = text[position : position + 2]
        elif char == _EMOJI_LOOK:
            width = cell_len(measured + char) - cell_len(measured)
            measured = ""
        elif width := cell_len(char):
            joins, measured = False, char
        if joins and found:
            found[-1] = Cluster(found[-1].text + piece, found[-1].width + width)
        else:
            found.append(Cluster(piece, width))
        position += len(piece)
    if sum(cluster.width for cluster in found) != cell_len(text) or any(cluster.width > 2 for cluster in found):
        return None
    return tuple(found)


class _Palette(dict[str, Cell]):
    """The cells of one style, each made once: equal cells are then the same object, and quick to compare."""

    __slots__ = ("style",)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, text: str) -> Cell:
        cell = Cell(text, blank_style(self.style) if text == " " else self.style)
        if cell == BLANK:
            cell = BLANK
        if len(self) < _PALETTE_SIZE:
            self[text] = cell
        return cell


@lru_cache(maxsize=512)
def palette(style: Style) -> _Palette:
    """The cells of a style, by their text."""
    return _Palette(style)


@lru_cache(maxsize=4096)
def plain_width(text: str) -> bool:
    """Whether each character of a text takes one cell beyond doubt."""
    return text.isascii() or all(sure_width(char) == 1 for char in text)


@lru_cache(maxsize=2048)
def cells_of(text: str, style: Style) -> tuple[Cell, ...] | None:
    """A text as cells, or None where its width is not understood. A leading mark is part of the first cell."""
    made = palette(style)
    if plain_width(text):
        return tuple([made[char] for char in text])
    pieces = clusters(text)
    if pieces is None:
        return None
    cells: list[Cell] = []
    lead = ""
    for piece, width in pieces:
        if not width:
            lead += piece
            continue
        cells.append(made[lead + piece])
        lead = ""
        if width == 2:
            cells.append(made[""])
    return tuple(cells)


_text_of = itemgetter(0)


def is_doubtful(text: str) -> bool:
    """Whether terminals may see the width or the place of a cell with this text otherwise than Textual."""
    return len(text) > 1 or (not text.isascii() and not sure_width(text))


def first_doubt(cells: Sequence[Cell]) -> int:
    """Where in a row the first doubtful cell is; the row's length if there is none.

    A cell that begins with a mark puts the one before it in doubt: a terminal may join the mark to that.
    """
    if "".join(map(_text_of, cells)).isascii():
        return len(cells)
    for column, (text, _) in enumerate(cells):
        if is_doubtful(text):
            return max(0, column - 1) if begins_with_mark(text) else column
    return len(cells)


def begins_with_mark(text: str) -> bool:
    """Whether a cell's text begins with what has no place of its own."""
    return len(text) > 1 and not cell_len(text[0])
