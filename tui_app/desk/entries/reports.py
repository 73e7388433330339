"""What became of an entry of the desk line: one report an entry, told again whenever it changes."""

from enum import Enum

from msgspec import Struct

from tui_app.desk.commands.saying import masked


class EntryState(Enum):
    """How far an entry has got."""

    QUEUED = "queued"
    WORKING = "working"
    ASKS = "asks"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def ended(self) -> bool:
        """Whether the entry will do nothing more by itself; one that asks goes on once it is answered."""
        return self not in {EntryState.QUEUED, EntryState.WORKING}


class EntryReport(Struct, frozen=True, kw_only=True):
    """One entry, or one part of a chain, by its `number`; `line` is the number of the first part of its line.

    `text` is what was typed, whatever came of it, so that it can be taken back; `name` is how it is shown. `words` say
    the result or the question in one line; `lines` are what belongs below it, such as the dates of a repeat or what to
    know of a client; `next_step` names the key that comes next. A report that is done without words was an answer,
    whose result stands with the entry that had asked: it needs no line of its own.
    """

    number: int
    line: int
    text: str
    state: EntryState
    words: str = ""
    lines: tuple[str, ...] = ()
    next_step: str = ""

    @property
    def name(self) -> str:
        """What was typed as it may stay on the screen: whole phones masked."""
        return masked(self.text.strip())

    @property
    def keeps_text(self) -> bool:
        """Whether what was typed is worth taking back into the line."""
        return self.state in {EntryState.REFUSED, EntryState.FAILED, EntryState.UNKNOWN} and bool(self.text.strip())
