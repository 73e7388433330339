"""The screen of the event form: shows and collects; every decision is the desk's."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from textual import events
from typing_extensions import override

from tui_app.altegio.errors import Busy
from tui_app.altegio.resources import Event
from tui_app.desk.desk import Desk
from tui_app.desk.drafts.form import FormDrafts
from tui_app.desk.drafts.model import Content, EventWork
from tui_app.desk.editing import (
    CannotEdit,
    CheckedEvent,
    Clashed,
    Decisions,
    EventDraft,
    Saved,
    check_event,
    draft_of,
    new_draft,
)
from tui_app.desk.event_draft import LONGEST_COMMENT, LONGEST_INSTRUCTIONS
from tui_app.desk.reference import Reference
from tui_app.desk.rights import can_edit_events
from tui_app.desk.undo import EventSaved, UndoDesk
from tui_app.desk.when import format_date
from tui_app.desk.writes import Write, WriteDesk, WriteState
from tui_app.intents import EventTouched
from tui_app.screens.event_form.choices import (
    event_tag_choices,
    resource_choices,
    service_choices,
    service_of,
    team_choices,
)
from tui_app.screens.event_form.drafting import words_of, work_of
from tui_app.screens.event_form.hints import hints_of
from tui_app.screens.event_form.saving import CreateJob, EditJob, Job
from tui_app.screens.event_form.subject import EditSubject, EventFormResult, Subject, first_draft
from tui_app.widgets.color_field import ColorField
from tui_app.widgets.dialogs import ConflictDialog, MergeDialog
from tui_app.widgets.fields import Field, TextField
from tui_app.widgets.form import FormScreen, FormState, UnknownEnd
from tui_app.widgets.form_words import event_words
from tui_app.widgets.note_field import NoteField
from tui_app.widgets.pick_fields import PickField, TickField

NAMES: Final = EventDraft.__struct_fields__
"""The fields of the form by their names in the draft."""

_REQUEST_NAMES: Final = {"starts_at": "date", "length": "length_minutes", "technical_break": "break_minutes"}
_WHEN: Final = frozenset({"date", "time"})


class EventFormScreen(FormScreen[EventFormResult]):
    """Creates or edits an event; dismisses with `EventFormResult`, or None when nothing was saved.

    An edit sends back everything that was read, so that what the form does not change stays as it is (contract 2.3).
    """

    def __init__(
        self,
        desk: Desk,
        writes: WriteDesk,
        subject: Subject,
        undo: UndoDesk | None = None,
        drafts: FormDrafts | None = None,
    ) -> None:
        super().__init__(writes, drafts)
        self._undo = undo
        self._desk = desk
        self._subject = subject
        self._base: Event | None = None
        self._brought_back = False
        self._filled = first_draft(subject)
        self._shown_then = EventDraft()
        self._defaults: dict[str, str] = {}
        self._service = PickField[int]("service_id", "Service", required=True, unknown=self._service_words)
        self._team = PickField[int]("team_member_id", "Team member", required=True, unknown="team member {}".format)
        self._rooms = TickField[int]("resource_ids", "Rooms", unknown="resource {}".format)
        self._tags = TickField[int]("tag_ids", "Tags", unknown="tag {}".format)

    @property
    def _creates(self) -> bool:
        return not isinstance(self._subject, EditSubject)

    @property
    def _reference(self) -> Reference:
        return self._desk.reference.current

    def _service_words(self, service_id: int) -> str:
        """A service that is not among the choices, or not yet: as its event was listed."""
        known = self._subject.known if isinstance(self._subject, EditSubject) else None
        told = known.service_title if known is not None and known.service_id == service_id else ""
        return told or f"service {service_id}"

    # ------------------------------------------------------------ the fields

    @override
    def heading(self) -> str:
        if isinstance(self._subject, EditSubject):
            known = self._base or self._subject.known
            return "Edit event" if known is None else f"Edit event: {event_words(known, self._reference)}"
        return f"New event, {format_date(self._subject.day)}"

    @override
    def build(self) -> Iterable[Field]:
        yield self._service
        yield self._team
        yield TextField("date", "Date", short=True, required=True, placeholder="24.12, fri, +1")
        yield TextField("time", "Time", short=True, required=True, placeholder="18:30")
        yield TextField("length_minutes", "Length", short=True, required=True, placeholder="minutes")
        yield TextField("break_minutes", "Technical break", short=True, placeholder="minutes")
        yield TextField("capacity", "Capacity", short=True, required=True, placeholder="places")
        yield self._rooms
        yield self._tags
        yield ColorField("color", "Colour")
        yield NoteField("comment", "Comment", LONGEST_COMMENT)
        yield NoteField("instructions", "Instructions", LONGEST_INSTRUCTIONS)
        yield TextField("stream_link", "Stream link")

    @override
    def key_of(self, name: str) -> str:
        return _REQUEST_NAMES.get(name, name)

    def _shown(self) -> EventDraft:
        return EventDraft(**{name: self.fields[name].get_value() for name in NAMES})

    @override
    def held(self) -> EventDraft:
        """The draft; a field that was not touched holds its value to the letter, though the form shows it trimmed."""
        shown = self._shown()
        untouched = {name: getattr(self._filled, name) for name in NAMES if not self._touched(shown, name)}
        return replace(shown, **untouched)

    def _touched(self, shown: EventDraft, name: str) -> bool:
        return bool(getattr(shown, name) != getattr(self._shown_then, name))

    def _fill(self, draft: EventDraft) -> None:
        """Show a draft in every field that was not touched since the last one was shown."""
        before = self._shown()
        untouched = [name for name in NAMES if not self._touched(before, name)]
        for name in untouched:
            self.fields[name].set_value(getattr(draft, name))
        after = self._shown()
        self._filled = draft
        self._shown_then = replace(draft, **{name: getattr(after, name) for name in untouched})
        self._start = draft
        self._hint()

    # ------------------------------------------------------------ reading

    @override
    def prepare(self) -> None:
        self._shown_then = self._shown()
        self._offer()
        self._fill(self._filled)

    @override
    async def read(self) -> None:
        if isinstance(self._subject, EditSubject):
            try:
                self._begin(await self._desk.editor.open(self._subject.event_id))
            except CannotEdit as error:
                self._show_only(error.words)
                return
        reference = await self._desk.reference.load()
        self._offer()
        allowed = can_edit_events(reference.permissions)
        if not allowed:
            self._show_only(allowed.reason)

    def _begin(self, event: Event) -> None:
        """Begin from an event; an edit that was brought back keeps what it had begun from, and merges against that."""
        brought_back = self._base if self._brought_back else None
        base = event if brought_back is None else replace(brought_back, taken=event.taken)
        self._base = base
        self._fill(draft_of(base))
        self.title_line(self.heading())

    def _show_only(self, why: str) -> None:
        self.message((why, "The form can only be read."))
        self.state = FormState.SHOWING

    @override
    def read_done(self) -> None:
        super().read_done()
        self.status("; ".join(self._reference.problems))

    def _offer(self) -> None:
        reference = self._reference
        self._service.set_choices(service_choices(reference))
        self._team.set_choices(team_choices(reference, service_of(reference, self._service.value)))
        self._rooms.set_choices(resource_choices(reference))
        self._tags.set_choices(event_tag_choices(reference))

    # ------------------------------------------------------------ drafts

    @override
    def subject(self) -> tuple[object, ...]:
        return ("event", self._subject.event_id if isinstance(self._subject, EditSubject) else None)

    @override
    def content(self) -> Content | None:
        if not self.changed:
            return None
        shown = self._shown()
        return Content(
            words=words_of(self._subject, self._base, shown, self._reference),
            work=work_of(self._subject, self._base, shown, self._shown_then, self._desk.clock.today()),
            typed=self.typed_texts(),
        )

    @override
    def put_back(self, content: Content) -> None:
        work = content.work
        if not isinstance(work, EventWork):
            return
        if work.base is not None and not self._creates:
            taken = self._base.taken if self._base is not None else work.base.taken
            self._base, self._brought_back = replace(work.base, taken=taken), True
            self._fill(draft_of(self._base))
        for name in NAMES:
            if name in work.changed:
                self.fields[name].set_value(getattr(work.draft, name))
        self.put_typed(content.typed)
        self._hint()

    # ------------------------------------------------------------ while it is typed

    def on_field_changed(self, event: Field.Changed) -> None:
        """Say what was understood, and fill in what follows from a service."""
        if event.field in {self._service, self._team}:
            if event.field is self._service:
                service = service_of(self._reference, self._service.value)
                self._team.set_choices(team_choices(self._reference, service))
            if self._creates:
                self._fill_defaults()
        self._hint()

    def _fill_defaults(self) -> None:
        service = service_of(self._reference, self._service.value)
        if service is None:
            return
        defaults = new_draft(service, self._desk.clock.today(), team_member_id=self._team.value)
        for name, value in (("capacity", defaults.capacity), ("length_minutes", defaults.length_minutes)):
            field = self.fields[name]
            if value and field.get_value() in {"", self._defaults.get(name)}:
                self._defaults[name] = value
                field.set_value(value)

    def _hint(self) -> None:
        self.fields["break_minutes"].hint("empty: the location's own" if self._creates else "")
        for name, words in hints_of(self._shown(), self._desk.clock.today(), self._base).items():
            self.fields[name].hint(words)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check a field as soon as it is left, if something was typed into it."""
        field = self.field_of(event.widget)
        if field is None or field.problem or self.state is not FormState.READY:
            return
        shown = self._shown()
        if getattr(shown, field.key) and self._touched(shown, field.key):
            field.problem = self._check().problems.get(field.key, "")

    def _check(self) -> CheckedEvent:
        clock = self._desk.clock
        return check_event(
            self.held(),
            today=clock.today(),
            zone=clock.zone,
            mode="create" if self._creates else "update",
            taken=(self._base.taken or 0) if self._base is not None else 0,
            now=clock.now(),
        )

    # ------------------------------------------------------------ saving

    @override
    async def save(self) -> None:
        problems = {**self._check().problems, **self.unsettled_fields()}
        if problems:
            self.show_problems(problems)
            return
        if not self._creates and not self.changed:
            self.message(())
            self.status("Nothing has been changed.")
            return
        job = await self._job()
        saved = await self._carry_out(job) if job is not None else None
        if saved is not None:
            self._finish(saved)

    async def _job(self) -> Job | None:
        checked, draft = self._check(), self.held()
        if checked.input is None:
            return None
        moved = any(getattr(draft, name) != getattr(self._filled, name) for name in _WHEN)
        doubts = tuple(words for name, words in checked.warnings.items() if name in _WHEN)
        if doubts and (self._creates or moved) and not await self.ask("Save all the same?", doubts, "Save"):
            self.status("Not saved.")
            return None
        if self._base is None:
            return CreateJob(editor=self._desk.editor, event=checked.input, words="create the event")
        words = f"save {event_words(self._base, self._reference)}"
        if moved:
            # «fri» must mean the same day when it is sent again after midnight
            draft = replace(draft, date=format_date(checked.input.starts_at.date()))
        return EditJob(editor=self._desk.editor, base=self._base, draft=draft, event=checked.input, words=words)

    async def _carry_out(self, job: Job) -> Saved | None:
        force = False
        decisions: Decisions = {}
        while True:
            send = partial(job.send, force=force, decisions=decisions)
            try:
                return await self.sent(job.words, send, key=job.key, then=self._teller(job))
            except Busy as error:
                self.status("Not saved yet.")
                if force or not await self._force(job, error):
                    self.status("Not saved: change the time, the team member or the rooms.")
                    return None
                force = True
            except Clashed as clashed:
                self.status("Not saved yet.")
                picked = await self.app.push_screen_wait(MergeDialog(clashed.clashes))
                if picked is None:
                    self.status("Not saved: nothing was decided.")
                    return None
                decisions = {**decisions, **picked}
            except UnknownEnd as end:
                self.status("Not confirmed yet.")
                settled = await self.settle(end, job.look)
                if settled.how == "let_go":
                    self.status("Let go: whether it was saved is not known.")
                return settled.found

    async def _force(self, job: Job, error: Busy) -> bool:
        self.status("Looking who is busy...")
        busy = await self._desk.editor.who_is_busy(job.event, event_id=job.event_id)
        self.status("Not saved: somebody is busy then.")
        answer = await self.app.push_screen_wait(ConflictDialog("Busy at that time", error.message, busy))
        return answer == "force"

    def _teller(self, job: Job) -> Callable[[Write[Any]], None]:
        app, event_id, day = self.app, job.event_id, job.event.starts_at.date()

        def tell(write: Write[Any]) -> None:
            if self._undo is not None and isinstance(job, EditJob) and isinstance(write.result, Saved):
                words = f"Saved {event_words(job.base, self._reference)}"
                self._undo.remember(EventSaved.of(job.base, job.draft, write.result.event), words)
            if write.state is not WriteState.REFUSED:
                app.post_message(EventTouched(event_id, day))

        return tell

    def _finish(self, saved: Saved) -> None:
        self.result = EventFormResult(saved.event.id, saved.event.starts_at)
        if saved.mismatches:
            self._subject = EditSubject(saved.event.id)
            self._base = saved.event
            self._shown_then = self._shown()
            self._fill(draft_of(saved.event))
            self.message(("Saved, but look at this:", *saved.mismatches))
            self.status("Saved. Esc leaves, F8 saves what you change now.")
            return
        if saved.taken_over:
            names = ", ".join(saved.taken_over)
            self.app.notify(f"Saved. Changed meanwhile by somebody else, and kept: {names}.", markup=False)
        self.leave(self.result)
