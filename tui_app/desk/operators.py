"""Who sits at the desk: initials that a journal row keeps, never a whole name (design 6)."""

import unicodedata
from typing import Final

MOST: Final = 4
"""Letters of the initials."""


def initials_of(typed: str) -> str:
    """The initials as they are kept: in capitals, without blanks and dots."""
    return "".join(letter for letter in unicodedata.normalize("NFC", typed) if letter.isalnum()).upper()[:MOST]


def problem_of(typed: str) -> str | None:
    """What is wrong with typed initials, in words; None: nothing. Empty is nobody, which is allowed."""
    letters = [letter for letter in unicodedata.normalize("NFC", typed) if not letter.isspace() and letter != "."]
    if len(letters) > MOST:
        return f"At most {MOST} letters."
    if not all(letter.isalnum() for letter in letters):
        return "Letters and digits alone."
    return None
