import pytest

from tui_app.desk.operators import initials_of, problem_of


@pytest.mark.parametrize(
    ("typed", "kept"), [("ak", "AK"), (" a. k. ", "AK"), ("ёж", "ЁЖ"), ("й", "Й"), ("", ""), ("a1", "A1")]
)
def test_initials_are_kept_in_capitals_without_dots(typed: str, kept: str) -> None:
    assert problem_of(typed) is None
    assert initials_of(typed) == kept


@pytest.mark.parametrize("typed", ["Anna Kim", "<b>", "a\x1bb", "=1"])
def test_what_is_no_initials_is_said(typed: str) -> None:
    assert problem_of(typed)


def test_whatever_is_typed_nothing_but_letters_and_digits_is_kept() -> None:
    assert initials_of("=a\x1b[b,c") == "ABC"
