"""Events, bookings and intents in words, for the preview and for the questions: phones masked, days told."""

import re
from typing import Final

from tui_app.altegio.resources import Attendance, ClientHit
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.commands.intents import (
    Book,
    CallList,
    CancelBooking,
    CancelEvent,
    ClientQuery,
    Drafts,
    Filter,
    GoToDay,
    Help,
    Intent,
    ListActions,
    Lock,
    MoveBooking,
    NewClient,
    NewEvent,
    NextFree,
    OnClass,
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
    Visitor,
    Week,
    Which,
    Who,
    WhoIs,
)
from tui_app.desk.commands.people import LEAST_PHONE
from tui_app.desk.commands.view import View
from tui_app.desk.filters import read_filter
from tui_app.desk.model import RosterEntry, ScheduledEvent
from tui_app.desk.phones import digits, mask_phone
from tui_app.desk.when import WEEKDAYS, format_day, format_time

MOST_REPEATED: Final = 48
"""Characters of a typed text that are repeated on the screen."""

_PHONE: Final = re.compile(r"\+?\d[\d ()./-]+\d")
_STATES: Final = {
    Attendance.ARRIVED: "arrived",
    Attendance.NO_SHOW: "no-show",
    Attendance.CONFIRMED: "confirmed",
    Attendance.WAITING: "back to waiting",
}


def event_words(event: ScheduledEvent, view: View) -> str:
    """An event by time and service, with its day whenever that is not today."""
    day = event.starts_at.date()
    told = f"{format_day(day, view.today)} " if day != view.today else ""
    return f"{told}{format_time(event.starts_at)} {event.service}"


def event_of_id(event_id: int, view: View) -> str:
    """The words of an event of the day shown."""
    event = view.event(event_id)
    return event_words(event, view) if event is not None else "an event that is not shown"


def who_words(who: Who) -> str:
    """Who is to be booked; the phone of a new client whole, for it must be read back, all others masked."""
    match who:
        case ClientHit():
            return describe_hit(who)
        case ClientQuery():
            return query_words(who)
        case NewClient(name, surname, phone):
            return f"new client {' '.join(part for part in (name, surname) if part)} {phone.shown}"
        case Visitor(name):
            return f"visitor {name}"


def query_words(query: ClientQuery) -> str:
    """A query as it was typed, a whole phone masked."""
    phone = (
        f"…{query.phone}" if query.phone and len(query.phone) <= 6 else mask_phone(query.phone) if query.phone else ""
    )
    return f"«{shortened(' '.join(part for part in (*query.names, phone) if part))}»"


def shortened(text: str) -> str:
    """A typed text as it is repeated: a page that was pasted must not fill the screen."""
    return text if len(text) <= MOST_REPEATED else f"{text[: MOST_REPEATED - 1].rstrip()}…"


def masked(text: str) -> str:
    """A typed entry as it may stay on the screen: whole phones masked to their last four digits."""
    return _PHONE.sub(lambda match: mask_phone(match[0]) if len(digits(match[0])) >= LEAST_PHONE else match[0], text)


def places_words(count: int) -> str:
    """So many places."""
    return f"{count} place" if count == 1 else f"{count} places"


def left_words(book: Book, view: View) -> str:
    """The places that a booking leaves, or that they do not suffice."""
    event = view.event(book.event_id)
    if event is None or event.free is None:
        return ""
    left = event.free - book.places
    if left < 0:
        return f"only {places_words(event.free)} free" if event.free else "no place free"
    return f"{places_words(left)} left" if left else "the last place" if book.places == 1 else "no place left"


def book_words(book: Book, view: View) -> str:
    """A booking: «Book Anna Kim •• 5678 into 18:00 Vinyasa, 1 place left»."""
    several = f" with {places_words(book.places)}" if book.places > 1 else ""
    left = left_words(book, view)
    ended = f", {left}" if left else ""
    return f"Book {who_words(book.who)}{several} into {event_of_id(book.event_id, view)}{ended}"


def entry_words(entry: RosterEntry) -> str:
    """A roster's entry by number and name."""
    return f"{entry.number} {entry.name}"


def entries_words(entries: tuple[RosterEntry, ...]) -> str:
    """Some entries, the first four by name."""
    named = ", ".join(entry_words(entry) for entry in entries[:4])
    return named if len(entries) <= 4 else f"{named} and {len(entries) - 4} more"


def _attendance(intent: SetAttendance, view: View) -> str:
    where, state = event_of_id(intent.event_id, view), _STATES[intent.to]
    if intent.which is Which.NUMBERS:
        return f"{entries_words(intent.entries)}: {state}, {where}"
    but = f", but not {entries_words(intent.left_out)}" if intent.left_out else ""
    changed = tuple(entry for entry in intent.entries if entry.attendance is Attendance.NO_SHOW)
    marked = f", also {entries_words(changed)}, marked no-show" if changed else ""
    return f"All {len(intent.entries)} {state}{but}{marked}, {where}"


