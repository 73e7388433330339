"""Editing events: open, save without overwriting, create, cancel, and tell who is busy."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Event
from tui_app.desk.clock import LocationClock
from tui_app.desk.event_draft import CheckedEvent, EventDraft, Mode, check_event, draft_of, new_draft
from tui_app.desk.event_merge import Clash, Decisions, Merged, Side, changed_fields, merge
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.trouble import CannotEdit, Clashed, NotReady

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

__all__ = [
    "CannotEdit",
    "CheckedEvent",
    "Clash",
    "Clashed",
    "Decisions",
    "EventDraft",
    "EventEditor",
    "Merged",
    "Mode",
    "NotReady",
    "Saved",
    "Side",
    "changed_fields",
    "check_event",
    "draft_of",
    "merge",
    "new_draft",
]


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved event as it was read back; `mismatches` say in words which meant values the server does not hold."""

    event: Event
    taken_over: tuple[str, ...] = ()
    mismatches: tuple[str, ...] = ()


class EventEditor:
    """Edits the events of one location."""

    def __init__(self, api: "AltegioApi", location_id: int, clock: LocationClock, reference: ReferenceDesk) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._reference = reference

    async def open(self, event_id: int) -> Event:
        """Read an event whole; raises `CannotEdit` where it is cancelled or cannot be read whole."""
        raise NotImplementedError

    async def save(
        self, base: Event, draft: EventDraft, *, force: bool = False, decisions: Decisions | None = None
    ) -> Saved:
        """Send their newest state plus my changes, and read it back.

        Raises `NotReady` (the draft's problems), `Clashed` (fields to decide), `CannotEdit`, and `AltegioError`:
        `Busy`, `Invalid`, `OutcomeUnknown` and the rest.
        """
        raise NotImplementedError

    async def look(self, base: Event, draft: EventDraft) -> Saved:
        """Read an event after an unknown outcome: without mismatches it has been saved."""
        raise NotImplementedError

    async def create(self, event: EventInput) -> Saved:
        """Create an event and read it back; raises `AltegioError`."""
        raise NotImplementedError

    async def look_for_created(self, event: EventInput) -> Event | None:
        """Look, after an unknown outcome, for the event that was to be created; None: it is not there."""
        raise NotImplementedError

    async def cancel(self, event: Event) -> None:
        """Delete an event with all its bookings: the API cannot bring it back (contract 2.3)."""
        raise NotImplementedError

    async def who_is_busy(self, event: EventInput, *, event_id: int | None = None) -> tuple[str, ...]:
        """Say who holds the team member and the rooms at that time; `event_id` is the event itself, left aside."""
        raise NotImplementedError
