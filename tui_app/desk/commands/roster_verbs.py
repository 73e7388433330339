"""The verbs on bookings: attendance, moving, cancelling, the form (design 5)."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from tui_app.altegio.resources import Attendance
from tui_app.desk.commands.event_tokens import EventToken, events_at, nothing_at, read_event_token
from tui_app.desk.commands.intents import (
    CancelBooking,
    CancelEvent,
    MoveBooking,
    OpenBookingForm,
    SetAttendance,
    Which,
)
from tui_app.desk.commands.numbers import read_numbers
from tui_app.desk.commands.questions import Choice
from tui_app.desk.commands.said import Said, entry_of, event_of, roster_of, usage
from tui_app.desk.commands.view import About, Candidates, PartReading, Refused, StopReading, View
from tui_app.desk.model import Roster, RosterEntry, ScheduledEvent
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import format_day, format_time, parse_date

ATTENDANCE: Final[Mapping[str, Attendance]] = MappingProxyType(
    {"a": Attendance.ARRIVED, "n": Attendance.NO_SHOW, "k": Attendance.CONFIRMED, "r": Attendance.WAITING}
)
"""What each verb of attendance sets."""

_FROM_TODAY: Final = frozenset({"today", "tod", "tomorrow", "tom", "yesterday"})
_DAY_BEFORE_CLASS: Final = re.compile(r"(?<=\b[a-z]{2})(?=\d)|(?<=\b[a-z]{3})(?=\d)")
_MOVE: Final = re.compile(r"(\d{1,3})(?:\s+(.*))?")


def read_attendance(said: Said, view: View) -> PartReading | None:
    """`a`, `a3`, `a -3,7`, `n3`, `k3`, `r3`."""
    for_all = said.verb.word == "a"
    if not said.rest:
        return _all(view, said) if for_all else usage(said.verb)
    but = for_all and said.keys.startswith("-")
    numbers = read_numbers(said.keys[1:].strip() if but else said.keys, attached=said.attached or but)
    if numbers is None:
        return said.misused()
    return _all_but(view, said, numbers) if but else _numbered(view, said, numbers)


def _all(view: View, said: Said) -> PartReading:
    event, roster = roster_of(view, said.text)
    return SetAttendance(event.id, Attendance.ARRIVED, Which.ALL, _not_arrived(roster))


def _all_but(view: View, said: Said, numbers: tuple[int, ...]) -> PartReading:
    event, roster = roster_of(view, said.text)
    left_out = tuple(entry_of(roster, number) for number in numbers)
    entries = tuple(entry for entry in _not_arrived(roster) if entry not in left_out)
    if not entries:
        return Refused("All others have arrived already")
    return SetAttendance(event.id, Attendance.ARRIVED, Which.ALL_BUT, entries, left_out)


def _not_arrived(roster: Roster) -> tuple[RosterEntry, ...]:
    if not roster.entries:
        raise StopReading(Refused("Nobody is booked here"))
    entries = tuple(entry for entry in roster.entries if entry.attendance is not Attendance.ARRIVED)
    if not entries:
        raise StopReading(Refused("All have arrived already"))
    return entries


def _numbered(view: View, said: Said, numbers: tuple[int, ...]) -> PartReading:
    event, roster = roster_of(view, said.text)
    entries = tuple(entry_of(roster, number) for number in numbers)
    return SetAttendance(event.id, ATTENDANCE[said.verb.word], Which.NUMBERS, entries)


def read_cancel(said: Said, view: View) -> PartReading | None:
    """`x3`: a booking; `x`: the event."""
    if not said.rest:
        return cancel_event(said, view)
    number = _one(said)
    if number is None:
        return said.misused()
    event, roster = roster_of(view, said.text)
    return CancelBooking(event.id, entry_of(roster, number))


def cancel_event(said: Said, view: View) -> CancelEvent:
    """Cancel the selected event: its roster tells what goes with it."""
    event, roster = roster_of(view, said.text)
    return CancelEvent(event.id, tuple(entry.name for entry in roster.entries))


def read_form(said: Said, view: View) -> PartReading | None:
    """`b`: the form of a new booking; `b3`: that of number 3."""
    if not said.rest:
        return OpenBookingForm(event_of(view, said.text).id)
    number = _one(said)
    if number is None:
        return said.misused()
    event, roster = roster_of(view, said.text)
    return OpenBookingForm(event.id, entry_of(roster, number))


def _one(said: Said) -> int | None:
    numbers = read_numbers(said.keys, attached=said.attached)
    return numbers[0] if numbers is not None and len(numbers) == 1 else None


def read_move(said: Said, view: View) -> PartReading | None:
    """`m3 19`: to the day shown; `m3 tue 19`: to another day's."""
    if not said.rest:
        return usage(said.verb)
    match = _MOVE.fullmatch(said.keys)
    if match is None or (len(match[1]) > 2 and not said.attached):
        return usage(said.verb) if read_event_token(said.keys.split()[-1]) is not None else said.misused()
    words = _DAY_BEFORE_CLASS.sub(" ", match[2] or "").split()
    at = read_event_token(words[-1]) if words else None
    if at is None:
        return usage(said.verb) if said.attached or not words else None
    if at.problem:
        return Refused(at.problem)
    days = _days(" ".join(words[:-1]), view)
    event, roster = roster_of(view, said.text)
    entry = entry_of(roster, int(match[1]))
    if len(days) == 1:
        return _move_to(view, event, entry, days[0], at)
    moves = [MoveBooking(event.id, entry, day, at) for day in days]
    return Candidates(About.DAY, tuple(Choice(format_day(move.day, view.today), move) for move in moves))


def _days(typed: str, view: View) -> tuple[date, ...]:
    """The day of a move, the one shown unless told; two where a weekday may count from today or from the day shown."""
    if not typed:
        return (view.shown,)
    try:
        if typed.startswith(("+", "-")):
            return (parse_date(typed, view.shown),)
        from_today = parse_date(typed, view.today)
        ahead = view.shown > view.today and typed.isalpha() and typed not in _FROM_TODAY
        from_shown = parse_date(typed, view.shown) if ahead else from_today
    except Unparsed as unparsed:
        raise StopReading(Refused(unparsed.words)) from None
    return tuple(dict.fromkeys((from_today, from_shown)))


def _move_to(view: View, event: ScheduledEvent, entry: RosterEntry, day: date, at: EventToken) -> PartReading:
    if day != view.shown:
        return MoveBooking(event.id, entry, day, at)
    targets = [target for target in events_at(at, view.events) if target.id != event.id]
    if not targets:
        here = event in events_at(at, view.events)
        return Refused(f"{entry.name} is in that class already" if here else nothing_at(at, view.events))
    moves = [MoveBooking(event.id, entry, day, at, target.id) for target in targets]
    if len(moves) == 1:
        return moves[0]
    words = [f"{format_time(target.starts_at)} {target.service}, {target.team_member}" for target in targets]
    return Candidates(About.TARGET, tuple(map(Choice, words, moves)))
