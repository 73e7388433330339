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
    from tui_app.desk.own_changes import OwnChange


class Shown(Message):
    """The schedule has come onto the screen."""


@dataclass(repr=False, eq=False)
class EditEvent(Message):
    """Open the form of an event; what is `known` of it shows while it is read. `drafts` bring back what was typed."""

    event_id: int
    known: Event | None = None
    drafts: FormDrafts | None = None


@dataclass(repr=False, eq=False)
class NewEvent(Message):
    """Open the form of a new event on a day, filled in like another event where one is named."""

    day: date
    like_event_id: int | None = None
    drafts: FormDrafts | None = None


@dataclass(repr=False, eq=False)
class BookInto(Message):
    """Open the booking form for an event, with what was typed of the booking elsewhere and its `problems` by field."""

    event_id: int
    draft: BookingDraft | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    drafts: FormDrafts | None = None


@dataclass(repr=False, eq=False)
class EditBooking(Message):
    """Open the form of a booking."""

    event_id: int
    booking: Booking
    drafts: FormDrafts | None = None


@dataclass(repr=False)
class EventTouched(Message):
    """A write has changed an event or its bookings: what shows it should look again, and `select` it where asked.

    Where the server's answer tells all of it, it is the `change`, and nothing needs to be read.
    """

    event_id: int | None = None
    day: date | None = None
    select: bool = False
    change: OwnChange | None = None


@dataclass(repr=False, eq=False)
class TokensRefused(Message):
    """The server has refused a token in mid-work: ask for new ones, then go on."""

    error: TokenRefused | None = None


@dataclass(repr=False, eq=False)
class OpenConnect(Message):
    """Open Connect, to change tokens, server or location; `to_location` goes straight to the choice of one."""

    to_location: bool = False


@dataclass(repr=False, eq=False)
class OpenWeek(Message):
    """Show the week of a day, with the events that hold all words of `text`."""

    day: date
    text: str = ""


@dataclass(repr=False, eq=False)
class OpenCalls(Message):
    """Show whom to ring about an event; `caller` keeps who was reached."""

    event: ScheduledEvent
    caller: CallerDesk


@dataclass(repr=False, eq=False)
class OpenPrinting(Message):
    """Print the roster of an event as it is on the screen, or the whole day."""

    day: Day
    event: ScheduledEvent | None = None
    roster: Roster | None = None


class OpenDrafts(Message):
    """Open what was typed and not sent, of this run or of one that has ended."""


@dataclass(repr=False, eq=False)
class EntryTold(Message):
    """An entry of the desk line has told how it is doing."""

    report: EntryReport


class LockDesk(Message):
    """Hide everything behind the PIN."""


class Repaint(Message):
    """Paint the whole screen again, whatever the terminal shows."""


@dataclass(repr=False, eq=False)
class OpenSettings(Message):
    """Open the settings."""


@dataclass(repr=False, eq=False)
class OpenHelp(Message):
    """Open the help of the screen that asks; `area` is the area of the action table."""

    area: str


@dataclass(repr=False, eq=False)
class Unexpected(Message):
    """A worker has ended by an error that nobody handled: a mistake of the program itself."""

    error: BaseException


class AskOperator(Message):
    """Ask who is at the desk."""


class OpenUnconfirmed(Message):
    """Show the writes of which nobody knows whether they were carried out."""
