"""A screen at the desk, for the grammar: Sunday noon, a class that runs, three to come, eleven booked."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from tests.desk.builders import AS_OF, scheduled, wall
from tui_app.altegio.resources import Attendance, Booking, Client
from tui_app.desk.commands.intents import Intent, Named
from tui_app.desk.commands.parse import read_line
from tui_app.desk.commands.view import Candidates, Chain, Deferred, Refused, View
from tui_app.desk.model import Roster, RosterEntry

SUNDAY = date(2026, 11, 22)
NOON = wall("2026-11-22 12:00")
RUNNING, EVENING, LATE, LATER = 1, 2, 3, 4
"""The ids of the events at 11:30, 18:00, 19:00 and 19:30."""

NAMES = (
    "Anna Kim",
    "Boris Li",
    "Vera Pak",
    "Gleb Ten",
    "Dana Tsoi",
    "Egor Han",
    "Zoya Yun",
    "Inna Ogai",
    "Kim Vera",
    "Lev An",
    "Mira Sen",
)


def roster(event_id: int = EVENING, names: Iterable[str] = NAMES) -> Roster:
    entries = tuple(
        RosterEntry(
            number=number,
            booking=Booking(
                id=100 + number, client_id=number, client=Client(id=number, name=name, phone="+77010000000")
            ),
            name=name,
        )
        for number, name in enumerate(names, start=1)
    )
    return Roster(event_id=event_id, entries=entries, as_of=AS_OF, next_number=len(entries) + 1)


def marked(number: int, attendance: Attendance) -> Roster:
    """The roster with one mark of attendance."""
    whole = roster()
    entries = tuple(
        replace(entry, booking=replace(entry.booking, attendance=attendance)) if entry.number == number else entry
        for entry in whole.entries
    )
    return replace(whole, entries=entries)


VIEW = View(
    shown=SUNDAY,
    today=SUNDAY,
    now=NOON,
    events=(
        scheduled(RUNNING, "2026-11-22 11:30"),
        scheduled(EVENING, "2026-11-22 18:00"),
        scheduled(LATE, "2026-11-22 19:00"),
        scheduled(LATER, "2026-11-22 19:30"),
    ),
    selected_id=EVENING,
    roster=roster(),
    team_members=(Named(1, "Anna Kovaleva"), Named(2, "Ирина Ан"), Named(3, "Oleg Marchenko"), Named(4, "Olesya Bo")),
    rooms=(Named(21, "Room 2"), Named(22, "Room 12"), Named(23, "Sun room")),
    region="KZ",
    undoable="booking of Anna Kim",
)
EMPTY = View(shown=SUNDAY, today=SUNDAY, now=NOON)


def intent(text: str, view: View = VIEW) -> Intent:
    """What a line means, where it means one thing."""
    reading = read_line(text, view)
    assert not isinstance(reading, Chain | Candidates | Refused | Deferred), reading
    return reading


def refused(text: str, view: View = VIEW) -> Refused:
    reading = read_line(text, view)
    assert isinstance(reading, Refused), reading
    return reading


def candidates(text: str, view: View = VIEW) -> Candidates:
    reading = read_line(text, view)
    assert isinstance(reading, Candidates), reading
    return reading


def chain(text: str, view: View = VIEW) -> Chain:
    reading = read_line(text, view)
    assert isinstance(reading, Chain), reading
    return reading


def deferred(text: str, view: View = VIEW) -> Deferred:
    reading = read_line(text, view)
    assert isinstance(reading, Deferred), reading
    return reading
