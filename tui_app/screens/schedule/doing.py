"""What the actions of the schedule do: ask where something goes for good, then start the write that the App owns."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tui_app.actions import Action
from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.desk.desk import Desk
from tui_app.desk.model import Roster, RosterEntry, ScheduledEvent
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.rights import (
    Right,
    can_book,
    can_cancel_bookings,
    can_cancel_events,
    can_create_events,
    can_edit_bookings,
)
from tui_app.desk.trouble import DeskError, Unparsed
from tui_app.desk.undo import BookingCancelled, UndoDesk
from tui_app.desk.when import format_day, format_time, parse_date
from tui_app.desk.wording import explain
from tui_app.desk.writes import WriteDesk
from tui_app.intents import (
    AskOperator,
    BookInto,
    EditBooking,
    EditEvent,
    EventTouched,
    NewEvent,
    OpenConnect,
    OpenHelp,
    OpenSettings,
    OpenUnconfirmed,
    Repaint,
    TokensRefused,
)
from tui_app.screens.schedule.board import REFRESHING
from tui_app.widgets.dialogs import AskDialog, ConfirmDialog, CountDialog

if TYPE_CHECKING:
    from tui_app.screens.schedule.screen import ScheduleScreen

TOLD_BY_SETTINGS: Final = "Whether clients are told is decided by the location's notification settings."
NAMES_SHOWN: Final = 6

ATTENDANCE: Final[Mapping[str, str]] = {
    "mark_arrived": "a",
    "mark_confirmed": "k",
    "mark_no_show": "n",
    "mark_waiting": "r",
}
"""The verbs of the desk line that mark one booking: the menu says them, so that both do the same."""

SAID: Final[Mapping[str, str]] = {
    "call_list": "call",
    "print_roster": "print",
    "week": "week",
    "drafts": "drafts",
    "undo": "u",
    "lock": "lock",
}
"""Actions that are lines of the desk line."""

RIGHTS: Final = {
    "new_event": can_create_events,
    "copy_event": can_create_events,
    "cancel_event": can_cancel_events,
    "book": can_book,
    "cancel_booking": can_cancel_bookings,
    "edit_booking": can_edit_bookings,
    **dict.fromkeys(ATTENDANCE, can_edit_bookings),
}


class Doings:
    """The actions of one schedule over the desk it shows."""

    def __init__(self, screen: "ScheduleScreen", desk: Desk, writes: WriteDesk, undo: UndoDesk | None) -> None:
        self._undo = undo
        self._screen = screen
        self._desk = desk
        self._writes = writes

    def perform(self, action: Action) -> None:
        """Do an action on what is selected, or say why it cannot be done."""
        right = self._right(action.id)
        if not right:
            self._screen.say(right.reason, alert=True)
        elif action.id in SAID:
            self._screen.enter_text(SAID[action.id])
        elif action.area == "event":
            self._on_event(action.id)
        elif action.area == "booking":
            self._on_booking(action.id)
        else:
            self._on_day(action.id)

    def _right(self, action_id: str) -> Right:
        check = RIGHTS.get(action_id)
        return check(self._desk.reference.current.permissions) if check is not None else Right(allowed=True)

    def _on_day(self, action_id: str) -> None:
        screen = self._screen
        match action_id:
            case "new_event":
                screen.post_message(NewEvent(screen.shown_day or self._desk.clock.today()))
            case "refresh":
                screen.say(REFRESHING)
                screen.post_message(Repaint())
                screen.refresh_day()
            case "go_to_date":
                self._run(self._ask_date())
            case "today":
                screen.go_to(self._desk.clock.today())
            case "recall":
                if not screen.desk_line.recall():
                    typed = screen.desk_line.value
                    screen.say("No line before this one. Esc clears it." if typed else "No line to take back yet.")
            case "unconfirmed":
                screen.post_message(OpenUnconfirmed())
            case "show_phones":
                screen.toggle_phones()
            case "show_cancelled":
                screen.toggle_cancelled()

    def _on_event(self, action_id: str) -> None:
        event = self._screen.selected_event
        if event is None:
            self._screen.say("No event is selected.")
            return
        if event.cancelled and action_id != "copy_event":
            self._screen.say("This event is cancelled: it can only be looked at, or copied.", alert=True)
            return
        match action_id:
            case "edit_event":
                self._screen.post_message(EditEvent(event.id, event.event))
            case "copy_event":
                self._screen.post_message(NewEvent(event.starts_at.date(), like_event_id=event.id))
            case "book":
                self._screen.post_message(BookInto(event.id))
            case "cancel_event":
                self._run(self._cancel_event(event))

    def _on_booking(self, action_id: str) -> None:
        entry, event = self._screen.selected_entry, self._screen.selected_event
        if entry is None or event is None:
            self._screen.say("No booking is selected: Tab goes to the roster.")
        elif action_id == "edit_booking":
            self._screen.post_message(EditBooking(event.id, entry.booking))
        elif action_id == "cancel_booking":
            self._run(self._cancel_booking(event, entry))
        else:
            self._screen.enter_text(f"{ATTENDANCE[action_id]}{entry.number}")

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(self._told(work), group="doing", exit_on_error=False)

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (AltegioError, DeskError) as error:
            self._screen.say(explain(error).line, alert=True)
            if isinstance(error, TokenRefused):
                self._screen.post_message(TokensRefused(error))

    # ---------------------------------------------------------------------------------------------------- the askings

    async def _ask_date(self) -> None:
        today = self._desk.clock.today()
        typed = await self._screen.app.push_screen_wait(
            AskDialog("Go to a date", "Date", check=_date_check(today), hint="24.12, fri, +3, 2026-12-24, today")
        )
        if typed is not None:
            self._screen.go_to(parse_date(typed, today))

    async def _cancel_event(self, event: ScheduledEvent) -> None:
        roster = await self._desk.rosters.load(event.id, None)
        title = f"{format_time(event.starts_at)} {event.service}"
        lines = (
            f"{title} with {event.team_member}, {format_day(event.starts_at.date(), self._desk.clock.today())}",
            *_going(roster),
            "It cannot be brought back.",
            TOLD_BY_SETTINGS,
        )
        count = len(roster.entries)
        if await self._screen.app.push_screen_wait(CountDialog("Cancel the event", lines, count, "cancel the event")):
            await self._write(
                f"cancel {title}", lambda: self._desk.editor.cancel(event.event), event.id, f"cancel-event-{event.id}"
            )
            if self._undo is not None:
                self._undo.forget(event.id)

    async def _cancel_booking(self, event: ScheduledEvent, entry: RosterEntry) -> None:
        title = f"{format_time(event.starts_at)} {event.service}"
        day = format_day(event.starts_at.date(), self._desk.clock.today())
        places = "" if entry.places == 1 else f", {entry.places} places"
        dialog = ConfirmDialog(
            "Cancel the booking",
            (f"{entry.name}{places}", f"{title}, {day}", TOLD_BY_SETTINGS),
            yes="Cancel the booking",
            danger=True,
        )
        if await self._screen.app.push_screen_wait(dialog):
            booking = entry.booking
            words = f"cancel the booking of {entry.name}, {title}"
            await self._write(
                words,
                lambda: self._desk.booking.cancel_booking(booking),
                event.id,
                f"cancel booking {booking.id}",
                made=lambda: self._without(event.id, booking.id),
            )
            if self._undo is not None:
                self._undo.remember(BookingCancelled(event.id, booking), f"Cancelled the booking of {entry.name}")

    def _without(self, event_id: int, booking_id: int) -> OwnChange | None:
        """The roster on the screen without a booking; None where it is another one's, or too old to count."""
        board = self._screen.board
        roster = board.state.roster if board is not None else None
        if board is None or roster is None or roster.event_id != event_id or board.held(event_id) is None:
            return None
        return self._desk.rosters.without(roster, booking_id)

    async def _write(
        self,
        words: str,
        send: Callable[[], Awaitable[object]],
        event_id: int,
        key: str,
        *,
        made: Callable[[], OwnChange | None] = lambda: None,
    ) -> None:
        """Start a write; the App tells how it goes, whatever becomes of this worker.

        `made` tells what a roster has become once it is confirmed; else all is read again.
        """
        change = None
        try:
            await self._writes.start(words, send, key=key).wait()
            change = made()
        finally:
            self._screen.post_message(EventTouched(event_id, change=change))


def everywhere(screen: "ScheduleScreen", action_id: str) -> None:
    """Do an action that needs no connection."""
    match action_id:
        case "help":
            screen.post_message(OpenHelp("schedule"))
        case "connect":
            screen.post_message(OpenConnect())
        case "operator":
            screen.post_message(AskOperator())
        case "settings":
            screen.post_message(OpenSettings())
        case "palette":
            screen.app.action_command_palette()
        case "quit":
            screen.run_worker(screen.app.action_quit(), group="quit", exit_on_error=False)


def _going(roster: Roster) -> tuple[str, ...]:
    if not roster.entries:
        return ("Nobody is booked in it.",)
    names = [entry.name for entry in roster.entries[:NAMES_SHOWN]]
    more = len(roster.entries) - len(names)
    listed = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    noun = "booking goes" if len(roster.entries) == 1 else "bookings go"
    return (f"{len(roster.entries)} {noun} with it, {roster.places} places in all:", listed)


def _date_check(today: date) -> Callable[[str], str | None]:
    def check(text: str) -> str | None:
        try:
            parse_date(text, today)
        except Unparsed as error:
            return error.words
        return None

    return check
