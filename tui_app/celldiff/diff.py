"""From what a terminal shows to what it shall show: the bytes in between. Pure."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from tui_app.celldiff.cells import BLANK, UNKNOWN, Cell, first_doubt, is_doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_app.celldiff.pen import Pen

ERASED: Final = 9
"""Blanks from which on it is shorter to erase and step over than to write them."""

SHORT: Final = 3
"""Blanks at the end of a row that are not worth the sequence that erases them."""


def draw(pen: Pen, shown: Sequence[Sequence[Cell]], wanted: Sequence[Sequence[Cell]]) -> None:
    """Write all rows that differ, from the top."""
    for row, (old, new) in enumerate(zip(shown, wanted, strict=True)):
        if old != new:
            draw_row(pen, row, old, new)


def draw_row(pen: Pen, row: int, old: Sequence[Cell], new: Sequence[Cell]) -> None:
    """Write what differs in a row; from the first doubtful cell on all of it, if anything from there on differs.

    Of a row that is not known to its end only what is known is written.
    """
    changed = [column for column, (was, is_) in enumerate(zip(old, new, strict=True)) if was is not is_ and was != is_]
    if UNKNOWN in new:
        _draw_changed(pen, row, new, [column for column in changed if new[column] != UNKNOWN], len(new))
        return
    tail = _blank_tail(new)
    doubt = min(first_doubt(old), first_doubt(new))
    if changed[-1] < doubt:
        _draw_changed(pen, row, new, changed, tail)
        return
    if new[doubt].text == "":
        doubt -= 1
    _draw_changed(pen, row, new, [column for column in changed if column < doubt], len(new))
    _draw_doubtful(pen, row, new, doubt, tail)


def _blank_tail(cells: Sequence[Cell]) -> int:
    """From which column on a row is blank."""
    column = len(cells)
    while column and cells[column - 1] is BLANK:
        column -= 1
    return column


def _draw_changed(pen: Pen, row: int, new: Sequence[Cell], changed: Sequence[int], tail: int) -> None:
    """Write the changed cells of a row in which every place is sure; from `tail` on all are blank."""
    erase_from = next((column for column in changed if column >= tail), None)
    at_end = len(changed) if erase_from is None else changed.index(erase_from)
    last = 0
    for start, end in _stretches(new, changed[:at_end]):
        if pen.row == row and pen.column == last and last:
            pen.step_over(new[last:start], row, start)
        else:
            pen.move(row, start)
        _write_stretch(pen, row, new, start, end)
        last = end
    if erase_from is None:
        return
    rest = changed[at_end:]
    pen.move(row, erase_from)
    if rest[-1] - erase_from < SHORT:
        pen.write(new[erase_from : rest[-1] + 1])
    else:
        pen.erase_to_end()


def _stretches(new: Sequence[Cell], changed: Sequence[int]) -> list[tuple[int, int]]:
    """Changed columns as half-open ranges, each from the first to after the last half of what it holds."""
    found: list[tuple[int, int]] = []
    start = end = -1
    for column in changed:
        if column < end:
            continue
        first = column if new[column][0] else column - 1
        if first > end:
            if end >= 0:
                found.append((start, end))
            start = first
        end = column + 1
        if end < len(new) and not new[end][0]:
            end += 1
    if end >= 0:
        found.append((start, end))
    return found


def _write_stretch(pen: Pen, row: int, new: Sequence[Cell], start: int, end: int) -> None:
    """Write cells, long runs of blanks in the terminal's own background by erasing."""
    written = column = start
    while column < end:
        if new[column] is not BLANK:
            column += 1
            continue
        after = column + 1
        while after < end and new[after] is BLANK:
            after += 1
        if after - column >= ERASED:
            _write_from(pen, row, new[written:column], written)
            pen.move(row, column)
            pen.erase(after - column)
            written = after
        column = after
    _write_from(pen, row, new[written:end], written)


def _write_from(pen: Pen, row: int, cells: Sequence[Cell], column: int) -> None:
    if cells:
        pen.move(row, column)
        pen.write(cells)


def _draw_doubtful(pen: Pen, row: int, new: Sequence[Cell], start: int, tail: int) -> None:
    """Write a row whole from a doubtful cell on, so that what stands there depends on nothing that stood there before.

    It is blanked first, for a terminal may give a character fewer cells than Textual does; and the pen is put in its
    place after doubtful characters, for a terminal may give them more.
    """
    pen.move(row, start)
    pen.erase_to_end()
    column = start
    for doubtful, run in groupby(_with_doubt(new[start:tail]), key=itemgetter(0)):
        cells = [cell for _, cell in run]
        _write_from(pen, row, cells, column)
        column += len(cells)
        if doubtful:
            pen.column = None


def _with_doubt(cells: Sequence[Cell]) -> Iterator[tuple[bool, Cell]]:
    """Cells, each with whether it is doubtful; the second half of a wide character is what the first is."""
    doubtful = False
    for cell in cells:
        if cell.text:
            doubtful = is_doubtful(cell.text)
        yield doubtful, cell
