"""Keyboard layouts: what the keys of a verb give on a Cyrillic keyboard, and back (design 5)."""

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from typing import Final

from tui_app.altegio.text import clean
from tui_app.desk.folding import other_layout


class Layout(Enum):
    """A Cyrillic keyboard layout whose keys the desk line knows."""

    RUSSIAN = "Russian"
    UKRAINIAN = "Ukrainian"
    KAZAKH = "Kazakh"


NUMERO: Final = "№"
"""What the key `/` gives in the Kazakh layout."""

_DASHES: Final = re.compile("[‐‑‒–—−]")
_QUOTES: Final = re.compile("[«»“”„‟]")
_SPACES: Final = re.compile(r"\s")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_LETTERS_OF: Final[Mapping[Layout, Mapping[int, int]]] = {
    Layout.RUSSIAN: {},
    Layout.UKRAINIAN: str.maketrans("ыъэё", "іїєґ"),
    Layout.KAZAKH: {},
}
_SIGNS_OF: Final[Mapping[Layout, Mapping[str, str]]] = {
    Layout.RUSSIAN: {"/": ".", "?": ","},
    Layout.UKRAINIAN: {"/": ".", "?": ","},
    Layout.KAZAKH: {"/": NUMERO, "?": "?"},
}

_ROW_LETTERS: Final = "әіңғүұқ"
_ROW: Final = str.maketrans('"әіңғ,.үұқөһҺҮЖж', "1234567890-=+*::")
_ROW_TOKEN: Final = re.compile(r'[һҺҮө+=*-]?["әіңғ,.үұқ]+(?:[:Жж]["әіңғ,.үұқ]+)?')
_ROW_TAIL: Final = re.compile(r'([а-я]{1,4})(["әіңғ,.үұқөһҺ]+)')


def tidy(text: str) -> str:
    """Make typed text uniform: no control characters, one kind of dash, quote, space and digit."""
    kept = NUMERO.join(unicodedata.normalize("NFKC", piece) for piece in clean(text).split(NUMERO))
    kept = _SPACES.sub(" ", _QUOTES.sub('"', _DASHES.sub("-", kept)))
    return kept if kept.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in kept)


def is_cyrillic(text: str) -> bool:
    """Whether a text holds a Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


def by_key(text: str) -> str:
    """Take Cyrillic letters for the Latin keys that they stand on, in lower case."""
    return other_layout(text) if is_cyrillic(text) else text.lower()


def typed_in(word: str, layout: Layout) -> str:
    """What the keys of a verb show in a layout: `r` is `к`, `/` is `.`."""
    if word in _SIGNS_OF[layout]:
        return _SIGNS_OF[layout][word]
    return other_layout(word).translate(_LETTERS_OF[layout])


def with_digit_row(part: str) -> str:
    """Put digits for the letters that the Kazakh layout has in their row: `ғ,.ү` is `5678`.

    Only words made of nothing but that row are taken, so that a name stays a name: one letter alone counts in a part
    that holds nothing else.
    """
    if not any(letter in part for letter in _ROW_LETTERS + "һҺҮ"):
        return part
    words = part.split(" ")
    alone = all(_is_row(word) for word in words if word)
    if any('"' in word and not _is_row(word) for word in words):
        return part
    return " ".join(word.translate(_ROW) if _is_row(word) and (alone or len(word) > 1) else word for word in words)


def with_digit_tail(part: str) -> str:
    """Put digits for a row of Kazakh letters behind a short word: `кі` is `к3`, or the beginning of a name."""
    word, gap, rest = part.partition(" ")
    match = _ROW_TAIL.fullmatch(word)
    return match[1] + match[2].translate(_ROW) + gap + rest if match else part


def _is_row(word: str) -> bool:
    if _ROW_TOKEN.fullmatch(word) is None or (len(word) > 2 and word[0] == word[-1] == '"'):
        return False
    marks = sum(char in ",." for char in word)
    letters = any(char in _ROW_LETTERS for char in word) or (word[0] in "һҺ" and len(word) > 1)
    return letters and (not marks or len(word) > 2)
