"""Questions of the desk line and which entry answers what: pure, never by timing (design 5, «Questions»).

Candidates are open until a newer question is asked, they are answered, or an entry is refused; then they wait by
name, and `=` alone opens them again: so a number that is typed twice, or for something that was never asked, hits
nobody. What a second Enter confirms does not wait: only the key directly behind it could ever answer it.
"""

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from tui_app.desk.commands.intents import (
    AnswerQuestion,
    Book,
    Confirm,
    GoToDay,
    Intent,
    ListActions,
    OnClass,
    ReopenQuestion,
    SelectEvent,
)


class QuestionKind(Enum):
    """How a question is answered."""

    CANDIDATES = "= and a number, or an arrow and Enter"
    SECOND_ENTER = "Enter directly after it"
    COUNT = "= and the number of bookings"


class Choice(Struct, frozen=True):
    """One answer in words, and what it does; without words it is its intent that says it."""

    words: str
    intent: Intent


class Question(Struct, frozen=True):
    """A question by its name, which is the entry that asks; `count` is the number that confirms where it is COUNT."""

    name: str
    kind: QuestionKind
    choices: tuple[Choice, ...]
    count: int = 0


class Lost(Enum):
    """What a refused entry was to choose, so that entries behind it must not act on what was there before."""

    NOTHING = "nothing"
    EVENT = "event"
    DAY = "day"


class Unsettled(Struct, frozen=True):
    """An entry that was to choose an event or a day and did not."""

    name: str
    what: Lost


class Questions(Struct, frozen=True, kw_only=True):
    """The state between two entries.

    `waiting` are all unanswered questions, the oldest first. `armed` is what a bare Enter confirms, `opened` what `=n`
    answers; `fresh` tells that the entry just before has asked it, `pointed` is the candidate under the arrow.
    """

    waiting: tuple[Question, ...] = ()
    armed: Question | None = None
    opened: Question | None = None
    fresh: bool = False
    pointed: int | None = None
    unsettled: Unsettled | None = None

    @property
    def takes_enter(self) -> bool:
        """Whether a bare Enter belongs to a question."""
        return self.armed is not None or (self.opened is not None and self.fresh)

    @property
    def numbered(self) -> tuple[Question, ...]:
        """The unanswered questions that take a number."""
        return tuple(question for question in self.waiting if question.kind is not QuestionKind.SECOND_ENTER)


class Turn(Struct, frozen=True):
    """What an entry comes to: the new state; what to run, if anything; the question that it settled; words if not."""

    state: Questions
    run: Intent | None = None
    settled: Question | None = None
    words: str = ""


def ask(state: Questions, question: Question) -> Questions:
    """Put the question of the entry that has just run, in the place of an older one of the same name."""
    kept = tuple(old for old in state.waiting if old.name != question.name)
    waiting = (*kept, question)
    if question.kind is QuestionKind.SECOND_ENTER:
        opened = state.opened if state.opened in waiting else None
        return replace(state, waiting=waiting, armed=question, opened=opened, fresh=False, pointed=None)
    return replace(state, waiting=waiting, armed=None, opened=question, fresh=True, pointed=None)


def enter(state: Questions, intent: Intent) -> Turn:
    """Take an entry that could be read: what answers a question settles it, any other runs and leaves it waiting."""
    match intent:
        case Confirm():
            return _confirm(state)
        case AnswerQuestion(number):
            return _answer(replace(_disarmed(state), pointed=None), number)
        case ReopenQuestion():
            return _reopen(replace(_disarmed(state), pointed=None))
        case _:
            passed = pass_by(state)
            return Turn(replace(passed, unsettled=_still_unsettled(passed.unsettled, intent)), run=intent)


def pass_by(state: Questions) -> Questions:
    """Take an entry that has nothing to do with the questions: candidates wait, what was to be confirmed is dropped."""
    waiting = tuple(question for question in state.waiting if question.kind is QuestionKind.CANDIDATES)
    opened = state.opened if state.opened in waiting else None
    return replace(state, waiting=waiting, armed=None, opened=opened, fresh=False, pointed=None)


def refuse(state: Questions, name: str, lost: Lost = Lost.NOTHING) -> Questions:
    """Take an entry that was refused: what follows it, a number too, may have been meant for it alone."""
    unsettled = Unsettled(name, lost) if lost is not Lost.NOTHING else state.unsettled
    return replace(pass_by(state), opened=None, unsettled=unsettled)


