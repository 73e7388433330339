"""The bodies of bookings: `activities` and `events` differ in phone, consents, tags and more (contract 2.4 to 2.6)."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from tui_app.altegio.calls import Json
from tui_app.altegio.requests import LEFT_OUT, BookingInput, BookingMove, BookingUpdate, BulkEntry, ClientInput
from tui_app.altegio.resources import Agreements, Gender, PriceItem
from tui_app.altegio.wire.strict import (
    Body,
    Filled,
    Places,
    UpTo255,
    WireEmail,
    WireId,
    WirePhone,
    checked,
    given,
)

Money = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Comment = Annotated[str, Field(max_length=255)]


class CustomValueBody(Body):
    """The value of a custom field."""

    code: Filled
    value: UpTo255


class AgreementsBody(Body):
    """A client's consents."""

    is_newsletter_allowed: bool
    is_personal_data_processing_allowed: bool


class ClientBody(Body):
    """What both dialects send of a client."""

    id: WireId | None
    name: Filled
    phone: WirePhone
    email: WireEmail | None
    surname: Filled | None
    patronymic: Filled | None
    gender: Literal[0, 1, 2] | None
    birthday: str | None
    custom_field_values: list[CustomValueBody] | None


class ActivityClientBody(ClientBody):
    """A client in `activities`."""

    agreements: Annotated[list[AgreementsBody], Field(default_factory=list)]


class EventClientBody(ClientBody):
    """A client in `events`."""

    agreements: AgreementsBody | None
    comment: str = ""
    national_id: str = ""


class VisitorBody(Body):
    """The visitor who comes."""

    name: UpTo255


class ActivityBookingBody(Body):
    """A booking in `activities`."""

    client_id: WireId | None
    client: ActivityClientBody
    comer_id: WireId | None = None
    comer: VisitorBody | None = None
    labels: Annotated[list[WireId], Field(default_factory=list)]
    clients_count: Places


class EventBookingBody(Body):
    """A booking in `events`."""

    client: EventClientBody
    comer_id: WireId | None = None
    comer: VisitorBody | None = None
    clients_count: Places
    is_trial_service: bool = False


class BulkEntryBody(Body):
    """One entry of a bulk booking."""

    client_id: WireId = 0
    name: UpTo255 = ""
    phone: WirePhone = ""
    email: WireEmail = ""
    clients_count: Places
    send_sms_now: Literal[0, 1] = 0


class BulkBody(Body):
    """Several bookings at once."""

    records: Annotated[list[BulkEntryBody], Field(min_length=1, max_length=50)]


class PriceBody(Body):
    """The price line of a booking."""

    cost_per_unit: Money
    discount_percent: Annotated[float, Field(ge=0, le=100)]
    manual_cost: Money
    is_trial: bool = False


class EventUpdateBody(Body):
    """A changed booking in `events`."""

    attendance_service_item: PriceBody
    comment: Comment | None
    label_ids: list[WireId]
    color: Annotated[str, Field(pattern="^[0-9a-f]{6}$")] = ""
    clients_count: Places


class RescheduleBody(Body):
    """A booking that goes to another event, or changes within its own in `activities`."""

    reschedule_activity_id: WireId
    comment: Comment | None = None
    clients_count: Places = 1
    with_comer: bool = False


def booking_body(operation: str, booking: BookingInput, *, activities: bool) -> Json:
    """Build the body that books. Raises Invalid."""
    shared: dict[str, object] = {
        "clients_count": booking.places,
        **given(comer_id=booking.visitor_id),
        **({} if booking.visitor_name is LEFT_OUT else {"comer": {"name": booking.visitor_name}}),
    }
    if not activities:
        fields = {**shared, "client": _event_client(booking.client), **given(is_trial_service=booking.trial)}
        return checked(operation, lambda: EventBookingBody.model_validate(fields))
    tags = {} if booking.tag_ids is LEFT_OUT else {"labels": list(booking.tag_ids)}
    fields = {**shared, "client_id": booking.client.id, "client": _activity_client(booking.client), **tags}
    return checked(operation, lambda: ActivityBookingBody.model_validate(fields))


