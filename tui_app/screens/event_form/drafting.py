"""What of an event form is kept as a draft: pure."""

from datetime import date

from msgspec.structs import replace

from tui_app.altegio.resources import Event
from tui_app.desk.drafts.model import EventWork
from tui_app.desk.editing import EventDraft
from tui_app.desk.naming import names_of
from tui_app.desk.reference import Reference
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import format_date, parse_date
from tui_app.screens.event_form.subject import CreateSubject, EditSubject, Subject, first_draft
from tui_app.widgets.form_words import event_words


def work_of(subject: Subject, base: Event | None, shown: EventDraft, before: EventDraft, today: date) -> EventWork:
    """The work in a form that shows `shown`, and showed `before` when it was filled.

    A copy of another event is kept whole: what it is a copy of is not read again. «fri» is kept as the day that it
    means now.
    """
    plain = before if isinstance(subject, EditSubject) else first_draft(CreateSubject(subject.day))
    changed = tuple(name for name in shown.__struct_fields__ if getattr(shown, name) != getattr(plain, name))
    draft = replace(shown, date=_dated(shown.date, today))
    if isinstance(subject, CreateSubject):
        return EventWork(day=subject.day, draft=draft, changed=changed)
    return EventWork(
        day=today if base is None else base.starts_at.date(),
        event_id=subject.event_id,
        base=base,
        draft=draft,
        changed=changed,
    )


def words_of(subject: Subject, base: Event | None, shown: EventDraft, reference: Reference) -> str:
    """What the work is, for people."""
    if isinstance(subject, EditSubject):
        known = base or subject.known
        return "changes to an event" if known is None else f"changes to {event_words(known, reference)}"
    service = "" if shown.service_id is None else f" {names_of(reference).service(shown.service_id)}"
    return f"a new event, {shown.date} {shown.time}{service}".rstrip(" ,")


def subject_of(work: EventWork) -> Subject:
    """What a form is opened for to go on with the work."""
    return CreateSubject(work.day) if work.event_id is None else EditSubject(work.event_id, work.base)


def _dated(typed: str, today: date) -> str:
    try:
        return format_date(parse_date(typed, today))
    except Unparsed:
        return typed
