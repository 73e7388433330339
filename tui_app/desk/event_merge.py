"""Three versions of an event made one: where the edit began, what was typed, what the server holds (design 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Event
from tui_app.desk.event_draft import EventDraft

Side = Literal["mine", "theirs"]
Decisions = Mapping[str, Side]


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both have changed: its name, its label, and the three values in words."""

    field: str
    label: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`input` is what to send; `taken_over` names the fields, in words, that others have changed; clashes are open."""

    input: EventInput
    taken_over: tuple[str, ...]
    clashes: tuple[Clash, ...]


def changed_fields(base: EventDraft, draft: EventDraft) -> frozenset[str]:
    """The names of the form's fields that differ."""
    raise NotImplementedError


def merge(base: Event, mine: EventInput, theirs: Event, *, decisions: Decisions | None = None) -> Merged:
    """Put my changes against `base` onto `theirs`; a field that both changed to different values is a clash."""
    raise NotImplementedError
