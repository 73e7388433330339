"""Clients and visitors in the database, and how they look to a user who may or may not see phones."""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from tui_app.sandbox.answers import JsonObject
from tui_app.sandbox.booking_bodies import Agreements, Draft, FieldValue
from tui_app.sandbox.calls import Call, User
from tui_app.sandbox.database import Value
from tui_app.sandbox.folding import fold, fold_client
from tui_app.sandbox.refusals import invalid, missing

_SHOWN_DIGITS = 4


def shown_phone(user: User | None, digits: str) -> str:
    """A phone with its plus, masked by `X` for a user without the right to see it (contract 4)."""
    if not digits:
        return ""
    if user is None or not user.sees_phones:
        digits = digits[:_SHOWN_DIGITS] + "X" * (len(digits) - _SHOWN_DIGITS)
    return f"+{digits}"


def find_client(call: Call, client_id: int) -> sqlite3.Row:
    """Read one client of the location. Raises the 404 refusal."""
    found = call.database.row("SELECT * FROM clients WHERE id = ? AND location_id = ?", (client_id, call.location.id))
    if found is None:
        raise missing("Client")
    return found


def client_attributes(call: Call, row: sqlite3.Row) -> JsonObject:
    """A client as v2 shows one."""
    return {
        "name": row["name"],
        "surname": row["surname"] or "",
        "patronymic": row["patronymic"] or "",
        "phone": shown_phone(call.caller, row["phone"]),
        "email": row["email"] or "",
        "comment": row["comment"],
        "national_id": row["national_id"],
        "birthday": row["birthday"],
        "gender": row["gender"],
        "discount_percent": row["discount"],
    }


def check_fields(call: Call, values: Sequence[FieldValue]) -> None:
    """Refuse codes that the location does not have; whether a required one is there is not checked (contract 2.4)."""
    known = {
        str(row["code"])
        for row in call.database.rows("SELECT code FROM custom_fields WHERE location_id = ?", (call.location.id,))
    }
    for place, value in enumerate(values):
        if value.code not in known:
            raise invalid(f"client.custom_field_values.{place}.code", "Unknown custom field")


def client_of(call: Call, draft: Draft) -> int | None:
    """Find or make the client of a new booking; None where only a visitor comes.

    A known client's card is overwritten with what was sent, as contract 2.4 warns; a phone that is known finds its
    client, whose card stays as it is.
    """
    check_fields(call, draft.fields)
    if draft.client_id is not None:
        row = find_client(call, draft.client_id)
        _overwrite(call, row, draft)
        return draft.client_id
    if draft.phone:
        return _by_phone(call, draft.phone) or _add(call, draft)
    if draft.comer_id is not None or draft.comer_name is not None:
        return None
    if draft.phone_needed:
        raise invalid("client.phone", "A phone is required unless a visitor comes")
    return _add(call, draft)


def client_by_phone(call: Call, *, name: str, phone: str, email: str | None) -> int:
    """Find a client by phone or make one of what little is known."""
    return _by_phone(call, phone) or _insert(call, {"name": name, "phone": phone, "email": email})


def _by_phone(call: Call, phone: str) -> int:
    return call.database.number(
        "SELECT min(id) FROM clients WHERE location_id = ? AND phone = ?", (call.location.id, phone)
    )


_CARD_KEYS = ("name", "surname", "patronymic", "email", "gender", "birthday", "comment", "national_id")


def _sent(draft: Draft) -> dict[str, Value]:
    """The columns that the body spoke of; keys that were left out are not among them."""
    sent: dict[str, Value] = {key: getattr(draft.card, key) for key in _CARD_KEYS if key in draft.card.model_fields_set}
    if "gender" in sent:
        sent["gender"] = sent["gender"] or 0
    if draft.phone:
        sent["phone"] = draft.phone
    if "custom_field_values" in draft.card.model_fields_set:
        sent["fields"] = json.dumps([value.model_dump() for value in draft.fields], ensure_ascii=False)
    return sent | _consents(draft.consents)


def _consents(consents: Agreements | None) -> dict[str, Value]:
    if consents is None:
        return {}
    return {
        "newsletter": consents.is_newsletter_allowed,
        "personal_data": consents.is_personal_data_processing_allowed,
    }


_BLANK: Mapping[str, Value] = {
    "surname": None, "patronymic": None, "phone": "", "email": None, "gender": 0, "birthday": None, "comment": "",
    "national_id": "", "newsletter": 0, "personal_data": 0, "fields": "[]",
}  # fmt: skip


def _add(call: Call, draft: Draft) -> int:
    return _insert(call, _sent(draft))


def _insert(call: Call, known: Mapping[str, Value]) -> int:
    row = {**_BLANK, **known, "location_id": call.location.id}
    return call.database.write(
        "INSERT INTO clients (location_id, name, surname, patronymic, phone, email, gender, birthday, comment,"
        " national_id, newsletter, personal_data, fields, folded) VALUES (:location_id, :name, :surname, :patronymic,"
        " :phone, :email, :gender, :birthday, :comment, :national_id, :newsletter, :personal_data, :fields, :folded)",
        row | {"folded": _folded(row)},
    )


def _overwrite(call: Call, row: sqlite3.Row, draft: Draft) -> None:
    card: dict[str, Value] = {**{key: row[key] for key in ("id", *_BLANK, "name")}, **_sent(draft)}
    call.database.write(
        "UPDATE clients SET name = :name, surname = :surname, patronymic = :patronymic, phone = :phone,"
        " email = :email, gender = :gender, birthday = :birthday, comment = :comment, national_id = :national_id,"
        " newsletter = :newsletter, personal_data = :personal_data, fields = :fields, folded = :folded WHERE id = :id",
        card | {"folded": _folded(card)},
    )


def _folded(card: Mapping[str, Value]) -> str:
    name, surname, patronymic, phone, email = (
        str(card[key] or "") for key in ("name", "surname", "patronymic", "phone", "email")
    )
    return fold_client(name, surname, patronymic, phone, email)


def visitor_of(call: Call, comer_id: int | None, comer_name: str | None) -> int | None:
    """Find or make the visitor of a booking: by the id that autocomplete gave, or by name."""
    if comer_id is None:
        return None if comer_name is None else _add_visitor(call, comer_name)
    if call.database.number(
        "SELECT count(*) FROM visitors WHERE id = ? AND location_id = ?", (comer_id, call.location.id)
    ):
        return comer_id
    client = call.database.row(
        "SELECT name FROM clients WHERE id = ? AND location_id = ?", (comer_id, call.location.id)
    )
    if client is None:
        raise missing("Visitor")
    return _add_visitor(call, str(client["name"]))


def _add_visitor(call: Call, name: str) -> int:
    return call.database.write(
        "INSERT INTO visitors (location_id, name, folded) VALUES (?,?,?)", (call.location.id, name, fold(name))
    )
