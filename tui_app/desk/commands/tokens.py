"""A line cut into its parts, and a part into its words: quotes kept together, places taken off (design 5)."""

import re
from typing import Final

from msgspec import Struct

_KEY_OF_SEMICOLON: Final = re.compile(r"(?<=\d)ж(?=\s|$)|(?<=\d{3})ж(?=\d)")
_WORD: Final = re.compile(r'"([^"]*)(?:"|$)|[^\s"]+')
_PLACES: Final = re.compile(r"\*\s*(\d+)(?=\s|$)")
_HIDDEN: Final = re.compile(r'"[^"]*(?:"|$)')

MOST_PLACES: Final = 99
"""More places than one booking takes: what is larger was a slip."""


class Token(Struct, frozen=True):
    """One word of a part; a `quoted` one is part of a name, whatever it looks like."""

    text: str
    quoted: bool = False


class Placed(Struct, frozen=True):
    """A part without its `*n`; `problem` says in words what is wrong with that."""

    text: str
    places: int | None = None
    problem: str = ""


def split_line(line: str) -> tuple[str, ...]:
    """Cut a line at each `;` outside quotes; `ж`, which stands on that key, counts behind a digit. None are empty."""
    parts, start = [], 0
    hidden = _spans(line)
    cuts = [match.start() for match in re.finditer(";", line)] + [match.start() for match in _semicolons(line)]
    for cut in sorted(cuts):
        if not any(begin <= cut < end for begin, end in hidden):
            parts.append(line[start:cut])
            start = cut + 1
    parts.append(line[start:])
    return tuple(part.strip() for part in parts if part.strip())


def _semicolons(line: str) -> list[re.Match[str]]:
    return list(_KEY_OF_SEMICOLON.finditer(line))


def tokens_of(part: str) -> tuple[Token, ...]:
    """The words of a part; what stands in quotes is one word, and an open quote reaches to the end."""
    found = []
    for match in _WORD.finditer(part):
        quoted = match[1] is not None
        text = " ".join((match[1] if quoted else match[0]).split())
        if text:
            found.append(Token(text, quoted))
    return tuple(found)


def take_places(part: str) -> Placed:
    """Take `*3` off a part: three places."""
    hidden = _spans(part)
    marks = [match for match in _PLACES.finditer(part) if not _within(match.start(), hidden)]
    if not marks:
        stray = any(char == "*" and not _within(place, hidden) for place, char in enumerate(part))
        return Placed(part, problem="Behind * comes the number of places, as *3" if stray else "")
    rest = " ".join((part[: marks[0].start()] + " " + part[marks[0].end() :]).split(" ")).strip()
    if len(marks) > 1 or any(char == "*" and not _within(place, _spans(rest)) for place, char in enumerate(rest)):
        return Placed(rest, problem="One * is enough: *3 is three places")
    digits = marks[0][1]
    if len(digits) > len(str(MOST_PLACES)) or not 1 <= int(digits) <= MOST_PLACES:
        return Placed(rest, problem=f"Places are 1 to {MOST_PLACES}")
    return Placed(rest, int(digits))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _HIDDEN.finditer(text))


def _within(place: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(begin <= place < end for begin, end in spans)
