"""The two kinds of saving an event: each can be sent, and looked for when nobody knows whether it arrived."""

from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Event
from tui_app.desk.editing import Decisions, EventDraft, EventEditor, Saved


class Job(Protocol):
    """A save as the form carries it out."""

    @property
    def words(self) -> str:
        """What is done, as the state line says it."""
        ...

    @property
    def key(self) -> str:
        """The same for the same save, so that it is never under way twice."""
        ...

    @property
    def event(self) -> EventInput:
        """What is to be saved."""
        ...

    @property
    def event_id(self) -> int | None:
        """The event that is changed; None for a new one."""
        ...

    async def send(self, *, force: bool, decisions: Decisions) -> Saved:
        """Send it once."""
        ...

    async def look(self) -> Saved | None:
        """Read whether it has been saved; None: it has not."""
        ...


class EditJob(Struct, frozen=True, kw_only=True):
    """Changes to an event, against the event as the form began with it."""

    editor: EventEditor
    base: Event
    draft: EventDraft
    event: EventInput
    words: str

    @property
    def key(self) -> str:
        """One edit of an event at a time."""
        return f"save event {self.base.id}"

    @property
    def event_id(self) -> int | None:
        """The event that is changed."""
        return self.base.id

    async def send(self, *, force: bool, decisions: Decisions) -> Saved:
        """Send their newest state plus my changes."""
        return await self.editor.save(self.base, self.draft, force=force, decisions=decisions or None)

    async def look(self) -> Saved | None:
        """Read whether the event holds what was sent."""
        saved = await self.editor.look(self.base, self.draft)
        return None if saved.mismatches else saved


class CreateJob(Struct, frozen=True, kw_only=True):
    """A new event."""

    editor: EventEditor
    event: EventInput
    words: str

    @property
    def key(self) -> str:
        """One new event of this service, team member and time at a time."""
        event = self.event
        return f"create event {event.service_id} {event.team_member_id} {event.starts_at.isoformat()}"

    @property
    def event_id(self) -> int | None:
        """None: there is no event yet."""
        return None

    async def send(self, *, force: bool, decisions: Decisions) -> Saved:  # noqa: ARG002 - nothing to decide
        """Create it."""
        return await self.editor.create(replace(self.event, force=force))

    async def look(self) -> Saved | None:
        """Look for it on its day."""
        found = await self.editor.look_for_created(self.event)
        return None if found is None else Saved(found)
