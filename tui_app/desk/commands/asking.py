"""What an entry comes to: run at once, or asked first, in which way (design 5, «Questions»)."""

from msgspec.structs import replace

from tui_app.altegio.resources import Attendance
from tui_app.desk.commands.intents import (
    AnswerQuestion,
    Book,
    CancelBooking,
    CancelEvent,
    Confirm,
    Intent,
    NewClient,
    ReopenQuestion,
    Repeat,
    SetAttendance,
    Which,
)
from tui_app.desk.commands.parse import lost_by
from tui_app.desk.commands.questions import (
    Choice,
    Lost,
    Question,
    QuestionKind,
    Questions,
    Turn,
    Unsettled,
    ask,
    enter,
    how_to_answer,
    pass_by,
    refuse,
)
from tui_app.desk.commands.saying import intent_words, masked
from tui_app.desk.commands.view import Candidates, Deferred, PartReading, Refused, View
from tui_app.desk.model import EventPhase


def why_second_enter(intent: Intent, view: View) -> str:
    """Why an intent is confirmed by a second Enter, in words; empty where it runs at once."""
    match intent:
        case CancelBooking():
            return "a booking is cancelled"
        case Repeat():
            return "the dates are shown first"
        case Book(event_id=event_id, who=who):
            if _phase(event_id, view) is EventPhase.OVER:
                return "this event is over"
            return "a new client's card is made" if isinstance(who, NewClient) else ""
        case SetAttendance(event_id=event_id, to=to, which=which):
            early = to is Attendance.NO_SHOW or (to is Attendance.ARRIVED and which is not Which.NUMBERS)
            return "this event has not begun" if early and _phase(event_id, view) is EventPhase.UPCOMING else ""
        case _:
            return ""


def _phase(event_id: int, view: View) -> EventPhase | None:
    event = view.event(event_id)
    return event.phase(view.now) if event is not None else None


def question_for(name: str, reading: PartReading, view: View) -> Question | None:
    """The question that an entry asks, by its text; None: it runs at once, or not at all."""
    match reading:
        case Candidates(items=items):
            return Question(name, QuestionKind.CANDIDATES, items)
        case CancelEvent(bookings=bookings):
            return Question(name, QuestionKind.COUNT, (Choice(name, reading),), count=len(bookings))
        case Refused() | Deferred():
            return None
        case _:
            if not why_second_enter(reading, view):
                return None
            return Question(name, QuestionKind.SECOND_ENTER, (Choice(intent_words(reading, view), reading),))


def take(name: str, reading: PartReading, view: View) -> Turn:
    """Take one entry with its reading: the new state of the questions, and what is to run now, if anything.

    A line that is deferred changes nothing: read it again once what it misses is there.
    """
    state, name = view.questions, masked(name)
    match reading:
        case Deferred(missing=missing):
            return Turn(state, words=missing.value)
        case Refused(words=words):
            return Turn(refuse(state, name, lost_by(reading)), words=words)
        case Confirm() | AnswerQuestion() | ReopenQuestion():
            return _answered(enter(state, reading), view)
        case Candidates(items=items):
            passed = _unsettling(name, reading, pass_by(state))
            return offer(passed, name, items)
        case _:
            question = question_for(name, reading, view)
            return enter(state, reading) if question is None else _asked(pass_by(state), question)


def offer(state: Questions, name: str, choices: tuple[Choice, ...]) -> Turn:
    """Ask which client is meant, once a search has found several, for the entry that has just been taken."""
    return _asked(state, Question(masked(name), QuestionKind.CANDIDATES, choices))


def _answered(turn: Turn, view: View) -> Turn:
    """What was picked from candidates may ask on its own: a booking into an event that is over does."""
    if turn.run is None or turn.settled is None or turn.settled.kind is not QuestionKind.CANDIDATES:
        return turn
    question = question_for(turn.settled.name, turn.run, view)
    return _asked(turn.state, question) if question is not None else turn


def _asked(state: Questions, question: Question) -> Turn:
    return Turn(ask(state, question), words=how_to_answer(question))


def _unsettling(name: str, reading: PartReading, state: Questions) -> Questions:
    lost = lost_by(reading)
    return replace(state, unsettled=Unsettled(name, lost)) if lost is not Lost.NOTHING else state
