"""How the columns of a row list share a width, and how a text is fitted into its cells: pure."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"


class Column(Struct, frozen=True, kw_only=True):
    """A column: `width` cells at least, and a `flex` share of what is left over.

    Where the columns do not fit, the one with the highest `drop` goes first; 0 never goes.
    """

    key: str
    title: str
    width: int
    flex: int = 0
    align: Literal["left", "right"] = "left"
    drop: int = 0


def share_width(columns: Sequence[Column], width: int, gap: int = 1) -> dict[str, int]:
    """Cells for each column that fits into `width`, in the order of the columns; the dropped ones are missing."""
    kept = list(columns)
    while len(kept) > 1 and _needed(kept, gap) > width and any(column.drop for column in kept):
        kept.remove(max(kept, key=lambda column: column.drop))
    spare = max(0, width - _needed(kept, gap))
    shares = sum(column.flex for column in kept)
    widths: dict[str, int] = {}
    for column in kept:
        extra = spare * column.flex // shares if column.flex else 0
        spare, shares = spare - extra, shares - column.flex
        widths[column.key] = column.width + extra
    return widths


def _needed(columns: Sequence[Column], gap: int) -> int:
    return sum(column.width for column in columns) + gap * (len(columns) - 1)


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """A text in exactly `width` cells: padded, or cut with an ellipsis; wide characters are never halved."""
    size = cell_len(text)
    if size == width:
        return text
    if size > width:
        return set_cell_size(text, width - 1) + ELLIPSIS if width > 1 else set_cell_size(text, width)
    padding = " " * (width - size)
    return padding + text if align == "right" else text + padding
