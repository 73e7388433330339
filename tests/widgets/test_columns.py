"""How columns share a width and texts are fitted into cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_app.widgets.columns import Column, fit, share_width

TIME = Column(key="time", title="Time", width=5)
NAME = Column(key="name", title="Name", width=10, flex=1)
ROOM = Column(key="room", title="Room", width=8, drop=1)


def test_spare_cells_go_to_the_flexible_columns() -> None:
    assert share_width([TIME, NAME, ROOM], 40) == {"time": 5, "name": 25, "room": 8}


def test_the_column_with_the_highest_drop_goes_first_where_there_is_no_room() -> None:
    assert share_width([TIME, NAME, ROOM], 20) == {"time": 5, "name": 14}


def test_a_column_without_drop_never_goes() -> None:
    assert share_width([TIME, NAME], 3) == {"time": 5, "name": 10}


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert fit("Vinyasa Flow", 8) == "Vinyasa…"


def test_numbers_stand_on_the_right() -> None:
    assert fit("12", 4, "right") == "  12"


def test_a_wide_character_is_never_halved() -> None:
    assert fit("王芳芳", 4) == "王 …"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Mn", "Me", "Zl", "Zp"])), st.integers(1, 60))
def test_every_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@given(st.integers(0, 300), st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3), st.integers(0, 9)), min_size=1))
def test_columns_never_take_more_than_there_is_unless_none_may_go(
    width: int, shapes: list[tuple[int, int, int]]
) -> None:
    columns = [
        Column(key=str(number), title="", width=least, flex=flex, drop=drop)
        for number, (least, flex, drop) in enumerate(shapes)
    ]
    widths = share_width(columns, width)
    needed = sum(widths.values()) + len(widths) - 1
    must_stay = [column for column in columns if not column.drop]
    assert needed <= width or len(widths) == max(1, len(must_stay))
