"""What the API answers, in the house's words: frozen, and cleaned of control characters.

Times are the location's wall clock, without an offset. `None` in a field means that the answer did not carry it, or
carried "nothing"; the docstrings say which where it matters. Imports nothing heavy: screens name these types.
"""

from datetime import date, datetime, timedelta
from enum import IntEnum

from msgspec import Struct, field


class Attendance(IntEnum):
    """The state of a booking's attendance (contract 2.4)."""

    NO_SHOW = -1
    WAITING = 0
    ARRIVED = 1
    CONFIRMED = 2


class Gender(IntEnum):
    """A client's gender (contract 2.4)."""

    UNKNOWN = 0
    MALE = 1
    FEMALE = 2


class Event(Struct, frozen=True, kw_only=True):
    """One class at one time (contract 2.1, 2.2).

    `capacity` and `taken` are None where a listing leaves them out. `resource_ids`, `tag_ids` and `technical_break` are
    None unless the answer carried them: an event with one of them None must not be saved, or it would lose them.
    `length` includes the technical break.
    """

    id: int
    starts_at: datetime
    timestamp: int | None = None
    length: timedelta | None = None
    capacity: int | None = None
    taken: int | None = None
    team_member_id: int | None = None
    service_id: int | None = None
    team_member_name: str = ""
    service_title: str = ""
    comment: str = ""
    color: str = ""
    font_color: str = ""
    instructions: str = ""
    stream_link: str = ""
    notified: bool = False
    series_id: int | None = None
    series_until: str = ""
    series_modified: bool = False
    deleted: bool = False
    resource_ids: tuple[int, ...] | None = None
    tag_ids: tuple[int, ...] | None = None
    technical_break: timedelta | None = None

    @property
    def complete(self) -> bool:
        """Whether everything that a full replace must send back is known (contract 2.3)."""
        known = (self.resource_ids, self.tag_ids, self.technical_break, self.capacity, self.length)
        return all(value is not None for value in known)

    @property
    def ends_at(self) -> datetime | None:
        """The wall clock at the end, the technical break included; None without a length."""
        return None if self.length is None else self.starts_at + self.length

    @property
    def free(self) -> int | None:
        """Free places, never below zero; None where capacity or taken places are unknown."""
        if self.capacity is None or self.taken is None:
            return None
        return max(0, self.capacity - self.taken)


class Agreements(Struct, frozen=True, kw_only=True):
    """A client's consents; None: not told."""

    newsletter: bool | None = None
    personal_data: bool | None = None


class CustomValue(Struct, frozen=True):
    """The value of one custom field of a client."""

    code: str
    value: str


class Client(Struct, frozen=True, kw_only=True):
    """A client's card as far as the user may see it; a withheld phone is empty or masked (contract 3, 4)."""

    id: int
    name: str = ""
    surname: str = ""
    patronymic: str = ""
    phone: str = ""
    email: str = ""
    gender: Gender = Gender.UNKNOWN
    birthday: date | None = None
    comment: str = ""
    discount_percent: float = 0.0
    national_id: str = ""
    agreements: Agreements | None = None
    custom_values: tuple[CustomValue, ...] | None = None

    @property
    def full_name(self) -> str:
        """Name and surname, as they are read out at the desk."""
        return " ".join(part for part in (self.name, self.surname) if part)


class PriceItem(Struct, frozen=True, kw_only=True):
    """The price line of a booking, which its PUT sends back whole (contract 2.5). Money in the location's currency."""

    cost_per_unit: float
    discount_percent: float
    manual_cost: float
    is_trial: bool | None = None


class Booking(Struct, frozen=True, kw_only=True):
    """A client's or a visitor's places in one event (contract 2.4).

    `client` is set where the answer included the card, `client_id` is None for a visitor alone. `tag_ids`,
    `price_items` and `product_count` are None unless the answer carried them.
    """

    id: int
    event_id: int | None = None
    client_id: int | None = None
    client: Client | None = None
    visitor_id: int | None = None
    visitor_name: str = ""
    fictive_name: str = ""
    fictive_phone: str = ""
    fictive_email: str = ""
    places: int = 1
    attendance: Attendance = Attendance.WAITING
    paid: bool = False
    overpaid: bool = False
    comment: str = ""
    color: str = ""
    visit_id: int | None = None
    team_member_id: int | None = None
    starts_at: datetime | None = None
    created_at: datetime | None = None
    source: str = ""
    notified: bool = False
    deleted: bool = False
    tag_ids: tuple[int, ...] | None = None
    price_items: tuple[PriceItem, ...] | None = None
    product_count: int | None = None


