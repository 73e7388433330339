"""Text from an answer is data, whatever it holds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.altegio.text import LONGEST, clean, clean_multiline

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]), max_size=200)
NASTY = st.text(alphabet="\x1b]0;[m\x07\x9b\x9d\\\n\r\tAя\u202e\u200d\u200c\ufeff\ud800\u2028\U000e0041👩", max_size=60)
FORBIDDEN = {
    "\u061c",
    "\u200b",
    "\u200e",
    "\u200f",
    "\ufeff",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
}


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Anna", "Anna"),
        ("Ольга ё Ж", "Ольга ё Ж"),
        ("[/x] [Anna] =HYPERLINK()", "[/x] [Anna] =HYPERLINK()"),
        ("\x1b]0;owned\x07Anna", "Anna"),
        ("\x1b]52;c;ZXZpbA==\x1b\\Anna", "Anna"),
        ("\x9d0;owned\x9cAnna", "Anna"),
        ("\x1b[2J\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("an unfinished \x1b]0;title", "an unfinished ]0;title"),
        ("a\x00b\x08c\x7f", "abc"),
        ("one\r\ntwo\nthree\tfour", "one two three four"),
        ("one\u2028two\u2029three\x85four", "one two three four"),
        ("\u202eannA\u202c", "annA"),
        ("\u2067A\u2069\u200e\u200f\u061c", "A"),
        ("\ufeffA\u200bn\u2060n\u00ada", "Anna"),
        ("A\u200dn\u200cna\u200d", "Anna"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("❤️\u200d🔥", "❤️\u200d🔥"),
        ("A\U000e0041\U000e0001", "A"),
        ("half \ud83d", "half \ufffd"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("Zoe\u0308", "Zoe\u0308"),
        ("a\ufffe\uffff\ufdd0", "a"),
        ("", ""),
    ],
)
def test_one_line_is_cleaned(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_several_lines_keep_their_ends() -> None:
    assert clean_multiline("a\r\nb\rc\u2028d\x1b[0m\te\n") == "a\nb\nc\nd e\n"


@pytest.mark.parametrize("cleaner", [clean, clean_multiline])
def test_length_is_bounded(cleaner: object) -> None:
    assert callable(cleaner)
    assert len(cleaner("я" * (LONGEST + 10))) == LONGEST


@given(st.one_of(ANY_TEXT, NASTY))
def test_a_line_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    cleaned = clean(text)
    assert not FORBIDDEN & set(cleaned)
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in cleaned)
    cleaned.encode()


@given(st.one_of(ANY_TEXT, NASTY))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_multiline(clean_multiline(text)) == clean_multiline(text)


@given(st.one_of(ANY_TEXT, NASTY))
def test_lines_hold_no_other_control(text: str) -> None:
    assert not any(unicodedata.category(char) == "Cc" for char in clean_multiline(text).replace("\n", ""))


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Sm"]), max_size=200))
def test_letters_and_digits_pass_unchanged(text: str) -> None:
    assert clean(text) == text
