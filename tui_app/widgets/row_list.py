"""A list of rows that paints line by line: only lines that changed are painted again."""

from collections.abc import Iterable, Sequence

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from tui_app.data_message import DataMessage
from tui_app.widgets.columns import Column, fit, share_width
from tui_app.widgets.rows import Cell, Row
from tui_app.widgets.tones import look_of

GUTTER = 2
"""Cells before the first column: the cursor's mark and the mark of a changed row."""


class RowList(Widget):
    """Rows under column titles, with a cursor that stays on its row whatever happens above it.

    It never takes the focus: the desk line holds it and moves the cursor. `active` tells whether the keys go here.
    """

    class Highlighted(DataMessage):
        """The cursor is on another row; `key` is None for an empty list."""

        row_list: "RowList"
        key: int | None

        @property
        @override
        def control(self) -> "RowList":
            return self.row_list

    class Chosen(DataMessage):
        """A row under the cursor was clicked again."""

        row_list: "RowList"
        key: int

        @property
        @override
        def control(self) -> "RowList":
            return self.row_list

    def __init__(self, columns: Sequence[Column], *, empty: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._cursor = 0
        self._top = 0
        self._chosen_top = 0  # where rows and cursor have put it: a window made small and large again changes nothing
        self._empty = empty
        self._active = True
        self._widths: dict[str, int] = {}
        self._fitted = Size(0, 0)  # the size that widths and top were reckoned for
        self._styles: dict[str, Style] = {}

    # ------------------------------------------------------------ what is there

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, top to bottom."""
        return self._rows

    @property
    def cursor_key(self) -> int | None:
        """The key of the row under the cursor; None for an empty list."""
        return self._rows[self._cursor].key if self._rows else None

    @property
    def active(self) -> bool:
        """Whether the keys move this list."""
        return self._active

    @active.setter
    def active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self._refresh_row(self._cursor)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, or the same ones under other titles."""
        self._columns = tuple(columns)
        self._widths = share_width(self._columns, max(0, self.size.width - GUTTER))
        self.refresh()

    def set_rows(self, rows: Iterable[Row], *, empty: str = "") -> None:
        """Show other rows: the cursor keeps its row by key, and the row its line on the screen where it can."""
        before, title, line = self._shown(), self._title(), self._cursor - self._top
        key, said = self.cursor_key, self._empty
        self._rows = tuple(rows)
        self._empty = empty
        self._cursor = self._index_of(key) if key is not None else 0
        self._top = max(0, self._cursor - line)
        self._keep_in_view()
        self._chosen_top = self._top
        for y, (old, new) in enumerate(zip(before, self._shown(), strict=False)):
            if old != new:
                self.refresh(Region(0, y + 1, self.size.width, 1))
        if self._title() != title:
            self.refresh(Region(0, 0, self.size.width, 1))
        if said != empty and not self._rows:
            self.refresh(Region(0, 1, self.size.width, 1))
        if self.cursor_key != key:
            self.post_message(self.Highlighted(self, self.cursor_key))

    def move_to(self, key: int) -> bool:
        """Put the cursor on the row with this key; False if there is none."""
        for index, row in enumerate(self._rows):
            if row.key == key:
                self._set_cursor(index)
                return True
        return False

    def move(self, step: int) -> None:
        """Move the cursor by rows, stopping at the ends."""
        self._set_cursor(self._cursor + step)

    def go(self, where: str) -> bool:
        """Move as a key of the desk line says (`DeskLine.Moved`); False for what is no movement in a list."""
        match where:
            case "up" | "down":
                self.move(-1 if where == "up" else 1)
            case "page_up" | "page_down":
                self.move_page(-1 if where == "page_up" else 1)
            case "first" | "last":
                self.move_to_end(-1 if where == "first" else 1)
            case _:
                return False
        return True

    def move_page(self, direction: int) -> None:
        """Move the cursor by a page, up (-1) or down (1)."""
        self._set_cursor(self._cursor + direction * max(1, self._height() - 1))

    def move_to_end(self, direction: int) -> None:
        """Move the cursor to the first row (-1) or the last (1)."""
        self._set_cursor(0 if direction < 0 else len(self._rows) - 1)

    # ------------------------------------------------------------ the cursor

    def _index_of(self, key: int) -> int:
        for index, row in enumerate(self._rows):
            if row.key == key:
                return index
        return max(0, min(self._cursor, len(self._rows) - 1))

    def _set_cursor(self, index: int) -> None:
        index = max(0, min(index, len(self._rows) - 1))
        if index == self._cursor or not self._rows:
            return
        old, top = self._cursor, self._top
        self._cursor = index
        self._keep_in_view()
        self._chosen_top = self._top
        if self._top == top:
            self._refresh_row(old)
            self._refresh_row(index)
        else:
            self.refresh()
        self.post_message(self.Highlighted(self, self.cursor_key))

    def _height(self) -> int:
        return max(0, self.size.height - 1)

    def _keep_in_view(self) -> None:
        height = self._height()
        if not height:
            return
        last_top = max(0, len(self._rows) - height)
        self._top = max(self._cursor - height + 1, min(self._top, self._cursor, last_top))

    def _shown(self) -> list[tuple[Row | None, bool]]:
        return [(self._row_at(y), self._top + y == self._cursor) for y in range(self._height())]

    def _row_at(self, y: int) -> Row | None:
        index = self._top + y
        return self._rows[index] if 0 <= index < len(self._rows) else None

    # ------------------------------------------------------------ the painting

    def _refresh_row(self, index: int) -> None:
        if 0 <= index - self._top < self._height():
            self.refresh(Region(0, index - self._top + 1, self.size.width, 1))

    def on_resize(self) -> None:
        """Fit into the new size, where no paint has done so yet."""
        if self._fit():
            self.refresh()

    def _fit(self) -> bool:
        """Share the width among the columns and keep the cursor in view; tells whether the size was another one."""
        if self.size == self._fitted:
            return False
        self._fitted = self.size
        self._widths = share_width(self._columns, max(0, self.size.width - GUTTER))
        self._top = self._chosen_top
        self._keep_in_view()
        return True

    @override
    def render_lines(self, crop: Region) -> list[Strip]:
        self._fit()  # the first paint of a new size comes before it is told
        return super().render_lines(crop)

    @override
    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = look_of(self.app, f"row-list--{name}")
        return self._styles[name]

    @override
    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return Strip([Segment(self._title(), self.rich_style + self._style("title"))], width)
        row = self._row_at(y - 1)
        if row is None:
            text = f"  {self._empty}" if y == 1 and not self._rows else ""
            return Strip([Segment(fit(text, width), self.rich_style)], width)
        return self._row_line(row, width, selected=self._top + y - 1 == self._cursor)

    def _title(self) -> str:
        """Column titles, and how many rows are above and below what is shown."""
        width = self.size.width
        cells = [fit(column.title, self._widths[column.key], column.align) for column in self._visible_columns()]
        above, below = self._top, len(self._rows) - self._top - self._height()
        more = " ".join(f"{arrow}{count}" for arrow, count in (("↑", above), ("↓", below)) if count > 0)
        line = fit(" " * GUTTER + " ".join(cells), width)
        return set_cell_size(line, max(0, width - len(more))) + more if more and self._height() else line

    def _visible_columns(self) -> list[Column]:
        return [column for column in self._columns if column.key in self._widths]

    def _row_line(self, row: Row, width: int, *, selected: bool) -> Strip:
        base = self.rich_style + self._style(row.tone) if row.tone else self.rich_style
        over = self._style("cursor" if self._active else "cursor-inactive") if selected else Style.null()
        mark = ("▸" if self._active else "▹") if selected else " "
        segments = [Segment(mark + ("*" if row.changed else " "), base + over)]
        cells = dict(row.cells)
        for index, column in enumerate(self._visible_columns()):
            if index:
                segments.append(Segment(" ", base + over))
            cell = cells.get(column.key, "")
            text = cell if isinstance(cell, str) else cell.text
            style = base if isinstance(cell, str) else self._cell_style(cell, base)
            segments.append(Segment(fit(text, self._widths[column.key], column.align), style + over))
        return Strip(segments).adjust_cell_length(width, base + over)

    def _cell_style(self, cell: Cell, base: Style) -> Style:
        style = base + self._style(cell.tone) if cell.tone else base
        return style + Style(color=cell.color) if cell.color else style

    # ------------------------------------------------------------ the mouse

    def on_click(self, event: events.Click) -> None:
        """Select the row under the pointer; a click on the selected row chooses it."""
        row = self._row_at(event.y - 1) if event.y > 0 else None
        if row is None:
            return
        if row.key == self.cursor_key and self._active:
            self.post_message(self.Chosen(self, row.key))
        else:
            self._set_cursor(self._top + event.y - 1)
            self.post_message(self.Pointed(self))

    class Pointed(DataMessage):
        """The pointer has selected a row: this list should become the active one."""

        row_list: "RowList"

        @property
        @override
        def control(self) -> "RowList":
            return self.row_list

    def on_mouse_scroll_down(self) -> None:
        """Move on with the wheel."""
        self.move(1)

    def on_mouse_scroll_up(self) -> None:
        """Move back with the wheel."""
        self.move(-1)
