"""What bookings are made, changed and moved with (contract 2.4 to 2.6), and the one form both dialects come down to."""

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from tui_app.sandbox.validation import Body, Comment, Day, Email, Id, Ids, Money, Percent, Places, Text

PlusPhone = Annotated[str, Field(pattern=r"^(\+[0-9]{9,15})?$")]
DigitPhone = Annotated[str, Field(pattern=r"^([0-9]{9,15})?$")]
Gender = Annotated[int, Field(ge=0, le=2)]
BareColor = Annotated[str, Field(pattern="^([0-9a-fA-F]{6})?$")]


class FieldValue(Body):
    """The value of one custom field."""

    code: Text
    value: Text


class Agreements(Body):
    """What the client consents to."""

    is_newsletter_allowed: bool
    is_personal_data_processing_allowed: bool


class ActivityClient(Body):
    """A client in the earlier dialect: name and phone must be there."""

    name: Text
    phone: PlusPhone
    id: Id | None = None
    email: Email | None = None
    surname: Text | None = None
    patronymic: Text | None = None
    gender: Gender = 0
    birthday: Day | None = None
    custom_field_values: list[FieldValue] | None = None
    agreements: Annotated[list[Agreements], Field(min_length=1, max_length=1)] = Field(default_factory=list)


class EventClient(Body):
    """A client in the current dialect: every key must be there, null or not."""

    id: Id | None
    name: Text
    phone: DigitPhone
    email: Email | None
    surname: Text | None
    patronymic: Text | None
    gender: Gender | None
    birthday: Day | None
    custom_field_values: list[FieldValue] | None
    agreements: Agreements | None
    comment: Comment = ""
    national_id: Comment = ""


class Comer(Body):
    """The visitor who comes, when that is not the client."""

    name: Text


class ActivityBooking(Body):
    """A new booking in the earlier dialect."""

    client: ActivityClient
    clients_count: Places
    client_id: Id | None = None
    comer_id: Id | None = None
    comer: Comer | None = None
    labels: Ids = Field(default_factory=list)

    @model_validator(mode="after")
    def _same_client(self) -> Self:
        if self.client_id is not None and self.client_id != self.client.id:
            raise ValueError("client_id and client.id must be alike")
        return self


class EventBooking(Body):
    """A new booking in the current dialect."""

    client: EventClient
    clients_count: Places
    comer_id: Id | None = None
    comer: Comer | None = None
    is_trial_service: bool = False


class ServiceItem(Body):
    """The price line of a booking."""

    cost_per_unit: Money
    discount_percent: Percent
    manual_cost: Money
    is_trial: bool = False


class GoodItem(Body):
    """A product sold with a booking."""

    good_id: Id
    amount: Annotated[float, Field(gt=0, le=1e6, strict=False, allow_inf_nan=False)]
    cost_per_unit: Money
    discount_percent: Percent = 0
    manual_cost: Money = 0


class BookingUpdate(Body):
    """A changed booking in the current dialect; tags and products are replaced by what is sent."""

    attendance_service_item: ServiceItem
    comment: Comment | None = None
    label_ids: Ids = Field(default_factory=list)
    color: BareColor = ""
    clients_count: Places = 1
    attendance_good_items: Annotated[list[GoodItem], Field(max_length=100)] = Field(default_factory=list)


class ActivityMove(Body):
    """A changed or moved booking in the earlier dialect: its own event's id changes it where it is."""

    reschedule_activity_id: Id
    comment: Comment | None = None
    clients_count: Places = 1
    attendance_service_item: ServiceItem | None = None


class EventMove(Body):
    """A moved booking in the current dialect."""

    reschedule_activity_id: Id
    comment: Comment | None = None
    clients_count: Places = 1
    with_comer: bool = True


def _one_person(item: "BulkItem") -> "BulkItem":
    if (item.client_id is None) == (item.name is None):
        raise ValueError("either client_id or name must be given")
    return item


class BulkItem(Body):
    """One of several bookings: a known client by id, or a name."""

    client_id: Id | None = None
    name: Text | None = None
    phone: DigitPhone | None = None
    email: Email | None = None
    clients_count: Places
    send_sms_now: Annotated[int, Field(ge=0, le=1)] = 0


class Bulk(Body):
    """Several bookings at once."""

    records: Annotated[list[Annotated[BulkItem, AfterValidator(_one_person)]], Field(min_length=1, max_length=50)]


@dataclass(frozen=True, slots=True)
class Draft:
    """A new booking, whatever the dialect; `card` is the client as sent."""

    card: BaseModel
    client_id: int | None
    name: str
    phone: str
    fields: tuple[FieldValue, ...]
    consents: Agreements | None
    comer_id: int | None
    comer_name: str | None
    tags: tuple[int, ...]
    places: int
    trial: bool
    phone_needed: bool


def draft_of(body: ActivityBooking | EventBooking) -> Draft:
    """Bring a body of either dialect into the one form."""
    client = body.client
    if isinstance(client, ActivityClient):
        consents = client.agreements[0] if client.agreements else None
    else:
        consents = client.agreements
    earlier = isinstance(body, ActivityBooking)
    return Draft(
        card=client,
        client_id=client.id,
        name=client.name,
        phone=client.phone.removeprefix("+"),
        fields=tuple(client.custom_field_values or ()),
        consents=consents,
        comer_id=body.comer_id,
        comer_name=body.comer.name if body.comer else None,
        tags=tuple(body.labels) if isinstance(body, ActivityBooking) else (),
        places=body.clients_count,
        trial=False if isinstance(body, ActivityBooking) else body.is_trial_service,
        phone_needed=earlier,
    )
