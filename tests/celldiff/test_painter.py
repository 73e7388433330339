from __future__ import annotations

import pytest

from tests.celldiff.glass import Glass
from tui_app.celldiff.painter import Painter
from tui_app.celldiff.parse import NotUnderstood

ROWS = 12
COLUMNS = 40


def painted(*paints: str) -> Painter:
    """A painter whose terminal shows these."""
    painter = Painter(COLUMNS, ROWS)
    for paint in paints:
        painter.take(paint)
    painter.output()
    return painter


def row(number: int, text: str, style: str = "") -> str:
    return f"\x1b[{number};1H\x1b[{style}m{text:{COLUMNS}}\x1b[0m"


def rows(texts: list[str]) -> str:
    return "".join(row(number, text) for number, text in enumerate(texts, 1)) + "\x1b[1;1H"


LINES = [f"line {number} of many, with words of its own {number * 7}" for number in range(30)]


def test_a_paint_that_changes_nothing_writes_nothing() -> None:
    painter = painted(rows(LINES[:ROWS]))
    painter.take(rows(LINES[:ROWS]))
    assert painter.output() == ""


def test_one_changed_cell_is_one_move_and_one_character() -> None:
    painter = painted(row(1, "hello") + "\x1b[2;1H")
    painter.take(row(1, "hallo") + "\x1b[1;3H")
    assert painter.output() == "\x1b[1;2Ha"


def test_several_paints_are_one() -> None:
    painter = painted(row(1, "hello") + "\x1b[1;1H")
    painter.take(row(1, "jello"))
    painter.take(row(1, "hello") + "\x1b[1;1H")
    assert painter.output() == ""


def test_a_moved_cursor_is_a_move_alone() -> None:
    painter = painted(row(1, "hello") + "\x1b[1;1H")
    painter.take("\x1b[1;4H")
    assert painter.output() == "\x1b[4G"


def test_letters_that_did_not_change_are_written_again_where_that_is_shorter_than_a_step() -> None:
    painter = painted(row(1, "a--b") + "\x1b[1;1H")
    painter.take(row(1, "x--y") + "\x1b[1;5H")
    assert painter.output() == "x--y"


def test_a_row_that_became_empty_is_erased() -> None:
    painter = painted(row(1, "hello, this is long") + "\x1b[1;1H")
    painter.take(row(1, "") + "\x1b[1;1H")
    assert painter.output() == "\x1b[K"


def test_blanks_with_a_background_are_never_left_to_erasing() -> None:
    painter = painted(row(1, "hello, this is long") + "\x1b[1;1H")
    painter.take(row(1, "", "44") + "\x1b[1;1H")
    assert " " * COLUMNS in painter.output()


def test_blanks_within_a_row_are_erased_and_stepped_over() -> None:
    painter = painted(row(1, "x" * COLUMNS) + "\x1b[1;1H")
    painter.take(row(1, "a" + " " * 20 + "x" * 19) + "\x1b[1;1H")
    assert painter.output() == "a\x1b[20X\r"


@pytest.mark.parametrize("by", [1, -1, 3, -3])
def test_rows_that_moved_are_moved_by_the_terminal(by: int) -> None:
    painter = painted(rows(LINES[5 : 5 + ROWS]))
    painter.take(rows(LINES[5 + by : 5 + by + ROWS]))
    output = painter.output()
    assert f"\x1b[1;{ROWS}r" in output
    assert len(output) < 50 * (abs(by) + 1)


def test_rows_around_what_scrolled_stay() -> None:
    glass = Glass(COLUMNS, ROWS)
    painter = Painter(COLUMNS, ROWS)
    for first in (4, 5, 3):
        painter.take(rows(["top", *LINES[first : first + ROWS - 2], "bottom"]))
        glass.feed(painter.output())
        shown = ["".join(spot.text for spot in line).rstrip() for line in glass.lines]
        assert shown == [text[:COLUMNS].rstrip() for text in ("top", *LINES[first : first + ROWS - 2], "bottom")]


def test_a_row_with_a_doubtful_character_is_written_whole_from_there() -> None:
    painter = painted(row(1, "sure ❤️ and after") + "\x1b[1;1H")
    painter.take(row(1, "sure ❤️ and aftex") + "\x1b[1;1H")
    assert painter.output().startswith("\x1b[6G\x1b[K❤️\x1b[8G and aftex")


def test_a_change_before_a_doubtful_character_leaves_it_alone() -> None:
    painter = painted(row(1, "sure ❤️ and after") + "\x1b[1;1H")
    painter.take(row(1, "pure ❤️ and after") + "\x1b[1;1H")
    assert painter.output() == "p\r"


def test_what_is_in_doubt_is_painted_again_in_full() -> None:
    painter = painted(rows(LINES[:ROWS]))
    painter.forget()
    output = painter.output()
    assert output.startswith("\x1b[m\x1b[H")
    assert all(text[:COLUMNS].rstrip() in output for text in LINES[:ROWS])
    assert painter.output() == ""


def test_data_that_is_not_understood_goes_through_after_what_was_wanted() -> None:
    painter = painted(row(1, "hello") + "\x1b[1;1H")
    painter.take(row(1, "jello") + "\x1b[1;1H")
    with pytest.raises(NotUnderstood):
        painter.take("\x1b[2J")
    assert painter.bypass("\x1b[2J") == "j\r\x1b[2J"
    painter.take(row(1, "jello") + "\x1b[1;1H")
    assert "jello" in painter.output()


def test_a_paint_that_is_not_understood_paints_nothing_of_it_by_cells() -> None:
    painter = painted(row(1, "hello") + "\x1b[1;1H")
    with pytest.raises(NotUnderstood):
        painter.take(row(1, "jello") + "\x07oops\rx")
    assert painter.output() == ""


def test_a_paint_larger_than_the_screen_is_cut_off() -> None:
    painter = Painter(4, 2)
    painter.take("\x1b[1;1Habcdef\n\x1b[2;1Hghijkl\n\x1b[3;1Hmnopqr\x1b[3;9H")
    assert "abcd\r\nghij" in painter.output()


def test_output_ends_in_the_default_look() -> None:
    painter = Painter(COLUMNS, ROWS)
    painter.take("\x1b[1;1H\x1b[1;44mbold\x1b[1;5H")
    assert painter.output() == "\x1b[m\x1b[H\x1b[1;44mbold\x1b[m"


def test_half_of_a_wide_character_that_is_written_over_takes_the_other_half_with_it() -> None:
    glass, painter = Glass(COLUMNS, ROWS), painted(row(1, "a王b"))
    painter.forget()
    painter.take("\x1b[1;3Hx")
    glass.feed(painter.output())
    assert "".join(spot.text for spot in glass.lines[0]).rstrip() == "a xb"
