"""Random programs as Textual writes them: strips of styled segments, painted whole or in spans, and all else."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PLAIN: Final = ("pilates", "18:30", "7/11/12", "Анна Ким", "room 2", "──────", "┃", "●", "«", "  ", "          ", "·")
WIDE: Final = ("王芳", "こんにちは", "한국", "ＡＢ", "王 x")
DOUBTFUL: Final = (
    "e\u0301tude",  # combining
    "\u0e1b\u0e34\u0e48\u0e19",  # Thai with marks
    "👩‍👩‍👧 x",  # joined emoji
    "👍🏽!",
    "❤️ ok",  # emoji by selector
    "🇰🇿",
    "\u2068שלום\u2069",  # isolated right-to-left
    "سلام\u200f.",
    "a\u200bb",  # zero width
    "क्षि",
    "x\u0301\u0302\u0303",
)
SIZES: Final = ((37, 9), (24, 7), (30, 8), (24, 7), (41, 12), (60, 16))
APART: Final = (
    "\x07",
    "\x1b]52;c;aGk=\x07",
    "\x1b]0;title\x1b\\",
    "\x1b[?1003h",
    "\x1b[?2026$p",
    "\x1b]22;pointer\x1b\\",
)
DOUBTED: Final = (
    "\x1b[2J",
    "\x1b[1;1Hhello\rthere\x1b[0m",
    "\x1b[3;4H\x1b[44mab\bcd\x1b[0m",
    "\x1b[2;2H\x1b[31mbell\x07rung\x1b[0m",
)
COLON_FORMS: Final = ("4:3", "4:3;58:2::255:0:0", "38:2::10:20:30", "48:5:17", "21;53", "1;4:0")


@dataclass(slots=True)
class Step:
    """Writes of one turn of a loop, or a resize, or a suspension after which the screen is painted again."""

    kind: str
    writes: list[str] = field(default_factory=list)
    size: tuple[int, int] | None = None


class Program:
    """What an app may write, in these words; the same for the same seed."""

    def __init__(self, seed: int, words: Sequence[str] = (*PLAIN * 3, *WIDE, *DOUBTFUL)) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret
        self.size = self.random.choice(SIZES)
        self.console = Console(color_system="truecolor", force_terminal=True)
        system = self.random.choice((ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR))
        self.console._color_system = system
        self.words = words
        self.styles = [self._style() for _ in range(6)] + [Style(), Style(bgcolor="blue"), Style(color="green")]
        self.lines = [self._line() for _ in range(self.size[1])]

    def steps(self, count: int) -> list[Step]:
        """The first paint, `count` random steps, and the whole screen once more."""
        kinds: Sequence[Callable[[], Step]] = (
            *(self._move, self._move, self._scroll, self._scroll, self._type, self._type, self._spans, self._dialog),
            *(self._page, self._nothing, self._apart, self._doubt, self._resize, self._suspend, self._forms),
        )
        found = [self._whole("first")]
        found += [self.random.choice(kinds)() for _ in range(count)]
        return [*found, self._whole("last")]

    def _style(self) -> Style:
        choose = self.random
        colors = ("default", "red", "bright_blue", "color(200)", "color(17)", "#12a0ff", "#202020")
        flags = {
            name: True for name in ("bold", "dim", "italic", "underline", "reverse", "strike") if choose.random() < 0.2
        }
        link = "https://example.org/" if choose.random() < 0.1 else None
        return Style(color=choose.choice(colors), bgcolor=choose.choice(("default", *colors)), link=link, **flags)  # type: ignore[arg-type]  # the names are those of Style

    def _line(self) -> Strip:
        segments: list[Segment] = []
        width = 0
        while width < self.size[0]:
            text = self.random.choice(self.words)
            segments.append(Segment(text, self.random.choice(self.styles)))
            width += cell_len(text)
        return Strip(segments).crop(0, self.size[0])

    def _paint(self, rows: Sequence[int], start: int = 0, end: int | None = None) -> str:
        end = self.size[0] if end is None else end
        parts = [
            f"\x1b[{row + 1};{start + 1}H{_mended(self.lines[row].crop(start, end), end - start).render(self.console)}"
            for row in rows
        ]
        return "\n".join(parts) + self._cursor()

    def _cursor(self) -> str:
        return f"\x1b[{self.random.randint(1, self.size[1])};{self.random.randint(1, self.size[0])}H"

    def _whole(self, kind: str) -> Step:
        strips = [[_mended(line, self.size[0])] for line in self.lines]
        update = LayoutUpdate([*strips], Region(0, 0, *self.size))
        return Step(kind, [update.render_segments(self.console) + self._cursor()])

    def _move(self) -> Step:
        rows = self.random.sample(range(self.size[1]), 2)
        for row in rows:
            style = self.random.choice(self.styles)
            self.lines[row] = Strip([Segment(text, style) for text, _, _ in self.lines[row]])
        return Step("move", [self._paint([row]) for row in rows])

    def _scroll(self) -> Step:
        columns, rows = self.size
        top = self.random.randint(0, rows // 2)
        bottom = self.random.randint(top + 4, rows) if top + 4 < rows else rows
        region = self.lines[top:bottom]
        count = self.random.choice((1, 1, 2, len(region) - 1)) * self.random.choice((1, -1))
        fresh = [self._line() for _ in range(abs(count))]
        self.lines[top:bottom] = (region + fresh)[count:] if count > 0 else (fresh + region)[: len(region)]
        if self.random.random() < 0.5:  # a bar at the side that does not scroll with the rest
            for row in range(top, bottom):
                bar = Segment("█" if row % 5 else "▁", self.styles[0])
                self.lines[row] = Strip([*self.lines[row].crop(0, columns - 1), bar])
        return Step("scroll", [self._paint(range(top, bottom))])

    def _type(self) -> Step:
        row = self.random.randrange(self.size[1])
        start = self.random.randrange(self.size[0])
        self._replace(row, start, self.random.choice("abcдж 1"), self.random.choice(self.styles))
        return Step("type", [self._paint([row], 0 if self.random.random() < 0.5 else start)])

    def _replace(self, row: int, start: int, text: str, style: Style) -> None:
        line, width = self.lines[row], cell_len(text)
        self.lines[row] = Strip.join(
            [line.crop(0, start), Strip([Segment(text, style)]), line.crop(start + width, self.size[0])]
        ).crop(0, self.size[0])

    def _spans(self) -> Step:
        writes = []
        for _ in range(self.random.randint(1, 4)):
            row = self.random.randrange(self.size[1])
            start, end = sorted(self.random.sample(range(self.size[0] + 1), 2))
            self.lines[row] = Strip.join(
                [self.lines[row].crop(0, start), self._line().crop(start, end), self.lines[row].crop(end, self.size[0])]
            )
            writes.append(self._paint([row], start, end))
        return Step("spans", writes)

    def _dialog(self) -> Step:
        columns, rows = self.size
        style = self.random.choice(self.styles)
        for row in range(rows // 4, 3 * rows // 4):
            self._replace(row, columns // 4, "x".ljust(columns // 2), style)
        return Step("dialog", [self._whole("").writes[0]])

    def _page(self) -> Step:
        self.lines = [self._line() for _ in self.lines]
        return self._whole("page")

    def _nothing(self) -> Step:
        return self._whole("nothing")

    def _apart(self) -> Step:
        row = self.random.randrange(self.size[1])
        return Step("apart", [self._paint([row]), self.random.choice(APART), self._paint([row])])

    def _doubt(self) -> Step:
        return Step("doubt", [self.random.choice(DOUBTED), *self._whole("").writes])

    def _forms(self) -> Step:
        row = self.random.randrange(self.size[1])
        self.lines[row] = Strip([Segment(" " * self.size[0], Style())])
        return Step(
            "forms",
            [
                f"\x1b[{row + 1}H\x1b[{self.random.choice(COLON_FORMS)}mcolon\x1b[0m" + " " * (self.size[0] - 5),
                *self._whole("").writes,
            ],
        )

    def _resize(self) -> Step:
        self.size = self.random.choice(SIZES)
        self.lines = [self._line() for _ in range(self.size[1])]
        return Step("resize", self._whole("").writes, self.size)

    def _suspend(self) -> Step:
        return Step("suspend", ["\x1b[?1049l", "\x1b[?1049h", *self._whole("").writes])


def _mended(strip: Strip, width: int) -> Strip:
    """A strip without what a cut left of an emoji: Textual then reckons with another width than any terminal."""
    segments = [Segment(text.rstrip("\u200d").lstrip("\ufe0f"), style) for text, style, _ in strip]
    return Strip(segments).adjust_cell_length(width)
