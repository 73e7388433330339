"""A strict terminal for comparisons: each cell with its text and its whole look, by rules that can be chosen.

It shares no code with the driver: what both take for the same must come from the standards, not from each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len
from wcwidth import wcwidth

Measure = Callable[[str, str], int]
"""Cells that a character adds after a text in the same place: 0 joins it, 1 or 2 begin a place of their own."""

JOINER: Final = "\u200d"
EMOJI_LOOK: Final = "\ufe0f"
_SEQUENCE: Final = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<string>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<plain>[ -~]+)"
    r"|(?P<char>[^\x1b])",
    re.DOTALL,
)
_FLAGS: Final = {
    1: "bold",
    2: "dim",
    3: "italic",
    5: "blink",
    6: "fast blink",
    7: "reverse",
    8: "hidden",
    9: "strike",
} | {
    51: "frame",
    52: "circle",
    53: "overline",
}
_OFF: Final = {22: {1, 2}, 23: {3}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 54: {51, 52}, 55: {53}}


class Look(NamedTuple):
    """All that a cell's style can be."""

    ink: str = "default"
    paper: str = "default"
    flags: frozenset[str] = frozenset()
    underline: str = ""
    underline_ink: str = "default"
    link: str = ""


class Spot(NamedTuple):
    """A cell; the second half of a wide character has no text."""

    text: str = " "
    look: Look = Look()


def as_textual_does(before: str, char: str) -> int:
    """The terminal that agrees with Textual about every width."""
    if before.endswith(JOINER) or char in {JOINER, EMOJI_LOOK}:
        return 0
    return cell_len(char)


def by_code_point(before: str, char: str) -> int:  # noqa: ARG001 - a terminal that knows nothing of joining
    """A terminal that gives each code point its own width, as many older ones do."""
    return _width(char)


def emoji_narrow(before: str, char: str) -> int:
    """A terminal that draws emoji into one cell."""
    return (
        min(1, by_code_point(before, char))
        if ord(char) >= 0x1F000 or 0x2300 <= ord(char) < 0x2C00
        else by_code_point(before, char)
    )


@lru_cache(maxsize=1 << 12)
def _width(char: str) -> int:
    return max(0, wcwidth(char))


@dataclass(slots=True)
class Glass:
    """A screen of `columns` x `rows`; `fills` says whether erased cells take the pen's background (BCE)."""

    columns: int
    rows: int
    measure: Measure = as_textual_does
    fills: bool = True
    row: int = 0
    column: int = 0
    look: Look = field(default_factory=Look)
    lines: list[list[Spot]] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    bytes: int = 0
    _lead: str = ""
    _top: int = 0
    _bottom: int = 0
    _in_flow: bool = False

    def __post_init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.lines = [[Spot()] * self.columns for _ in range(self.rows)]
        self._top, self._bottom = 0, self.rows - 1

    def resize(self, columns: int, rows: int) -> None:
        """Another size, with rubbish on it: no program may count on what a window shows after that."""
        self.columns, self.rows = columns, rows
        self.clear()
        self.lines = [[Spot("#")] * columns for _ in range(rows)]
        self.row, self.column = min(self.row, rows - 1), min(self.column, columns - 1)

    def feed(self, data: str) -> None:
        self.bytes += len(data.encode())
        for match in _SEQUENCE.finditer(data):
            if plain := match["plain"]:
                self._put_plain(plain)
            elif char := match["char"]:
                self._put(char) if char >= " " and char != "\x7f" else self._control(char)
            elif match["final"]:
                self._in_flow, self._lead = (
                    self._in_flow and match["final"] == "m",
                    self._lead if match["final"] == "m" else "",
                )
                self._obey(match["parameters"], match["between"] + match["final"], match[0])
            elif (match["string"] or "").startswith("8;"):
                self.look = self.look._replace(link=match["string"][2:].removeprefix(";") and match["string"][2:])
            else:
                self.apart.append(match[0])

    def _control(self, char: str) -> None:
        self._in_flow, self._lead = False, ""
        if char == "\r":
            self.column = 0
        elif char == "\n":  # the line discipline makes it a CR and a LF
            self.column = 0
            if self.row == self._bottom:
                self._shift(self._top, self._bottom, 1)
            else:
                self.row = min(self.row + 1, self.rows - 1)
        elif char == "\b":
            self.column = max(0, self.column - 1)
        else:
            self.apart.append(char)

    def _put_plain(self, text: str) -> None:
        """As `_put` for each character, all at once where nothing but cells is touched."""
        end = self.column + len(text)
        before = self.lines[self.row][self.column - 1].text if self.column else ""
        if self._lead or end > self.columns or before.endswith(JOINER):
            for char in text:
                self._put(char)
            return
        self._cut(self.column)
        self._cut(end)
        self.lines[self.row][self.column : end] = [_spot(char, self.look) for char in text]
        self.column, self._in_flow = end, True

    def _put(self, char: str) -> None:
        line = self.lines[self.row]
        at = self.column - 1
        if at > 0 and not line[at].text:
            at -= 1
        width = self.measure(line[at].text if self._in_flow and not self._lead else self._lead, char)
        if width == 0:
            self._join(char, at)
        else:
            self._write(self._lead + char, min(width, self.columns))
            self._lead, self._in_flow = "", True

    def _join(self, char: str, at: int) -> None:
        line = self.lines[self.row]
        if not self._in_flow:
            self._lead += char
            return
        before = line[at].text
        line[at] = Spot(before + char, line[at].look)
        if self.measure is as_textual_does and char == EMOJI_LOOK and cell_len(before + char) > cell_len(before):
            self._write("", 1)

    def _write(self, text: str, width: int) -> None:
        self.column = min(self.column, self.columns - width)
        self._cut(self.column)
        self._cut(self.column + width)
        self.lines[self.row][self.column : self.column + width] = [Spot(text, self.look), Spot("", self.look)][:width]
        self.column += width  # wrapping is off: at the end it stays, and the next character is put back there

    def _cut(self, column: int) -> None:
        """Make blanks of both halves of a wide character that a cut goes through."""
        line = self.lines[self.row]
        if 0 < column < self.columns and not line[column].text:
            line[column - 1], line[column] = Spot(" ", line[column - 1].look), Spot(" ", line[column].look)

    def _obey(self, parameters: str, final: str, whole: str) -> None:
        if parameters[:1] in {"?", ">", "<", "="} or len(final) > 1 or final in "cnqt":
            self._private(parameters, whole)
            return
        if final == "m":
            self.look = _restyled(self.look, parameters)
            return
        numbers = [int(number or 0) for number in parameters.split(";")]
        count, second = max(1, numbers[0]), numbers[1] if len(numbers) > 1 else 0
        self.column = min(self.column, self.columns - 1)
        if final == "H":
            self.row, self.column = count - 1, max(1, second) - 1
        elif final == "G":
            self.column = count - 1
        elif final in "ABCD":
            self.row += {"A": -count, "B": count}.get(final, 0)
            self.column += {"C": count, "D": -count}.get(final, 0)
        elif final in "KXJ":
            self._erase(final, numbers[0])
        elif final in "LMST":
            top = self._top if final in "ST" else self.row
            if self._top <= top <= self._bottom:
                self._shift(top, self._bottom, count if final in "MS" else -count)
            self.column = self.column if final in "ST" else 0
        elif final == "r":
            self._top, self._bottom = count - 1, (second or self.rows) - 1
            self.row = self.column = 0
        else:
            raise ValueError(f"not a sequence that this terminal knows: {whole!r}")
        self.row, self.column = max(0, min(self.row, self.rows - 1)), max(0, min(self.column, self.columns - 1))

    def _blank(self) -> Spot:
        return Spot(" ", Look(paper=self.look.paper) if self.fills else Look())

    def _erase(self, final: str, number: int) -> None:
        if final == "J":
            self.lines = [[self._blank()] * self.columns for _ in range(self.rows)]
            return
        end = self.columns if final == "K" else min(self.columns, self.column + max(1, number))
        self._cut(self.column)
        self._cut(end)
        self.lines[self.row][self.column : end] = [self._blank()] * (end - self.column)

    def _shift(self, top: int, bottom: int, count: int) -> None:
        region = self.lines[top : bottom + 1]
        count = max(-len(region), min(len(region), count))
        fresh = [[self._blank()] * self.columns for _ in range(abs(count))]
        self.lines[top : bottom + 1] = region[count:] + fresh if count > 0 else fresh + region[: len(region) + count]

    def _private(self, parameters: str, whole: str) -> None:
        if parameters == "?1049":
            self.clear()
        elif parameters != "?2026":
            self.apart.append(whole)


