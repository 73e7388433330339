"""Changing one thing of an event: read, change, send all (design 5, 6)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import Busy
from tui_app.altegio.resources import Event, Resource, TeamMember
from tui_app.desk.clock import LocationClock
from tui_app.desk.editing import EventEditor, Saved
from tui_app.desk.event_draft import EventDraft, check_event, draft_of
from tui_app.desk.event_merge import LABELS, differing, input_of, say, values_of
from tui_app.desk.folding import other_layout, words_of
from tui_app.desk.naming import Names, names_of
from tui_app.desk.reference import Reference, ReferenceDesk
from tui_app.desk.trouble import BusyThen, CannotEdit, NotReady
from tui_app.desk.when import format_date, format_time

__all__ = [
    "BusyThen",
    "Change",
    "ChangeCapacityBy",
    "QuickEdit",
    "QuickEdited",
    "QuickEditor",
    "SetCapacityTo",
    "SetLengthTo",
    "SetRoomTo",
    "SetStartTo",
    "SetTeamMemberTo",
    "changed_draft",
    "find_rooms",
    "find_team_members",
]

T = TypeVar("T")


class SetCapacityTo(Struct, frozen=True):
    """So many places."""

    places: int


class ChangeCapacityBy(Struct, frozen=True):
    """So many places more, or fewer."""

    places: int


class SetTeamMemberTo(Struct, frozen=True):
    """Another team member."""

    team_member_id: int


class SetStartTo(Struct, frozen=True):
    """Another start, on the same day unless one is named."""

    at: time
    on: date | None = None


class SetLengthTo(Struct, frozen=True):
    """So many minutes of teaching; the technical break stays and comes on top (design 4.2)."""

    minutes: int


class SetRoomTo(Struct, frozen=True):
    """Another resource, in the place of the one of its kind."""

    resource_id: int


Change = SetCapacityTo | ChangeCapacityBy | SetTeamMemberTo | SetStartTo | SetLengthTo | SetRoomTo


class QuickEdit(Struct, frozen=True):
    """A change of one event."""

    event_id: int
    change: Change


class QuickEdited(Struct, frozen=True):
    """An event before and after a quick edit, and the form that was saved; `words` say what has changed."""

    before: Event
    saved: Saved
    words: str
    draft: EventDraft


def find_team_members(reference: Reference, text: str) -> tuple[TeamMember, ...]:
    """Find team members by fragments of the name, whole words before beginnings before the rest."""
    return _best(((member, member.name) for member in reference.team_members), text)


def find_rooms(reference: Reference, text: str) -> tuple[Resource, ...]:
    """Find resources by fragments of the title: «2» finds «Room 2», and «Room 12» only where there is no such."""
    return _best(((room, room.title) for room in reference.resources), text)


def changed_draft(event: Event, change: Change, resources: Sequence[Resource] = ()) -> EventDraft:
    """Put a change into the form of an event.

    Raises `NotReady` where the places taken do not fit, `CannotEdit` where it is not clear which resource to replace.
    """
    draft = draft_of(event)
    match change:
        case SetCapacityTo(places):
            return replace(draft, capacity=_capacity(event, places))
        case ChangeCapacityBy(places):
            return replace(draft, capacity=_capacity(event, (event.capacity or 0) + places))
        case SetTeamMemberTo(team_member_id):
            return replace(draft, team_member_id=team_member_id)
        case SetStartTo(at, on):
            day = draft.date if on is None else format_date(on)
            return replace(draft, date=day, time=format_time(at))
        case SetLengthTo(minutes):
            return replace(draft, length_minutes=str(minutes))
        case SetRoomTo(resource_id):
            return replace(draft, resource_ids=_with_room(event, resource_id, resources))


class QuickEditor:
    """Carries quick edits out."""

    def __init__(self, editor: EventEditor, clock: LocationClock, reference: ReferenceDesk) -> None:
        self._editor = editor
        self._clock = clock
        self._reference = reference

    async def apply(self, edit: QuickEdit, *, force: bool = False) -> QuickEdited:
        """Read the event, change it, send all of it, read it back; a change that changes nothing is not sent.

        Raises `NotReady`, `CannotEdit`, `Clashed`, `BusyThen` (which carries what force needs) and `AltegioError`.
        """
        before = await self._editor.open(edit.event_id)
        draft = changed_draft(before, edit.change, self._reference.current.resources)
        try:
            saved = await self._editor.save(before, draft, force=force)
        except Busy as busy:
            raise BusyThen(edit, await self._who(before, draft)) from busy
        words = _change_words(before, saved.event, names_of(self._reference.current))
        return QuickEdited(before, saved, words, draft)

    async def _who(self, before: Event, draft: EventDraft) -> tuple[str, ...]:
        """Name what holds the team member or the room then: the server does not (contract 2.3)."""
        clock = self._clock
        wish = check_event(draft, today=clock.today(), zone=clock.zone, mode="update").input
        return () if wish is None else await self._editor.who_is_busy(wish, event_id=before.id)


def _best(named: Iterable[tuple[T, str]], text: str) -> tuple[T, ...]:
    """Keep what holds every typed piece; where some fit better than others, only these; the layout is forgiven."""
    everything = list(named)
    for pieces in (words_of(text), words_of(other_layout(text))):
        found: dict[int, list[T]] = {}
        for thing, name in everything:
            closeness = _closeness(pieces, words_of(name))
            if closeness is not None:
                found.setdefault(closeness, []).append(thing)
        if found:
            return tuple(found[min(found)])
    return ()


def _closeness(pieces: Sequence[str], words: Sequence[str]) -> int | None:
    """How well the pieces fit a name: 0 whole words, 1 beginnings of words, 2 parts of words; None: not at all."""
    if not pieces:
        return None
    steps = [
        0 if piece in words else 1 if any(word.startswith(piece) for word in words) else 2
        for piece in pieces
        if any(piece in word for word in words)
    ]
    return max(steps) if len(steps) == len(pieces) else None


def _capacity(event: Event, places: int) -> str:
    taken = event.taken or 0
    if places < taken:
        raise NotReady({"capacity": f"{taken} places are booked already" if taken > 1 else "1 place is booked already"})
    if places < 1:
        raise NotReady({"capacity": "A class has at least 1 place"})
    return str(places)


def _with_room(event: Event, resource_id: int, resources: Sequence[Resource]) -> tuple[int, ...]:
    """Put a resource in the place of the one of its kind, or of the only one; raises `CannotEdit` where unclear."""
    held = event.resource_ids or ()
    if resource_id in held or not held:
        return held or (resource_id,)
    groups = {resource.id: resource.group_id for resource in resources}
    alike = tuple(one for one in held if groups.get(one) is not None and groups.get(one) == groups.get(resource_id))
    leaving = alike or held
    if len(leaving) > 1:
        raise CannotEdit(f"This class holds {len(leaving)} resources, and which one to replace is not clear")
    return tuple(resource_id if one == leaving[0] else one for one in held)


def _change_words(before: Event, after: Event, names: Names) -> str:
    """Say what differs: «Places: 12, before 10»; a start that stays on its day by its time alone."""
    was, now = values_of(before), values_of(after)
    changed = differing(before, input_of(now))
    same_day = before.starts_at.date() == after.starts_at.date()

    def said_of(name: str, value: object) -> str:
        if same_day and isinstance(value, datetime):
            return format_time(value)
        return say(name, value, names) or "none"

    said = [
        f"{label}: {said_of(name, now[name])}, before {said_of(name, was[name])}"
        for name, label in LABELS.items()
        if name in changed
    ]
    return "; ".join(said) or "That is so already"
