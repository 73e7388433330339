"""Changing one thing of an event: read, change, send all (design 5, 6)."""

from dataclasses import dataclass
from datetime import date, time

from tui_app.altegio.resources import Event, Resource, TeamMember
from tui_app.desk.editing import EventEditor, Saved
from tui_app.desk.event_draft import EventDraft
from tui_app.desk.reference import Reference, ReferenceDesk


@dataclass(frozen=True, slots=True)
class SetCapacityTo:
    """So many places."""

    places: int


@dataclass(frozen=True, slots=True)
class ChangeCapacityBy:
    """So many places more, or fewer."""

    places: int


@dataclass(frozen=True, slots=True)
class SetTeamMemberTo:
    """Another team member."""

    team_member_id: int


@dataclass(frozen=True, slots=True)
class SetStartTo:
    """Another start, on the same day unless one is named."""

    at: time
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SetLengthTo:
    """So many minutes of teaching; the technical break stays and comes on top (design 4.2)."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SetRoomTo:
    """Another resource, in the place of the one of its kind."""

    resource_id: int


Change = SetCapacityTo | ChangeCapacityBy | SetTeamMemberTo | SetStartTo | SetLengthTo | SetRoomTo


@dataclass(frozen=True, slots=True)
class QuickEdit:
    """A change of one event."""

    event_id: int
    change: Change


@dataclass(frozen=True, slots=True)
class QuickEdited:
    """An event before and after a quick edit; `words` say what has changed."""

    before: Event
    saved: Saved
    words: str


def find_team_members(reference: Reference, text: str) -> tuple[TeamMember, ...]:
    """Find team members by fragments of the name, the best match first."""
    raise NotImplementedError


def find_rooms(reference: Reference, text: str) -> tuple[Resource, ...]:
    """Find resources by fragments of the title, a whole word before a part of one."""
    raise NotImplementedError


def changed_draft(event: Event, change: Change, resources: tuple[Resource, ...] = ()) -> EventDraft:
    """Put a change into the form of an event; raises `NotReady` where it cannot be, `CannotEdit` where unclear."""
    raise NotImplementedError


class QuickEditor:
    """Carries quick edits out."""

    def __init__(self, editor: EventEditor, reference: ReferenceDesk) -> None:
        self._editor = editor
        self._reference = reference

    async def apply(self, edit: QuickEdit, *, force: bool = False) -> QuickEdited:
        """Read the event, change it, send all of it, read it back.

        Raises `NotReady`, `CannotEdit`, `Clashed`, `BusyThen` (which carries what force needs) and `AltegioError`.
        """
        raise NotImplementedError
