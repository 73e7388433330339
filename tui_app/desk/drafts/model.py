"""What a draft holds: frozen, and no more of a client than was typed or chosen."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, Literal, TypeAlias

from msgspec import Struct, field

from tui_app.altegio.resources import ClientHit, Event
from tui_app.desk.event_draft import EventDraft

Answer: TypeAlias = Literal["yes", "no"]


class Place(Struct, frozen=True):
    """Where a draft belongs: a server, as the profile names it, and a location."""

    server: str
    location_id: int


class EventWork(Struct, frozen=True, kw_only=True, tag_field="kind", tag="event"):
    """The form of an event: `changed` names the fields of `draft` that differ from what it was opened with.

    `event_id` is None for a new event. `base` is the event as it was when the edit began: against it the edit is merged
    and asks about clashes, however much later it is sent.
    """

    kind: ClassVar[Literal["event"]] = "event"
    day: date
    event_id: int | None = None
    base: Event | None = None
    draft: EventDraft
    changed: tuple[str, ...]

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about: two drafts about the same thing belong into the same form."""
        return (self.kind, self.event_id)


class BookingFields(Struct, frozen=True, kw_only=True):
    """The fields of a new booking as they stand in its form; `client` is the one who was chosen."""

    client: ClientHit | None = None
    name: str = ""
    surname: str = ""
    patronymic: str = ""
    phone: str = ""
    email: str = ""
    gender: Literal[1, 2] | None = None
    birthday: str = ""
    personal_data: Answer | None = None
    newsletter: Answer | None = None
    comment: str = ""
    visitor_name: str = ""
    places: str = "1"
    tag_ids: tuple[int, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict)


class BookingWork(Struct, frozen=True, kw_only=True, tag_field="kind", tag="booking"):
    """The form of a new booking into an event."""

    kind: ClassVar[Literal["booking"]] = "booking"
    event_id: int
    fields: BookingFields

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about."""
        return (self.kind, self.event_id)


class BookingChange(Struct, frozen=True):
    """What can be changed of a booking, as typed."""

    places: str
    comment: str
    tag_ids: tuple[int, ...]


class ChangeWork(Struct, frozen=True, kw_only=True, tag_field="kind", tag="change"):
    """The form of a booking that is there: `base` is what it held when the edit began; `name` is whose it is."""

    kind: ClassVar[Literal["change"]] = "change"
    event_id: int
    booking_id: int
    name: str
    base: BookingChange
    change: BookingChange

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about."""
        return (self.kind, self.booking_id)


class LineWork(Struct, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """The desk line: entries whose turn never came or that failed, then what stood in it; and the event selected."""

    kind: ClassVar[Literal["line"]] = "line"
    day: date
    event_id: int | None = None
    texts: tuple[str, ...]

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about: there is one line."""
        return (self.kind,)


Work: TypeAlias = EventWork | BookingWork | ChangeWork | LineWork


class Content(Struct, frozen=True, kw_only=True):
    """What is kept: the work, its `words` for people, and what stood in a field without being chosen, by field.

    `sent` tells that it was on its way when it was kept: it may have been carried out.
    """

    words: str
    work: Work
    typed: Mapping[str, str] = field(default_factory=dict)
    sent: bool = False


class Draft(Struct, frozen=True, kw_only=True):
    """A content under its random id; `saved_at` is an aware instant."""

    id: str
    place: Place
    saved_at: datetime
    content: Content
