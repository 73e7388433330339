"""What can go wrong at the desk itself, beside the errors of the API layer: one class a kind."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_app.altegio.resources import Event
    from tui_app.desk.event_merge import Clash
    from tui_app.desk.quick_edits import QuickEdit


class DeskError(Exception):
    """The root of the desk's own errors; `words` say what is wrong, for people."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Unparsed(DeskError):
    """A date, a time, a number or a phone that was typed cannot be read."""


class CannotEdit(DeskError):
    """An event or a booking cannot be edited here without losing something, or not at all."""


class EventCancelled(CannotEdit):
    """The event was cancelled meanwhile, by somebody else."""


class CannotBook(DeskError):
    """A booking cannot be made here without harm to the client's card."""


class BookingRefused(DeskError):
    """The server took a bulk booking as a whole and refused the entry in it (contract 2.6)."""


class NotReady(DeskError):
    """A draft that does not pass its own checks was handed in; `problems` maps fields to words."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


class Clashed(DeskError):
    """Somebody else has changed the same fields: each clash must be decided (design 6, «Never overwrite»)."""

    def __init__(self, clashes: "Sequence[Clash]", theirs: "Event") -> None:
        super().__init__("Changed by somebody else, too: " + ", ".join(clash.label for clash in clashes))
        self.clashes = tuple(clashes)
        self.theirs = theirs


class JournalFailed(DeskError):
    """A write could not be written down before it was sent, so it was not sent (design 6)."""


class NotConfirmedYet(DeskError):
    """An earlier write that would have made the same is not confirmed, so a second one was not sent (design 6)."""


class NotSentAgain(DeskError):
    """A change that is not confirmed cannot be sent again: somebody has changed the same since (design 6)."""


class UnknownNumbers(DeskError):
    """Numbers were typed that nobody in the roster has."""


class MoveRefused(DeskError):
    """A booking cannot be moved; `two_steps` tells whether booking the target and cancelling here would do."""

    def __init__(self, words: str, *, two_steps: bool = False) -> None:
        super().__init__(words)
        self.two_steps = two_steps


class BusyThen(DeskError):
    """The team member or a room is taken then; `who` says by what, and `edit` sent with force goes over it."""

    def __init__(self, edit: "QuickEdit", who: Sequence[str] = ()) -> None:
        super().__init__("; ".join(who) or "The team member or a room is taken at that time")
        self.edit = edit
        self.who = tuple(who)


class NothingToUndo(DeskError):
    """There is no action left that can be undone."""


class UndoRefused(DeskError):
    """An undo does not fit any more: somebody has changed what it would take back."""


class FileThere(DeskError):
    """A file of that name is there already, and was left as it is."""


class CannotWrite(DeskError):
    """A file could not be written."""


class CannotPrint(DeskError):
    """There is no printer here, or it did not take the paper."""


class BadPin(DeskError):
    """A new PIN is too short, too long or too easy to guess."""
