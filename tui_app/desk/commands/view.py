"""What the grammar sees of the screen, and what it makes of a line."""

from datetime import date, datetime
from enum import Enum
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from tui_app.desk.commands.intents import Intent, Named
from tui_app.desk.commands.questions import Choice, Lost, Questions
from tui_app.desk.model import Roster, ScheduledEvent


class View(Struct, frozen=True, kw_only=True):
    """One frozen look at the screen.

    `now` is the location's wall clock. `events` are those of the day shown, and known unless `day_known` is False.
    `roster` counts only while it is the selected event's. `undoable` says the last action that can be undone; `region`
    is the country, in two letters, of phones typed without a code. `names_known` is False while team members and rooms
    are still being read. `required` are the fields that a new client's card must have and the line cannot give.
    """

    shown: date
    today: date
    now: datetime
    events: tuple[ScheduledEvent, ...] = ()
    day_known: bool = True
    selected_id: int | None = None
    roster: Roster | None = None
    team_members: tuple[Named, ...] = ()
    rooms: tuple[Named, ...] = ()
    names_known: bool = True
    region: str = ""
    undoable: str = ""
    required: tuple[str, ...] = ()
    questions: Questions = field(default_factory=Questions)

    def event(self, event_id: int | None) -> ScheduledEvent | None:
        """An event of the day shown; None: it is not there."""
        return next((event for event in self.events if event.id == event_id), None)

    @property
    def selected(self) -> ScheduledEvent | None:
        """The selected event."""
        return self.event(self.selected_id)

    def selecting(self, event_id: int) -> "View":
        """The view once an event is selected: its roster is not read yet."""
        if event_id == self.selected_id:
            return self
        return replace(self, selected_id=event_id, roster=None)

    def on_day(self, day: date) -> "View":
        """The view once another day is shown, which is not read yet."""
        if day == self.shown:
            return self
        return replace(self, shown=day, events=(), day_known=False, selected_id=None, roster=None)


class About(Enum):
    """What candidates are a choice of."""

    EVENT = "event"
    TARGET = "event to move to"
    TEAM_MEMBER = "team member"
    ROOM = "room"
    DAY = "day"
    READING = "meaning"


class Missing(Enum):
    """What must be read before a line can be."""

    DAY = "the day is still being read"
    ROSTER = "the roster is still being read"
    NAMES = "the names are still being read"
    TURN = "the entry before it has not run yet"


class Candidates(Struct, frozen=True):
    """A line that fits several: each choice is a whole intent, and none is the default."""

    about: About
    items: tuple[Choice, ...]


class Refused(Struct, frozen=True):
    """A line that does nothing: why in words, the right verb that may have been meant, and what it left unchosen."""

    words: str
    nearest: str = ""
    lost: Lost = Lost.NOTHING


class Deferred(Struct, frozen=True):
    """A line that cannot be read before something else is: to be read again, by its own text, once that is there."""

    text: str
    missing: Missing


PartReading: TypeAlias = Intent | Candidates | Refused | Deferred
"""What one entry comes to."""


class Part(Struct, frozen=True):
    """One entry of a chain. It is read again when its turn comes: the entries before it may have changed the view."""

    text: str
    reading: PartReading


class Chain(Struct, frozen=True):
    """Several entries of one line, to be run one after another, each with its own result."""

    parts: tuple[Part, ...]


Reading: TypeAlias = PartReading | Chain
"""What a line comes to."""


class StopReading(Exception):
    """A reader has come to an end that is no intent; `reading` says which."""

    def __init__(self, reading: Candidates | Refused | Deferred) -> None:
        super().__init__(type(reading).__name__)
        self.reading = reading
