"""The bodies of the plain calls of version 1 (contract 4, the last part)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tui_app.altegio.calls import Json
from tui_app.altegio.plain_resources import TimetableSettings
from tui_app.altegio.requests import LEFT_OUT, AppointmentInput, NotSent
from tui_app.altegio.wire.strict import (
    WALL,
    Body,
    Filled,
    Places,
    WireEmail,
    WireId,
    WirePhone,
    checked,
    given,
    seconds,
    wall,
)


class PersonBody(Body):
    """The client of an appointment."""

    name: Filled
    phone: WirePhone
    email: WireEmail = ""


class AmountBody(Body):
    """A service of an appointment, and how often."""

    id: WireId
    amount: Annotated[int, Field(ge=1)]


class AppointmentBody(Body):
    """An appointment: in an event, or alone with a team member at a time."""

    activity_id: WireId = 0
    staff_id: WireId = 0
    seance_length: Annotated[int, Field(ge=300, le=86_400)] = 0
    services: Annotated[list[AmountBody], Field(default_factory=list)]
    datetime: Annotated[str, Field(pattern=WALL)] = ""
    client: PersonBody
    comment: str = ""
    send_sms: bool = False
    attendance: Literal[-1, 0, 1, 2] = 0

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        alone = {"staff_id", "seance_length", "datetime"}
        if "activity_id" not in self.model_fields_set and not alone <= self.model_fields_set:
            raise ValueError("an appointment is in an event, or has a team member, a length and a time")
        return self


class TimetableBody(Body):
    """The settings of a timetable that are changed."""

    record_type: Annotated[int, Field(ge=0)] = 0
    activity_record_clients_count_max: Places = 1


def appointment_body(operation: str, appointment: AppointmentInput) -> Json:
    """Build the body of an appointment. Raises Invalid."""
    client = {"name": appointment.client_name, "phone": appointment.client_phone}
    fields: dict[str, object] = {
        "client": {**client, **given(email=appointment.client_email)},
        **_place(appointment),
        **given(comment=appointment.comment),
        **given(send_sms=appointment.notify),
        **_attendance(appointment),
    }
    return checked(operation, lambda: AppointmentBody.model_validate(fields))


def timetable_body(operation: str, settings: TimetableSettings) -> Json:
    """Build the body that changes a timetable's settings; None is left as it is. Raises Invalid."""
    fields = {
        "record_type": _told(settings.record_type),
        "activity_record_clients_count_max": _told(settings.most_places_per_booking),
    }
    return checked(operation, lambda: TimetableBody.model_validate(given(**fields)))


def _place(appointment: AppointmentInput) -> dict[str, object]:
    """Say where it is: in an event with the client alone, or with a team member (contract 4)."""
    if appointment.event_id is not None:
        return {"activity_id": appointment.event_id}
    starts, length = appointment.starts_at, appointment.length
    services = [{"id": number, "amount": amount} for number, amount in appointment.services.items()]
    return {
        "services": services,
        **given(staff_id=_told(appointment.team_member_id)),
        **given(datetime=LEFT_OUT if starts is None else wall(starts)),
        **given(seance_length=LEFT_OUT if length is None else seconds(length)),
    }


def _attendance(appointment: AppointmentInput) -> dict[str, object]:
    return {} if appointment.attendance is LEFT_OUT else {"attendance": int(appointment.attendance)}


def _told(number: int | None) -> int | NotSent:
    return LEFT_OUT if number is None else number
