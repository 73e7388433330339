"""What a draft holds: frozen, and no more of a client than was typed or chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from tui_app.altegio.resources import ClientHit, Event
from tui_app.desk.event_draft import EventDraft

Answer: TypeAlias = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft belongs: a server, as the profile names it, and a location."""

    server: str
    location_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWork:
    """The form of an event: `changed` names the fields of `draft` that differ from what it was opened with.

    `event_id` is None for a new event. `base` is the event as it was when the edit began: against it the edit is merged
    and asks about clashes, however much later it is sent.
    """

    kind: Literal["event"] = "event"
    day: date
    event_id: int | None = None
    base: Event | None = None
    draft: EventDraft
    changed: tuple[str, ...]

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about: two drafts about the same thing belong into the same form."""
        return (self.kind, self.event_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFields:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingWork:
    """The form of a new booking into an event."""

    kind: Literal["booking"] = "booking"
    event_id: int
    fields: BookingFields

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about."""
        return (self.kind, self.event_id)


@dataclass(frozen=True, slots=True)
class BookingChange:
    """What can be changed of a booking, as typed."""

    places: str
    comment: str
    tag_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWork:
    """The form of a booking that is there: `base` is what it held when the edit began; `name` is whose it is."""

    kind: Literal["change"] = "change"
    event_id: int
    booking_id: int
    name: str
    base: BookingChange
    change: BookingChange

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about."""
        return (self.kind, self.booking_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWork:
    """The desk line: entries whose turn never came or that failed, then what stood in it; and the event selected."""

    kind: Literal["line"] = "line"
    day: date
    event_id: int | None = None
    texts: tuple[str, ...]

    @property
    def subject(self) -> tuple[object, ...]:
        """What the work is about: there is one line."""
        return (self.kind,)


Work: TypeAlias = EventWork | BookingWork | ChangeWork | LineWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is kept: the work, its `words` for people, and what stood in a field without being chosen, by field.

    `sent` tells that it was on its way when it was kept: it may have been carried out.
    """

    words: str
    work: Work
    typed: Mapping[str, str] = field(default_factory=dict)
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A content under its random id; `saved_at` is an aware instant."""

    id: str
    place: Place
    saved_at: datetime
    content: Content
