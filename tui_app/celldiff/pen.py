"""A terminal's pen: it goes to places, changes its look and writes, each in as few bytes as it finds. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui_app.celldiff.cells import begins_with_mark
from tui_app.celldiff.style import DEFAULT, Style, blank_style, change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_app.celldiff.cells import Cell

REWRITTEN: Final = 4
"""Unchanged cells that are at most written again rather than stepped over: a step costs 3 or 4 bytes."""


class Pen:
    """What was written so far, and where and how the terminal writes on. It begins in the default look.

    `column` is None where terminals differ: after the last column of a row.
    """

    __slots__ = ("_columns", "_parts", "column", "row", "style")

    def __init__(self, columns: int, place: tuple[int, int] | None) -> None:
        self._columns = columns
        self._parts: list[str] = []
        self.row: int | None = place[0] if place else None
        self.column: int | None = place[1] if place else None
        self.style = DEFAULT

    @property
    def output(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def scroll(self, sequence: str) -> None:
        """Write a scroll, after which nothing is taken for granted of the cursor's place."""
        self._parts.append(sequence)
        self.row = self.column = None

    def move(self, row: int, column: int) -> None:
        """Go to a place."""
        if (row, column) != (self.row, self.column):
            self._parts.append(min(self._ways(row, column), key=len))
            self.row, self.column = row, column

    def _ways(self, row: int, column: int) -> list[str]:
        there = f"{row + 1};{column + 1}" if column else f"{row + 1}" if row else ""
        ways = [f"\x1b[{there}H"]
        if self.row == row:
            ways.append("\r" + _right(column))
            ways.append(f"\x1b[{column + 1}G")
            if self.column is not None:
                ways.append(_right(column - self.column) if column > self.column else _left(self.column - column))
        elif self.row is not None and row > self.row:
            ways.append("\r" + "\n" * (row - self.row) + _right(column))
            if self.column == column:
                ways.append(f"\x1b[{row - self.row if row > self.row + 1 else ''}B")
        return ways

    def look(self, style: Style) -> None:
        """Write on in this style."""
        if style != self.style:
            self._parts.append(change(self.style, style))
            self.style = style

    def write(self, cells: Sequence[Cell]) -> None:
        """Write whole cells at the place where the pen stands. A mark that came after a move gets its move again."""
        parts = self._parts
        for position, (text, style) in enumerate(cells):
            if style is not self.style and style != self.style and not (text == " " and self._hides(style)):
                self.look(style if text != " " else _look_ahead(cells, position, style))
            if len(text) > 1 and self.column is not None and begins_with_mark(text):
                parts.append(f"\x1b[{self.column + position + 1}G")
            parts.append(text)
        if self.column is not None:
            self.column += len(cells)
            if self.column >= self._columns:
                self.column = None

    def _hides(self, style: Style) -> bool:
        """Whether a blank of that style looks the same if written in the present one."""
        return blank_style(self.style) == style

    def erase(self, count: int) -> None:
        """Blank `count` cells in the terminal's own background, without moving."""
        self.look(DEFAULT)
        self._parts.append(f"\x1b[{count}X")

    def erase_to_end(self) -> None:
        """Blank the rest of the row in the terminal's own background, without moving."""
        self.look(DEFAULT)
        self._parts.append("\x1b[K")

    def step_over(self, gap: Sequence[Cell], row: int, column: int) -> None:
        """Go on to a column over unchanged cells, writing them again where that is shorter."""
        if self.column is not None and len(gap) <= REWRITTEN and all(self._is_cheap(cell) for cell in gap):
            self.write(gap)
        else:
            self.move(row, column)

    def _is_cheap(self, cell: Cell) -> bool:
        text, style = cell
        if text == " ":
            return self._hides(style)
        return style == self.style and len(text) == 1 and text.isascii() and text != "\0"


def _look_ahead(cells: Sequence[Cell], position: int, blank: Style) -> Style:
    """The look of the next letter if blanks show no difference in it, else the blank's own: saves a change."""
    for text, style in cells[position + 1 :]:
        if text != " ":
            return style if blank_style(style) == blank else blank
        if style != blank:
            return blank
    return blank


def _right(count: int) -> str:
    return "" if not count else f"\x1b[{count if count > 1 else ''}C"


def _left(count: int) -> str:
    return "\b" * count if count <= REWRITTEN else f"\x1b[{count}D"
