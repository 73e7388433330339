"""The screen of a new booking: find the client or fill in a new one, check, ask what must be asked, send once."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import events
from typing_extensions import override

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.altegio.resources import ClientHit, CustomField, Gender
from tui_app.desk.booking import (
    BookingDraft,
    CannotEdit,
    CheckedBooking,
    Made,
    Prepared,
    already_booked,
    check_booking,
    draft_for,
)
from tui_app.desk.clients import describe_hit
from tui_app.desk.desk import Desk
from tui_app.desk.drafts.form import FormDrafts
from tui_app.desk.drafts.model import BookingWork, Content
from tui_app.desk.reference import Reference
from tui_app.desk.rights import can_book
from tui_app.desk.undo import UndoDesk
from tui_app.desk.writes import WriteDesk
from tui_app.screens.booking_form.client_field import ClientField
from tui_app.screens.booking_form.drafting import NAMES, fields_of, words_of
from tui_app.screens.booking_form.finding import REST_S, ClientSearch, owner_of_phone
from tui_app.screens.booking_form.new_client import (
    birthday_words,
    consent,
    custom_fields_of,
    custom_key,
    custom_values,
    first_fields,
    last_fields,
)
from tui_app.screens.booking_form.result import BookingFormResult
from tui_app.screens.booking_form.sending import teller
from tui_app.widgets.choices import Choice
from tui_app.widgets.dialogs import ChoiceDialog
from tui_app.widgets.fields import Field, TextField
from tui_app.widgets.form import FormScreen, FormState, UnknownEnd
from tui_app.widgets.form_words import event_words, free_words
from tui_app.widgets.pick_fields import TickField

CLIENT: Final = "client_id"
_REQUEST_NAMES: Final = {"client.id": CLIENT, "client": CLIENT, "visitor_id": "visitor_name"}
TYPED_ELSEWHERE: Final = ("name", "surname", "phone", "visitor_name", "places")
_OTHERS: Final = frozenset({CLIENT, "visitor_name", "places", "tag_ids"})


class BookingFormScreen(FormScreen[BookingFormResult]):
    """Books into one event; dismisses with `BookingFormResult`, or None when nothing was booked.

    With a client chosen the fields of a new one are hidden and do not count. `rest_s` is the rest before a search.
    `draft` is what was typed elsewhere of a new client or a visitor, with the `problems` that sent it here.
    """

    SAVE: ClassVar[str] = "Book"

    def __init__(
        self,
        desk: Desk,
        writes: WriteDesk,
        event_id: int,
        *,
        draft: BookingDraft | None = None,
        problems: Mapping[str, str] | None = None,
        undo: UndoDesk | None = None,
        rest_s: float = REST_S,
        drafts: FormDrafts | None = None,
    ) -> None:
        super().__init__(writes, drafts)
        self._undo = undo
        self._draft = draft
        self._problems = dict(problems or {})
        self._desk = desk
        self._event_id = event_id
        self._prepared: Prepared | None = None
        self._definitions: tuple[CustomField, ...] = ()
        self._custom_left: dict[str, str] = {}
        self._client = ClientField(CLIENT, "Client")
        self._tags = TickField[int]("tag_ids", "Tags", unknown="tag {}".format)
        self._search = ClientSearch(self, desk.clients, self._client.offer, rest_s=rest_s)

    @property
    def _reference(self) -> Reference:
        return self._desk.reference.current

    # ------------------------------------------------------------ the fields

    @override
    def heading(self) -> str:
        if self._prepared is None:
            return "New booking"
        event = self._prepared.event
        return f"Book ({free_words(self._free)}): {event_words(event, self._reference)}"

    @property
    def _free(self) -> int | None:
        return self._prepared.event.free if self._prepared is not None else None

    @override
    def build(self) -> Iterable[Field]:
        self._definitions = self._reference.custom_fields
        yield self._client
        yield from first_fields()
        yield from custom_fields_of(self._definitions)
        yield from last_fields()
        yield TextField("visitor_name", "Visitor", placeholder="who comes, when it is not the client")
        yield TextField("places", "Places", short=True, required=True)
        yield self._tags

    def _text(self, name: str) -> str:
        return str(self.fields[name].get_value())

    @override
    def held(self) -> BookingDraft:
        hit = self._client.value
        draft = draft_for(hit) if hit is not None else self._new_client()
        return replace(
            draft,
            visitor_name=self._text("visitor_name") or draft.visitor_name,
            places=self._text("places"),
            tag_ids=self._tags.value,
        )

    def _new_client(self) -> BookingDraft:
        value = {name: field.get_value() for name, field in self.fields.items()}
        return BookingDraft(
            name=value["name"],
            surname=value["surname"],
            patronymic=value["patronymic"],
            phone=value["phone"],
            email=value["email"],
            gender=Gender(value["gender"] or 0),
            birthday=value["birthday"],
            custom_values=custom_values(self._definitions, self.fields),
            newsletter=consent(value["newsletter"]),
            personal_data=consent(value["personal_data"]),
            comment=value["comment"],
        )

    @override
    def key_of(self, name: str) -> str:
        return _REQUEST_NAMES.get(name) or name.removeprefix("client.")

    # ------------------------------------------------------------ drafts

    @override
    def subject(self) -> tuple[object, ...]:
        return ("booking", self._event_id)

    @override
    def content(self) -> Content | None:
        if not self.changed and self._draft is None:
            return None
        event = self._prepared.event if self._prepared is not None else None
        fields = fields_of(self.fields, self._client.value, self._custom_left)
        words = words_of(fields, self._client.typed, event, self._reference)
        return Content(words=words, work=BookingWork(event_id=self._event_id, fields=fields), typed=self.typed_texts())

    @override
    def put_back(self, content: Content) -> None:
        work = content.work
        if not isinstance(work, BookingWork):
            return
        for name in NAMES:
            self.fields[name].set_value(getattr(work.fields, name))
        self._client.value = work.fields.client
        self._custom_left = dict(work.fields.custom)
        self._put_custom()
        self.put_typed(content.typed)
        self._show_new_client()

    def _put_custom(self) -> None:
        """Put the custom values that were brought back into those of their fields that are there by now."""
        for code in tuple(self._custom_left):
            if custom_key(code) in self.fields:
                self.fields[custom_key(code)].set_value(self._custom_left.pop(code))

    # ------------------------------------------------------------ reading

    @override
    def prepare(self) -> None:
        self.fields["places"].set_value("1")
        self._offer_tags()
        if self._draft is not None:
            for name in TYPED_ELSEWHERE:
                self.fields[name].set_value(getattr(self._draft, name))
        self._show_new_client()

    @override
    async def read(self) -> None:
        try:
            self._prepared = await self._desk.booking.prepare(self._event_id)
        except CannotEdit as error:
            self._show_only(error.words)
            return
        self.title_line(self.heading())
        reference = await self._desk.reference.load()
        self.title_line(self.heading())
        hands_off = not self.changed and self.focused in {None, self._client.line}
        await self._add_custom_fields(reference.custom_fields)
        self._offer_tags()
        self._show_new_client()
        allowed = can_book(reference.permissions)
        if not allowed:
            self._show_only(allowed.reason)
        elif self._is_over():
            self.message(("This event is over.",))
        elif self._free == 0:
            self.message(("This event is full.",))
        if allowed and self._problems:
            self.show_problems(self._problems, go_there=hands_off)

    def _show_only(self, why: str) -> None:
        self.message((why, "Nothing can be booked from here."))
        self.state = FormState.SHOWING

    def _is_over(self) -> bool:
        event = self._prepared.event if self._prepared is not None else None
        return event is not None and self._desk.clock.now() >= (event.ends_at or event.starts_at)

    def _offer_tags(self) -> None:
        tags = self._reference.booking_tags
        self._tags.set_choices(tuple(Choice(tag.id, tag.title or f"tag {tag.id}") for tag in tags if not tag.deleted))

    async def _add_custom_fields(self, definitions: tuple[CustomField, ...]) -> None:
        """Put the custom fields into a form that was opened before the location's definition was known."""
        new = [field for field in custom_fields_of(definitions) if field.key not in self.fields]
        self._definitions = definitions
        if new:
            await self.query_one("#form-body").mount_all(new, before=self.fields["personal_data"])
            order = [field for field in self.query(Field) if field.key in self.fields or field in new]
            self.fields = {field.key: field for field in order}
            self._put_custom()
            self._show_new_client()

    @override
    def read_done(self) -> None:
        super().read_done()
        self.status("; ".join(self._reference.problems))

    # ------------------------------------------------------------ while it is typed

    def on_client_field_wanted(self, event: ClientField.Wanted) -> None:
        """Search for what is typed."""
        event.stop()
        self._search.want(event.text)

    def on_client_field_new(self, event: ClientField.New) -> None:
        """Take what was typed into the search as a new client."""
        event.stop()
        for name, value in (("name", event.new.name), ("surname", event.new.surname), ("phone", event.new.phone)):
            if value and not self.fields[name].get_value():
                self.fields[name].set_value(value)
        self._show_new_client()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Say what was understood, and hide what does not count."""
        if event.field is self._client:
            self._show_new_client()
            self._say_client(self._client.value)
        elif event.field.key == "phone":
            event.field.hint(self._check().phone_shown if self._text("phone") else "")
        elif event.field.key == "birthday":
            event.field.hint(birthday_words(self._text("birthday"), self._desk.clock.today()))

    def _show_new_client(self) -> None:
        known = self._client.value is not None
        for key, field in self.fields.items():
            if key not in _OTHERS:
                field.display = not known
        # the other dialect has no such field, and a comment that is not sent must not be typed
        self.fields["comment"].display = not known and self._desk.api.spoken == "events"

    def _say_client(self, hit: ClientHit | None) -> None:
        if hit is None:
            self._client.hint("")
            return
        entry = already_booked(self._prepared.roster, hit) if self._prepared is not None else None
        if entry is not None:
            self._client.hint(f"already in this event: number {entry.number}")
        else:
            self._client.hint("a known client" if hit.id is not None else "a visitor without a card")

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check a field as soon as it is left, if something is typed into it."""
        field = self.field_of(event.widget)
        if field is None or field.problem or self.state is not FormState.READY:
            return
        if field.get_value():
            field.problem = self._check().problems.get(field.key, "")

    def _check(self) -> CheckedBooking:
        return check_booking(
            self.held(),
            custom_fields=self._definitions,
            region=self._desk.region,
            free=self._free,
            roster=self._prepared.roster if self._prepared is not None else None,
            today=self._desk.clock.today(),
        )

    # ------------------------------------------------------------ booking

    @override
    async def save(self) -> None:
        checked = await self._ready()
        if checked is None:
            return
        made = await self._book(checked)
        if made is not None:
            if self._tags.value and made.booking.tag_ids is None:
                self.app.notify("Booked, but without the tags: they could not be put on it.", markup=False)
            self.leave(BookingFormResult(self._event_id, made.booking.id, shown=made.change is not None))

    async def _ready(self) -> CheckedBooking | None:
        """The checked booking after every question; None: something is wrong, or was answered with no."""
        while True:
            checked = self._check()
            problems = {**checked.problems, **self.unsettled_fields()}
            if problems or checked.input is None:
                self.show_problems(problems)
                return None
            known = await self._phone_owner(checked)
            if known is None:
                break
            choice = await self._ask_phone_owner(known)
            if choice is None:
                self.status("Not booked.")
                return None
            if choice == "new":
                break
            self._client.value = known
            self._show_new_client()
        return await self._ready_now()

    async def _ready_now(self) -> CheckedBooking | None:
        """The same against the roster as it is now: somebody may have booked while the form was filled in."""
        if self._prepared is not None:
            self.status("Reading who is booked...")
            held, before = self._prepared.event, self._prepared.roster
            self._prepared = await self._desk.booking.prepare(self._event_id, before, held=held)
            self.title_line(self.heading())
        checked = self._check()
        if checked.input is None:
            self.show_problems(checked.problems)
            return None
        doubts = (*(("This event is over.",) if self._is_over() else ()), *checked.warnings.values())
        if doubts and not await self.ask("Book all the same?", doubts, "Book"):
            self.status("Not booked.")
            return None
        return checked

    async def _phone_owner(self, checked: CheckedBooking) -> ClientHit | None:
        client = checked.input.client if checked.input is not None else None
        if client is None or client.id is not None or not client.phone:
            return None
        self.status("Looking whether the phone is known...")
        try:
            return await owner_of_phone(self._desk.clients, client.phone)
        except TokenRefused:
            raise
        except AltegioError:
            return None

    async def _ask_phone_owner(self, known: ClientHit) -> str | None:
        choices = (("known", f"Book {describe_hit(known)}"), ("new", "Book a new client with the same phone"))
        return await self.app.push_screen_wait(ChoiceDialog("This phone belongs to a client", choices))

    async def _book(self, checked: CheckedBooking) -> Made | None:
        if self._prepared is None:
            return None
        words, roster = f"book {self._who()}", self._prepared.roster
        send = partial(self._desk.booking.book_onto, roster, checked)
        look = partial(self._desk.booking.look_for, self._event_id, checked, roster)
        told = teller(self.app, self._event_id, self._undo)
        try:
            return await self.sent(words, send, key=f"book {self._event_id} {self._who()}", then=told)
        except UnknownEnd as end:
            self.status("Not confirmed yet.")
            settled = await self.settle(end, look)
            if settled.how == "let_go":
                self.status("Let go: whether it was booked is not known.")
            return Made(settled.found, None) if settled.found is not None else None

    def _who(self) -> str:
        draft = self.held()
        return " ".join(part for part in (draft.name, draft.surname) if part) or draft.visitor_name
