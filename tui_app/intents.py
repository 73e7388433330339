"""What one screen asks of another: typed messages that bubble to the App, which alone opens screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

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


@dataclass
class EditEvent(Message):
    """Open the form of an event; what is `known` of it shows while it is read. `drafts` bring back what was typed."""

    event_id: int
    known: Event | None = None
    drafts: FormDrafts | None = None


@dataclass
class NewEvent(Message):
    """Open the form of a new event on a day, filled in like another event where one is named."""

    day: date
    like_event_id: int | None = None
    drafts: FormDrafts | None = None


@dataclass
class BookInto(Message):
    """Open the booking form for an event, with what was typed of the booking elsewhere and its `problems` by field."""

    event_id: int
    draft: BookingDraft | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    drafts: FormDrafts | None = None


@dataclass
class EditBooking(Message):
    """Open the form of a booking."""

    event_id: int
    booking: Booking
    drafts: FormDrafts | None = None


@dataclass
class EventTouched(Message):
    """A write has changed an event or its bookings: what shows it should look again, and `select` it where asked."""

    event_id: int | None = None
    day: date | None = None
    select: bool = False


@dataclass
class TokensRefused(Message):
    """The server has refused a token in mid-work: ask for new ones, then go on."""

    error: TokenRefused | None = None


@dataclass
class OpenConnect(Message):
    """Open Connect, to change tokens, server or location; `to_location` goes straight to the choice of one."""

    to_location: bool = False


@dataclass
class OpenWeek(Message):
    """Show the week of a day, with the events that hold all words of `text`."""

    day: date
    text: str = ""


@dataclass
class OpenCalls(Message):
    """Show whom to ring about an event; `caller` keeps who was reached."""

    event: ScheduledEvent
    caller: CallerDesk


@dataclass
class OpenPrinting(Message):
    """Print the roster of an event as it is on the screen, or the whole day."""

    day: Day
    event: ScheduledEvent | None = None
    roster: Roster | None = None


class OpenDrafts(Message):
    """Open what was typed and not sent, of this run or of one that has ended."""


@dataclass
class EntryTold(Message):
    """An entry of the desk line has told how it is doing."""

    report: EntryReport


class LockDesk(Message):
    """Hide everything behind the PIN."""


class Repaint(Message):
    """Paint the whole screen again, whatever the terminal shows."""


@dataclass
class OpenSettings(Message):
    """Open the settings."""


@dataclass
class OpenHelp(Message):
    """Open the help of the screen that asks; `area` is the area of the action table."""

    area: str


@dataclass
class Unexpected(Message):
    """A worker has ended by an error that nobody handled: a mistake of the program itself."""

    error: BaseException


class AskOperator(Message):
    """Ask who is at the desk."""


class OpenUnconfirmed(Message):
    """Show the writes of which nobody knows whether they were carried out."""
