"""The other side of a terminal: bytes in; a screen, the modes that are set and the answers to queries out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable

SYNCHRONIZED: Final = 2026
ALTERNATE_SCREENS: Final = frozenset({47, 1047, 1049})
CURSOR: Final = 25
FOCUS: Final = 1004
BRACKETED_PASTE: Final = 2004
MOUSE: Final = frozenset({9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016})

_ESCAPE: Final = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<parameters>[0-?]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    rb"|(?P<string>[\]PX^_][^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|(?P<short>[ -/]*[0-OQ-WYZ`-~\\])"
    rb")"
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)\Z")
_DRAWN: Final = frozenset(b"@ABCDEFGHJKLMPXabdefgm`r")  # what pyte draws without falling over


def _no_answer(_: bytes) -> None:
    """Leave a query without an answer."""


@dataclass(slots=True)
class Emulator:
    """A terminal of `columns` x `rows` as a modern xterm would be, with synchronized updates.

    It keeps what a test may want to ask about: the modes, the control strings (OSC, DCS), the SGR parameters, and every
    control or format character that came as text.
    """

    columns: int
    rows: int
    answer: Callable[[bytes], object] = _no_answer
    modes: dict[int, bool] = field(default_factory=dict)
    strings: list[bytes] = field(default_factory=list)
    styles: set[bytes] = field(default_factory=set)
    stray: set[str] = field(default_factory=set)
    malformed: list[bytes] = field(default_factory=list)
    paints: int = 0
    keyboards: int = 0  # how many times the kitty protocol was pushed and not popped
    _held: bytes = b""
    _screen: pyte.Screen = field(init=False)
    _stream: pyte.Stream = field(init=False)
    _decoder: codecs.IncrementalDecoder = field(init=False)

    def __post_init__(self) -> None:
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def text(self) -> str:
        """The screen as lines without the blanks at their ends."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def updating(self) -> bool:
        """True inside a synchronized update: a real terminal still shows the frame before."""
        return self.modes.get(SYNCHRONIZED, False)

    @property
    def left_behind(self) -> set[str]:
        """What a program that ends now would leave for the shell: nothing is what is right."""
        on = {mode for mode, is_on in self.modes.items() if is_on}
        found = {
            "alternate screen": bool(on & ALTERNATE_SCREENS),
            "mouse": bool(on & MOUSE),
            "bracketed paste": BRACKETED_PASTE in on,
            "focus reports": FOCUS in on,
            "unfinished frame": self.updating,
            "hidden cursor": not self.modes.get(CURSOR, True),
            "keyboard protocol": self.keyboards != 0,
        }
        return {name for name, is_left in found.items() if is_left}

    def colours(self, row: int, column: int) -> tuple[str, str]:
        """Foreground and background of a cell, in pyte's names."""
        cell = self._screen.buffer[row][column]
        return cell.fg, cell.bg

    def resize(self, columns: int, rows: int) -> None:
        """Take another size, as a window does; the program is told elsewhere."""
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)

    def feed(self, data: bytes) -> None:
        """Take in bytes, cut anywhere."""
        data, self._held = self._held + data, b""
        position = 0
        while (escape := data.find(b"\x1b", position)) >= 0:
            self._draw(data[position:escape])
            match = _ESCAPE.match(data, escape)
            if match is not None:
                self._obey(match)
                position = match.end()
            elif _UNFINISHED.match(data, escape):
                self._held = data[escape:]
                return
            else:
                self.malformed.append(data[escape : escape + 20])
                position = escape + 1
        self._draw(data[position:])

    def _draw(self, data: bytes) -> None:
        text = self._decoder.decode(data)
        self.stray.update(
            char for char in text if char not in "\r\n\b\t" and unicodedata.category(char) in {"Cc", "Cf"}
        )
        self._stream.feed(text)

    def _obey(self, match: re.Match[bytes]) -> None:
        if match["string"] is not None:
            self._obey_string(match["string"])
        elif match["short"] is not None:
            if match["short"] in {b"7", b"8", b"D", b"E", b"M", b"c"}:
                self._stream.feed(match[0].decode())
        elif match["parameters"][:1] in {b"<", b"=", b">", b"?"} or match["between"]:
            self._obey_private(match["parameters"], match["between"] + match["final"])
        else:
            self._obey_control(match["parameters"], match["final"], match[0])

    def _obey_control(self, parameters: bytes, final: bytes, whole: bytes) -> None:
        if final == b"m":
            self.styles.add(parameters)
        if final == b"n":
            place = b"\x1b[%d;%dR" % (self._screen.cursor.y + 1, self._screen.cursor.x + 1)
            self.answer(place if parameters == b"6" else b"\x1b[0n")
        elif final == b"c":
            self.answer(b"\x1b[?62;22c")
        elif final == b"t":
            if parameters == b"18":
                self.answer(b"\x1b[8;%d;%dt" % (self.rows, self.columns))
        elif final in {b"S", b"T"}:
            self._scroll(int(parameters or b"1"), up=final == b"S")
        elif final[0] in _DRAWN and b":" not in parameters:
            self._stream.feed(whole.decode())

    def _scroll(self, count: int, *, up: bool) -> None:
        row, self._screen.cursor.y = self._screen.cursor.y, (self._screen.margins or (0, 0))[0]
        (self._screen.delete_lines if up else self._screen.insert_lines)(min(count, self.rows))
        self._screen.cursor.y = row

    def _obey_private(self, parameters: bytes, final: bytes) -> None:
        if final in {b"h", b"l"} and parameters[:1] == b"?":
            for mode in parameters[1:].split(b";"):
                self._set_mode(int(mode), on=final == b"h")
        elif final == b"$p" and parameters[:1] == b"?":
            known = parameters[1:] == b"%d" % SYNCHRONIZED
            self.answer(b"\x1b[%s;%d$y" % (parameters, 2 if known else 0))
        elif final == b"u":
            self.keyboards += {b">": 1, b"<": -1}.get(parameters[:1], 0)
        elif final == b"c" and parameters[:1] == b">":
            self.answer(b"\x1b[>41;370;0c")
        elif final == b"q" and parameters[:1] == b">":
            self.answer(b"\x1bP>|XTerm(370)\x1b\\")

    def _set_mode(self, mode: int, *, on: bool) -> None:
        if mode == SYNCHRONIZED and self.updating and not on:
            self.paints += 1
        if mode in ALTERNATE_SCREENS and self.modes.get(mode, False) != on:
            self._screen.erase_in_display(2)
        self.modes[mode] = on

    def _obey_string(self, body: bytes) -> None:
        self.strings.append(body)
        code, _, rest = body[1:].partition(b";")
        if body[:1] == b"]" and rest == b"?" and code in {b"10", b"11"}:
            colour = b"rgb:ffff/ffff/ffff" if code == b"10" else b"rgb:0000/0000/0000"
            self.answer(b"\x1b]%s;%s\x1b\\" % (code, colour))
