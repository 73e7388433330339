"""What can go wrong at the desk itself, beside the errors of the API layer: one class a kind."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_app.altegio.resources import Event
    from tui_app.desk.event_merge import Clash


class DeskError(Exception):
    """The root of the desk's own errors; `words` say what is wrong, for people."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Unparsed(DeskError):
    """A date, a time, a number or a phone that was typed cannot be read."""


class CannotEdit(DeskError):
    """An event or a booking cannot be edited here without losing something, or not at all."""


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
