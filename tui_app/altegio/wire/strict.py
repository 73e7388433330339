"""What every body has in common: exact types and ranges, checked before anything is sent (contract 2.3)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Final, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tui_app.altegio.calls import Json
from tui_app.altegio.errors import Delivery, Invalid
from tui_app.altegio.fields import house_name
from tui_app.altegio.requests import NotSent

T = TypeVar("T")


class Body(BaseModel):
    """A request body: exact types, no key that the contract does not have."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True, frozen=True)


WALL: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"

WireId: TypeAlias = Annotated[int, Field(ge=1, le=2**63 - 1)]
Places: TypeAlias = Annotated[int, Field(ge=1)]
Filled: TypeAlias = Annotated[str, Field(min_length=1)]
UpTo255: TypeAlias = Annotated[str, Field(min_length=1, max_length=255)]
WirePhone: TypeAlias = Annotated[str, Field(pattern=r"^(\+?[0-9]{9,15})?$")]
WireEmail: TypeAlias = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=255)]

_RULES: Final[Mapping[str, str]] = {
    "length": "from 5 minutes to 24 hours, in steps of 5 minutes",
    "technical_break": "from 0 to 60 minutes, in steps of 5 minutes",
    "capacity": "a whole number from 1 up",
    "places": "a whole number from 1 up",
    "comment": "from 1 to 255 characters",
    "instructions": "from 1 to 500 characters",
    "stream_link": "at least 1 character",
    "color": "six hexadecimal digits after a #",
    "starts_at": "a wall-clock time, without an offset",
    "client.name": "at least 1 character",
    "client.surname": "at least 1 character, or nothing",
    "client.patronymic": "at least 1 character, or nothing",
    "client.phone": "9 to 15 digits after a +, or empty",
    "client.email": "a valid address, or nothing",
    "client.custom_values": "a code, and a value from 1 to 255 characters",
    "client.gender": "unknown, male or female",
    "visitor_name": "from 1 to 255 characters",
    "price_item": "amounts from 0 up, and a discount from 0 to 100 percent",
    "title": "from 1 to 50 characters",
    "starts": "from 1 to 100 times, without an offset",
    "": "a place in an event, or a team member, a length and a time",
    "entries": "1 to 50 entries, each with a client or a name",
}


def checked(operation: str, build: Callable[[], BaseModel]) -> Json:
    """Build a body and answer it as JSON, without what was left out. Raises Invalid with the house's names."""
    try:
        body: Json = build().model_dump(mode="json", exclude_unset=True)
    except ValidationError as error:
        raise _invalid(operation, error) from None
    return body


def given(**fields: T | NotSent) -> dict[str, T]:
    """Keep the fields that are not left out."""
    return {name: value for name, value in fields.items() if not isinstance(value, NotSent)}


def seconds(duration: timedelta) -> float:
    """Count the seconds of a duration; a fraction stays, for the rules to refuse."""
    whole = duration // timedelta(seconds=1)
    return whole if timedelta(seconds=whole) == duration else duration.total_seconds()


def wall(moment: datetime) -> str:
    """Write a wall-clock time with a space; one with an offset stays what it is, for the rules to refuse."""
    return moment.replace(microsecond=0).isoformat(sep=" ")


def _invalid(operation: str, error: ValidationError) -> Invalid:
    names = (
        house_name(tuple(map(str, found["loc"]))) for found in error.errors(include_url=False, include_input=False)
    )
    fields = {name: (_rule(name),) for name in dict.fromkeys(names)}
    return Invalid(operation, status=None, fields=fields, delivery=Delivery.NOT_SENT)


def _rule(name: str) -> str:
    head = "entries" if name.startswith("entries") else name
    return _RULES.get(head, "not a value that can be sent")
