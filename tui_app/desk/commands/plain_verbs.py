"""The verbs that need no event: time, search, filter, the program itself (design 5)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from tui_app.desk.commands.intents import (
    Drafts,
    Filter,
    GoToDay,
    Help,
    Intent,
    Lock,
    NewEvent,
    NextFree,
    Print,
    Quit,
    Refresh,
    SwitchLocation,
    Undo,
    Week,
    WhoIs,
)
from tui_app.desk.commands.layouts import NUMERO, by_key
from tui_app.desk.commands.people import query_of
from tui_app.desk.commands.questions import Lost
from tui_app.desk.commands.said import Said, settled_day, usage
from tui_app.desk.commands.tokens import take_places, tokens_of
from tui_app.desk.commands.view import PartReading, Refused, StopReading, View
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import parse_date

_FILTER: Final = re.compile(rf"[/{NUMERO}](.*)|\.(?:([^\W\d_].*)|)")
_DAYS: Final = re.compile(r"([+-])\s?(\d{1,3})")
_DOTTED: Final = re.compile(r"\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d{2})?)?")
_DATE: Final = re.compile(
    rf"{_DOTTED.pattern}|\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}/\d{{1,2}}(?:/(?:\d{{4}}|\d{{2}}))?"
)


def read_signs(text: str) -> PartReading | None:
    """`?` and `/yoga`, also as a Cyrillic layout types them: `,` and `.йога`."""
    if text in {"?", ","}:
        return Help()
    match = _FILTER.fullmatch(text)
    return Filter(" ".join((match[1] or match[2] or "").split())) if match else None


def read_day(text: str, view: View) -> PartReading | None:
    """A day alone: `24.12`, `+1`, `-1`. Plus and minus count from the day shown, as the arrows do."""
    if match := _DAYS.fullmatch(text):
        days = int(match[2]) * (-1 if match[1] == "-" else 1)
        return _shifted(view, days) if days else Refused("Type today, or +1", nearest="today", lost=Lost.DAY)
    if re.fullmatch(r"-\s?\d{4,}", text):
        return Refused("At most 999 days back: type a date, as 24.12", lost=Lost.DAY)
    typed = by_key(text)
    if _DATE.fullmatch(typed):
        return go_to(typed, view)
    first, _, rest = typed.partition(" ")
    if rest and _DOTTED.fullmatch(first):
        words = f"{first} is a date: go there first, or type the class as 18:30"
        return Refused(words, nearest=f"{first}; {rest}", lost=Lost.DAY)
    return None


def go_to(typed: str, view: View) -> PartReading:
    """Go to a typed date or weekday; raises nothing: what is no date is refused in words."""
    try:
        return GoToDay(parse_date(typed, view.today))
    except Unparsed as unparsed:
        hint = "; a class is typed as 18:30" if re.fullmatch(r"(?:[01]?\d|2[0-3])\.[0-5]\d", typed) else ""
        return Refused(unparsed.words + hint, lost=Lost.DAY)


def _shifted(view: View, days: int) -> PartReading:
    settled_day(view)
    try:
        return GoToDay(view.shown + timedelta(days=days))
    except OverflowError:
        return Refused("That date is too far away", lost=Lost.DAY)


def alone(make: Callable[[View], Intent]) -> Callable[[Said, View], PartReading | None]:
    """A reader of a verb that takes nothing."""

    def read(said: Said, view: View) -> PartReading | None:
        return said.misused() if said.rest else make(view)

    return read


read_new = alone(lambda view: NewEvent(view.shown))
read_drafts = alone(lambda _: Drafts())
read_week = alone(lambda view: Week(view.shown))
read_location = alone(lambda _: SwitchLocation())
read_lock = alone(lambda _: Lock())
read_refresh = alone(lambda _: Refresh())
read_quit = alone(lambda _: Quit())
read_help = alone(lambda _: Help())


def read_undo(said: Said, view: View) -> PartReading | None:
    """`u`: the last action that can be undone."""
    if said.rest:
        return said.misused()
    return Undo() if view.undoable else Refused("There is nothing to undo")


def read_next(said: Said, view: View) -> PartReading | None:  # noqa: ARG001 (one signature for all readers)
    """`next yoga 2`: the words, then the places, one unless told."""
    placed = take_places(said.rest)
    if placed.problem:
        return Refused(placed.problem)
    words = placed.text.replace('"', " ").split()
    if placed.places is not None:
        return NextFree(" ".join(words), placed.places)
    if words and re.fullmatch(r"\d{1,2}", words[-1]) and int(words[-1]) >= 1:
        return NextFree(" ".join(words[:-1]), int(words[-1]))
    return NextFree(" ".join(words))


def read_who(said: Said, view: View) -> PartReading | None:  # noqa: ARG001 (one signature for all readers)
    """`who 5678`: whose coming bookings."""
    tokens = tokens_of(said.rest)
    return WhoIs(query_of(tokens)) if tokens else usage(said.verb)


def read_print(said: Said, view: View) -> PartReading | None:
    """`print`: the roster of the selected event, else the day; `print day`: the day."""
    settled_day(view)
    if said.keys == "day":
        return Print(view.shown)
    if said.rest:
        return said.misused()
    if view.questions.unsettled is not None:
        raise StopReading(Refused("Choose the event first, or type print day", nearest="print day"))
    return Print(view.shown, view.selected_id if view.selected is not None else None)