def _move(intent: MoveBooking, view: View) -> str:
    if intent.to_event_id is not None:
        to = event_of_id(intent.to_event_id, view)
    else:
        to = f"{format_day(intent.day, view.today)}, the class at {intent.at.words}"
    return f"Move {entry_words(intent.entry)} from {event_of_id(intent.event_id, view)} to {to}"


def _repeat(intent: Repeat, view: View) -> str:
    days = "on " + ", ".join(WEEKDAYS[day][:3].title() for day in intent.weekdays) if intent.weekdays else "daily"
    taken = ", bookings too" if intent.with_bookings else ""
    last = format_day(intent.starts[-1].date(), view.today)
    dates = f"{len(intent.starts)} date{'s' if len(intent.starts) != 1 else ''}"
    return f"Repeat {event_of_id(intent.event_id, view)} {days}: {dates} to {last}{taken}"


def _capacity(intent: SetCapacity, view: View) -> str:
    event = view.event(intent.event_id)
    before = event.capacity if event is not None else None
    if intent.relative and before is None:
        return f"Places of {event_of_id(intent.event_id, view)}: {intent.places:+}"
    after = intent.places + (before or 0 if intent.relative else 0)
    return f"Places of {event_of_id(intent.event_id, view)}: {after}" + (f" (now {before})" if before else "")


def _cancel(intent: CancelEvent, view: View) -> str:
    count = len(intent.bookings)
    goes = f"{count} {'booking goes' if count == 1 else 'bookings go'}" if count else "no booking goes"
    names = ", ".join(intent.bookings[:4]) + (f" and {count - 4} more" if count > 4 else "")
    listed = f" ({names})" if names else ""
    return f"Cancel {event_of_id(intent.event_id, view)}: {goes} with it{listed}"


def _print(intent: Print, view: View) -> str:
    if intent.event_id is not None:
        return f"Print the roster of {event_of_id(intent.event_id, view)}"
    return f"Print {format_day(intent.day, view.today)}, all classes"


_PLAIN: Final[dict[type, str]] = {
    Drafts: "Open what was typed and not sent",
    Help: "Help",
    ListActions: "List what can be done with the selected row",
    Lock: "Lock: hide everything behind the PIN",
    Quit: "Quit",
    Refresh: "Read the day and the roster again",
    SwitchLocation: "Choose another location",
}


def intent_words(intent: Intent, view: View) -> str:
    """Say what an intent does, in one line."""
    match intent:
        case SelectEvent(event_id):
            return f"Select {event_of_id(event_id, view)}"
        case Book():
            return book_words(intent, view)
        case SetAttendance():
            return _attendance(intent, view)
        case MoveBooking():
            return _move(intent, view)
        case CancelBooking(event_id, entry):
            return f"Cancel the booking of {entry_words(entry)} in {event_of_id(event_id, view)}"
        case Repeat():
            return _repeat(intent, view)
        case CancelEvent():
            return _cancel(intent, view)
        case Print():
            return _print(intent, view)
        case _:
            return _edit_words(intent, view) or _search_words(intent, view) or _PLAIN.get(type(intent), "")


def _edit_words(intent: Intent, view: View) -> str:
    match intent:
        case SetCapacity():
            return _capacity(intent, view)
        case SetTeamMember(event_id, member):
            return f"{event_of_id(event_id, view)}: team member {member.name}"
        case SetRoom(event_id, room):
            return f"{event_of_id(event_id, view)}: into {room.name}"
        case SetStart(event_id, at):
            return f"{event_of_id(event_id, view)}: start at {format_time(at)}"
        case SetLength(event_id, minutes):
            return f"{event_of_id(event_id, view)}: {minutes} minutes"
        case OpenBookingForm(event_id, entry):
            whose = f"of {entry_words(entry)}" if entry is not None else f"for {event_of_id(event_id, view)}"
            return f"Open the booking form {whose}"
        case OpenEventForm(event_id):
            return f"Open the form of {event_of_id(event_id, view)}"
        case CallList(event_id):
            return f"List the people of {event_of_id(event_id, view)} to ring"
        case _:
            return ""


def _search_words(intent: Intent, view: View) -> str:
    match intent:
        case Undo():
            return f"Undo: {view.undoable}"
        case OnClass(event_id, entry):
            return f"Select {event_of_id(event_id, view)}, then «{masked(entry)}»"
        case NewEvent(day):
            return f"New event on {format_day(day, view.today)}"
        case GoToDay(day):
            return f"Go to {format_day(day, view.today)}" + (", today" if day == view.today else "")
        case Week(day):
            return f"Show the week of {format_day(day, view.today)}"
        case Filter(text):
            return f"Show only events with {read_filter(text).in_words}" if text else "Show all events"
        case NextFree(text, places):
            wanted = f"the next «{text}»" if text else "the next event"
            return f"Look for {wanted} with {places_words(places)} free"
        case WhoIs(query):
            return f"List the coming bookings of {query_words(query)}"
        case _:
            return ""
