"""Undo: the last actions that a real call can take back, and only while they still fit (design 5)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError, Missing, OutcomeUnknown
from tui_app.altegio.resources import Attendance, Booking, Event
from tui_app.desk.attendance import STATE_WORDS
from tui_app.desk.booking import BookingDesk, Prepared
from tui_app.desk.booking_draft import entry_of
from tui_app.desk.editing import EventEditor
from tui_app.desk.event_draft import EventDraft, draft_of
from tui_app.desk.event_merge import LABELS, changed_fields, values_of
from tui_app.desk.model import RosterEntry
from tui_app.desk.moving import MoveDesk
from tui_app.desk.naming import name_of_booking
from tui_app.desk.rebooking import Rebooker
from tui_app.desk.trouble import (
    CannotEdit,
    Clashed,
    DeskError,
    JournalFailed,
    NotConfirmedYet,
    NothingToUndo,
    NotReady,
    UndoRefused,
)
from tui_app.desk.wording import reason

__all__ = [
    "KEPT",
    "WITHOUT_UNDO",
    "Action",
    "AttendanceMarked",
    "Booked",
    "BookingCancelled",
    "BookingMoved",
    "EventSaved",
    "NothingToUndo",
    "UndoDesk",
    "UndoRefused",
    "UndoStack",
    "Undoable",
    "Undone",
]

KEPT: Final = 20
"""Actions that can be taken back."""

_MERGED: Final = MappingProxyType({"date": "starts_at", "time": "starts_at"})
"""Fields of the form that the merge takes for one."""


class Booked(Struct, frozen=True):
    """A booking was made; undone by cancelling it."""

    event_id: int
    booking: Booking


class BookingCancelled(Struct, frozen=True):
    """A booking was cancelled; undone by booking again as it was."""

    event_id: int
    booking: Booking


class AttendanceMarked(Struct, frozen=True):
    """Bookings, as they were before, were marked; undone by their former states."""

    event_id: int
    formers: tuple[Booking, ...]
    target: Attendance

    @classmethod
    def of(cls, done: Iterable[RosterEntry], event_id: int, target: Attendance) -> Self:
        """From the entries that were marked, as they stood before the marking."""
        return cls(event_id, tuple(entry.booking for entry in done), target)


class BookingMoved(Struct, frozen=True):
    """A booking was moved; undone by moving it back. `booking` is the one in the target."""

    source_id: int
    target_id: int
    booking: Booking


class EventSaved(Struct, frozen=True):
    """An event was saved; undone by the former values of what I changed, on top of what others have changed.

    The two differ in what I changed alone: where a save may have taken over what others changed, build it with `of`.
    """

    before: Event
    after: Event

    @classmethod
    def of(cls, base: Event, draft: EventDraft, after: Event) -> Self:
        """From where the edit began, the form that was saved, and the event as it was read back."""
        mine = {_MERGED.get(name, name) for name in changed_fields(draft_of(base), draft)}
        was = values_of(base)
        values = values_of(after) | {name: was[name] for name in mine}
        length = values.pop("length_minutes") + values["break_minutes"]
        return cls(replace(after, length=length, technical_break=values.pop("break_minutes"), **values), after)


Action = Booked | BookingCancelled | AttendanceMarked | BookingMoved | EventSaved


class Undoable(Struct, frozen=True):
    """An action that can be undone; `words` name it, such as «Booked Anna Kim into 18:00 Vinyasa»."""

    action: Action
    words: str


class Undone(Struct, frozen=True):
    """What was undone, in words, and what could not be had back."""

    undone: Undoable
    words: str
    notes: tuple[str, ...] = ()


WITHOUT_UNDO: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cancel_event": "This cannot be undone: the class and its bookings do not come back",
        "new_client": "Undo cancels the booking; the new client's card stays",
        "new_event": "Undo does not take a new class back: cancel it instead",
        "repeat_event": "Undo does not take repeated classes back: cancel them one by one",
        "edit_booking": "Undo does not take changes of a booking back: open it and change it again",
    }
)
"""What undo does not do, or not wholly, by the kind of action: said before the action."""


class UndoStack(Struct, frozen=True):
    """The last actions, the newest last."""

    actions: tuple[Undoable, ...] = ()

    def with_action(self, undoable: Undoable) -> "UndoStack":
        """Put an action on top; the oldest falls out when there are more than `KEPT`."""
        return UndoStack((*self.actions, undoable)[-KEPT:])

    @property
    def top(self) -> Undoable | None:
        """The action that would be undone next."""
        return self.actions[-1] if self.actions else None

    def without(self, undoable: Undoable) -> "UndoStack":
        """Take an action out, the newest of these if there are several alike."""
        for place in range(len(self.actions) - 1, -1, -1):
            if self.actions[place] is undoable:
                return UndoStack(self.actions[:place] + self.actions[place + 1 :])
        return self


class UndoDesk:
    """Keeps the last actions of this run and takes them back."""

    def __init__(
        self,
        *,
        booking: BookingDesk,
        editor: EventEditor,
        moves: MoveDesk,
        rebooker: Rebooker,
    ) -> None:
        self._booking = booking
        self._editor = editor
        self._moves = moves
        self._rebooker = rebooker
        self._stack = UndoStack()

    @property
    def stack(self) -> UndoStack:
        """What can be undone."""
        return self._stack

    def remember(self, action: Action, words: str) -> None:
        """Keep an action that was carried out; a marking that marked nobody is none."""
        if not (isinstance(action, AttendanceMarked) and not action.formers):
            self._stack = self._stack.with_action(Undoable(action, words))

    def forget(self, event_id: int) -> None:
        """Drop what was done to an event that was cancelled: none of it can be taken back any more."""
        left = tuple(each for each in self._stack.actions if event_id not in _events_of(each.action))
        self._stack = UndoStack(left)

    async def undo(self) -> Undone:
        """Take the last action back by a real call.

        Raises `NothingToUndo`. `UndoRefused`, `CannotBook`, `BookingRefused`: the action is dropped. `AltegioError`,
        `JournalFailed`, `NotConfirmedYet`: it stays for another try, but not a booking whose outcome is unknown, for
        two tries could double it.
        """
        undoable = self._stack.top
        if undoable is None:
            raise NothingToUndo("There is nothing to undo")
        # taken off first: a second `u` while this one runs undoes the action before it, never the same one twice
        self._stack = self._stack.without(undoable)
        try:
            words, notes = await self._taken_back(undoable.action)
        except (CannotEdit, NotReady, Clashed) as error:
            raise UndoRefused(f"{undoable.words}: {_why_refused(error)}") from error
        except Missing as error:  # for good: kept, it would stand in the way of all before it
            raise UndoRefused(f"{undoable.words}: that is not there any more") from error
        except AltegioError as error:
            if not (isinstance(error, OutcomeUnknown) and isinstance(undoable.action, BookingCancelled)):
                self._stack = self._stack.with_action(undoable)
            raise
        except (JournalFailed, NotConfirmedYet):  # nothing was sent
            self._stack = self._stack.with_action(undoable)
            raise
        return Undone(undoable, words, notes)

    async def _taken_back(self, action: Action) -> tuple[str, tuple[str, ...]]:
        """Take an action back; gives what was done in words, and notes."""
        match action:
            case Booked():
                return await self._cancel(action)
            case BookingCancelled():
                return await self._book_again(action)
            case AttendanceMarked():
                return await self._mark_back(action)
            case BookingMoved():
                return await self._move_back(action)
            case EventSaved():
                return await self._save_back(action)

    async def _cancel(self, action: Booked) -> tuple[str, tuple[str, ...]]:
        prepared = await self._booking.prepare(action.event_id)
        entry = _still_there(prepared, action.booking)
        changed = _changed_since(action.booking, entry.booking)
        if changed:
            raise UndoRefused(f"The booking of {entry.name} has been {changed} since")
        await self._booking.cancel_booking(entry.booking)
        return f"Cancelled the booking of {entry.name}", ()

    async def _book_again(self, action: BookingCancelled) -> tuple[str, tuple[str, ...]]:
        former, prepared = action.booking, await self._booking.prepare(action.event_id)
        name = name_of_booking(former)
        if prepared.roster.by_booking(former.id) is not None:
            raise UndoRefused(f"The booking of {name} stands: it was not cancelled, or is there again")
        if former.client_id is not None and entry_of(prepared.roster, client_id=former.client_id) is not None:
            raise UndoRefused(f"{name} has been booked again meanwhile")
        free = prepared.event.free
        if free is not None and free < former.places:
            raise UndoRefused(f"The class has {free} free now, {former.places} needed for {name}")
        made = await self._rebooker.book_like(action.event_id, former, with_attendance=True)
        lost = (f"Not had back: {', '.join(made.lost)}",) if made.lost else ()
        return f"Booked {name} again", lost

    async def _mark_back(self, action: AttendanceMarked) -> tuple[str, tuple[str, ...]]:
        """Set each former state again where nobody has changed it meanwhile; one failing stops none of the others.

        Those that failed stay to be undone, as an action of their own.
        """
        prepared = await self._booking.prepare(action.event_id)
        done, notes, failed, first_error = 0, list[str](), list[Booking](), None
        for former in action.formers:
            entry = prepared.roster.by_booking(former.id)
            if entry is None:
                notes.append(f"{name_of_booking(former)} is not in the class any more")
            elif entry.attendance is not action.target:
                notes.append(f"{entry.name} has been marked as {STATE_WORDS[entry.attendance]} since")
            else:
                try:
                    await self._booking.set_attendance(entry.booking, former.attendance)
                    done += 1
                except (AltegioError, DeskError) as error:
                    first_error = first_error or error
                    failed.append(former)
                    notes.append(f"{entry.name}: {reason(error)}")
        if not done:
            if first_error is not None:
                raise first_error
            raise UndoRefused("; ".join(notes))
        self.remember(AttendanceMarked(action.event_id, tuple(failed), action.target), "Marked the rest of these")
        return f"Set {done} of {len(action.formers)} back to what they were", tuple(notes)

    async def _move_back(self, action: BookingMoved) -> tuple[str, tuple[str, ...]]:
        move = await self._moves.prepare(action.booking, action.target_id, action.source_id)
        if not move.check.allowed:
            raise UndoRefused(f"{move.name} cannot be moved back: {move.check.problem}")
        return (await self._moves.move(move)).words, ()

    async def _save_back(self, action: EventSaved) -> tuple[str, tuple[str, ...]]:
        """Save the former values with my own save as the base: what others have changed since stays, or clashes."""
        former = draft_of(action.before)
        saved = await self._editor.save(action.after, former)
        changed = {_MERGED.get(name, name) for name in changed_fields(draft_of(action.after), former)}
        labels = ", ".join(label.lower() for name, label in LABELS.items() if name in changed)
        return f"Set back: {labels or 'nothing'}", (*saved.taken_over, *saved.mismatches)


def _events_of(action: Action) -> tuple[int, ...]:
    """The events without which an action cannot be taken back."""
    match action:
        case BookingMoved(source_id=source, target_id=target):
            return source, target
        case EventSaved(after=event):
            return (event.id,)
        case _:
            return (action.event_id,)


def _still_there(prepared: Prepared, booking: Booking) -> RosterEntry:
    entry = prepared.roster.by_booking(booking.id)
    if entry is None:
        raise UndoRefused(f"The booking of {name_of_booking(booking)} is not there any more")
    return entry


def _changed_since(then: Booking, now: Booking) -> str:
    """What somebody has done to a booking that cancelling it would throw away; empty: nothing."""
    if now.paid and not then.paid:
        return "paid"
    if now.attendance is not then.attendance:
        return f"marked as {STATE_WORDS[now.attendance]}"
    return "changed" if (now.places, now.comment) != (then.places, then.comment) else ""


def _why_refused(error: DeskError) -> str:
    if isinstance(error, Clashed):
        said = ", ".join(f"{clash.label.lower()} ({clash.theirs or 'none'})" for clash in error.clashes)
        return f"somebody else has changed it since: {said}"
    return error.words or str(error)
