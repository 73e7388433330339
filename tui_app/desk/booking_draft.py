"""What the form of a booking holds, as typed, and the check that turns it into what is sent (contract 2.4)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from msgspec import Struct, field

from tui_app.altegio.requests import LEFT_OUT, BookingInput, ClientInput
from tui_app.altegio.resources import Agreements, ClientHit, CustomField, CustomValue, Gender
from tui_app.desk.model import Roster, RosterEntry
from tui_app.desk.naming import is_visitor
from tui_app.desk.numbers import parse_count
from tui_app.desk.phones import PhoneNumber, digits, is_withheld, parse_phone
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import parse_birthday

T = TypeVar("T")

LONGEST_NAME: Final = 255
"""Characters of a visitor's name and of a custom value; names of clients are held to it, too."""
_EMAIL: Final = re.compile(r"[^@\s,;<>()\[\]\"]+@[^@\s,;<>()\[\]\"]+\.[^@\s,;<>()\[\]\".]{2,}")


class BookingDraft(Struct, frozen=True, kw_only=True):
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


class CheckedBooking(Struct, frozen=True):
    """A checked draft: `input` is None while there are problems. Custom fields stand under `custom:CODE`.

    The client of a known one holds what the search told; the card is read before anything is sent.
    """

    input: BookingInput | None
    problems: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    phone_shown: str = ""


def draft_for(hit: ClientHit) -> BookingDraft:
    """Begin the booking of a found client or visitor."""
    if hit.id is None:
        return BookingDraft(visitor_id=hit.visitor_id, visitor_name=hit.full_name)
    return BookingDraft(
        client_id=hit.id,
        name=hit.name,
        surname=hit.surname,
        patronymic=hit.patronymic,
        phone=hit.phone,
        email=hit.email,
    )


def check_booking(
    draft: BookingDraft,
    *,
    custom_fields: Sequence[CustomField],
    region: str,
    free: int | None,
    roster: Roster | None,
    today: date | None = None,
) -> CheckedBooking:
    """Check every rule of contract 2.4; too few places are a problem, a client who is in the roster is a warning.

    `region` is the country in two letters for phones without a code; `today` bounds a birthday.
    """
    check = _Check(draft)
    places = check.places(free)
    visitor_name = check.name("visitor_name", draft.visitor_name)
    phone: PhoneNumber | None = None
    if draft.client_id is not None:
        client = _known(draft)
    elif _visitor_alone(draft):
        client = ClientInput(id=None, name=visitor_name or draft.visitor_name.strip(), phone="")
    else:
        client, phone = check.new_client(custom_fields, region, today)
    check.already_in(roster, phone)
    shown = phone.shown if phone is not None else ""
    if check.problems or places is None:
        return CheckedBooking(None, check.problems, check.warnings, shown)
    booking = BookingInput(
        client=client,
        places=places,
        visitor_id=LEFT_OUT if draft.visitor_id is None else draft.visitor_id,
        visitor_name=visitor_name or LEFT_OUT,
        tag_ids=draft.tag_ids or LEFT_OUT,
    )
    return CheckedBooking(booking, check.problems, check.warnings, shown)


def same_phone(one: str, other: str) -> bool:
    """Whether two phones are the same number; withheld ones never are."""
    if is_withheld(one) or is_withheld(other):
        return False
    return digits(one) == digits(other)


def entry_of(roster: Roster, *, client_id: int | None, phone: str = "") -> RosterEntry | None:
    """Find a client's own entry, by id, else by phone among clients; None: the client is not in the roster."""
    for entry in roster.entries:
        if client_id is not None and entry.booking.client_id == client_id:
            return entry
    for entry in roster.entries:
        if phone and not is_visitor(entry.booking) and same_phone(entry.phone, phone):
            return entry
    return None


def _visitor_alone(draft: BookingDraft) -> bool:
    typed = (draft.name, draft.surname, draft.patronymic, draft.phone, draft.email)
    return bool(draft.visitor_name.strip()) and not any(text.strip() for text in typed)


def _known(draft: BookingDraft) -> ClientInput:
    return ClientInput(
        id=draft.client_id,
        name=draft.name.strip(),
        surname=draft.surname.strip() or None,
        patronymic=draft.patronymic.strip() or None,
        phone=draft.phone.strip(),
    )


