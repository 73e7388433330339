"""A list of one-line choices that is moved from outside, so that the focus stays where letters are typed."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

MARKS = 4
"""Columns before a label: the cursor's mark and the mark of what is chosen now."""


class ChoiceList(Widget):
    """Choices `(value, label)`; the cursor is told by a mark and reverse video, what is chosen now by a dot."""

    class Picked(Message):
        """A choice was clicked."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(self, choices: Sequence[tuple[str, str]], current: str | None, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._choices = tuple(choices)
        self._current = current
        self._top = 0
        self._cursor = next((i for i, (value, _label) in enumerate(self._choices) if value == current), 0)
        self.styles.height = max(1, len(self._choices))

    @property
    def value(self) -> str | None:
        """The value under the cursor; None in an empty list."""
        return self._choices[self._cursor][0] if self._choices else None

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The choices that are left."""
        return self._choices

    def show(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show other choices, with the cursor on the first; the height stays, so nothing around it moves."""
        self._choices = tuple(choices)
        self._cursor = self._top = 0
        self.refresh()

    def move(self, lines: int) -> None:
        """Move the cursor, stopping at the ends."""
        old, top = self._cursor, self._top
        self._cursor = max(0, min(self._cursor + lines, len(self._choices) - 1))
        self._keep_in_view()
        if self._top != top:
            self.refresh()
        elif self._cursor != old:
            self.refresh(*(Region(0, index - self._top, self.size.width, 1) for index in (old, self._cursor)))

    def move_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.move(pages * max(1, self.size.height - 1))

    def _keep_in_view(self) -> None:
        if not self.size.height:
            return
        last_top = max(0, len(self._choices) - self.size.height)
        self._top = max(self._cursor - self.size.height + 1, min(self._top, self._cursor, last_top))

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        top = self._top
        self._keep_in_view()
        if self._top != top:
            self.refresh()

    @override
    def render_line(self, y: int) -> Strip:
        width, index = self.size.width, self._top + y
        if index >= len(self._choices):
            return Strip.blank(width, self.rich_style)
        value, label = self._choices[index]
        here = index == self._cursor
        style = self.rich_style + self._emphasis() if here else self.rich_style
        return Strip([Segment(self._marks(value, here=here) + _fit(label, width - MARKS), style)], width)

    def _emphasis(self) -> Style:
        return Style(bold=True, reverse=True)

    def _marks(self, value: str, *, here: bool) -> str:
        return f"{'▸' if here else ' '} {'•' if value == self._current else ' '} "

    def on_click(self, event: Click) -> None:
        """Choose with the mouse."""
        event.stop()
        index = self._top + event.y
        if index < len(self._choices):
            self._clicked(index)

    def _clicked(self, index: int) -> None:
        self.post_message(self.Picked(self._choices[index][0]))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move on with the wheel."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move back with the wheel."""
        event.stop()
        self.move(-1)


class PickList(ChoiceList, can_focus=True):
    """A field of a form that is one of a few choices: arrows choose, Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("enter", "done", "Go on", show=False),
    ]

    class Changed(Message):
        """Another choice is taken."""

        def __init__(self, pick_list: "PickList") -> None:
            super().__init__()
            self.pick_list = pick_list

        @property
        @override
        def control(self) -> "PickList":
            return self.pick_list

    class Done(Message):
        """Enter was pressed: go on to the next field."""

    def __init__(self, choices: Sequence[tuple[str, str]], current: str | None, *, id: str) -> None:  # noqa: A002
        super().__init__(choices, current)
        self.id = id

    def take(self, value: str) -> None:
        """Put the cursor on a value, if it is there."""
        place = next((i for i, (known, _label) in enumerate(self.shown) if known == value), None)
        if place is not None:
            self.move(place - self._cursor)

    def replace(self, choices: Sequence[tuple[str, str]], value: str | None) -> None:
        """Offer other choices."""
        self.show(choices)
        self.styles.height = max(1, len(choices))
        if value is not None:
            self.take(value)

    @override
    def move(self, lines: int) -> None:
        before = self.value
        super().move(lines)
        if self.value != before:
            self.post_message(self.Changed(self))

    def action_move(self, lines: int) -> None:
        """Choose the next one or the one before."""
        self.move(lines)

    def action_done(self) -> None:
        """Go on."""
        self.post_message(self.Done())

    @override
    def _clicked(self, index: int) -> None:
        self.move(index - self._cursor)

    @override
    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self.refresh()

    @override
    def _emphasis(self) -> Style:
        return Style(bold=True, reverse=self.has_focus)

    @override
    def _marks(self, value: str, *, here: bool) -> str:
        return "(•) " if here else "( ) "


def _fit(label: str, columns: int) -> str:
    text = label.replace("\n", " ").replace("\t", " ")
    if cell_len(text) > columns:
        return set_cell_size(text, max(0, columns - 1)) + "…"
    return set_cell_size(text, columns)