@lru_cache(maxsize=1 << 14)
def _spot(char: str, look: Look) -> Spot:
    return Spot(char, look)


def same_to_the_eye(one: list[Spot], other: list[Spot]) -> bool:
    """Whether two rows look the same."""
    return one == other or seen(one) == seen(other)


def seen(line: list[Spot]) -> list[Spot]:
    """What an eye sees: not the colour of letters that are not there; a mark on a blank is the next cell's."""
    found: list[Spot] = []
    carried = ""
    for spot in line:
        text, look = spot
        if text:
            bases = (at for at, char in enumerate(text) if cell_len(char) and text[at - 1 : at] != JOINER)
            at = next(bases, 0)
            before, base, after = carried + text[:at], text[at], text[at + 1 :]
            text, carried = (" ", before + after) if base == " " else (before + base + after, "")
            if text == " " and not look.underline and not look.link and look.flags <= {"bold", "dim", "italic"}:
                look = Look(paper=look.paper)
        found.append(Spot(text, look))
    return found


@lru_cache(maxsize=1 << 14)
def _restyled(look: Look, parameters: str) -> Look:
    items = parameters.split(";")
    while items:
        item = items.pop(0)
        head, _, tail = item.partition(":")
        code = int(head or 0)
        if code in {38, 48, 58}:
            value = tail
            if not tail:
                kind = items.pop(0)
                value = ":".join([kind, *(items.pop(0) for _ in range(1 if kind == "5" else 3))])
            name = {38: "ink", 48: "paper", 58: "underline_ink"}[code]
            look = look._replace(**{name: value})  # type: ignore[arg-type]  # a name of a text among its fields
        else:
            look = _simply_restyled(look, code, tail)
    return look


def _simply_restyled(look: Look, code: int, tail: str) -> Look:
    if code == 0:
        return Look(link=look.link)
    if code in {4, 21, 24}:
        return look._replace(underline="" if code == 24 or tail == "0" else f"{code}:{tail}")
    if code in _FLAGS:
        return look._replace(flags=look.flags | {_FLAGS[code]})
    if code in _OFF:
        return look._replace(flags=look.flags - {_FLAGS[flag] for flag in _OFF[code]})
    if code in {39, 49, 59}:
        name = {39: "ink", 49: "paper", 59: "underline_ink"}[code]
        return look._replace(**{name: "default"})  # type: ignore[arg-type]  # a name of a text among its fields
    if 30 <= code <= 37 or 90 <= code <= 97:
        return look._replace(ink=str(code))
    if 40 <= code <= 47 or 100 <= code <= 107:
        return look._replace(paper=str(code - 10))
    raise ValueError(f"not a style that this terminal knows: {code}")
