"""Numbers of the roster as they are typed: `3`, `3,7`, `3 7`, `3-5` (design 5)."""

import re
from typing import Final

_SHORT: Final = re.compile(r"\d{1,2}(?:\s*-\s*\d{1,2})?(?:\s*,\s*\d{1,2}(?:\s*-\s*\d{1,2})?|\s+\d{1,2}(?:-\d{1,2})?)*")
_LONE: Final = re.compile(r"\d{3}")
_ONE: Final = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")


def read_numbers(text: str, *, attached: bool = True) -> tuple[int, ...] | None:
    """Read numbers and spans of numbers, each once, in the order typed; None: it is something else.

    Three digits are a number only directly behind the verb (`attached`): else they are the end of a phone.
    """
    if not (_SHORT.fullmatch(text) or (attached and _LONE.fullmatch(text))):
        return None
    found: dict[int, None] = {}
    for match in _ONE.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            return None
        found.update(dict.fromkeys(range(first, last + 1)))
    return tuple(found)
