"""What a terminal shows and what it shall show: paints go in, the shortest way between the two comes out. Pure."""

from __future__ import annotations

from tui_app.celldiff.diff import draw
from tui_app.celldiff.parse import Place, parse
from tui_app.celldiff.pen import Pen
from tui_app.celldiff.screen import Screen
from tui_app.celldiff.scroll import find_scroll
from tui_app.celldiff.style import DEFAULT, change


class Painter:
    """A screen of `columns` x `rows` cells, as it is and as it is wanted. An output ends in the default look."""

    __slots__ = ("_cursor", "_in_doubt", "_place", "_shown", "_style", "_wanted")

    def __init__(self, columns: int, rows: int) -> None:
        self._wanted = Screen(columns, rows)
        self._shown = Screen(columns, rows)
        self._cursor: Place | None = None  # where what is wanted ends
        self._place: Place | None = None  # where the terminal stands
        self._style = DEFAULT
        self._in_doubt = True

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._wanted.columns, self._wanted.rows

    def resize(self, columns: int, rows: int) -> None:
        """Take another size; of what is shown and wanted nothing is known any more."""
        self._wanted, self._shown = Screen(columns, rows), Screen(columns, rows)
        self._cursor = None
        self.forget()

    def forget(self) -> None:
        """Take nothing for granted that the terminal shows: the next output paints all that is wanted."""
        self._shown.forget()
        self._place = None
        self._in_doubt = True

    def take(self, data: str) -> None:
        """Want what a paint paints. Raises NotUnderstood, and then wants nothing of it."""
        parsed = parse(data, self._cursor, self._style, self._wanted.rows)
        for row, column, cells, _ in parsed.runs:
            self._wanted.put(row, column, cells)
        columns, rows = self.size
        self._cursor = Place(min(parsed.cursor.row, rows - 1), min(parsed.cursor.column, columns - 1))
        self._style = parsed.style

    def output(self) -> str:
        """What brings the terminal to show what is wanted, which it is then taken to show. Empty where it does."""
        shown, wanted = self._shown, self._wanted
        text = self._drawn(Pen(wanted.columns, self._place), shown)
        scroll = None if self._in_doubt else find_scroll(shown.cells, wanted.cells)
        if scroll is not None:
            shown.scroll(*scroll)
            pen = Pen(wanted.columns, None)
            pen.scroll(scroll.sequence)
            text = min(text, self._drawn(pen, shown), key=len)
        if self._in_doubt and text:
            text = f"\x1b[m{text}"
            self._in_doubt = False
        shown.take_over(wanted)
        self._place = self._cursor
        return text

    def _drawn(self, pen: Pen, shown: Screen) -> str:
        draw(pen, shown.cells, self._wanted.cells)
        pen.look(DEFAULT)
        if self._cursor is not None:
            pen.move(*self._cursor)
        return pen.output

    def bypass(self, data: str) -> str:
        """What to write for data that was not understood: all that is wanted so far, then the data as it is.

        Of what is shown and wanted nothing is known after it.
        """
        text = self.output() + change(DEFAULT, self._style) + data
        self._wanted.forget()
        self._cursor = None
        self._style = DEFAULT
        self.forget()
        return text
