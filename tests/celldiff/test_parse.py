from __future__ import annotations

import pytest

from tui_app.celldiff.parse import NotUnderstood, Parsed, Place, parse, stands_apart
from tui_app.celldiff.style import DEFAULT, Style


def read(data: str, cursor: Place | None = None) -> Parsed:
    return parse(data, cursor, DEFAULT, rows=24)


def texts(parsed: Parsed) -> list[tuple[int, int, list[str]]]:
    return [(row, column, [cell.text for cell in cells]) for row, column, cells, _ in parsed.runs]


def test_a_styled_text_is_a_run_at_its_place() -> None:
    parsed = read("\x1b[3;5H\x1b[31mab\x1b[0mc\x1b[1;1H")
    assert texts(parsed) == [(2, 4, ["a", "b"]), (2, 6, ["c"])]
    assert parsed.runs[0].cells[0].style == Style(foreground="31")
    assert parsed.cursor == Place(0, 0)
    assert parsed.style == DEFAULT


def test_a_wide_character_takes_two_cells() -> None:
    assert texts(read("\x1b[H王x")) == [(0, 0, ["王", "", "x"])]


def test_joined_and_combining_characters_are_one_cell_each() -> None:
    family = "\U0001f469\u200d\U0001f467"
    assert texts(read(f"\x1b[He\u0301{family}x")) == [(0, 0, ["e\u0301", family, "", "x"])]


def test_a_mark_in_the_next_segment_belongs_to_the_character_before_it() -> None:
    assert texts(read("\x1b[H\x1b[31me\x1b[0m\u0301x")) == [(0, 0, ["e\u0301"]), (0, 1, ["x"])]


def test_a_mark_that_a_row_begins_with_belongs_to_the_character_after_it() -> None:
    assert texts(read("\x1b[H\u2068\x1b[31mab")) == [(0, 0, ["\u2068a", "b"])]


def test_text_goes_on_where_the_last_write_ended() -> None:
    assert texts(read("ab", Place(2, 3))) == [(2, 3, ["a", "b"])]


def test_a_link_is_part_of_the_style() -> None:
    parsed = read("\x1b[H\x1b]8;id=1;https://example.org/\x1b\\a\x1b]8;;\x1b\\b")
    assert [run.cells[0].style.link for run in parsed.runs] == ["id=1;https://example.org/", ""]


@pytest.mark.parametrize(
    "data",
    [
        "ab",  # where?
        "\x1b[Ha\x07b",
        "\x1b[Ha\rb",
        "\x1b[Ha\tb",
        "\x1b[H\x9bm",
        "\x1b[H\ud800",
        "\x1b[2J",
        "\x1b[H\x1b[12mfont",
        "\x1b[H\x1b_Gimage\x1b\\",
        "\x1b[24;1H\nscrolled",
        "\x1b[Hcut off \x1b[",
    ],
)
def test_what_may_do_anything_is_not_understood(data: str) -> None:
    with pytest.raises(NotUnderstood):
        read(data)


def test_a_line_feed_out_of_the_screen_does_nothing_before_a_move() -> None:
    assert texts(read("\x1b[24;1Ha\n\x1b[1;1Hb")) == [(23, 0, ["a"]), (0, 0, ["b"])]


@pytest.mark.parametrize(
    "data",
    [
        "\x07",
        "\x1b]52;c;aGk=\x07",
        "\x1b]0;title\x1b\\",
        "\x1b[?2004h",
        "\x1b[?1000;1006l",
        "\x1b[>25u",
        "\x1b[?2048$p",
        "\x1b[6n",
    ],
)
def test_what_touches_no_cell_stands_apart(data: str) -> None:
    assert stands_apart(data)


@pytest.mark.parametrize("data", ["\x1b[?1049h", "\x1b[?6h", "\x1bc", "\x07x", "\x1b]8;;x\x07", "x", ""])
def test_what_may_touch_cells_does_not(data: str) -> None:
    assert not stands_apart(data)


@pytest.mark.parametrize("mark", ["\u2068", "\u0301"], ids=["isolate", "accent"])
def test_a_mark_after_a_blank_belongs_to_it_in_the_look_of_the_blank(mark: str) -> None:
    parsed = read(f"\x1b[H\x1b[31m \x1b[0m{mark}x")
    assert texts(parsed) == [(0, 0, [f" {mark}"]), (0, 1, ["x"])]
    assert parsed.runs[0].cells[0].style == Style(foreground="31")
