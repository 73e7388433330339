"""What a line means: one frozen intent an action, names and numbers resolved as far as the visible state tells."""

from datetime import date, datetime, time
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from tui_app.altegio.resources import Attendance, ClientHit
from tui_app.desk.commands.event_tokens import EventToken
from tui_app.desk.model import RosterEntry
from tui_app.desk.phones import PhoneNumber


class Named(Struct, frozen=True):
    """A team member or a resource that can be named by a fragment."""

    id: int
    name: str


class ClientQuery(Struct, frozen=True):
    """A client by fragments of the name and the end of the phone; `text` is what a search takes.

    `forced` tells that quotes or a leading space make a name of it, digits too: `phone` is empty then.
    """

    text: str
    names: tuple[str, ...]
    phone: str = ""
    forced: bool = False


class NewClient(Struct, frozen=True):
    """A client who may have no card yet: whoever has that phone already is to be offered first."""

    name: str
    surname: str
    phone: PhoneNumber


class Visitor(Struct, frozen=True):
    """Somebody who comes without a card."""

    name: str


Who: TypeAlias = ClientQuery | NewClient | Visitor | ClientHit
"""Who comes: still to be found, new, a visitor, or picked from candidates."""


class SelectEvent(Struct, frozen=True):
    """Select an event of the day shown."""

    event_id: int


class OnClass(Struct, frozen=True):
    """Select an event of the day shown, then do what `entry` says to it: read once that event is the selected one."""

    event_id: int
    entry: str


class Book(Struct, frozen=True):
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


class SetAttendance(Struct, frozen=True):
    """Set the attendance of roster entries; `left_out` are those behind «all but»."""

    event_id: int
    to: Attendance
    which: Which
    entries: tuple[RosterEntry, ...]
    left_out: tuple[RosterEntry, ...] = ()


class MoveBooking(Struct, frozen=True):
    """Move a booking to the event that `at` names on `day`; `to_event_id` is None where that day is not shown."""

    event_id: int
    entry: RosterEntry
    day: date
    at: EventToken
    to_event_id: int | None = None


class CancelBooking(Struct, frozen=True):
    """Cancel a booking."""

    event_id: int
    entry: RosterEntry


class OpenBookingForm(Struct, frozen=True):
    """Open the booking form: of an entry, or for a new booking."""

    event_id: int
    entry: RosterEntry | None = None


class OpenEventForm(Struct, frozen=True):
    """Open the form of an event."""

    event_id: int


class NewEvent(Struct, frozen=True):
    """Open an empty event form for a day."""

    day: date


class Repeat(Struct, frozen=True):
    """Repeat an event at `starts` (wall clock), on `weekdays` (0 Monday); on every day where there are none."""

    event_id: int
    weekdays: tuple[int, ...]
    starts: tuple[datetime, ...]
    with_bookings: bool = False


class SetCapacity(Struct, frozen=True):
    """Set the places of an event, or change them by `places` where `relative`."""

    event_id: int
    places: int
    relative: bool = False


class SetTeamMember(Struct, frozen=True):
    """Give an event to another team member."""

    event_id: int
    team_member: Named


class SetStart(Struct, frozen=True):
    """Set the time at which an event starts; its day stays."""

    event_id: int
    at: time


class SetLength(Struct, frozen=True):
    """Set how long an event lasts, in minutes, its technical break not counted."""

    event_id: int
    minutes: int


class SetRoom(Struct, frozen=True):
    """Put an event into a room, or onto another resource, instead of those it has."""

    event_id: int
    room: Named


class CancelEvent(Struct, frozen=True):
    """Cancel an event with the `bookings` that are in its roster, by their names."""

    event_id: int
    bookings: tuple[str, ...]


class Undo(Struct, frozen=True):
    """Undo the last action that can be undone."""


class GoToDay(Struct, frozen=True):
    """Show another day."""

    day: date


class Week(Struct, frozen=True):
    """Show the week of a day, with the free places of each day."""

    day: date


class Filter(Struct, frozen=True):
    """Show the events that hold all the words of `text`; empty: show all."""

    text: str


class NextFree(Struct, frozen=True):
    """Say when the next event that holds all the words of `text` has so many free places."""

    text: str
    places: int = 1


class WhoIs(Struct, frozen=True):
    """List a client's coming bookings, to cancel or move one."""

    query: ClientQuery


class Drafts(Struct, frozen=True):
    """Open what was typed and not sent."""


class CallList(Struct, frozen=True):
    """List the people of an event to ring."""

    event_id: int


class SwitchLocation(Struct, frozen=True):
    """Choose another location."""


class Print(Struct, frozen=True):
    """Print the roster of an event; the whole day where `event_id` is None."""

    day: date
    event_id: int | None = None


class Lock(Struct, frozen=True):
    """Hide everything behind the PIN."""


class Quit(Struct, frozen=True):
    """Leave the program."""


class Help(Struct, frozen=True):
    """Show the help of this screen."""


class Refresh(Struct, frozen=True):
    """Read the day and the roster again."""


class AnswerQuestion(Struct, frozen=True):
    """Answer the open question by a number."""

    number: int


class ReopenQuestion(Struct, frozen=True):
    """Show the oldest question that waits."""


class Confirm(Struct, frozen=True):
    """A bare Enter where a question takes one: directly after a two-step entry, or on a candidate under the arrow."""


class ListActions(Struct, frozen=True):
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
