"""What one screen asks of another: typed messages that bubble to the App, which alone opens screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.message import Message

from tui_app.data_message import DataMessage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tui_app.altegio.errors import TokenRefused
    from tui_app.altegio.resources import Booking, Event
    from tui_app.desk.booking_draft import BookingDraft
    from tui_app.desk.caller import CallerDesk
    from tui_app.desk.drafts.form import FormDrafts
    from tui_app.desk.entries.reports import EntryReport
    from tui_app.desk.model import Day, Roster, ScheduledEvent
    from tui_app.desk.own_changes import OwnChange


NO_PROBLEMS: Final[Mapping[str, str]] = {}


class Shown(Message):
    """The schedule has come onto the screen."""


class EditEvent(DataMessage):
    """Open the form of an event; what is `known` of it shows while it is read. `drafts` bring back what was typed."""

    event_id: int
    known: Event | None = None
    drafts: FormDrafts | None = None


class NewEvent(DataMessage):
    """Open the form of a new event on a day, filled in like another event where one is named."""

    day: date
    like_event_id: int | None = None
    drafts: FormDrafts | None = None


class BookInto(DataMessage):
    """Open the booking form for an event, with what was typed of the booking elsewhere and its `problems` by field."""

    event_id: int
    draft: BookingDraft | None = None
    problems: Mapping[str, str] = NO_PROBLEMS
    drafts: FormDrafts | None = None


class EditBooking(DataMessage):
    """Open the form of a booking."""

    event_id: int
    booking: Booking
    drafts: FormDrafts | None = None


class EventTouched(DataMessage):
    """A write has changed an event or its bookings: what shows it should look again, and `select` it where asked.

    Where the server's answer tells all of it, it is the `change`, and nothing needs to be read.
    """

    event_id: int | None = None
    day: date | None = None
    select: bool = False
    change: OwnChange | None = None


class TokensRefused(DataMessage):
    """The server has refused a token in mid-work: ask for new ones, then go on."""

    error: TokenRefused | None = None


class OpenConnect(DataMessage):
    """Open Connect, to change tokens, server or location; `to_location` goes straight to the choice of one."""

    to_location: bool = False


class OpenWeek(DataMessage):
    """Show the week of a day, with the events that hold all words of `text`."""

    day: date
    text: str = ""


class OpenCalls(DataMessage):
    """Show whom to ring about an event; `caller` keeps who was reached."""

    event: ScheduledEvent
    caller: CallerDesk


class OpenPrinting(DataMessage):
    """Print the roster of an event as it is on the screen, or the whole day."""

    day: Day
    event: ScheduledEvent | None = None
    roster: Roster | None = None


class OpenDrafts(Message):
    """Open what was typed and not sent, of this run or of one that has ended."""


class EntryTold(DataMessage):
    """An entry of the desk line has told how it is doing."""

    report: EntryReport


class LockDesk(Message):
    """Hide everything behind the PIN."""


class Repaint(Message):
    """Paint the whole screen again, whatever the terminal shows."""


class OpenSettings(DataMessage):
    """Open the settings."""


class OpenHelp(DataMessage):
    """Open the help of the screen that asks; `area` is the area of the action table."""

    area: str


class Unexpected(DataMessage):
    """A worker has ended by an error that nobody handled: a mistake of the program itself."""

    error: BaseException


class AskOperator(Message):
    """Ask who is at the desk."""


class OpenUnconfirmed(Message):
    """Show the writes of which nobody knows whether they were carried out."""
