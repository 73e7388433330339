"""The screen to edit a booking: places, comment, tags; the rest of it is read first and sent back (contract 2.5)."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from typing_extensions import override

from tui_app.altegio.resources import Booking
from tui_app.desk.booking import BookingEdit, CannotEdit, Prepared
from tui_app.desk.commands.saying import masked
from tui_app.desk.desk import Desk
from tui_app.desk.drafts.form import FormDrafts
from tui_app.desk.drafts.model import BookingChange, ChangeWork, Content
from tui_app.desk.naming import name_of_booking
from tui_app.desk.numbers import parse_count
from tui_app.desk.rights import can_edit_bookings
from tui_app.desk.trouble import Unparsed
from tui_app.desk.writes import Write, WriteDesk, WriteState
from tui_app.intents import EventTouched
from tui_app.screens.booking_form.result import BookingFormResult
from tui_app.widgets.choices import Choice
from tui_app.widgets.fields import Field, TextField
from tui_app.widgets.form import FormScreen, FormState, UnknownEnd
from tui_app.widgets.form_words import event_words, free_words
from tui_app.widgets.note_field import NoteField
from tui_app.widgets.pick_fields import TickField

LONGEST_COMMENT: Final = 255


def changes_of(booking: Booking) -> BookingChange:
    """What the form shows of a booking."""
    return BookingChange(str(booking.places), booking.comment, booking.tag_ids or ())


def problems_of(changes: BookingChange, *, free: int | None, places: int) -> Mapping[str, str]:
    """What is wrong, field by field; `free` places of the event, `places` held by the booking so far."""
    problems: dict[str, str] = {}
    try:
        wanted = parse_count(changes.places, least=1)
    except Unparsed as error:
        problems["places"] = error.words
    else:
        if free is not None and wanted > places and wanted - places > free:
            problems["places"] = f"Only {free + places} places are there for this booking"
    if len(changes.comment) > LONGEST_COMMENT:
        problems["comment"] = f"At most {LONGEST_COMMENT} characters"
    return problems


def begun_from(base: BookingChange, read: BookingEdit) -> BookingEdit:
    """An edit that was brought back: it is merged against what it had begun from, not against what is there now."""
    try:
        places = parse_count(base.places, least=1)
    except Unparsed:
        return read
    return replace(read, places=places, comment=base.comment, tag_ids=base.tag_ids)


class BookingEditScreen(FormScreen[BookingFormResult]):
    """Edits a booking; dismisses with `BookingFormResult`, or None when nothing was saved."""

    def __init__(
        self, desk: Desk, writes: WriteDesk, event_id: int, booking: Booking, drafts: FormDrafts | None = None
    ) -> None:
        super().__init__(writes, drafts)
        self._desk = desk
        self._event_id = event_id
        self._booking = booking
        self._edit: BookingEdit | None = None
        self._prepared: Prepared | None = None
        self._brought_back: BookingChange | None = None
        self._filled = changes_of(booking)
        self._tags = TickField[int]("tag_ids", "Tags", unknown="tag {}".format)

    @override
    def heading(self) -> str:
        name = name_of_booking(self._booking)
        if self._prepared is None:
            return f"Edit booking: {name}"
        event = self._prepared.event
        return f"Edit booking: {name}, {event_words(event, self._desk.reference.current)}"

    @override
    def build(self) -> Iterable[Field]:
        yield TextField("places", "Places", short=True, required=True)
        yield NoteField("comment", "Comment", LONGEST_COMMENT)
        yield self._tags

    @override
    def held(self) -> BookingChange:
        shown = BookingChange(self.fields["places"].get_value(), self.fields["comment"].get_value(), self._tags.value)
        kept = shown.comment == self._filled.comment.strip()
        return BookingChange(shown.places, self._filled.comment if kept else shown.comment, shown.tag_ids)

    @override
    def prepare(self) -> None:
        self._offer_tags()
        self._fill(self._filled)

    def _fill(self, changes: BookingChange) -> None:
        """Show what was read in every field that was not touched yet."""
        before = self.held() if self._start is not None else None
        pairs = (("places", changes.places), ("comment", changes.comment), ("tag_ids", changes.tag_ids))
        for name, value in pairs:
            if before is None or getattr(before, name) == getattr(self._filled, name):
                self.fields[name].set_value(value)
        self._filled = changes

    def _offer_tags(self) -> None:
        tags = self._desk.reference.current.booking_tags
        self._tags.set_choices(tuple(Choice(tag.id, tag.title or f"tag {tag.id}") for tag in tags if not tag.deleted))

    # ------------------------------------------------------------ drafts

    @override
    def subject(self) -> tuple[object, ...]:
        return ("change", self._booking.id)

    @override
    def content(self) -> Content | None:
        if not self.changed:
            return None
        event = self._prepared.event if self._prepared is not None else None
        where = "" if event is None else f", {event_words(event, self._desk.reference.current)}"
        name = name_of_booking(self._booking)
        return Content(
            words=f"changes to the booking of {masked(name)}{where}",
            work=ChangeWork(
                event_id=self._event_id,
                booking_id=self._booking.id,
                name=name,
                base=self._filled,
                change=self.held(),
            ),
            typed=self.typed_texts(),
        )

    @override
    def put_back(self, content: Content) -> None:
        work = content.work
        if not isinstance(work, ChangeWork):
            return
        self._brought_back = work.base
        if self._edit is not None:
            self._edit = begun_from(work.base, self._edit)
        self._fill(work.base)
        self._start = work.base
        for name in ("places", "comment", "tag_ids"):
            self.fields[name].set_value(getattr(work.change, name))
        self.put_typed(content.typed)

    # ------------------------------------------------------------ reading

    @override
    async def read(self) -> None:
        try:
            self._edit = await self._desk.booking.open_booking(self._event_id, self._booking)
        except CannotEdit as error:
            self.message((error.words, "The form can only be read."))
            self.state = FormState.SHOWING
            return
        self.set_locked(False)
        if self._brought_back is not None:
            self._edit = begun_from(self._brought_back, self._edit)
        read = BookingChange(str(self._edit.places), self._edit.comment, self._edit.tag_ids)
        self._fill(read)
        self._start = read
        reference = await self._desk.reference.load()
        self._offer_tags()
        self._prepared = await self._desk.booking.prepare(self._event_id)
        self.title_line(self.heading())
        self._say_places()
        allowed = can_edit_bookings(reference.permissions)
        if not allowed:
            self.message((allowed.reason, "The form can only be read."))
            self.state = FormState.SHOWING

    @override
    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        if self._edit is not None and not self._edit.tags_editable:
            self._tags.set_locked(True)
            self._tags.hint("cannot be changed on this server")

    def _say_places(self) -> None:
        free = self._prepared.event.free if self._prepared is not None else None
        self.fields["places"].hint("" if free is None else free_words(free))

    @override
    async def save(self) -> None:
        edit, held = self._edit, self.held()
        free = self._prepared.event.free if self._prepared is not None else None
        problems = {
            **problems_of(held, free=free, places=edit.places if edit is not None else 0),
            **self.unsettled_fields(),
        }
        if problems or edit is None:
            self.show_problems(problems)
        elif not self.changed:
            self.message(())
            self.status("Nothing has been changed.")
        elif await self._send(edit, held):
            self.leave(BookingFormResult(self._event_id, self._booking.id))

    async def _send(self, edit: BookingEdit, held: BookingChange) -> bool:
        send = partial(
            self._desk.booking.save_booking,
            edit,
            places=parse_count(held.places, least=1),
            comment=held.comment,
            tag_ids=held.tag_ids,
        )
        words = f"save the booking of {name_of_booking(self._booking)}"
        try:
            await self.sent(words, send, key=f"save booking {edit.booking.id}", then=self._teller())
        except UnknownEnd as end:
            settled = await self.settle(end, partial(self._look, held))
            if settled.how == "let_go":
                self.status("Let go: whether it was saved is not known.")
            return settled.how == "found"
        return True

    async def _look(self, held: BookingChange) -> BookingEdit | None:
        """Read the booking again; None where it does not hold what was sent."""
        now = await self._desk.booking.open_booking(self._event_id, self._booking)
        meant = (parse_count(held.places, least=1), held.comment, frozenset(held.tag_ids))
        return now if (now.places, now.comment, frozenset(now.tag_ids)) == meant else None

    def _teller(self) -> Callable[[Write[Any]], None]:
        app, event_id = self.app, self._event_id

        def tell(write: Write[Any]) -> None:
            if write.state is not WriteState.REFUSED:
                app.post_message(EventTouched(event_id))

        return tell
