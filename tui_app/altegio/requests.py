"""What is sent, in the house's words: `None` is sent as null, `LEFT_OUT` is not sent at all, `""` is sent as it is.

The rules of the contract are enforced where these become request bodies. Imports nothing heavy.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from msgspec import UNSET, Struct, UnsetType, field

from tui_app.altegio.resources import Agreements, Attendance, CustomValue, Gender, PriceItem

NotSent: TypeAlias = UnsetType
"""The type of `LEFT_OUT`."""

LEFT_OUT: Final = UNSET
"""Stands for a field that the request does not carry."""


class EventQuery(Struct, frozen=True, kw_only=True):
    """Which events to list: a range of wall-clock times, and filters (contract 2.1)."""

    starts_from: datetime
    starts_to: datetime
    team_member_ids: tuple[int, ...] = ()
    service_ids: tuple[int, ...] = ()
    resource_ids: tuple[int, ...] = ()
    text: str = ""
    capacity: int | None = None
    with_deleted: bool = False


class EventInput(Struct, frozen=True, kw_only=True):
    """A whole event to create or to replace one with (contract 2.3). `length` includes the technical break."""

    team_member_id: int
    service_id: int
    resource_ids: tuple[int, ...]
    tag_ids: tuple[int, ...]
    starts_at: datetime
    length: timedelta
    capacity: int
    technical_break: timedelta | NotSent | None = LEFT_OUT
    comment: str | NotSent | None = LEFT_OUT
    color: str | NotSent | None = LEFT_OUT
    instructions: str | NotSent | None = LEFT_OUT
    stream_link: str | NotSent | None = LEFT_OUT
    force: bool = False


class ClientInput(Struct, frozen=True, kw_only=True):
    """The client of a booking; every field is sent each time (contract 2.4). `phone` is E.164 or empty."""

    id: int | None
    name: str
    phone: str
    surname: str | None = None
    patronymic: str | None = None
    email: str | None = None
    gender: Gender | None = Gender.UNKNOWN
    birthday: date | None = None
    custom_values: tuple[CustomValue, ...] | None = None
    agreements: Agreements | None = None
    comment: str | NotSent = LEFT_OUT
    national_id: str | NotSent = LEFT_OUT


class BookingInput(Struct, frozen=True, kw_only=True):
    """A booking to add to an event (contract 2.4). A visitor alone has a client without id and phone."""

    client: ClientInput
    places: int
    visitor_id: int | NotSent | None = LEFT_OUT
    visitor_name: str | NotSent = LEFT_OUT
    tag_ids: tuple[int, ...] | NotSent = LEFT_OUT
    trial: bool | NotSent = LEFT_OUT


class BookingUpdate(Struct, frozen=True, kw_only=True):
    """Changes to a booking, sent whole (contract 2.5)."""

    places: int
    comment: str | None
    tag_ids: tuple[int, ...]
    price_item: PriceItem
    color: str | NotSent = LEFT_OUT


class BookingMove(Struct, frozen=True, kw_only=True):
    """A move of a booking to another event (contract 2.5)."""

    to_event_id: int
    places: int | NotSent = LEFT_OUT
    comment: str | NotSent = LEFT_OUT
    with_visitor: bool | NotSent = LEFT_OUT


class BulkEntry(Struct, frozen=True, kw_only=True):
    """One entry of a bulk booking: a known client by id, or a name with phone and e-mail (contract 2.6)."""

    places: int
    client_id: int | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    notify_now: bool | None = None


class RepeatStrategyInput(Struct, frozen=True, kw_only=True):
    """A stored way to repeat an event, to create or to replace one with; `days` count from 0 Sunday (contract 2.6)."""

    title: str
    repeat_mode_id: int
    days: tuple[int, ...]
    interval: int
    with_bookings: bool


class VisitUpdate(Struct, frozen=True, kw_only=True):
    """Attendance in the older way; the lists replace what the visit holds (contract 4)."""

    attendance: Attendance
    comment: str
    services: tuple[Mapping[str, int | float | str | bool | None], ...] = ()
    products: tuple[Mapping[str, int | float | str | bool | None], ...] = ()


class AppointmentInput(Struct, frozen=True, kw_only=True):
    """An appointment of the plain calls: alone with a team member, or in an event with the client alone (contract 4).

    `services` maps a service's id to its amount.
    """

    client_name: str
    client_phone: str
    client_email: str | NotSent = LEFT_OUT
    event_id: int | None = None
    team_member_id: int | None = None
    length: timedelta | None = None
    services: Mapping[int, int] = field(default_factory=dict)
    starts_at: datetime | None = None
    comment: str | NotSent = LEFT_OUT
    notify: bool | NotSent = LEFT_OUT
    attendance: Attendance | NotSent = LEFT_OUT
