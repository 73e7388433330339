"""What the journal keeps of a write, and how far a write can get (design 6)."""

from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from tui_app.altegio.operations import (
    AddBooking,
    AddBookings,
    CancelBooking,
    CreateEvent,
    DeleteEvent,
    MarkAttendance,
    MoveBooking,
    Operation,
    RepeatEvent,
    UpdateBooking,
    UpdateEvent,
)


class RowState(Enum):
    """How far a write has got: `DRAFT` was certainly not sent, `SENDING` may have been."""

    DRAFT = "draft"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    SETTLED = "settled"


OPEN = frozenset({RowState.DRAFT, RowState.SENDING, RowState.UNCERTAIN})
"""States of which somebody still has to learn the end."""


_WORDS: Final = MappingProxyType(
    {
        AddBooking: "book a client",
        AddBookings: "book a client",
        CancelBooking: "cancel a booking",
        CreateEvent: "create an event",
        DeleteEvent: "cancel an event",
        MarkAttendance: "mark attendance",
        MoveBooking: "move a booking",
        RepeatEvent: "repeat an event",
        UpdateBooking: "change a booking",
        UpdateEvent: "change an event",
    }
)


class Ending(Enum):
    """How a write ended, or how an uncertain one was settled."""

    DONE = "done"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    FOUND = "found"
    LET_GO = "let go"
    OVERTAKEN = "overtaken"


class JournalRow(Struct, frozen=True, kw_only=True):
    """One write. `place` is the server with the location; `begun_at` is in UTC.

    `words` say for people what it does; they and the operation hold personal data and are wiped at the end. `before`
    are the ids of what stood there before it was sent: what is new is none of them. `write_id` is the write of this run
    that it is part of.
    """

    id: str
    place: str
    operation: Operation
    words: str
    operator: str
    begun_at: datetime
    state: RowState = RowState.DRAFT
    before: tuple[int, ...] = ()
    write_id: int | None = None

    @property
    def kind(self) -> str:
        """The kind of the operation, as the audit names it."""
        return kind_of(self.operation)


def kind_of(operation: Operation) -> str:
    """Name the kind of an operation: its class."""
    return type(operation).__name__


def words_of(operation: Operation) -> str:
    """Say what an operation does where nobody has said it better."""
    return _WORDS[type(operation)]


def event_of(operation: Operation) -> int | None:
    """The event that an operation is about; None for one that is yet to be, or not known."""
    return None if isinstance(operation, CreateEvent) else operation.event_id


def booking_of(operation: Operation) -> int | None:
    """The booking that an operation is about; None where there is none yet."""
    known = CancelBooking | MarkAttendance | MoveBooking | UpdateBooking
    return operation.booking_id if isinstance(operation, known) else None


def clients_of(operation: Operation) -> tuple[int, ...]:
    """The ids of the known clients that an operation books."""
    match operation:
        case AddBooking(booking=booking) if booking.client.id is not None:
            return (booking.client.id,)
        case AddBookings(entries=entries):
            return tuple(entry.client_id for entry in entries if entry.client_id is not None)
    return ()
