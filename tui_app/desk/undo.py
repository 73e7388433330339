"""Undo: the last actions that a real call can take back, and only while they still fit (design 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tui_app.altegio.resources import Attendance, Booking, Event
from tui_app.desk.editing import EventEditor
from tui_app.desk.moving import MoveDesk
from tui_app.desk.rebooking import Rebooker
from tui_app.desk.roster import RosterDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

KEPT: Final = 20


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking was made; undone by cancelling it."""

    event_id: int
    booking: Booking


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """A booking was cancelled; undone by booking again as it was."""

    event_id: int
    booking: Booking


@dataclass(frozen=True, slots=True)
class AttendanceMarked:
    """Bookings, as they were before, were marked; undone by their former states."""

    event_id: int
    formers: tuple[Booking, ...]
    target: Attendance


@dataclass(frozen=True, slots=True)
class BookingMoved:
    """A booking was moved; undone by moving it back. `booking` is the one in the target."""

    source_id: int
    target_id: int
    booking: Booking


@dataclass(frozen=True, slots=True)
class EventSaved:
    """An event was saved; undone by the former values of what was changed, on top of what others have changed."""

    before: Event
    after: Event


Action = Booked | BookingCancelled | AttendanceMarked | BookingMoved | EventSaved


@dataclass(frozen=True, slots=True)
class Undoable:
    """An action that can be undone; `words` name it, such as «Booked Anna Kim into 18:00 Vinyasa»."""

    action: Action
    words: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone, in words, and what could not be had back."""

    undone: Undoable
    words: str
    notes: tuple[str, ...] = ()


WITHOUT_UNDO: Final[Mapping[str, str]] = MappingProxyType({})
"""What cannot be undone, by the name of the action, in words that are said beforehand."""


@dataclass(frozen=True, slots=True)
class UndoStack:
    """The last actions, the newest last."""

    actions: tuple[Undoable, ...] = ()

    def with_action(self, undoable: Undoable) -> "UndoStack":
        """Put an action on top; the oldest falls out when there are more than `KEPT`."""
        raise NotImplementedError

    @property
    def top(self) -> Undoable | None:
        """The action that would be undone next."""
        raise NotImplementedError

    def without_top(self) -> "UndoStack":
        """Take the newest action off."""
        raise NotImplementedError


class UndoDesk:
    """Keeps the last actions of this run and takes them back."""

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        *,
        rosters: RosterDesk,
        editor: EventEditor,
        moves: MoveDesk,
        rebooker: Rebooker,
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._rosters = rosters
        self._editor = editor
        self._moves = moves
        self._rebooker = rebooker
        self._stack = UndoStack()

    @property
    def stack(self) -> UndoStack:
        """What can be undone."""
        return self._stack

    def remember(self, action: Action, words: str) -> None:
        """Keep an action that was carried out."""
        self._stack = self._stack.with_action(Undoable(action, words))

    async def undo(self) -> Undone:
        """Take the last action back by a real call.

        Raises `NothingToUndo`, `UndoRefused` (the action is then dropped), and what the calls raise: the action stays
        for another try, unless its outcome is unknown.
        """
        raise NotImplementedError
