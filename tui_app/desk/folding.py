"""Text as it is compared: case, accents, ё and the keyboard layout forgiven (design 5)."""

import re
import unicodedata
from typing import Final

_NO_NAME: Final = frozenset("[];`,")
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_LATIN_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_CYRILLIC: Final = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)
_TO_LATIN: Final = str.maketrans(_CYRILLIC_KEYS + "іїєґ", _LATIN_KEYS + "s]'`")


def fold(text: str) -> str:
    """Fold a text for comparison: one case, one width, no accents, ё as е."""
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", folded))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(fold(text).split())


def other_layout(text: str) -> str:
    """What the same keys give in the other keyboard layout, in lower case: Latin for Cyrillic and back."""
    lower = text.lower()
    cyrillic = any("\u0400" <= char <= "\u04ff" for char in lower)
    return lower.translate(_TO_LATIN if cyrillic else _TO_CYRILLIC)


def may_be_other_layout(text: str) -> bool:
    """Whether a text may be a name typed in the other layout: its letters are all Latin or all Cyrillic ones.

    Neither is a text whose keys give what no name has, as the brackets and the semicolon that stand for х, ъ and ж.
    """
    letters = [char for char in text.lower() if char.isalpha()]
    latin = bool(letters) and all("a" <= char <= "z" for char in letters)
    cyrillic = bool(letters) and all("\u0400" <= char <= "\u04ff" for char in letters)
    return latin or (cyrillic and not _NO_NAME.intersection(other_layout(text)))