class TeamMember(Struct, frozen=True, kw_only=True):
    """Somebody who teaches."""

    id: int
    name: str
    specialization: str = ""
    position_id: int | None = None
    position: str = ""
    fired: bool = False
    hidden: bool = False
    deleted: bool = False


class Service(Struct, frozen=True, kw_only=True):
    """What is taught."""

    id: int
    title: str
    category_id: int | None = None


class ServiceTeamMember(Struct, frozen=True):
    """A team member who holds a service, and how long it takes with them."""

    id: int
    name: str
    length: timedelta | None


class EventService(Struct, frozen=True, kw_only=True):
    """A service that can run as an event, with the defaults for a new one (contract 4)."""

    id: int
    title: str
    capacity: int | None = None
    price_min: float | None = None
    price_max: float | None = None
    category_id: int | None = None
    category_title: str = ""
    team_members: tuple[ServiceTeamMember, ...] = ()
    resource_group_ids: tuple[int, ...] = ()


class Tag(Struct, frozen=True, kw_only=True):
    """A tag of events, bookings or clients; colours are `#rrggbb` or empty."""

    id: int
    title: str
    color: str = ""
    font_color: str = ""
    entity: str = ""
    deleted: bool = False


class Resource(Struct, frozen=True):
    """One room or one reformer: an instance of a resource group."""

    id: int
    title: str
    group_id: int
    group_title: str


class CustomField(Struct, frozen=True, kw_only=True):
    """The definition of a custom field of clients; `values` lists the choices of a list field."""

    id: int
    code: str
    title: str
    required: bool = False
    editable: bool = True
    visible: bool = True
    weight: int = 0
    kind: str = ""
    values: tuple[str, ...] = ()


class Occupation(Struct, frozen=True, kw_only=True):
    """A stretch of time in which a resource is taken, by an event (`by_event`) or by an appointment."""

    resource_id: int
    by_event: bool
    source_id: int
    starts_at: datetime
    ends_at: datetime


class Location(Struct, frozen=True, kw_only=True):
    """A location; `zone` is an IANA name, `region` a country in two letters or empty where it is not known."""

    id: int
    title: str
    zone: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    address: str = ""
    phone_confirmation: bool = False


class ClientHit(Struct, frozen=True):
    """A client or a visitor as a search finds them: `id` is None for a visitor without a card."""

    id: int | None
    name: str
    surname: str = ""
    patronymic: str = ""
    phone: str = ""
    email: str = ""
    visitor_id: int | None = None

    @property
    def full_name(self) -> str:
        """Name and surname, as they are read out at the desk."""
        return " ".join(part for part in (self.name, self.surname) if part)


class ClientPage(Struct, frozen=True):
    """One page of a client search and the number of all matches (None: not told)."""

    clients: tuple[ClientHit, ...]
    total: int | None


class ClientStatistics(Struct, frozen=True, kw_only=True):
    """A client's visits in figures; None: not told."""

    visits: int | None = None
    no_shows: int | None = None
    balance: float | None = None
    first_visit: datetime | None = None
    last_visit: datetime | None = None


class Permissions(Struct, frozen=True):
    """What the user may do, as the server's flags say (contract 4).

    Unknown keys stay unknown: `allows` answers None for them. `edit_window_days` is -1 for no limit.
    """

    flags: dict[str, bool] = field(default_factory=dict)
    edit_window_days: int | None = None

    def allows(self, flag: str) -> bool | None:
        """Whether a flag is granted; None where the server does not tell it."""
        return self.flags.get(flag)


class RefusedEntry(Struct, frozen=True):
    """One refused entry of a bulk booking: its place in the request and why."""

    index: int
    name: str
    phone: str
    reason: str


class BulkResult(Struct, frozen=True):
    """What a bulk booking did: the created bookings and the refused entries."""

    booked: tuple[Booking, ...]
    refused: tuple[RefusedEntry, ...]


class RepeatStrategy(Struct, frozen=True, kw_only=True):
    """A stored way to repeat an event; `days` count from 0 Sunday (contract 2.6)."""

    id: int
    title: str
    repeat_mode_id: int | None = None
    days: tuple[int, ...] = ()
    interval: int | None = None
    with_bookings: bool = False
