"""The desk line read: text and the visible state in, what it comes to out; the first rule that fits (design 5)."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from tui_app.desk.commands import event_verbs, plain_verbs, roster_verbs
from tui_app.desk.commands.booking_words import read_booking, read_class, read_visitor
from tui_app.desk.commands.intents import (
    AnswerQuestion,
    Book,
    Confirm,
    GoToDay,
    ListActions,
    OnClass,
    ReopenQuestion,
    SelectEvent,
)
from tui_app.desk.commands.layouts import by_key, is_cyrillic, tidy, with_digit_row, with_digit_tail
from tui_app.desk.commands.questions import Choice, Lost, enter, refuse
from tui_app.desk.commands.said import Said
from tui_app.desk.commands.tokens import split_line
from tui_app.desk.commands.verbs import BY_WORD, Verb, day_word
from tui_app.desk.commands.view import (
    About,
    Candidates,
    Chain,
    Deferred,
    Missing,
    Part,
    PartReading,
    Reading,
    Refused,
    StopReading,
    View,
)

Reader = Callable[[Said, View], PartReading | None]

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "w": read_visitor,
        **dict.fromkeys(roster_verbs.ATTENDANCE, roster_verbs.read_attendance),
        "m": roster_verbs.read_move,
        "x": roster_verbs.read_cancel,
        "cancel": event_verbs.read_cancel_event,
        "b": roster_verbs.read_form,
        "e": event_verbs.read_edit,
        "new": plain_verbs.read_new,
        "dup": event_verbs.read_repeat,
        "c": event_verbs.read_capacity,
        "t": event_verbs.read_team_member,
        "at": event_verbs.read_start,
        "l": event_verbs.read_length,
        "room": event_verbs.read_room,
        "drafts": plain_verbs.read_drafts,
        "u": plain_verbs.read_undo,
        "week": plain_verbs.read_week,
        "next": plain_verbs.read_next,
        "who": plain_verbs.read_who,
        "call": event_verbs.read_call,
        "loc": plain_verbs.read_location,
        "print": plain_verbs.read_print,
        "lock": plain_verbs.read_lock,
        "refresh": plain_verbs.read_refresh,
        "q": plain_verbs.read_quit,
        "help": plain_verbs.read_help,
    }
)
"""Who reads what stands behind each verb; the signs and the days are read apart."""

_FIRST_WORD: Final = re.compile(r"([^\W\d_]+)(?=([\s\d+-]|$))")
_ANSWER: Final = re.compile(r"=\s*(\d{1,6})?")


def read_line(text: str, view: View) -> Reading:
    """Read a line: one entry, or a chain of them. Never raises; what is ambiguous is no intent (design 5)."""
    tidied = tidy(text)
    if not tidied.strip():
        return Confirm() if view.questions.takes_enter else ListActions()
    parts = split_line(tidied)
    if not parts:
        return Refused("Nothing stands between the semicolons")
    forced = tidied.startswith(" ")
    if len(parts) == 1:
        return _read(parts[0], view, forced=forced)
    read = []
    for place, part in enumerate(parts):
        answers = part.startswith("=") and place > 0
        reading = Deferred(part, Missing.TURN) if answers else _read(part, view, forced=forced and place == 0)
        read.append(Part(f" {part}" if forced and place == 0 else part, reading))
        view = _after(part, reading, view)
    return Chain(tuple(read))


def read_part(text: str, view: View) -> PartReading:
    """Read one entry of a chain when its turn comes."""
    reading = read_line(text, view)
    return reading if not isinstance(reading, Chain) else Refused("One entry at a time")


def lost_by(reading: PartReading) -> Lost:
    """What an entry was to choose and did not."""
    if isinstance(reading, Refused):
        return reading.lost
    return Lost.EVENT if isinstance(reading, Candidates) and reading.about is About.EVENT else Lost.NOTHING


def _after(text: str, reading: PartReading, view: View) -> View:
    """The view as far as it can be foreseen once an entry has run."""
    match reading:
        case SelectEvent(event_id) | OnClass(event_id) | Book(event_id=event_id, selects=True):
            after = view.selecting(event_id)
        case GoToDay(day):
            after = view.on_day(day)
        case _:
            lost = lost_by(reading)
            return view if lost is Lost.NOTHING else replace(view, questions=refuse(view.questions, text, lost))
    return replace(after, questions=enter(view.questions, reading).state)


def _read(part: str, view: View, *, forced: bool) -> PartReading:
    reading = _stopped(part, view, forced=forced)
    other = with_digit_tail(part)
    if forced or other == part or not isinstance(reading, Book | Refused | Deferred):
        return reading
    return _either(part, reading, _stopped(other, view, forced=False), other)


def _either(part: str, reading: PartReading, meant: PartReading, other: str) -> PartReading:
    """A name, or a verb with digits of the Kazakh row: what can be both is asked."""
    if isinstance(meant, Deferred):
        return Deferred(part, meant.missing)
    if isinstance(meant, Book | Refused):
        return reading
    choices = meant.items if isinstance(meant, Candidates) else (Choice(other, meant),)
    as_name = (Choice(f"the name «{part}»", reading),) if isinstance(reading, Book) else ()
    return Candidates(About.READING, (*choices, *as_name))


def _stopped(part: str, view: View, *, forced: bool) -> PartReading:
    """Read, and take what stops a reader for its result."""
    try:
        if forced or part.startswith('"'):
            row = with_digit_row(part)
            return read_booking(part, view, forced=True) if forced or row == part else _by_rules(row, view)
        return _by_rules(with_digit_row(part), view)
    except StopReading as stopped:
        return stopped.reading


def _by_rules(part: str, view: View) -> PartReading:
    """Try the rules of design 5 in their order."""
    return (
        plain_verbs.read_signs(part)
        or _read_verb(part, view)
        or _read_answer(part, view)
        or plain_verbs.read_day(part, view)
        or read_class(part, view, verb_of=_verb_of)
        or read_booking(part, view, verb_of=_verb_of)
    )


def _read_verb(part: str, view: View) -> PartReading | None:
    match = _FIRST_WORD.match(part)
    if match is None:
        return None
    word = by_key(match[1])
    rest = part[match.end() :]
    if word in READERS:
        attached = bool(rest) and not rest[0].isspace()
        said = Said(BY_WORD[word], rest.strip(), part, attached=attached, cyrillic=is_cyrillic(match[1]))
        return READERS[word](said, view)
    day = day_word(word)
    return plain_verbs.go_to(day, view) if day is not None and not rest else None


def _verb_of(part: str, view: View) -> Verb | None:
    """The verb by which an entry is read, or refused; the signs count as verbs, too."""
    if plain_verbs.read_signs(part) is not None:
        return BY_WORD["?"]
    try:
        read = _read_verb(part, view) is not None
    except StopReading:
        read = True
    match = _FIRST_WORD.match(part)
    return BY_WORD.get(by_key(match[1]), BY_WORD["today"]) if read and match is not None else None


def _read_answer(part: str, view: View) -> PartReading | None:
    if not part.startswith("="):
        return None
    match = _ANSWER.fullmatch(part)
    if match is None:
        return Refused("Behind = comes the number of the answer, as =2")
    if not view.questions.numbered:
        return Refused("No question is open")
    return AnswerQuestion(int(match[1])) if match[1] else ReopenQuestion()
