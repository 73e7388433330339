"""The table of the desk line's verbs: word, argument, help, danger. The help prints it, in any layout (design 5)."""

import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from tui_app.desk.commands.layouts import Layout, by_key, typed_in
from tui_app.desk.when import WEEKDAYS


class Danger(Enum):
    """What a verb asks before it acts."""

    NONE = "acts at once"
    SOMETIMES = "a second Enter where it is unusual"
    SECOND_ENTER = "a second Enter"
    COUNT = "= and the number of bookings"


class Argument(Enum):
    """The kind of argument that makes a word the verb."""

    NONE = "nothing"
    NUMBERS = "numbers of the roster, or nothing for all"
    NUMBER = "a number of the roster"
    NUMBER_OR_NONE = "a number of the roster, or nothing"
    NUMBER_AND_CLASS = "a number of the roster, then a day and a class"
    COUNT = "a number of places, or + or - and a number"
    TIME = "a time"
    MINUTES = "minutes"
    TEXT = "words"
    TEXT_OR_NONE = "words, or nothing"
    REPEAT = "weekdays and weeks"
    DAY = "the day itself"


class Verb(Struct, frozen=True, kw_only=True):
    """One verb: `shows` are its forms as typed, `help` says what it does, `never_name` that a bare one is refused."""

    word: str
    argument: Argument
    shows: str
    help: str
    danger: Danger = Danger.NONE
    never_name: bool = False

    @property
    def usage(self) -> str:
        """How it is typed and what it does, in a line."""
        return f"{self.shows}: {self.help}"


VERBS: Final[tuple[Verb, ...]] = (
    Verb(word="w", argument=Argument.TEXT, shows="w anna", never_name=True, help="book a visitor, without a phone"),
    Verb(
        word="a", argument=Argument.NUMBERS, shows="a · a3 · a -3,7", danger=Danger.SOMETIMES, never_name=True,
        help="arrived: all, number 3, all but 3 and 7",
    ),
    Verb(
        word="n", argument=Argument.NUMBER, shows="n3", danger=Danger.SOMETIMES, never_name=True,
        help="number 3 did not come",
    ),
    Verb(word="k", argument=Argument.NUMBER, shows="k3", never_name=True, help="number 3 has confirmed"),
    Verb(word="r", argument=Argument.NUMBER, shows="r3", never_name=True, help="number 3 back to waiting"),
    Verb(
        word="m", argument=Argument.NUMBER_AND_CLASS, shows="m3 19 · m3 tue 19", never_name=True,
        help="move number 3 to the class at 19, or on Tuesday",
    ),
    Verb(
        word="x", argument=Argument.NUMBER_OR_NONE, shows="x3 · x", danger=Danger.SECOND_ENTER, never_name=True,
        help="cancel the event, as «cancel» does; with a number, booking 3",
    ),
    Verb(
        word="cancel", argument=Argument.NONE, shows="cancel", danger=Danger.COUNT,
        help="cancel the event; = and the number of its bookings confirms",
    ),
    Verb(
        word="b", argument=Argument.NUMBER_OR_NONE, shows="b · b3", never_name=True,
        help="booking form: new, or of number 3",
    ),
    Verb(word="e", argument=Argument.NONE, shows="e", never_name=True, help="event form"),
    Verb(word="new", argument=Argument.NONE, shows="new", help="new event"),
    Verb(
        word="dup", argument=Argument.REPEAT, shows="dup mon,wed 4w · dup daily 10d", danger=Danger.SECOND_ENTER,
        help="repeat the event on weekdays, or daily, for weeks or days; «with» behind it takes the bookings along",
    ),
    Verb(word="c", argument=Argument.COUNT, shows="c14 · c+1", never_name=True, help="places of the event"),
    Verb(word="t", argument=Argument.TEXT, shows="t an", never_name=True, help="team member of the event"),
    Verb(word="at", argument=Argument.TIME, shows="at 19:30", help="start of the event"),
    Verb(word="l", argument=Argument.MINUTES, shows="l 90", help="length of the event in minutes"),
    Verb(word="room", argument=Argument.TEXT, shows="room 2", never_name=True, help="room or resource of the event"),
    Verb(word="drafts", argument=Argument.NONE, shows="drafts", help="what was typed and not sent"),
    Verb(word="u", argument=Argument.NONE, shows="u", never_name=True, help="undo the last action"),
    Verb(
        word="today", argument=Argument.DAY, shows="today · fri · +1 · -1 · 24.12",
        help="go to a day; + and - count from the day shown",
    ),
    Verb(word="week", argument=Argument.NONE, shows="week", help="the week with free places of each day"),
    Verb(
        word="/", argument=Argument.TEXT_OR_NONE, shows="/yoga free 2 · /",
        help="filter the day by words, free [2], t an, room 2, tag kids, service yoga; alone, show all",
    ),
    Verb(
        word="next", argument=Argument.TEXT_OR_NONE, shows="next yoga 2",
        help="the next event with so many free places",
    ),
    Verb(
        word="who", argument=Argument.TEXT, shows="who 5678", never_name=True, help="a client's coming bookings"
    ),
    Verb(word="call", argument=Argument.NONE, shows="call", help="names and phones of the event to ring"),
    Verb(word="loc", argument=Argument.NONE, shows="loc", help="switch the location"),
    Verb(
        word="print", argument=Argument.TEXT_OR_NONE, shows="print · print day",
        help="print the roster, or the whole day",
    ),
    Verb(word="lock", argument=Argument.NONE, shows="lock", help="hide everything behind the PIN"),
    Verb(word="refresh", argument=Argument.NONE, shows="refresh", help="read the day and the roster again"),
    Verb(word="q", argument=Argument.NONE, shows="q", never_name=True, help="quit"),
    Verb(word="?", argument=Argument.NONE, shows="? · help", help="help"),
    Verb(word="help", argument=Argument.NONE, shows="help", help="help"),
)  # fmt: skip
"""All verbs, in the order in which the help shows them."""

