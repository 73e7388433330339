"""What the entries need of the screen: a look at it, and a few things that only it can do."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias

from msgspec import Struct

from tui_app.altegio.resources import Attendance, Event
from tui_app.desk.booking_draft import BookingDraft
from tui_app.desk.caller import CallList as Calls
from tui_app.desk.commands.intents import (
    Drafts,
    Help,
    ListActions,
    Lock,
    NewEvent,
    OpenBookingForm,
    OpenEventForm,
    Print,
    Quit,
    SwitchLocation,
    Week,
)
from tui_app.desk.commands.questions import Questions
from tui_app.desk.commands.view import Missing, View
from tui_app.desk.entries.reports import EntryReport
from tui_app.desk.own_changes import OwnChange


class UnfinishedBooking(Struct, frozen=True):
    """A booking that the line cannot finish: its form is to open with what was typed; `problems` are by field."""

    event_id: int
    draft: BookingDraft
    problems: Mapping[str, str]


Opening: TypeAlias = (
    OpenBookingForm
    | UnfinishedBooking
    | OpenEventForm
    | NewEvent
    | Drafts
    | Week
    | Print
    | SwitchLocation
    | Lock
    | Quit
    | Help
    | ListActions
)
"""What another screen, a dialog or a panel carries out."""


COULD_NOT: Final[Mapping[Missing, str]] = MappingProxyType(
    {
        Missing.DAY: "The day could not be read",
        Missing.ROSTER: "The roster could not be read",
        Missing.NAMES: "The names could not be read",
        Missing.TURN: "The entry before it has not run",
    }
)
"""What to say before the reason that `Surface.ready` gives."""


class Step(Enum):
    """A key that moves, in the order in which it was pressed among the entries; the values are those of the line."""

    UP = "up"
    DOWN = "down"
    PAGE_UP = "page_up"
    PAGE_DOWN = "page_down"
    FIRST = "first"
    LAST = "last"
    DAY_BACK = "day_back"
    DAY_ON = "day_on"
    OTHER_PANE = "other_pane"
    ESCAPE = "escape"


class Surface(Protocol):
    """The screen, as the entries see it. None of these raises, and none but `ready` waits.

    What is told here shows in the next `view()`: after `select_event` the event is selected and its roster is None
    until it is read; after `show_day` the day is not known until it is read.
    """

    def view(self) -> View:
        """A frozen look at the screen. Its `questions` and `undoable` are filled in by the entries, not here."""
        ...

    def select_event(self, event_id: int) -> None:
        """Select an event of the day shown, and begin to read its roster."""
        ...

    def show_day(self, day: date) -> None:
        """Show a day, and begin to read it; the day that is shown already stays as it is."""
        ...

    async def ready(self, missing: Missing) -> str:
        """Wait until the day, the roster of the selected event or the names are there.

        Returns an empty text, or why they could not be read, as a clause («no connection to the server»). A reading
        that `touched` has begun is waited for, too.
        """
        ...

    def apply_filter(self, text: str) -> None:
        """Show the events that hold all the words; empty: all."""
        ...

    def refresh(self) -> None:
        """Read the day and the roster again."""
        ...

    def move(self, step: Step) -> None:
        """Carry out a key that moves, where no question takes it."""
        ...

    def open(self, wish: Opening) -> None:
        """Open a form, a dialog, a panel or another screen."""
        ...

    def show_calls(self, calls: Calls) -> None:
        """Show whom to ring."""
        ...

    def report(self, report: EntryReport) -> None:
        """Take the newest state of an entry; the same number comes again whenever it changes."""
        ...

    def questions_changed(self, questions: Questions) -> None:
        """Take the questions as they stand now: the candidates to show, the one under the arrow, what Enter does."""
        ...

    def foresee(self, event_id: int, booking_ids: frozenset[int], to: Attendance) -> None:
        """Show these bookings so at once; `touched` comes when the server has been asked, and what it says counts."""
        ...

    def held(self, event_id: int) -> Event | None:
        """An event as it was last read, where that counts as now; None: it must be read to be known."""
        ...

    def brought(self, change: OwnChange) -> None:
        """Show what a confirmed write has made of a roster, and of the event's row; nothing is read for it."""
        ...

    def touched(self, event_id: int) -> None:
        """Begin to read an event's row and roster again: something was sent that changes them, or may have."""
        ...
