"""What carrying out an intent comes to: done, asked, refused, or in trouble."""

from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeAlias

from msgspec import Struct

from tui_app.altegio.errors import AltegioError, OutcomeUnknown
from tui_app.desk.commands.intents import Intent
from tui_app.desk.commands.questions import QuestionKind
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.trouble import DeskError
from tui_app.desk.wording import explain

UNDO_HINT = "u undoes"
"""The key that comes after what can be undone."""


class Tell(Protocol):
    """Tells how far an entry has got while it is worked on, or adds lines once it is done."""

    def __call__(self, words: str, lines: tuple[str, ...] = ()) -> None:
        """Tell."""
        ...


class Done(Struct, frozen=True, kw_only=True):
    """It was carried out; `later` reads lines that are worth showing below, and may find none."""

    words: str = ""
    lines: tuple[str, ...] = ()
    next_step: str = ""
    later: Callable[[], Awaitable[tuple[str, ...]]] | None = None


class Stopped(Struct, frozen=True, kw_only=True):
    """It was not carried out, or not wholly: refused by a rule unless `state` tells otherwise."""

    words: str
    lines: tuple[str, ...] = ()
    next_step: str = ""
    state: EntryState = EntryState.REFUSED


class Option(Struct, frozen=True, kw_only=True):
    """One answer to a question: in words, as an intent, and what to do instead of the intent alone."""

    words: str
    intent: Intent
    then: "Then | None" = None


class Asks(Struct, frozen=True, kw_only=True):
    """It must be asked first; `count` is the number that confirms where the kind is COUNT.

    `next_step` says how to answer where the kind alone does not say it well.
    """

    kind: QuestionKind
    words: str
    options: tuple[Option, ...]
    lines: tuple[str, ...] = ()
    count: int = 0
    next_step: str = ""


UNCONFIRMED: Final = "F8 looks again, sends again or lets it go."
"""What comes next after a write that nobody has heard the end of: the list of these is behind that key."""

Outcome: TypeAlias = Done | Stopped | Asks
"""What an intent comes to."""

Then: TypeAlias = Callable[[Tell], Awaitable[Outcome]]
"""What goes on once a question is answered."""


def second_enter(
    words: str, intent: Intent, then: Then, *, lines: tuple[str, ...] = (), enter: str = "", does: str = ""
) -> Asks:
    """Ask for a second Enter.

    `does` says what it will do where that is not just what the intent says, `enter` the same behind the word «Enter».
    """
    option = Option(words=does, intent=intent, then=then)
    next_step = f"Enter {enter}" if enter else ""
    return Asks(kind=QuestionKind.SECOND_ENTER, words=words, options=(option,), lines=lines, next_step=next_step)


def in_trouble(error: BaseException) -> Stopped:
    """Word an error. What is no refusal, and no typed error at all, may have come after something was sent."""
    words = explain(error)
    if isinstance(error, OutcomeUnknown):
        return Stopped(words="Not confirmed: no clear answer came", next_step=UNCONFIRMED, state=EntryState.UNKNOWN)
    if isinstance(error, AltegioError | DeskError):
        state = EntryState.REFUSED if isinstance(error, DeskError) else EntryState.FAILED
    else:
        state = EntryState.UNKNOWN
    what = words.what or words.title
    lines = (words.saved,) if words.saved else ()
    return Stopped(words=what, lines=lines, next_step=words.next_step, state=state)
