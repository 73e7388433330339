"""What the form of a booking holds, as typed, and the check that turns it into what is sent (contract 2.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tui_app.altegio.requests import BookingInput
from tui_app.altegio.resources import ClientHit, CustomField, CustomValue, Gender
from tui_app.desk.model import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDraft:
    """The form's values; with a `client_id` the client is known and the fields of a new one do not count.

    A visitor's name without a client and without a client's name makes a visitor alone.
    """

    client_id: int | None = None
    name: str = ""
    surname: str = ""
    patronymic: str = ""
    phone: str = ""
    email: str = ""
    gender: Gender = Gender.UNKNOWN
    birthday: str = ""
    custom_values: tuple[CustomValue, ...] = ()
    newsletter: bool | None = None
    personal_data: bool | None = None
    comment: str = ""
    visitor_id: int | None = None
    visitor_name: str = ""
    places: str = "1"
    tag_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedBooking:
    """A checked draft: `input` is None while there are problems. Custom fields stand under `custom:CODE`."""

    input: BookingInput | None
    problems: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    phone_shown: str = ""


def draft_for(hit: ClientHit) -> BookingDraft:
    """Begin the booking of a found client or visitor."""
    raise NotImplementedError


def check_booking(
    draft: BookingDraft,
    *,
    custom_fields: Sequence[CustomField],
    region: str,
    free: int | None,
    roster: Roster | None,
    today: date | None = None,
) -> CheckedBooking:
    """Check every rule of contract 2.4; too few places are a problem, a client who is in the roster is a warning."""
    raise NotImplementedError
