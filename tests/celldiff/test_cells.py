from __future__ import annotations

import pytest
from rich.cells import cell_len
from wcwidth import wcwidth

from tui_app.celldiff.cells import BLANK, Cell, cells_of, clusters, first_doubt, is_doubtful, sure_width
from tui_app.celldiff.style import DEFAULT, Style

EVERY = range(0x20, 0x30000)


def test_where_a_width_is_called_sure_two_tables_agree_about_it() -> None:
    differing = [hex(code) for code in EVERY if (width := sure_width(chr(code))) and width != wcwidth(chr(code))]
    assert differing == []


def test_sure_widths_are_those_that_textual_reckons_with() -> None:
    assert [hex(code) for code in EVERY if (width := sure_width(chr(code))) and width != cell_len(chr(code))] == []


@pytest.mark.parametrize("char", ["a", "ж", "é", "─", "●", "«", "≈", "✓", "თ", "\xa0"])
def test_these_are_surely_narrow(char: str) -> None:
    assert sure_width(char) == 1


@pytest.mark.parametrize("char", ["王", "한", "あ", "Ａ", "。"])
def test_these_are_surely_wide(char: str) -> None:
    assert sure_width(char) == 2


@pytest.mark.parametrize(
    "text", ["\u0301", "\u200d", "\u200f", "❤", "👍", "⌚", "ש", "ا", "\U0001f1f0", "\ue0b0", "\u1100", "❤️"]
)
def test_these_are_in_doubt(text: str) -> None:
    assert is_doubtful(text)


@pytest.mark.parametrize(
    "text", ["plain", "王x", "e\u0301", "👩‍👧 x", "❤️!", "\u2068שלום\u2069", "क्षि", "\ufe0f\u200d", ""]
)
def test_clusters_take_as_many_cells_as_textual_gives_the_text(text: str) -> None:
    pieces = clusters(text)
    assert pieces is not None
    assert "".join(piece for piece, _ in pieces) == text
    assert sum(width for _, width in pieces) == cell_len(text)


def test_blanks_are_one_object_and_keep_only_their_background() -> None:
    assert cells_of("  ", Style(foreground="31")) == (BLANK, BLANK)
    assert all(cell is BLANK for cell in cells_of("  ", Style(attributes="1")) or ())
    assert cells_of(" ", Style("31", "44")) == (Cell(" ", Style(background="44")),)


def test_a_row_is_in_doubt_from_its_first_doubtful_cell_on() -> None:
    assert first_doubt(cells_of("ab❤️c", DEFAULT) or ()) == 2
    assert first_doubt(cells_of("abж王", DEFAULT) or ()) == 5


def test_a_cell_that_begins_with_a_mark_puts_the_one_before_in_doubt() -> None:
    assert first_doubt([BLANK, BLANK, Cell("\u2068a", DEFAULT), BLANK]) == 1