class _Check:
    """Reads the fields of a draft one by one and collects what is wrong with them."""

    def __init__(self, draft: BookingDraft) -> None:
        self._draft = draft
        self.problems: dict[str, str] = {}
        self.warnings: dict[str, str] = {}

    def places(self, free: int | None) -> int | None:
        """Read the places, which must be free."""
        places = self._parsed("places", lambda: parse_count(self._draft.places, least=1))
        if places is None or free is None or places <= free:
            return places
        only = "1 place is" if free == 1 else f"{free} places are"
        self.problems["places"] = "No place is free" if free == 0 else f"Only {only} free"
        return None

    def name(self, field_name: str, text: str) -> str:
        """Take a name of bounded length."""
        name = " ".join(text.split())
        if len(name) > LONGEST_NAME:
            self.problems[field_name] = f"At most {LONGEST_NAME} characters"
        return name

    def new_client(
        self, custom_fields: Sequence[CustomField], region: str, today: date | None
    ) -> tuple[ClientInput, PhoneNumber | None]:
        """Check a new client; consents that were not given are not claimed."""
        draft = self._draft
        name = self.name("name", draft.name)
        if not name:
            self.problems["name"] = "Find a client, or type the name of a new one"
        phone = self._phone(region)
        birthday = None
        if draft.birthday.strip():
            birthday = self._parsed("birthday", lambda: parse_birthday(draft.birthday, today))
        client = ClientInput(
            id=None,
            name=name,
            phone=phone.e164 if phone is not None else "",
            surname=self.name("surname", draft.surname) or None,
            patronymic=self.name("patronymic", draft.patronymic) or None,
            email=self._email(),
            gender=draft.gender,
            birthday=birthday,
            custom_values=self._custom(custom_fields),
            agreements=Agreements(newsletter=bool(draft.newsletter), personal_data=bool(draft.personal_data)),
            comment=draft.comment.strip() or LEFT_OUT,
        )
        return client, phone

    def already_in(self, roster: Roster | None, phone: PhoneNumber | None) -> None:
        """Point out a client who is in the event already."""
        if roster is None:
            return
        typed = phone.e164 if phone is not None else ""
        entry = entry_of(roster, client_id=self._draft.client_id, phone=typed)
        if entry is not None:
            places = "1 place" if entry.places == 1 else f"{entry.places} places"
            words = f"{entry.name} is in this event already: number {entry.number}, {places}"
            self.warnings["client" if self._draft.client_id is not None else "phone"] = words

    def _phone(self, region: str) -> PhoneNumber | None:
        if not self._draft.phone.strip():
            self.problems["phone"] = "Type the phone, or book a visitor by name alone"
            return None
        return self._parsed("phone", lambda: parse_phone(self._draft.phone, region))

    def _email(self) -> str | None:
        email = self._draft.email.strip()
        if email and not _EMAIL.fullmatch(email):
            self.problems["email"] = "Type the address as anna@example.com"
        return email or None

    def _custom(self, custom_fields: Sequence[CustomField]) -> tuple[CustomValue, ...] | None:
        typed = {value.code: value.value.strip() for value in self._draft.custom_values}
        for definition in custom_fields:
            problem = _custom_problem(definition, typed.get(definition.code, ""))
            if problem:
                self.problems[f"custom:{definition.code}"] = problem
        return tuple(CustomValue(code, value) for code, value in typed.items() if value) or None

    def _parsed(self, field_name: str, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except Unparsed as problem:
            self.problems[field_name] = problem.words
            return None


def required_titles(custom_fields: Iterable[CustomField]) -> tuple[str, ...]:
    """The titles of the fields that a new client's card must have (contract 2.4)."""
    return tuple(definition.title or definition.code for definition in custom_fields if _needed(definition))


def _needed(definition: CustomField) -> bool:
    return definition.required and definition.visible and definition.editable


def _custom_problem(definition: CustomField, value: str) -> str:
    if not value:
        return f"{definition.title or definition.code} is required" if _needed(definition) else ""
    if len(value) > LONGEST_NAME:
        return f"At most {LONGEST_NAME} characters"
    if definition.values and value not in definition.values:
        return "Choose one of the list"
    return ""
