"""A line of text that paints itself only when it says something else, and never moves its neighbours."""

from textual.content import Content
from textual.widget import Widget
from typing_extensions import override


class Line(Widget):
    """One row of text. Text from outside is data here: markup in it is shown, not obeyed."""

    DEFAULT_CSS = "Line { height: 1; width: 100%; }"

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._content = Content(text) if isinstance(text, str) else text

    @property
    def text(self) -> str:
        """What the line says."""
        return self._content.plain

    def say(self, text: str | Content) -> None:
        """Show another text; the same text again costs nothing."""
        content = Content(text) if isinstance(text, str) else text
        if content.is_same(self._content):
            return
        self._content = content
        self.refresh()

    @override
    def render(self) -> Content:
        return self._content
