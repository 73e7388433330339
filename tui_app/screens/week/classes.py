"""The classes of one day, to be read beside the week: it takes no keys."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from tui_app.widgets.columns import fit


class ClassLines(Widget):
    """Lines of text, those that are over dimmed; what does not fit is counted in the last line."""

    COMPONENT_CLASSES = {"class-lines--over"}  # noqa: RUF012 - Textual's own name

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._lines: tuple[tuple[str, bool], ...] = ()

    def show(self, lines: tuple[tuple[str, bool], ...]) -> None:
        """Show other lines; the same ones again cost nothing."""
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def _line(self, y: int) -> tuple[str, bool]:
        height, count = self.size.height, len(self._lines)
        if y == height - 1 and count > height:
            return f"and {count - height + 1} more: Enter opens the day", False
        return self._lines[y] if y < count else ("", False)

    @override
    def render_line(self, y: int) -> Strip:
        width = self.size.width
        text, over = self._line(y)
        style = self.rich_style
        if over:
            style += self.get_component_rich_style("class-lines--over", partial=True)
        return Strip([Segment(fit(text, width), style)], width)
