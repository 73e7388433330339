"""The list under a field: it floats over the form, takes no focus and paints only the lines that change."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from tui_app.widgets.columns import fit

LOW_ROWS = 5
TALL_ROWS = 8


class MenuItem(Struct, frozen=True):
    """One line: a mark before the words (one cell), the words, a few more at the right end, a swatch of a colour."""

    words: str
    mark: str = " "
    beside: str = ""
    color: str = ""


class ChoiceMenu(Widget):
    """Lines to choose from; `cursor` is None until an arrow or a typed text puts it somewhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-menu--cursor", "choice-menu--beside"}

    class Pointed(Message):
        """A line was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[MenuItem, ...] = ()
        self._cursor: int | None = None
        self._left_at: int | None = None
        self._top = 0
        self._empty = ""

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self.has_class("-open")

    @property
    def cursor(self) -> int | None:
        """The index of the marked line."""
        return self._cursor

    @property
    def items(self) -> tuple[MenuItem, ...]:
        """The lines, top to bottom."""
        return self._items

    def open(self, items: Sequence[MenuItem], cursor: int | None, *, empty: str = "", rows: int | None = None) -> None:
        """Show these lines, or `empty` where there are none; `rows` keeps the height while a list gets shorter."""
        most = LOW_ROWS if self.app.size.height < 24 else TALL_ROWS
        height = max(1, min(most, rows if rows is not None else len(items)))
        if self.styles.height is None or self.styles.height.value != height + 2:
            self.styles.height = height + 2
        self._empty = empty
        self.add_class("-open")
        self.change(items, cursor, height)

    def change(self, items: Sequence[MenuItem], cursor: int | None, height: int | None = None) -> None:
        """Show other lines at the same place."""
        rows = height if height is not None else self.size.height
        self._items = tuple(items)
        self._cursor = cursor
        self._left_at = None
        self._top = max(0, min(cursor - rows // 2, len(self._items) - rows)) if cursor is not None else 0
        self._say_place()
        self.refresh()

    def close(self) -> None:
        """Take the list off the screen."""
        self.remove_class("-open")

    def move(self, step: int) -> None:
        """Move the cursor by lines; from nowhere, to the first or the last line."""
        if not self._items:
            return
        at = self._cursor if self._cursor is not None else self._left_at
        if at is None:
            self.put(0 if step > 0 else len(self._items) - 1)
        else:
            self.put(at + step)

    def release(self, index: int) -> None:
        """Mark no line, but go on from this one with the next arrow."""
        self.put(index)
        self.put(None)
        self._left_at = index

    def put(self, index: int | None) -> None:
        """Put the cursor on a line, or nowhere."""
        old, top = self._cursor, self._top
        self._cursor = None if index is None else max(0, min(index, len(self._items) - 1))
        height = max(1, self.size.height)
        if self._cursor is not None:
            self._top = max(self._cursor - height + 1, min(self._top, self._cursor))
        if top != self._top:
            self.refresh()
        else:
            for line in {old, self._cursor} - {None}:
                self.refresh(Region(0, (line or 0) - top, self.size.width, 1))
        self._say_place()

    def _say_place(self) -> None:
        count = len(self._items)
        place = f"{self._cursor + 1}/{count}" if self._cursor is not None else str(count)
        words = place if count else ""
        if self.border_subtitle != words:
            self.border_subtitle = words

    @override
    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        index = self._top + y
        if index >= len(self._items):
            text = self._empty if y == 0 and not self._items else ""
            return Strip([Segment(fit(text, width), base)], width)
        return self._item_line(self._items[index], selected=index == self._cursor, width=width, base=base)

    def _item_line(self, item: MenuItem, *, selected: bool, width: int, base: Style) -> Strip:
        if selected:
            base += self.get_component_rich_style("choice-menu--cursor", partial=True)
        beside = fit(item.beside, min(len(item.beside) * 2, width // 2), "right").lstrip() if item.beside else ""
        swatch = "██ " if item.color else ""
        head = ("▸" if selected else " ") + item.mark + " "
        used = len(head) + len(swatch) + (Segment(beside).cell_length + 1 if beside else 0)
        segments = [Segment(head, base)]
        if swatch:
            segments.append(Segment(swatch, base + Style(color=item.color)))
        segments.append(Segment(fit(item.words, max(1, width - used)), base))
        if beside:
            segments.append(
                Segment(" " + beside, base + self.get_component_rich_style("choice-menu--beside", partial=True))
            )
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Choose the line under the pointer."""
        event.stop()
        index = self._top + event.get_content_offset_capture(self).y
        if 0 <= index < len(self._items):
            self.post_message(self.Pointed(index))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on with the wheel."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back with the wheel."""
        event.stop()
        self.move(-1)
