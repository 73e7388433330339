"""A few lines of text that take just the rows they need, and paint only the line that changed."""

from collections.abc import Sequence
from textwrap import wrap

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from tui_app.widgets.columns import fit
from tui_app.widgets.tones import look_of


class TextLine(Struct, frozen=True):
    """One line; `tone` is the class `text-lines--TONE` of the style sheets, or empty."""

    text: str
    tone: str = ""


def wrapped(line: TextLine, width: int, *, indent: str = "   ") -> list[TextLine]:
    """A line as several where it is too long for `width` cells; those that go on are indented."""
    pieces = wrap(line.text, max(20, width), initial_indent="", subsequent_indent=indent, drop_whitespace=True)
    lead = line.text[: len(line.text) - len(line.text.lstrip())]
    return [TextLine(lead + piece.lstrip() if place == 0 else piece, line.tone) for place, piece in enumerate(pieces)]


class TextLines(Widget):
    """Lines of words, at most `most`; where there are more, the last line says how many."""

    DEFAULT_CSS = "TextLines { width: 100%; }"

    def __init__(self, most: int, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._most = most
        self._lines: tuple[TextLine, ...] = ()
        self._styles: dict[str, Style] = {}
        self.display = False

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """What is shown."""
        return self._lines

    def tell(self, lines: Sequence[TextLine]) -> None:
        """Show other lines; none takes no room at all."""
        shown = tuple(lines[: self._most])
        if len(lines) > self._most:
            more = len(lines) - self._most + 1
            shown = (*shown[:-1], TextLine(f"  and {more} more", "dim"))
        before, self._lines = self._lines, shown
        if len(before) != len(shown):
            self.styles.height = len(shown)
            self.display = bool(shown)
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, shown, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    @override
    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    def _style(self, tone: str) -> Style:
        if tone not in self._styles:
            self._styles[tone] = look_of(self.app, f"text-lines--{tone}")
        return self._styles[tone]

    @override
    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[y]
        style = self.rich_style + self._style(line.tone) if line.tone else self.rich_style
        return Strip([Segment(fit(line.text, width), style)], width)
