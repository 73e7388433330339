"""What Textual writes, read: texts with their looks, moves and line feeds; all else is not understood. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tui_app.celldiff.cells import Cell, cells_of, clusters, plain_width
from tui_app.celldiff.style import Style, restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

SYNC_START: Final = "\x1b[?2026h"
SYNC_END: Final = "\x1b[?2026l"

_TEXT: Final = r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_TOKEN: Final = re.compile(
    rf"\x1b\[(?P<style>[\d;:]*)m(?P<styled>{_TEXT}*)"
    rf"|(?P<text>{_TEXT}+)"
    r"|\x1b\[(?P<row>\d*)(?:;(?P<column>\d*))?H"
    r"|\x1b\]8;(?P<link>[^;\x00-\x1f\x7f-\x9f]*;[^\x00-\x1f\x7f-\x9f]*)(?:\x1b\\|\x07)"
    r"|(?P<line>\n)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_MODES: Final = "1|7|12|25|100[0-7]|101[56]|2004|2026|2027|2031|2048"
_APART: Final = re.compile(
    r"(?:\x07"
    r"|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\)"
    rf"|\x1b\[\?(?:{_MODES})(?:;(?:{_MODES}))*[hl]"
    r"|\x1b\[[<>=?][\d;]*u"
    r"|\x1b\[\?\d+\$p"
    r"|\x1b\[[56]n"
    r"|\x1b\[[>=]?\d*[cq]"
    r"|\x1b\[\d* q"
    r"|\x1b\[1[468]t)+"
)


class NotUnderstood(ValueError):
    """The data holds something that may do anything to a screen."""


class Place(NamedTuple):
    """A row and a column, both from 0."""

    row: int
    column: int


class Run(NamedTuple):
    """Cells to be written from a place on, and the look they were written in, of which a blank keeps only a part."""

    row: int
    column: int
    cells: Sequence[Cell]
    style: Style


class Parsed(NamedTuple):
    """What to write, and where and how a terminal would go on writing."""

    runs: list[Run]
    cursor: Place
    style: Style


def stands_apart(data: str) -> bool:
    """Whether data changes nothing on the screen: a bell, a title, the clipboard, a query, a mode of keys or mouse."""
    return _APART.fullmatch(data) is not None


def parse(data: str, cursor: Place | None, style: Style, rows: int) -> Parsed:
    """Read a paint on a screen of `rows` rows. Raises NotUnderstood, also for text where the cursor is not known.

    A line feed out of the screen is taken only where a move follows: Textual writes so just after a window shrank.
    """
    reader = _Reader(cursor, style, rows)
    for match in _TOKEN.finditer(data):
        kind = match.lastgroup
        if kind == "styled":
            reader.restyle(match["style"])
            if text := match["styled"]:
                reader.write(text)
        elif kind == "text":
            reader.write(match["text"])
        elif kind in {"row", "column"}:
            reader.move(int(match["row"] or 1), int(match["column"] or 1))
        elif kind == "link":
            reader.link(match["link"])
        elif kind == "line":
            reader.feed_line()
        else:
            raise NotUnderstood(repr(data[match.start() : match.start() + 20]))
    return reader.parsed()


class _Reader:
    """Where a terminal would stand while it reads."""

    __slots__ = ("_column", "_fell", "_lead", "_row", "_rows", "_runs", "_style")

    def __init__(self, cursor: Place | None, style: Style, rows: int) -> None:
        self._row, self._column = cursor or (0, 0)
        self._style = style
        self._rows = rows
        self._fell = cursor is None
        self._lead = ""  # marks that came before the character they belong to
        self._runs: list[Run] = []

    def restyle(self, parameters: str) -> None:
        style = restyle(self._style, parameters)
        if style is None:
            raise NotUnderstood(f"SGR {parameters}")
        self._style = style

    def link(self, link: str) -> None:
        self._style = self._style._replace(link="" if link.endswith(";") else link)

    def move(self, row: int, column: int) -> None:
        self._row, self._column, self._lead = max(row, 1) - 1, max(column, 1) - 1, ""
        self._fell = False

    def feed_line(self) -> None:
        self._row, self._column, self._lead = self._row + 1, 0, ""
        self._fell = self._row >= self._rows

    def write(self, text: str) -> None:
        if self._fell:
            raise NotUnderstood("text at a place that is not known, or after a line feed that scrolls")
        if not plain_width(text):
            text = self._join_marks(text)
            if not text:
                return
        text, self._lead = self._lead + text, ""
        cells = cells_of(text, self._style)
        if cells is None:
            raise NotUnderstood("text of unknown width")
        self._runs.append(Run(self._row, self._column, cells, self._style))
        self._column += len(cells)

    def _join_marks(self, text: str) -> str:
        """Give marks that a text begins with to the cell just written, or keep them for the next; answer the rest."""
        pieces = clusters(text)
        if not pieces or pieces[0].width:
            return text
        mark = pieces[0].text
        last = self._runs[-1] if self._runs else None
        follows = last is not None and (last.row, last.column + len(last.cells)) == (self._row, self._column)
        if last is None or not follows:
            self._lead += mark
        else:
            at = -2 if last.cells[-1].text == "" else -1
            cells = list(last.cells)
            cells[at] = Cell(cells[at].text + mark, last.style)
            self._runs[-1] = last._replace(cells=cells)
        return text[len(mark) :]

    def parsed(self) -> Parsed:
        return Parsed(self._runs, Place(self._row, self._column), self._style)
