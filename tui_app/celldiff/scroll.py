"""Whether rows only moved up or down, so that the terminal can move them itself. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from tui_app.celldiff.cells import UNKNOWN, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST: Final = 3
"""Rows that must have moved together for a scroll to be thought of."""


class Scroll(NamedTuple):
    """The rows from `top` to `bottom` move up by `lines`, or down by `-lines`."""

    top: int
    bottom: int
    lines: int

    @property
    def sequence(self) -> str:
        """What makes a terminal do it: a region, deleted or inserted lines at its top, the whole screen again.

        SU and SD would be shorter by some bytes, but the Linux console lacks them.
        """
        count = abs(self.lines)
        moved = f"{count if count > 1 else ''}{'M' if self.lines > 0 else 'L'}"
        return f"\x1b[{self.top + 1};{self.bottom + 1}r\x1b[{self.top + 1}H\x1b[{moved}\x1b[r"


def find_scroll(shown: Sequence[Sequence[Cell]], wanted: Sequence[Sequence[Cell]]) -> Scroll | None:
    """The scroll that brings the most changed rows to their place, or None where nothing worth it moved."""
    changed = [row for row, (old, new) in enumerate(zip(shown, wanted, strict=True)) if old != new]
    if len(changed) < LEAST:
        return None
    count = _likeliest(shown, wanted, changed)
    if count is None or any(UNKNOWN in row for row in wanted):
        return None
    return _region(shown, wanted, count)


def _likeliest(shown: Sequence[Sequence[Cell]], wanted: Sequence[Sequence[Cell]], changed: Sequence[int]) -> int | None:
    """By how many rows most of the changed rows moved up; rows that look like many others tell nothing."""
    places: dict[tuple[Cell, ...], list[int]] = {}
    for row in range(changed[0], changed[-1] + 1):
        places.setdefault(tuple(shown[row]), []).append(row)
    votes: Counter[int] = Counter()
    for row in changed:
        found = places.get(tuple(wanted[row]), [])
        if len(found) == 1:
            votes[found[0] - row] += 1
    del votes[0]
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= LEAST else None


def _region(shown: Sequence[Sequence[Cell]], wanted: Sequence[Sequence[Cell]], count: int) -> Scroll | None:
    """The stretch of rows that gains most by moving up by `count`: what comes right less what becomes wrong."""
    candidates = range(max(0, -count), min(len(wanted), len(wanted) - count))
    best, score, start = (0, 0, 0), 0, candidates.start
    for row in candidates:
        score += (wanted[row] != shown[row]) - (wanted[row] != shown[row + count])
        if score <= 0:
            score, start = 0, row + 1
        elif score > best[0]:
            best = (score, start, row)
    gain, first, last = best
    if gain < LEAST:
        return None
    return Scroll(min(first, first + count), max(last, last + count), count)
