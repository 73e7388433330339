"""The lines that were entered, to be taken back: in memory alone, and gone when the desk is locked."""

from collections import deque
from typing import Final

MOST_LINES: Final = 50


class LineHistory:
    """The newest lines of this run. What was refused or failed comes first, for it is typed again; an answer never."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=MOST_LINES)
        self._failed: dict[int, str] = {}
        self._offered: list[str] = []
        self._place = -1

    def entered(self, line: str) -> None:
        """Take in a line on which Enter was pressed; what had failed and is entered again has not failed any more."""
        text = line.strip()
        self._failed = {number: failed for number, failed in self._failed.items() if failed != text}
        if text and not text.startswith("="):
            self._lines.append(text)

    def ended(self, number: int, text: str) -> None:
        """Take in how an entry ended: `text` is what to type again, or empty where it went well."""
        self._failed.pop(number, None)
        if text.strip():
            self._failed[number] = text.strip()
            for oldest in list(self._failed)[:-MOST_LINES]:
                del self._failed[oldest]

    def back(self, typed: str) -> str | None:
        """The line before the one in the desk line; None: there is none, or something else has been typed."""
        if not typed:
            newest = (*reversed(self._failed.values()), *reversed(self._lines))
            self._offered, self._place = list(dict.fromkeys(newest))[:MOST_LINES], -1
        elif self._place < 0 or self._offered[self._place] != typed:
            return None
        if self._place + 1 >= len(self._offered):
            return None
        self._place += 1
        return self._offered[self._place]

    def clear(self) -> None:
        """Forget everything."""
        self._lines.clear()
        self._failed.clear()
        self._offered, self._place = [], -1