def bulk_body(operation: str, entries: Sequence[BulkEntry]) -> Json:
    """Build the body that books several; a known client goes by the id alone, so the card stays. Raises Invalid."""
    return checked(operation, lambda: BulkBody.model_validate({"records": [_entry(entry) for entry in entries]}))


def update_body(operation: str, update: BookingUpdate) -> Json:
    """Build the body that changes a booking in `events`. Raises Invalid."""
    color = {} if update.color is LEFT_OUT else {"color": update.color.removeprefix("#").lower()}
    fields = {
        "attendance_service_item": _price(update.price_item),
        "comment": update.comment,
        "label_ids": list(update.tag_ids),
        "clients_count": update.places,
        **color,
    }
    return checked(operation, lambda: EventUpdateBody.model_validate(fields))


def update_in_place_body(operation: str, event_id: int, update: BookingUpdate) -> Json:
    """Build the body that changes a booking in `activities`: a move to its own event (contract 2.5). Raises Invalid."""
    fields = {"reschedule_activity_id": event_id, "comment": update.comment, "clients_count": update.places}
    return checked(operation, lambda: RescheduleBody.model_validate(fields))


def move_body(operation: str, move: BookingMove, *, activities: bool) -> Json:
    """Build the body that moves a booking; `with_visitor` is sent in `events` only. Raises Invalid."""
    fields = {
        "reschedule_activity_id": move.to_event_id,
        **given(comment=move.comment),
        **given(clients_count=move.places),
        **({} if activities else given(with_comer=move.with_visitor)),
    }
    return checked(operation, lambda: RescheduleBody.model_validate(fields))


def _client(client: ClientInput) -> dict[str, object]:
    values = client.custom_values
    return {
        "id": client.id,
        "name": client.name,
        "email": client.email,
        "surname": client.surname,
        "patronymic": client.patronymic,
        "birthday": client.birthday.isoformat() if client.birthday else None,
        "custom_field_values": None if values is None else [{"code": one.code, "value": one.value} for one in values],
    }


def _activity_client(client: ClientInput) -> dict[str, object]:
    gender = Gender.UNKNOWN if client.gender is None else client.gender
    consents = _agreements(client.agreements)
    return {
        **_client(client),
        "phone": f"+{digits}" if (digits := client.phone.removeprefix("+")) else "",
        "gender": int(gender),
        **({} if consents is None else {"agreements": [consents]}),  # a list of none is refused
    }


def _event_client(client: ClientInput) -> dict[str, object]:
    return {
        **_client(client),
        "phone": client.phone.removeprefix("+"),
        "gender": None if client.gender is None else int(client.gender),
        "agreements": _agreements(client.agreements),
        **given(comment=client.comment, national_id=client.national_id),
    }


def _agreements(agreements: Agreements | None) -> dict[str, bool] | None:
    """Build the consents; one that is not told is not given."""
    if agreements is None or (agreements.newsletter is None and agreements.personal_data is None):
        return None
    return {
        "is_newsletter_allowed": bool(agreements.newsletter),
        "is_personal_data_processing_allowed": bool(agreements.personal_data),
    }


def _price(item: PriceItem) -> dict[str, object]:
    fields: dict[str, object] = {
        "cost_per_unit": float(item.cost_per_unit),
        "discount_percent": float(item.discount_percent),
        "manual_cost": float(item.manual_cost),
    }
    return fields if item.is_trial is None else {**fields, "is_trial": item.is_trial}


def _entry(entry: BulkEntry) -> dict[str, object]:
    notify = {} if entry.notify_now is None else {"send_sms_now": int(entry.notify_now)}
    if entry.client_id is not None:
        return {"client_id": entry.client_id, "clients_count": entry.places, **notify}
    optional = {"phone": entry.phone.removeprefix("+"), "email": entry.email}
    filled = {name: value for name, value in optional.items() if value}
    return {"name": entry.name, **filled, "clients_count": entry.places, **notify}
