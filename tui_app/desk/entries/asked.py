"""The entries that ask: which of them each question belongs to, and what goes on once it is answered."""

from msgspec import Struct

from tui_app.desk.commands.questions import Choice, Question, Questions, Turn
from tui_app.desk.entries.outcomes import Asks, Option, Then


class Entry(Struct, frozen=True):
    """One entry, or one part of a chain, as it was handed over; `line` is the number of the first part."""

    number: int
    line: int
    text: str


class Asked(Struct, frozen=True):
    """An entry that asks, with its question and the answers to it."""

    entry: Entry
    question: Question
    options: tuple[Option, ...]

    def then(self, turn: Turn) -> Then | None:
        """What goes on after the answer that was taken; None: its intent alone."""
        return next((option.then for option in self.options if option.intent is turn.run), None)


class AskedEntries:
    """The entries that ask, by the name of their question."""

    def __init__(self) -> None:
        self._by_name: dict[str, Asked] = {}

    def put(self, asked: Asked) -> Asked | None:
        """Keep an entry that asks; gives the older one whose question it replaces."""
        older = self._by_name.pop(asked.question.name, None)
        self._by_name[asked.question.name] = asked
        return older

    def take(self, question: Question) -> Asked | None:
        """Take out the entry of a question that was answered."""
        return self._by_name.pop(question.name, None)

    def dropped_by(self, state: Questions) -> tuple[Asked, ...]:
        """Take out the entries whose question does not wait any more."""
        names = {question.name for question in state.waiting}
        dropped = tuple(asked for name, asked in self._by_name.items() if name not in names)
        for asked in dropped:
            del self._by_name[asked.question.name]
        return dropped


def question_of(name: str, asks: Asks) -> Question:
    """The question of an entry, as the grammar keeps it."""
    choices = tuple(Choice(option.words, option.intent) for option in asks.options)
    return Question(name, asks.kind, choices, asks.count)
