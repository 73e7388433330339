"""What the pictures show: which program, how large, and the keys that lead there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Step:
    """Keys as Textual names them, then what must be on the screen before the next."""

    keys: tuple[str, ...]
    shows: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture; `words` say in the README what is on it.

    After `marks_answered` marks of attendance the server answers no more, so that the rest stays under way. With `lost`
    the first booking never reaches the server, nor does anything come back.
    """

    name: str
    words: str
    steps: tuple[Step, ...] = ()
    columns: int = 110
    rows: int = 30
    opens: Literal["demo", "connect"] = "demo"
    marks_answered: int | None = None
    lost: bool = False


NAMED: Final = {" ": "space", ":": "colon"}


def typed(text: str) -> tuple[str, ...]:
    """A text as keys, one a character."""
    return tuple(NAMED.get(char, char) for char in text)


SCENES: Final = (
    Scene("schedule", "Today's classes, and the roster of the one that comes next", columns=130, rows=30),
    Scene("schedule-narrow", "The same at 80x24", columns=80, rows=24),
    Scene("roster", "Enter lists what can be done with the selected booking", (
        Step(("tab", "down", "down", "enter"), "Edit the booking"),
    )),
    Scene("event-form", "A class in its form", (Step(("f2",), r"\d+ free"),)),
    Scene("booking-form", "A client is found by name or phone while typing", (
        Step(("f4",), "F8 book"),
        Step(typed("ann"), r"•• \d{4}"),
    )),
    Scene("conflict", "A team member who is busy at that time is named before anything is forced", (
        Step(("enter",), "New event like this"),
        Step(("down", "down", "enter"), "F8 save"),
        Step((), r"\d+ min"),
        Step(("f8",), "busy|Force"),
    )),
    Scene("line-preview", "What Enter will do is said before it does it", (
        Step(typed("20 smith 8004"), "Book Brigitte Smith"),
    ), columns=80, rows=24),
    Scene("line-candidates", "What is ambiguous is asked, never guessed", (
        Step((*typed("19:30 anna"), "enter"), "which one"),
        Step(("down", "down"), "▸ =2"),
    ), columns=80, rows=24),
    Scene("line-attendance", "Everybody has arrived: five are confirmed, the others are on their way", (
        Step((*typed("19:30"), "enter"), "Selected 19:30"),
        Step((*typed("a"), "enter"), "not begun"),
        Step(("enter",), r"5/\d+"),
    ), columns=80, rows=24, marks_answered=5),
    Scene("unconfirmed", "A booking of which nobody has heard the end stands there until somebody has decided", (
        Step((*typed("w anna kim"), "enter"), "Not confirmed.*Anna Kim"),
        Step(("f8",), "1 is not confirmed"),
        Step(("c",), "It is not there"),
    ), columns=80, rows=24, lost=True),
    Scene("week", "The week, with the free places of each day", (
        Step((*typed("week"), "enter"), r"free"),
    ), columns=80, rows=24),
    Scene("connect", "The first start asks for server, tokens and location, one step at a time", opens="connect"),
    Scene("help", "The help of a screen comes from the table of its actions", (Step(("f1",), "Keys|Esc"),)),
)  # fmt: skip