BY_WORD: Final[Mapping[str, Verb]] = MappingProxyType({verb.word: verb for verb in VERBS})
"""The verbs by their words."""

ON_CLASS: Final = frozenset({"a", "x", "cancel", "b", "e", "dup", "c", "t", "at", "l", "room", "call", "print"})
"""The verbs about the selected event, which may stand behind a class as well: `18 c14`."""

DAY_WORDS: Final = ("today", "tomorrow", "yesterday", *WEEKDAYS)
"""Words that go to a day; three letters of one are enough."""

_LEAST_OF_DAY: Final = 3
_HOMOGLYPHS: Final = str.maketrans("асеорхук", "aceopxyk")
_LEADING: Final = re.compile(r"[^\W\d_]+|[/?]")


def shown_in(verb: Verb, layout: Layout) -> str:
    """What the keys of a verb show in a layout."""
    return typed_in(verb.word, layout)


def day_word(word: str) -> str | None:
    """The day that a word, or three letters of it and more, means; None: it is no day."""
    if len(word) < _LEAST_OF_DAY:
        return None
    return next((day for day in DAY_WORDS if day.startswith(word)), None)


def may_stand_on_class(verb: Verb, entry: str) -> bool:
    """Whether an entry of a verb may stand behind a class: not with numbers of a roster that nobody sees yet."""
    numbers = verb.argument in {Argument.NUMBERS, Argument.NUMBER_OR_NONE}
    return verb.word in ON_CLASS and (not numbers or by_key(entry) == verb.word)


def nearest_verb(text: str) -> Verb | None:
    """The verb that a line may have meant, by a slip of a finger, the layout or a letter that only looks alike."""
    match = _LEADING.match(text.strip())
    if match is None:
        return None
    typed = match[0].lower()
    for word in dict.fromkeys((typed, by_key(typed), typed.translate(_HOMOGLYPHS))):
        if word in BY_WORD and (word != typed or text.strip() != typed):
            return BY_WORD[word]
        if day_word(word) is not None:
            return BY_WORD["today"]
    return _closest(typed) or _closest(by_key(typed))


def _closest(word: str) -> Verb | None:
    if not 3 <= len(word) <= 12:
        return None
    known = {**dict.fromkeys(DAY_WORDS, BY_WORD["today"]), **{verb.word: verb for verb in VERBS if len(verb.word) > 2}}
    near = [(_slips(word, name), abs(len(word) - len(name)), name) for name in known]
    slips, _, name = min(near)
    return known[name] if slips <= (1 if len(name) < 5 else 2) else None


def _slips(one: str, other: str) -> int:
    """Letters put in, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != wanted))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