def point(state: Questions, step: int) -> Questions:
    """Move the arrow in the candidates that were just asked; elsewhere the arrow moves in a list: see `moved`."""
    if state.opened is None or not state.fresh or state.opened.kind is not QuestionKind.CANDIDATES:
        return state
    last = len(state.opened.choices) - 1
    start = -1 if step > 0 else last + 1
    place = (state.pointed if state.pointed is not None else start) + step
    return replace(state, pointed=max(0, min(last, place)))


def moved(state: Questions) -> Questions:
    """The operator has moved the selection by hand: a bare Enter is meant for that, and the event is settled."""
    return replace(_disarmed(state), fresh=False, pointed=None, unsettled=None)


def let_go(state: Questions) -> Questions:
    """Esc on an empty line: drop the question that stands first in line, and go on with what is selected."""
    question = state.armed or state.opened
    if question is None and state.unsettled is None and state.waiting:
        question = state.waiting[-1]
    rest = _without(state, question) if question is not None else state
    return replace(rest, unsettled=None)


def _confirm(state: Questions) -> Turn:
    if state.armed is not None:
        return Turn(_without(state, state.armed), run=state.armed.choices[0].intent, settled=state.armed)
    question = state.opened if state.fresh else None
    if question is None:
        return Turn(pass_by(state), run=ListActions())
    if question.kind is QuestionKind.CANDIDATES and state.pointed is not None:
        return _settle(state, question, question.choices[state.pointed].intent)
    return Turn(state, words=how_to_answer(question))


def _answer(state: Questions, number: int) -> Turn:
    question = state.opened
    if question is None:
        waiting = state.numbered
        words = f"{waiting[0].name} waits: type = alone to see it" if waiting else "No question is open"
        return Turn(replace(state, fresh=False), words=words)
    if question.kind is QuestionKind.COUNT:
        if number != question.count:
            return Turn(state, words=f"Not confirmed: {how_to_answer(question)}")
        return _settle(state, question, question.choices[0].intent)
    if not 1 <= number <= len(question.choices):
        return Turn(state, words=f"There is no {number}: {how_to_answer(question)}")
    return _settle(state, question, question.choices[number - 1].intent)


def _reopen(state: Questions) -> Turn:
    waiting = [question for question in state.numbered if question is not state.opened] or list(state.numbered)
    if not waiting:
        return Turn(replace(state, fresh=False), words="No question is open")
    return Turn(replace(state, opened=waiting[0], fresh=True), words=how_to_answer(waiting[0]))


def how_to_answer(question: Question) -> str:
    """Say which entry answers a question."""
    if question.kind is QuestionKind.SECOND_ENTER:
        return "Enter does it"
    if question.kind is QuestionKind.COUNT:
        return f"={question.count} confirms"
    most = len(question.choices)
    return "=1 takes it" if most == 1 else f"=1 to ={most}, or an arrow and Enter"


def how_to_come_back(state: Questions, question: Question) -> str:
    """Say how a question that waits is come back to; empty where an entry answers it right now."""
    if question is state.armed or (question is state.opened and (state.fresh or question.kind is QuestionKind.COUNT)):
        return ""
    return "waits; = shows it again"


def _disarmed(state: Questions) -> Questions:
    """Drop what a second Enter was to confirm."""
    waiting = tuple(question for question in state.waiting if question.kind is not QuestionKind.SECOND_ENTER)
    return replace(state, waiting=waiting, armed=None)


def _settle(state: Questions, question: Question, intent: Intent) -> Turn:
    rest = _without(state, question)
    return Turn(
        replace(rest, unsettled=_still_unsettled(rest.unsettled, intent, settled=question)), intent, settled=question
    )


def _without(state: Questions, question: Question) -> Questions:
    waiting = tuple(old for old in state.waiting if old is not question)
    opened = state.opened if state.opened in waiting else None
    return replace(state, waiting=waiting, armed=None, opened=opened, fresh=False, pointed=None)


def _still_unsettled(unsettled: Unsettled | None, intent: Intent, settled: Question | None = None) -> Unsettled | None:
    """What a chosen day or event settles; the answer to the very entry that was unsettled does as well."""
    if unsettled is None or isinstance(intent, GoToDay) or (settled is not None and settled.name == unsettled.name):
        return None
    chooses = isinstance(intent, SelectEvent | OnClass) or (isinstance(intent, Book) and intent.selects)
    return None if chooses and unsettled.what is Lost.EVENT else unsettled
