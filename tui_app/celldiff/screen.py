"""A screen as rows of cells, with a terminal's own rules for what is written over halves of wide characters. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_app.celldiff.cells import BLANK, UNKNOWN, Cell, palette

if TYPE_CHECKING:
    from collections.abc import Sequence


class Screen:
    """`rows` rows of `columns` cells, nothing of which is known at first."""

    __slots__ = ("cells", "columns", "rows")

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self.cells: list[list[Cell]] = []
        self.forget()

    def forget(self) -> None:
        """Know of no cell any more what it holds."""
        self.cells = [[UNKNOWN] * self.columns for _ in range(self.rows)]

    def take_over(self, other: Screen) -> None:
        """Hold what the other screen of the same size holds."""
        self.cells = [row.copy() for row in other.cells]

    def put(self, row: int, column: int, cells: Sequence[Cell]) -> None:
        """Write cells from a place on; what would stand outside is cut off, halves of wide characters become blanks."""
        if not (0 <= row < self.rows and 0 <= column < self.columns) or not cells:
            return
        line = self.cells[row]
        end = min(column + len(cells), self.columns)
        if line[column].text == "":
            line[column - 1] = _half(line[column - 1])
        if end < self.columns and line[end].text == "":
            line[end] = _half(line[end])
        line[column:end] = cells[: end - column]
        if end - column < len(cells) and cells[end - column].text == "":
            line[end - 1] = _half(line[end - 1])

    def scroll(self, top: int, bottom: int, count: int) -> None:
        """Move the rows from `top` to `bottom` (both within) up by `count`, or down by `-count`; blanks come in."""
        region = self.cells[top : bottom + 1]
        fresh = [[BLANK] * self.columns for _ in range(abs(count))]
        self.cells[top : bottom + 1] = region[count:] + fresh if count > 0 else fresh + region[:count]


def _half(cell: Cell) -> Cell:
    return palette(cell.style)[" "]
