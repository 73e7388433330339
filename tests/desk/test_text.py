import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.desk.folding import fold, other_layout, words_of
from tui_app.desk.numbers import parse_count
from tui_app.desk.trouble import Unparsed


@pytest.mark.parametrize(
    ("one", "other"),
    [("Алёна", "АЛЕНА"), ("Zoë", "zoe"), ("STRASSE", "straße"), ("Ａｎｎａ", "anna"), ("İpek", "ipek")],
)
def test_texts_that_people_take_for_the_same_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ნინო", "ნინი"), ("王芳", "王"), ("anna", "анна"), ("กิ", "กา")])
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_are_folded_and_parted() -> None:
    assert words_of("  Ann   KIM ") == ("ann", "kim")


@pytest.mark.parametrize(
    ("typed", "meant"), [("fyyf", "анна"), ("анна", "fyyf"), ("ыьшер", "smith"), (",jhbc", "борис"), ("сім", "csv")]
)
def test_the_other_layout_gives_what_the_same_keys_mean(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz"))
def test_the_layout_is_swapped_back(text: str) -> None:
    assert other_layout(other_layout(text)) == text


@pytest.mark.parametrize(("typed", "meant"), [("1", 1), (" 12 ", 12), ("007", 7), ("１２", 12)])
def test_a_count_is_a_whole_number(typed: str, meant: int) -> None:
    assert parse_count(typed, least=1) == meant


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.5", "1e3", "twelve", "999999999999", "200000", "²"])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(Unparsed):
        parse_count(typed, least=1)
