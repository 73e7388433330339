"""The verbs on the selected event: quick edits, forms, repeats (design 5; the limits are those of contract 2.3)."""

import re
from datetime import datetime
from typing import Final

from tui_app.desk.commands.intents import (
    CallList,
    Named,
    OpenEventForm,
    Repeat,
    SetCapacity,
    SetLength,
    SetRoom,
    SetStart,
    SetTeamMember,
)
from tui_app.desk.commands.picking import pick
from tui_app.desk.commands.questions import Choice
from tui_app.desk.commands.roster_verbs import cancel_event
from tui_app.desk.commands.said import Said, event_of, usage
from tui_app.desk.commands.view import About, Candidates, Deferred, Missing, PartReading, Refused, StopReading, View
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.repeat_dates import daily_dates, weekly_dates
from tui_app.desk.trouble import NotReady, Unparsed
from tui_app.desk.when import parse_date, parse_time

LENGTH: Final = (5, 1440, 5)
"""The shortest and the longest event in minutes, and the step between lengths (contract 2.3)."""

MOST_WEEKS: Final = 52
"""Weeks that a repeat reaches ahead."""

DAILY: Final = "daily"

_SPAN: Final = re.compile(r"(\d{1,2})([wd]?)")
_COUNT: Final = re.compile(r"([+-]?)\s?(\d{1,3})")
_PHONE_END: Final = re.compile(r"\d{3,6}")


def read_capacity(said: Said, view: View) -> PartReading | None:
    """`c14`, `c+1`: never below the places that are taken."""
    if not said.rest:
        return usage(said.verb)
    match = _COUNT.fullmatch(said.keys)
    if match is None:
        return said.misused()
    event = event_of(view, said.text)
    number = int(match[2]) * (-1 if match[1] == "-" else 1)
    wanted = number if not match[1] else event.capacity + number if event.capacity is not None else None
    if wanted is not None and wanted < 1:
        return Refused("An event has one place or more")
    taken = _taken(event, view)
    if wanted is not None and wanted < taken:
        return Refused(f"{taken} places are taken: {wanted} would be too few")
    return SetCapacity(event.id, number, relative=bool(match[1]))


def _taken(event: ScheduledEvent, view: View) -> int:
    known = view.roster.places if view.roster is not None and view.roster.event_id == event.id else 0
    return max(event.booked or 0, known)


def read_team_member(said: Said, view: View) -> PartReading | None:
    """`t an`: the only team member whose name fits; several are candidates."""
    found = _pick(said, view, view.team_members)
    if not isinstance(found, tuple):
        return found
    event = event_of(view, said.text)
    named, sure = found
    if sure and len(named) == 1:
        return SetTeamMember(event.id, named[0])
    return Candidates(About.TEAM_MEMBER, tuple(Choice(one.name, SetTeamMember(event.id, one)) for one in named))


def read_room(said: Said, view: View) -> PartReading | None:
    """`room 2`: the only room or resource whose name fits; several are candidates."""
    found = _pick(said, view, view.rooms)
    if not isinstance(found, tuple):
        return found
    event = event_of(view, said.text)
    named, sure = found
    if sure and len(named) == 1:
        return SetRoom(event.id, named[0])
    return Candidates(About.ROOM, tuple(Choice(one.name, SetRoom(event.id, one)) for one in named))


def _pick(said: Said, view: View, known: tuple[Named, ...]) -> tuple[tuple[Named, ...], bool] | Refused | None:
    if not said.rest:
        return None if said.cyrillic else usage(said.verb)
    named, sure = pick(said.rest.replace('"', " "), known)
    if named:
        return named, sure
    if said.cyrillic:
        return None
    event_of(view, said.text)
    if not view.names_known:
        raise StopReading(Deferred(said.text, Missing.NAMES))
    return Refused(f"Nothing is called «{said.rest}»")


def read_start(said: Said, view: View) -> PartReading | None:
    """`at 19:30`: a dot and four figures are a time here, too."""
    try:
        at = parse_time(said.rest)
    except Unparsed as unparsed:
        if said.rest[:1].isdigit() and not _PHONE_END.fullmatch(said.rest.split()[0]):
            return Refused(unparsed.words)
        return said.misused()
    return SetStart(event_of(view, said.text).id, at)


def read_length(said: Said, view: View) -> PartReading | None:
    """`l 90`: minutes, without the technical break."""
    if not re.fullmatch(r"\d{1,4}" if said.attached else r"\d{1,3}", said.rest):
        return said.misused()
    minutes, (least, most, step) = int(said.rest), LENGTH
    if not least <= minutes <= most:
        return Refused(f"An event lasts {least} to {most} minutes")
    if minutes % step:
        return Refused(f"An event lasts a multiple of {step} minutes")
    return SetLength(event_of(view, said.text).id, minutes)


def read_edit(said: Said, view: View) -> PartReading | None:
    """`e`: the form of the event."""
    return said.misused() if said.rest else OpenEventForm(event_of(view, said.text).id)


def read_cancel_event(said: Said, view: View) -> PartReading | None:
    """`cancel`: as `x` without a number."""
    return said.misused() if said.rest else cancel_event(said, view)


def read_call(said: Said, view: View) -> PartReading | None:
    """`call`: whom to ring."""
    return said.misused() if said.rest else CallList(event_of(view, said.text).id)


def read_repeat(said: Said, view: View) -> PartReading | None:
    """`dup mon,wed 4w`, `dup daily 10d`: without weekdays the event's own; «with» takes the bookings along."""
    words = said.keys.replace(",", " ").split()
    with_bookings = "with" in words
    spans = [match for match in map(_SPAN.fullmatch, words) if match is not None]
    days = [word for word in words if word.isalpha() and word != "with"]
    if len(spans) != 1 or len(spans) + len(days) + with_bookings != len(words):
        return None if said.cyrillic else usage(said.verb)
    count, in_days = int(spans[0][1]), spans[0][2] == "d"
    daily = days == [DAILY]
    if in_days and not daily:
        return Refused("Days are for dup daily 10d; weekdays come with weeks", nearest=f"dup daily {count}d")
    if not in_days and not 1 <= count <= MOST_WEEKS:
        return Refused(f"A repeat reaches 1 to {MOST_WEEKS} weeks ahead")
    weekdays = () if daily else _weekdays(days)
    event = event_of(view, said.text)
    try:
        if daily:
            return Repeat(event.id, (), daily_dates(event.starts_at, count * (1 if in_days else 7)), with_bookings)
        on = weekdays or (event.starts_at.weekday(),)
        return Repeat(event.id, on, weekly_dates(event.starts_at, on, count), with_bookings)
    except NotReady as not_ready:
        return Refused(not_ready.words)


def _weekdays(words: list[str]) -> tuple[int, ...]:
    monday = datetime(2024, 1, 1).date()  # noqa: DTZ001 (any Monday: only the weekday counts)
    try:
        return tuple(sorted({(parse_date(word, monday) - monday).days for word in words}))
    except Unparsed:
        raise StopReading(Refused(f"«{' '.join(words)}» are no weekdays: type mon,wed")) from None
