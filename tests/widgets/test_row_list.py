"""The row list: the cursor stays on its row, and only lines that changed are painted."""

from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from typing_extensions import override

from tui_app.stylesheets import stylesheet
from tui_app.widgets.columns import Column
from tui_app.widgets.row_list import RowList
from tui_app.widgets.rows import Cell, Row

COLUMNS = (Column(key="name", title="Name", width=8, flex=1),)


def rows(*names: str, start: int = 1) -> list[Row]:
    return [Row(key=number, cells=(("name", name),)) for number, name in enumerate(names, start)]


class Recording(RowList):
    """Notes what it was asked to paint again."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty="Nobody yet")
        self.painted: list[Region] = []
        self.lines: list[list[str]] = []

    @override
    def refresh(self, *regions: Region, **options: bool) -> "Recording":
        if hasattr(self, "painted"):
            self.painted.extend(regions or (Region(0, 0, *self.size),))
        super().refresh(*regions, **options)
        return self

    @override
    def render_lines(self, crop: Region) -> list[Strip]:
        strips = super().render_lines(crop)
        self.lines.append([strip.text for strip in strips])
        return strips


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.row_list = Recording()
        self.highlighted: list[int | None] = []
        self.chosen: list[int] = []

    @override
    def compose(self) -> ComposeResult:
        yield self.row_list

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        self.highlighted.append(message.key)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        self.chosen.append(message.key)


def shown(row_list: RowList) -> list[str]:
    return [row_list.render_line(y).text.rstrip() for y in range(row_list.size.height)]


async def test_an_empty_list_says_why() -> None:
    app = Host()
    async with app.run_test(size=(20, 4)):
        assert shown(app.row_list)[1] == "  Nobody yet"


async def test_the_cursor_keeps_its_row_when_rows_come_above_it() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)) as pilot:
        app.row_list.set_rows(rows("Anna", "Olga", "Kim"))
        app.row_list.move(1)
        app.row_list.set_rows([Row(key=9, cells=(("name", "Early"),)), *rows("Anna", "Olga", "Kim")])
        await pilot.pause()
        assert app.row_list.cursor_key == 2
        assert shown(app.row_list)[1:4] == ["  Early", "  Anna", "▸ Olga"]


async def test_the_scroll_keeps_its_line_when_rows_come_above_it() -> None:
    app = Host()
    async with app.run_test(size=(20, 5)):
        names = [f"client {number}" for number in range(20)]
        app.row_list.set_rows(rows(*names))
        app.row_list.move(10)
        line = shown(app.row_list).index("▸ client 10")
        app.row_list.set_rows([Row(key=99, cells=(("name", "new"),)), *rows(*names)])
        assert shown(app.row_list).index("▸ client 10") == line


async def test_a_row_that_goes_gives_the_cursor_to_its_neighbour() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)) as pilot:
        app.row_list.set_rows(rows("Anna", "Olga", "Kim"))
        app.row_list.move(1)
        app.row_list.set_rows([row for row in rows("Anna", "Olga", "Kim") if row.key != 2])
        await pilot.pause()
        assert app.row_list.cursor_key == 3
        assert app.highlighted == [1, 2, 3]


async def test_moving_stops_at_the_ends() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)):
        app.row_list.set_rows(rows("Anna", "Olga"))
        app.row_list.move(-5)
        assert app.row_list.cursor_key == 1
        app.row_list.move(5)
        assert app.row_list.cursor_key == 2


async def test_a_page_moves_by_what_is_shown() -> None:
    app = Host()
    async with app.run_test(size=(20, 6)):
        app.row_list.set_rows(rows(*"abcdefghijkl"))
        app.row_list.move_page(1)
        assert app.row_list.cursor_key == 5
        app.row_list.move_to_end(1)
        assert app.row_list.cursor_key == 12


async def test_the_same_rows_again_paint_no_row() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)) as pilot:
        app.row_list.set_rows(rows("Anna", "Olga", "Kim"))
        await pilot.pause()
        app.row_list.painted.clear()
        app.row_list.set_rows(rows("Anna", "Olga", "Kim"))
        assert app.row_list.painted == []


async def test_a_changed_row_alone_is_painted() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)) as pilot:
        app.row_list.set_rows(rows("Anna", "Olga", "Kim"))
        await pilot.pause()
        app.row_list.painted.clear()
        app.row_list.set_rows(rows("Anna", "Olga Petrova", "Kim"))
        assert [region.y for region in app.row_list.painted] == [2]


async def test_a_move_within_the_page_paints_two_rows() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)) as pilot:
        app.row_list.set_rows(rows("Anna", "Olga", "Kim"))
        await pilot.pause()
        app.row_list.painted.clear()
        app.row_list.move(1)
        assert sorted(region.y for region in app.row_list.painted) == [1, 2]


async def test_markup_in_a_name_is_shown_as_it_is() -> None:
    app = Host()
    async with app.run_test(size=(40, 4)):
        app.row_list.set_rows(rows("Anna [VIP] [/x] [b"))
        assert shown(app.row_list)[1] == "▸ Anna [VIP] [/x] [b"


async def test_the_cursor_of_the_other_list_has_another_mark() -> None:
    app = Host()
    async with app.run_test(size=(20, 4)):
        app.row_list.set_rows(rows("Anna"))
        app.row_list.active = False
        assert shown(app.row_list)[1] == "▹ Anna"


async def test_a_click_selects_and_a_second_one_chooses() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)) as pilot:
        app.row_list.set_rows(rows("Anna", "Olga", "Kim"))
        await pilot.click(app.row_list, offset=(3, 2))
        await pilot.click(app.row_list, offset=(3, 2))
        await pilot.pause()
        assert (app.row_list.cursor_key, app.chosen) == (2, [2])


async def test_a_colour_of_its_own_marks_a_cell() -> None:
    app = Host()
    async with app.run_test(size=(20, 4)):
        app.row_list.set_rows([Row(key=1, cells=(("name", Cell("▌", color="#ff0000")),))])
        styles = [segment.style for segment in app.row_list.render_line(1)]
        colors = {style.color.name for style in styles if style and style.color}

        assert "#ff0000" in colors


async def test_every_paint_of_a_lower_list_has_the_cursor_in_it() -> None:
    app = Host()
    async with app.run_test(size=(20, 12)) as pilot:
        app.row_list.set_rows(rows(*(f"client {number}" for number in range(20))))
        app.row_list.move(9)
        await pilot.pause()
        app.row_list.lines.clear()
        app.row_list.styles.height = 5
        await pilot.pause()
        assert app.row_list.lines
        assert all(any("▸ client 9" in line for line in painted) for painted in app.row_list.lines)


class Styled(Host):
    CSS_PATH = [stylesheet("rows")]  # noqa: RUF012 - Textual's own name


async def test_a_tone_is_drawn_as_the_theme_says_and_anew_with_another() -> None:
    app = Styled()
    async with app.run_test() as pilot:
        app.row_list.set_rows([Row(key=1, cells=(("name", Cell("full", "alert")),), tone="gone")])
        await pilot.pause()
        before, paints = looks(app), len(app.row_list.lines)
        assert before[0].strike
        app.theme = "nord"
        await pilot.pause()
        assert len(app.row_list.lines) > paints
        assert looks(app) != before


def looks(app: Host) -> list[Style]:
    """The looks of the first row."""
    return [segment.style for segment in app.row_list.render_line(1) if segment.style is not None]
