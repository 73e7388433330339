"""Editing events: open, save without overwriting, create, cancel, and tell who is busy."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.requests import EventInput, EventQuery
from tui_app.altegio.resources import Event
from tui_app.desk.busy import busy_words, span_of, window_of
from tui_app.desk.clock import LocationClock
from tui_app.desk.event_draft import CheckedEvent, EventDraft, Mode, check_event, draft_of, new_draft
from tui_app.desk.event_merge import (
    Clash,
    Decisions,
    Merged,
    Side,
    changed_fields,
    differing,
    input_of,
    merge,
    mismatches,
    values_of,
)
from tui_app.desk.naming import Names, names_of
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.together import attempt, both
from tui_app.desk.trouble import CannotEdit, Clashed, NotReady
from tui_app.desk.wording import why

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


class Saved(Struct, frozen=True):
    """A saved event as it was read back; `mismatches` say in words which meant values the server does not hold."""

    event: Event
    taken_over: tuple[str, ...] = ()
    mismatches: tuple[str, ...] = ()


class EventEditor:
    """Edits the events of one location; `touched` is called after each write, whatever came of it."""

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        clock: LocationClock,
        reference: ReferenceDesk,
        touched: Callable[[], None] = lambda: None,
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._reference = reference
        self._touched = touched
        self._asked_about: dict[int, Event] = {}

    @property
    def _names(self) -> Names:
        return names_of(self._reference.current)

    async def open(self, event_id: int) -> Event:
        """Read an event whole; raises `CannotEdit` where it is cancelled or not read whole, and `AltegioError`."""
        event = await self._api.events.get(self._location_id, event_id)
        if event.deleted:
            raise CannotEdit("This event has been cancelled")
        if not event.complete:
            raise CannotEdit(f"The server does not tell its {_missing(event)}, which a save would lose")
        return event

    async def save(
        self, base: Event, draft: EventDraft, *, force: bool = False, decisions: Decisions | None = None
    ) -> Saved:
        """Send their newest state plus my changes, and read it back; an edit that changes nothing is not sent.

        Raises `NotReady` (the draft's problems), `Clashed` (fields to decide), `CannotEdit`, and `AltegioError`:
        `Busy`, `Invalid`, `OutcomeUnknown` and the rest.
        """
        theirs = await self.open(base.id)
        mine = self._checked(draft)
        merged = merge(base, mine, theirs, decisions=self._still_valid(decisions, theirs), names=self._names)
        if merged.clashes:
            self._asked_about[base.id] = theirs
            raise Clashed(merged.clashes, theirs)
        self._asked_about.pop(base.id, None)
        if merged.input.capacity < (theirs.taken or 0):
            raise NotReady({"capacity": f"{theirs.taken} places are booked already"})
        if not mismatches(merged.input, theirs):
            return Saved(theirs, merged.taken_over)
        try:
            answer = await self._api.events.update(
                self._location_id, base.id, replace(merged.input, force=force), onto=input_of(values_of(theirs))
            )
        finally:
            self._touched()
        return await self._read_back(answer, merged.input, merged.taken_over)

    async def look(self, base: Event, draft: EventDraft) -> Saved:
        """Read an event after an unknown outcome: without mismatches it has been saved.

        Raises `NotReady`, `CannotEdit` and `AltegioError`.
        """
        event = await self.open(base.id)
        mine = self._checked(draft)
        return Saved(event, mismatches=mismatches(mine, event, self._names, only=differing(base, mine)))

    async def create(self, event: EventInput) -> Saved:
        """Create an event and read it back; raises `AltegioError`."""
        try:
            answer = await self._api.events.create(self._location_id, event)
        finally:
            self._touched()
        return await self._read_back(answer, event, ())

    async def look_for_created(self, event: EventInput) -> Event | None:
        """Look, after an unknown outcome, for the event that was to be created; None: it is not there."""
        query = EventQuery(
            starts_from=event.starts_at,
            starts_to=event.starts_at,
            team_member_ids=(event.team_member_id,),
            service_ids=(event.service_id,),
        )
        found = [
            one
            for one in await self._api.events.list(self._location_id, query)
            if (one.starts_at, one.service_id, one.team_member_id)
            == (event.starts_at, event.service_id, event.team_member_id)
        ]
        return max(found, key=lambda one: one.id, default=None)

    async def cancel(self, event: Event) -> None:
        """Delete an event with all its bookings: the API cannot bring it back (contract 2.3). Raises `AltegioError`."""
        try:
            await self._api.events.delete(self._location_id, event.id)
        finally:
            self._touched()

    async def who_is_busy(self, event: EventInput, *, event_id: int | None = None) -> tuple[str, ...]:
        """Say who holds the team member and the rooms at that time; `event_id` is the event itself, left aside.

        Reads what it can: a part that the user may not read is not named. Raises `TokenRefused`, `LicenceExpired`.
        """
        starts_at, ends_at = span_of(event)
        query = EventQuery(starts_from=window_of(starts_at), starts_to=ends_at)
        (events, occupations), bookings = await both(
            both(
                attempt(lambda: self._api.events.list(self._location_id, query)),
                attempt(lambda: self._api.reference.occupations(self._location_id, starts_at, ends_at)),
            ),
            attempt(lambda: self._api.bookings.list(self._location_id, between=(starts_at, ends_at))),
        )
        return busy_words(
            event,
            event_id,
            names=self._names,
            events=() if isinstance(events, AltegioError) else events,
            occupations=() if isinstance(occupations, AltegioError) else occupations,
            bookings=() if isinstance(bookings, AltegioError) else bookings,
        )

    def _checked(self, draft: EventDraft) -> EventInput:
        """Check a draft for itself; the places booked count after the merge, for the capacity may be theirs."""
        now = self._clock.now()
        checked = check_event(draft, today=now.date(), zone=self._clock.zone, mode="update", now=now)
        if checked.input is None:
            raise NotReady(checked.problems)
        return checked.input

    def _still_valid(self, decisions: Decisions | None, theirs: Event) -> Decisions:
        """Keep the decisions whose field still is as it was shown when the question was asked."""
        asked = self._asked_about.get(theirs.id)
        if not decisions or asked is None:
            return decisions or {}
        shown, now = values_of(asked), values_of(theirs)
        return {name: side for name, side in decisions.items() if shown.get(name) == now.get(name)}

    async def _read_back(self, answer: Event, meant: EventInput, taken_over: tuple[str, ...]) -> Saved:
        """Read what was saved; whatever the reading says, a save that was answered is saved."""
        try:
            read = await self._api.events.get(self._location_id, answer.id)
        except AltegioError as error:
            return Saved(answer, taken_over, (f"It was saved, but could not be read again: {why(error)}",))
        return Saved(read, taken_over, mismatches(meant, read, self._names))


def _missing(event: Event) -> str:
    parts = {
        "rooms": event.resource_ids,
        "tags": event.tag_ids,
        "technical break": event.technical_break,
        "places": event.capacity,
        "length": event.length,
    }
    return ", ".join(name for name, value in parts.items() if value is None)
