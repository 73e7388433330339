"""Who carries out which intent: one table."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from tui_app.desk.commands.intents import (
    Book,
    CallList,
    CancelBooking,
    CancelEvent,
    Drafts,
    Filter,
    GoToDay,
    Help,
    Intent,
    ListActions,
    Lock,
    MoveBooking,
    NewEvent,
    NextFree,
    OpenBookingForm,
    OpenEventForm,
    Print,
    Quit,
    Refresh,
    Repeat,
    SelectEvent,
    SetAttendance,
    SetCapacity,
    SetLength,
    SetRoom,
    SetStart,
    SetTeamMember,
    SwitchLocation,
    Undo,
    Week,
    WhoIs,
)
from tui_app.desk.entries.asides import AsideHandler
from tui_app.desk.entries.attendance import AttendanceHandler
from tui_app.desk.entries.booking import BookingHandler
from tui_app.desk.entries.cancelling import CancellingHandler
from tui_app.desk.entries.editing import EditingHandler
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.moving import MovingHandler
from tui_app.desk.entries.outcomes import Outcome, Tell
from tui_app.desk.entries.people import PeopleHandler

Handler: TypeAlias = Callable[[Any, Tell], Awaitable[Outcome]]
"""Carries out the intents of the type that it stands for; errors of calls are raised."""


def handlers(hands: Hands) -> Mapping[type[Intent], Handler]:
    """The table: an intent's type to its handler. What answers a question is not in it."""
    asides, editing, cancelling = AsideHandler(hands), EditingHandler(hands), CancellingHandler(hands)
    people = PeopleHandler(hands, asides)
    edits: dict[type[Intent], Handler] = dict.fromkeys(
        (SetCapacity, SetTeamMember, SetStart, SetLength, SetRoom), editing.edit
    )
    openings = (
        OpenBookingForm, OpenEventForm, NewEvent, Drafts, Week, Print, SwitchLocation, Lock, Quit, Help, ListActions,
    )  # fmt: skip
    return MappingProxyType(
        {
            Book: BookingHandler(hands).book,
            SetAttendance: AttendanceHandler(hands).mark,
            MoveBooking: MovingHandler(hands).move,
            CancelBooking: cancelling.cancel_booking,
            CancelEvent: cancelling.cancel_event,
            Repeat: editing.repeat,
            **edits,
            Undo: asides.undo,
            SelectEvent: asides.select,
            GoToDay: asides.go,
            Filter: asides.filter,
            NextFree: asides.next_free,
            Refresh: asides.refresh,
            **dict.fromkeys(openings, asides.open),
            WhoIs: people.who,
            CallList: people.call,
        }
    )
