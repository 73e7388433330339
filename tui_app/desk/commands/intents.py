"""What a line means: one frozen intent an action, names and numbers resolved as far as the visible state tells."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import TypeAlias

from tui_app.altegio.resources import Attendance, ClientHit
from tui_app.desk.commands.event_tokens import EventToken
from tui_app.desk.model import RosterEntry
from tui_app.desk.phones import PhoneNumber


@dataclass(frozen=True, slots=True)
class Named:
    """A team member or a resource that can be named by a fragment."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ClientQuery:
    """A client by fragments of the name and the end of the phone; `text` is what a search takes.

    `forced` tells that quotes or a leading space make a name of it, digits too: `phone` is empty then.
    """

    text: str
    names: tuple[str, ...]
    phone: str = ""
    forced: bool = False


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client who may have no card yet: whoever has that phone already is to be offered first."""

    name: str
    surname: str
    phone: PhoneNumber


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who comes without a card."""

    name: str


Who: TypeAlias = ClientQuery | NewClient | Visitor | ClientHit
"""Who comes: still to be found, new, a visitor, or picked from candidates."""


@dataclass(frozen=True, slots=True)
class SelectEvent:
    """Select an event of the day shown."""

    event_id: int


@dataclass(frozen=True, slots=True)
class OnClass:
    """Select an event of the day shown, then do what `entry` says to it: read once that event is the selected one."""

    event_id: int
    entry: str


@dataclass(frozen=True, slots=True)
class Book:
    """Book somebody into an event, which is selected first where the line named it (`selects`)."""

    event_id: int
    who: Who
    places: int = 1
    selects: bool = False


class Which(Enum):
    """How the bookings of a change of attendance were named."""

    ALL = "all"
    NUMBERS = "numbers"
    ALL_BUT = "all but"


@dataclass(frozen=True, slots=True)
class SetAttendance:
    """Set the attendance of roster entries; `left_out` are those behind «all but»."""

    event_id: int
    to: Attendance
    which: Which
    entries: tuple[RosterEntry, ...]
    left_out: tuple[RosterEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveBooking:
    """Move a booking to the event that `at` names on `day`; `to_event_id` is None where that day is not shown."""

    event_id: int
    entry: RosterEntry
    day: date
    at: EventToken
    to_event_id: int | None = None


@dataclass(frozen=True, slots=True)
class CancelBooking:
    """Cancel a booking."""

    event_id: int
    entry: RosterEntry


@dataclass(frozen=True, slots=True)
class OpenBookingForm:
    """Open the booking form: of an entry, or for a new booking."""

    event_id: int
    entry: RosterEntry | None = None


@dataclass(frozen=True, slots=True)
class OpenEventForm:
    """Open the form of an event."""

    event_id: int


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Open an empty event form for a day."""

    day: date


@dataclass(frozen=True, slots=True)
class Repeat:
    """Repeat an event at `starts` (wall clock), on `weekdays` (0 Monday); on every day where there are none."""

    event_id: int
    weekdays: tuple[int, ...]
    starts: tuple[datetime, ...]
    with_bookings: bool = False


@dataclass(frozen=True, slots=True)
class SetCapacity:
    """Set the places of an event, or change them by `places` where `relative`."""

    event_id: int
    places: int
    relative: bool = False


@dataclass(frozen=True, slots=True)
class SetTeamMember:
    """Give an event to another team member."""

    event_id: int
    team_member: Named


@dataclass(frozen=True, slots=True)
class SetStart:
    """Set the time at which an event starts; its day stays."""

    event_id: int
    at: time


@dataclass(frozen=True, slots=True)
class SetLength:
    """Set how long an event lasts, in minutes, its technical break not counted."""

    event_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class SetRoom:
    """Put an event into a room, or onto another resource, instead of those it has."""

    event_id: int
    room: Named


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """Cancel an event with the `bookings` that are in its roster, by their names."""

    event_id: int
    bookings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Undo the last action that can be undone."""


@dataclass(frozen=True, slots=True)
class GoToDay:
    """Show another day."""

    day: date


@dataclass(frozen=True, slots=True)
class Week:
    """Show the week of a day, with the free places of each day."""

    day: date


@dataclass(frozen=True, slots=True)
class Filter:
    """Show the events that hold all the words of `text`; empty: show all."""

    text: str


@dataclass(frozen=True, slots=True)
class NextFree:
    """Say when the next event that holds all the words of `text` has so many free places."""

    text: str
    places: int = 1


@dataclass(frozen=True, slots=True)
class WhoIs:
    """List a client's coming bookings, to cancel or move one."""

    query: ClientQuery


@dataclass(frozen=True, slots=True)
class Drafts:
    """Open what was typed and not sent."""


@dataclass(frozen=True, slots=True)
class CallList:
    """List the people of an event to ring."""

    event_id: int


@dataclass(frozen=True, slots=True)
class SwitchLocation:
    """Choose another location."""


@dataclass(frozen=True, slots=True)
class Print:
    """Print the roster of an event; the whole day where `event_id` is None."""

    day: date
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """Hide everything behind the PIN."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave the program."""


@dataclass(frozen=True, slots=True)
class Help:
    """Show the help of this screen."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Read the day and the roster again."""


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answer the open question by a number."""

    number: int


@dataclass(frozen=True, slots=True)
class ReopenQuestion:
    """Show the oldest question that waits."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """A bare Enter where a question takes one: directly after a two-step entry, or on a candidate under the arrow."""


@dataclass(frozen=True, slots=True)
class ListActions:
    """A bare Enter elsewhere: list the actions of the selected row."""


OnEvent: TypeAlias = (
    Book | SetAttendance | MoveBooking | CancelBooking | OpenBookingForm | OpenEventForm | Repeat | SetCapacity
    | SetTeamMember | SetStart | SetLength | SetRoom | CancelEvent | CallList
)  # fmt: skip
"""What is done to one event: each has its `event_id`."""

Anywhere: TypeAlias = (
    SelectEvent | OnClass | NewEvent | Undo | GoToDay | Week | Filter | NextFree | WhoIs | SwitchLocation | Print | Lock
    | Drafts | Quit | Help | Refresh | AnswerQuestion | ReopenQuestion | Confirm | ListActions
)  # fmt: skip
"""What needs no selected event."""

Intent: TypeAlias = OnEvent | Anywhere
"""All that a line, or one part of a chain, can ask for."""
