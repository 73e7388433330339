"""A picture of a terminal as SVG: made alike every time, and read back as text."""

from __future__ import annotations

import html
import re
from typing import Final

from rich.cells import cell_len

_RANDOM_ID: Final = re.compile(r"terminal-\d+")
_TEXT: Final = re.compile(
    r'<text class="frontdesk-r\d+" x="([\d.]+)"[^>]*clip-path="url\(#frontdesk-line-(\d+)\)">([^<]*)</text>'
)
_CELL: Final = 12.2  # the width of one column in Rich's drawing


def settle(svg: str) -> str:
    """Give the drawing ids that do not change from run to run, and no blanks at line ends."""
    steady = _RANDOM_ID.sub("frontdesk", svg)
    return "\n".join(line.rstrip() for line in steady.splitlines()) + "\n"


def lines(svg: str) -> list[str]:
    """The lines of text in a settled drawing, each text in its column."""
    found: dict[int, str] = {}
    for x, row, text in _TEXT.findall(svg):
        line = found.get(int(row), "")
        gap = " " * (round(float(x) / _CELL) - cell_len(line))
        found[int(row)] = line + gap + html.unescape(text).replace("\xa0", " ")
    return [found.get(row, "").rstrip() for row in range(max(found, default=-1) + 1)]
