"""What Enter will do, in words, while the line is typed (design 5): nothing is sent before it."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.resources import Attendance
from tui_app.desk.commands.asking import why_second_enter
from tui_app.desk.commands.intents import (
    AnswerQuestion,
    Book,
    CancelEvent,
    ClientQuery,
    Confirm,
    Intent,
    NewClient,
    OnClass,
    ReopenQuestion,
    Repeat,
    SetAttendance,
    Which,
)
from tui_app.desk.commands.layouts import by_key
from tui_app.desk.commands.matching import (
    Match,
    Nobody,
    NotAsked,
    One,
    Searching,
    Several,
    candidates_for,
)
from tui_app.desk.commands.parse import read_part
from tui_app.desk.commands.questions import QuestionKind, Turn, enter
from tui_app.desk.commands.saying import (
    book_words,
    event_of_id,
    event_words,
    intent_words,
    left_words,
    masked,
    places_words,
    who_words,
)
from tui_app.desk.commands.verbs import nearest_verb
from tui_app.desk.commands.view import Candidates, Chain, Deferred, Missing, PartReading, Reading, Refused, View
from tui_app.desk.when import format_day, format_time

CANCELS_EVENT: Final = frozenset({"x", "cancel"})
"""What cancels the selected event, said alone."""

NOT_ASKED: Final = NotAsked()
"""The state of the client before anything was looked for."""


class Tone(Enum):
    """What kind of line a preview is, for its glyph: never by colour alone."""

    ACTS = "Enter acts"
    ASKS = "Enter asks"
    WAITS = "not known yet"
    STOPS = "Enter does nothing"


class Preview(Struct, frozen=True):
    """One line, and the numbered candidates or the parts of a chain under it."""

    line: str
    tone: Tone
    items: tuple[str, ...] = ()


def preview(text: str, reading: Reading, view: View, match: Match = NOT_ASKED) -> Preview:
    """Say what Enter on `text` will do; `match` is what is known of the client whom the line looks for."""
    if isinstance(reading, Chain):
        return _chain(reading, view)
    return _entry(text, reading, view, match)


def _chain(chain: Chain, view: View) -> Preview:
    items = []
    for place, part in enumerate(chain.parts, start=1):
        items.append(f"{place} {_part(part.text, part.reading, view)}")
        if isinstance(part.reading, Book):
            view = _with_places_taken(view, part.reading)
    return Preview(f"{len(items)} entries, one after another", Tone.ACTS, tuple(items))


def _with_places_taken(view: View, book: Book) -> View:
    """The view once a booking is made: the next one in the chain finds fewer free places."""
    events = tuple(
        replace(event, booked=event.booked + book.places)
        if event.id == book.event_id and event.booked is not None
        else event
        for event in view.events
    )
    return replace(view, events=events)


def _part(text: str, reading: PartReading, view: View) -> str:
    if isinstance(reading, Deferred):
        return f"then «{masked(text.strip())}»"
    return _entry(text, reading, view, NOT_ASKED).line


def _entry(text: str, reading: PartReading, view: View, match: Match) -> Preview:
    match reading:
        case Refused(words=words, nearest=nearest):
            return Preview(words + _meant(text, nearest, words), Tone.STOPS)
        case Deferred(missing=missing):
            return Preview(f"Wait: {missing.value}", Tone.WAITS)
        case Candidates(about=about, items=items):
            return Preview(f"Which {about.value}? Enter asks", Tone.ASKS, numbered([item.words for item in items]))
        case Confirm() | AnswerQuestion() | ReopenQuestion():
            return _answer(reading, view)
        case Book():
            return _booking(text, reading, view, match)
        case OnClass():
            return _on_class(reading, view)
        case _:
            return _plain(reading, view)


def _on_class(intent: OnClass, view: View) -> Preview:
    """What comes of a verb behind a class, as far as it is known before the class is selected."""
    there = view.selecting(intent.event_id)
    reading = read_part(intent.entry, there)
    selects = intent_words(intent, view)
    match reading:
        case Deferred() if by_key(intent.entry) in CANCELS_EVENT:
            asks = "Enter shows how many bookings go with it, = and that number confirms"
            return Preview(f"Cancel {event_of_id(intent.event_id, view)}: {asks}", Tone.ASKS)
        case Deferred(missing=Missing.ROSTER) if by_key(intent.entry) == "a":
            words = f"All arrived, {event_of_id(intent.event_id, view)}"
            asks = why_second_enter(SetAttendance(intent.event_id, Attendance.ARRIVED, Which.ALL, ()), view)
            return Preview(f"{words}; {asks}: Enter twice", Tone.ASKS) if asks else Preview(words, Tone.ACTS)
        case Deferred():
            return Preview(f"{selects}, once it is read", Tone.ACTS)
        case Refused(words=words):
            return Preview(f"{selects}: {words}", Tone.STOPS)
        case _:
            return _entry(intent.entry, reading, there, NOT_ASKED)


def numbered(words: Sequence[str]) -> tuple[str, ...]:
    """Candidates with the numbers that pick them: «=2 Anna Kim •• 5678»."""
    return tuple(f"={place} {line}" for place, line in enumerate(words, start=1))


def _meant(text: str, nearest: str, words: str) -> str:
    if nearest:
        return "" if words.startswith(nearest) else f". Type {nearest}"
    verb = nearest_verb(text)
    return f". Did you mean {verb.shows}?" if verb is not None else ""


def _plain(intent: Intent, view: View) -> Preview:
    words = intent_words(intent, view)
    if isinstance(intent, CancelEvent):
        return Preview(f"{words}. ={len(intent.bookings)} will confirm", Tone.ASKS)
    asks = why_second_enter(intent, view)
    items = _dates(intent, view) if isinstance(intent, Repeat) else ()
    return Preview(f"{words}; {asks}: Enter twice", Tone.ASKS, items) if asks else Preview(words, Tone.ACTS)


def _dates(intent: Repeat, view: View) -> tuple[str, ...]:
    return tuple(f"{format_day(start.date(), view.today)} {format_time(start)}" for start in intent.starts)


def _booking(text: str, book: Book, view: View, match: Match) -> Preview:
    if isinstance(book.who, ClientQuery):
        return _looking_for(text, book, book.who, view, match)
    if isinstance(book.who, NewClient) and isinstance(match, One | Several):
        several = Several((match.hit,)) if isinstance(match, One) else match
        items = numbered([choice.words for choice in candidates_for(book, several)])
        return Preview("This phone is known already. Enter asks who it is", Tone.ASKS, items)
    if isinstance(book.who, NewClient) and view.required:
        missing = ", ".join(view.required)
        who = who_words(book.who).removeprefix("new client ")
        return Preview(f"New client {who}: {missing} required. Enter twice opens the form for that", Tone.ASKS)
    asks = why_second_enter(book, view)
    consents = "; no consents are recorded" if isinstance(book.who, NewClient) else ""
    line = book_words(book, view) + consents
    return Preview(f"{line}; {asks}: Enter twice", Tone.ASKS) if asks else Preview(line, Tone.ACTS)


def _looking_for(text: str, book: Book, query: ClientQuery, view: View, match: Match) -> Preview:
    match match:
        case One(hit):
            found = Book(book.event_id, hit, book.places, book.selects)
            asks = why_second_enter(found, view)
            line = book_words(found, view)
            return Preview(f"{line}; {asks}: Enter twice", Tone.ASKS) if asks else Preview(line, Tone.ACTS)
        case Several(more=more):
            items = numbered([choice.words for choice in candidates_for(book, match)])
            others = " There are more: type on" if more else ""
            return Preview(f"Who is it{_into(book, view)}?{others}", Tone.ASKS, items)
        case Nobody():
            return Preview(_nobody(text, query), Tone.STOPS)
        case Searching():
            return Preview(f"Looking for {who_words(query)}{_into(book, view)}", Tone.WAITS)
        case NotAsked():
            return Preview(book_words(book, view), Tone.ACTS)


def _into(book: Book, view: View) -> str:
    event = view.event(book.event_id)
    if event is None:
        return ""
    left = left_words(book, view)
    several = f" with {places_words(book.places)}" if book.places > 1 else ""
    return f", to book into {event_words(event, view)}{several}" + (f", {left}" if left else "")


def _nobody(text: str, query: ClientQuery) -> str:
    words = f"Nobody fits {who_words(query)}"
    verb = nearest_verb(text)
    if verb is not None and not query.forced:
        return f"{words}. Did you mean {verb.shows}?"
    if query.names and query.phone:
        return f"{words}. Look at the digits, or type the whole phone for a new client"
    return f"{words}. Type the name and the whole phone for a new client, or w and the name for a visitor"


def _answer(intent: Confirm | AnswerQuestion | ReopenQuestion, view: View) -> Preview:
    turn: Turn = enter(view.questions, intent)
    if turn.run is None or turn.settled is None:
        return Preview(turn.words, Tone.ASKS if isinstance(intent, Confirm) else Tone.STOPS)
    does = turn.settled.choices[0].words if turn.settled.kind is QuestionKind.SECOND_ENTER else ""
    words = does or intent_words(turn.run, view)
    asks = turn.settled.kind is QuestionKind.CANDIDATES and why_second_enter(turn.run, view)
    return Preview(f"{words}; {asks}: one more Enter", Tone.ASKS) if asks else Preview(words, Tone.ACTS)
