"""The seven tasks of the keystroke bars (design 5): what is pressed, what the screen says, what comes of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.terminal.keys import key
from tests.terminal.pty import FRONTDESK, ORDINARY, Program, Size, clean_environment
from tests.terminal.reading import A_ROSTER
from tests.terminal.studio import NAMES, Studio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEYS: Final = {"⏎": "enter", "↓": "down", "↑": "up"}
SHIFTED: Final = frozenset('*+":?<>_()!@#$%^&{}|~')
OPENED: Final = r"^▸.*12:00.*12/20"
EVENING: Final = r"^▸.*18:00"


def pressed(line: str) -> int:
    """How many keys a line is: Shift is one of its own."""
    return sum(2 if char in SHIFTED or char.isupper() else 1 for char in line)


def bytes_of(line: str) -> list[bytes]:
    """What a terminal sends for a line, key by key."""
    return [key(KEYS.get(char, char)) if char in KEYS or char.isascii() else char.encode() for char in line]


@dataclass(frozen=True, slots=True)
class Task:
    """A task: its line with the class selected (`{day}`: a weekday), its bar, what the screen says, what comes of it.

    `choosing` is what else is pressed where another class is selected, `anywhere` the bar of both; without one, the
    choosing comes on top.
    """

    name: str
    line: str
    bar: int
    says: str
    effect: Callable[[Studio], bool]
    choosing: str = "18⏎"
    anywhere: int | None = None

    def keys(self, at: Studio, *, choosing: bool = False) -> str:
        """What is pressed."""
        return (self.choosing if choosing else "") + self.line.format(day=at.weekday)

    @property
    def most(self) -> int:
        """The most keys where another class is selected."""
        return self.anywhere if self.anywhere is not None else self.bar + pressed(self.choosing)


def came(at: Studio, *missing: str) -> bool:
    """Whether all at noon have arrived but these, who still are expected."""
    return at.roster("noon") == {who: "waiting" if who in missing else "arrived" for who in NAMES}


TASKS: Final = (
    Task(
        "book by the last digits", "5678⏎", 7, "Booked Anna Kim", lambda at: "Anna Kim" in at.roster("evening"),
        anywhere=10,
    ),
    Task(
        "book by digits that two share", "9999⏎=2⏎", 7 + 3, "Booked Nadia",
        lambda at: len({"Nadia Voss", "Nadia Wolf"} & set(at.roster("evening"))) == 1, anywhere=10 + 3,
    ),
    Task(
        "book a new client", "uta lind 015123456789⏎⏎", len("utalind015123456789") + 6, "Booked new client Uta Lind",
        lambda at: "Uta Lind" in at.roster("evening"),
    ),
    Task("capacity", "c14⏎", 5, r"✓.*14", lambda at: at.event("evening")["capacity"] == 14, anywhere=8),
    Task(
        "a substitute", "t jon⏎", 7, "✓.*Jonas", lambda at: at.event("evening")["staff_id"] % 1000 == 3,
    ),
    Task(
        "move", "m3 19⏎", 7, "Moved.*Cleo",
        lambda at: "Cleo" in at.roster("later") and "Cleo" not in at.roster("evening"),
    ),
    Task(
        "move to another day", "m11 {day}19⏎", 9, "Moved.*Kaja",
        lambda at: "Kaja" in at.roster("other day") and "Kaja" not in at.roster("evening"),
    ),
    Task("arrived, all twelve", "a⏎", 4, "12/12", came, choosing="12⏎"),
    Task("arrived, all but two", "a-3,7⏎", 4 + 2 * 2, "10/10", lambda at: came(at, "Cleo", "Gesa"), choosing="12⏎"),
    Task("cancel a class", "x⏎=12⏎", 8, r"Cancelled.*18:00", lambda at: not at.is_listed("evening")),
    Task(
        "cancel a class by its hour", "18x⏎=12⏎", 8, r"Cancelled.*18:00", lambda at: not at.is_listed("evening"),
        choosing="", anywhere=8,
    ),
)  # fmt: skip


@contextmanager
def desk_at(at: Studio, home: Path, *, size: Size = ORDINARY, **variables: str) -> Iterator[Program]:
    """The program on today's classes, the one at noon selected."""
    with Program([*FRONTDESK], clean_environment(home, **at.variables, **variables), size=size) as program:
        program.expect(OPENED)
        program.expect(A_ROSTER)
        yield program


def choose(program: Program, task: Task) -> None:
    """Select the class of a task, before its keys are counted."""
    if task.choosing == "18⏎":
        program.write(b"18\r")
        program.expect(EVENING)


def send(program: Program, keys: str) -> None:
    """Press keys, all in one write."""
    program.write(b"".join(bytes_of(keys)))


def send_slowly(program: Program, keys: str) -> None:
    """Press one key after another, each when the screen has come to rest."""
    for sent in bytes_of(keys):
        program.write(sent)
        program.settled(0.3 if sent == key("enter") else 0.1)


def send_split(program: Program, keys: str, gap_s: float) -> None:
    """Press keys over a link that holds an escape sequence up in its middle."""
    for sent in bytes_of(keys):
        if len(sent) == 1:
            program.write(sent)
            continue
        program.write(sent[:1])
        program.silent_for(gap_s)
        program.write(sent[1:])
