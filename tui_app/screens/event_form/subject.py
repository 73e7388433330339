"""What an event form is opened for, and what it answers."""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.resources import Event
from tui_app.desk.editing import EventDraft, draft_of, new_draft
from tui_app.desk.when import format_date


class EditSubject(Struct, frozen=True):
    """Edit an event; what is `known` of it shows at once, while it is read."""

    event_id: int
    known: Event | None = None


class CreateSubject(Struct, frozen=True):
    """Create an event on a day, filled in like another one where it is given."""

    day: date
    like: Event | None = None


Subject = EditSubject | CreateSubject


class EventFormResult(Struct, frozen=True):
    """The event that was saved, and the wall clock at its start."""

    event_id: int
    starts_at: datetime


def first_draft(subject: Subject) -> EventDraft:
    """What the form shows before anything has been read."""
    if isinstance(subject, CreateSubject):
        if subject.like is None:
            return new_draft(None, subject.day)
        return replace(draft_of(subject.like), date=format_date(subject.day))
    return draft_of(subject.known) if subject.known is not None else EventDraft()
