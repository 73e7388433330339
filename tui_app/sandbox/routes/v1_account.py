"""v1: logging in, locations, permissions and timetable settings (contract 4)."""

import sqlite3
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr

from tui_app.sandbox import schemas_v1
from tui_app.sandbox.answers import Answer, JsonObject, enveloped
from tui_app.sandbox.calls import Call
from tui_app.sandbox.parameters import BIGGEST, Kind, Parameter
from tui_app.sandbox.refusals import RefusalError, missing, unauthorized
from tui_app.sandbox.routing import Access, Route
from tui_app.sandbox.validation import Body, LooseBody, Text

_ATTEMPTS = 3
_REFRESH_SECONDS = 60
_NAMESPACE = UUID("5a3c0f0e-6a4e-4f0b-9d53-0d6f5d1c7c11")
_COUNTRY_CODES = {
    "Germany": ("DE", "EUR"),
    "United States": ("US", "USD"),
    "Kazakhstan": ("KZ", "KZT"),
    "Georgia": ("GE", "GEL"),
    "Ukraine": ("UA", "UAH"),
    "United Kingdom": ("GB", "GBP"),
}


class SecondFactor(Body):
    """The answer to a challenge."""

    uuid: Text
    secret: Annotated[SecretStr, Field(min_length=1, max_length=64)]


class LogIn(Body):
    """Login and password, and the second factor once it was asked for."""

    login: Text
    password: Annotated[SecretStr, Field(min_length=1, max_length=255)]
    second_factor: SecondFactor | None = Field(None, alias="2fa")


class Timetable(LooseBody):
    """The settings of the timetable that may be changed."""

    record_type: Annotated[int, Field(ge=0, le=2)] | None = None
    activity_record_clients_count_max: Annotated[int, Field(ge=1, le=BIGGEST)] | None = None


def log_in(call: Call) -> Answer:
    """Give the user token for login and password; ask for the second factor of a user who has one."""
    body = call.read(LogIn)
    digits = body.login.lstrip("+").replace(" ", "")
    user = call.database.row("SELECT * FROM users WHERE login = ? OR phone = ?", (body.login.lower(), digits))
    if user is None or user["password"] != body.password.get_secret_value():
        raise unauthorized("Wrong login or password")
    if user["second_factor"] is None:
        return _welcome(user)
    if body.second_factor is None:
        return _challenge(call, user)
    return _second_factor(call, user, body.second_factor)


def _welcome(user: sqlite3.Row) -> Answer:
    shown: JsonObject = {
        "id": user["id"],
        "user_token": user["token"],
        "name": user["name"],
        "phone": user["phone"],
        "login": user["login"],
        "email": user["login"],
        "avatar": "",
        "is_approved": True,
    }
    return enveloped(shown, status=201)


def _challenge(call: Call, user: sqlite3.Row) -> Answer:
    number = call.database.number("SELECT count(*) FROM challenges")
    uuid = str(uuid5(_NAMESPACE, f"{user['id']}:{number}"))
    call.database.write("INSERT INTO challenges VALUES (?,?,?)", (uuid, user["id"], _ATTEMPTS))
    return _asked(user, uuid, _ATTEMPTS)


def _asked(user: sqlite3.Row, uuid: str, attempts: int) -> Answer:
    recipient = f"{'*' * (len(user['phone']) - 2)}{user['phone'][-2:]}"
    asked: JsonObject = {
        "uuid": uuid,
        "transport": {"type": "sms", "recipient": recipient},
        "refresh_ttl_sec": _REFRESH_SECONDS,
        "attempts_left": attempts,
    }
    return enveloped(asked)


def _second_factor(call: Call, user: sqlite3.Row, answer: SecondFactor) -> Answer:
    """Count an attempt; the challenge is used up by the right code and by too many wrong ones."""
    challenge = call.database.row(
        "SELECT * FROM challenges WHERE uuid = ? AND user_id = ? AND attempts > 0", (answer.uuid, user["id"])
    )
    if challenge is None:
        raise unauthorized("The code has expired; log in again")
    if answer.secret.get_secret_value() == user["second_factor"]:
        call.database.write("UPDATE challenges SET attempts = 0 WHERE uuid = ?", (answer.uuid,))
        return _welcome(user)
    call.database.write("UPDATE challenges SET attempts = attempts - 1 WHERE uuid = ?", (answer.uuid,))
    raise RefusalError(422, "Wrong code", errors={"2fa.secret": ["Wrong code"]}, kept=True)


def list_locations(call: Call) -> Answer:
    """Answer the locations: all of them, or those that the user manages."""
    rows = call.database.rows("SELECT * FROM locations ORDER BY id")
    if call.query.flag("my"):
        if call.caller is None:
            raise unauthorized("User token is required")
        managed = call.database.numbers("SELECT location_id FROM user_locations WHERE user_id = ?", (call.caller.id,))
        rows = [row for row in rows if row["id"] in managed]
    count, page = call.query.count("count", 30), call.query.count("page", 1)
    shown = [_location(call, row) for row in rows[(page - 1) * count : page * count]]
    return enveloped(shown, {"total_count": len(rows)})


def read_location(call: Call) -> Answer:
    """Answer one location."""
    row = call.database.row("SELECT * FROM locations WHERE id = ?", (call.location.id,))
    if row is None:
        raise missing("Location")
    if call.query.flag("my") and call.caller is None:
        raise unauthorized("User token is required")
    return enveloped(_location(call, row))


def _location(call: Call, row: sqlite3.Row) -> JsonObject:
    code, currency = _COUNTRY_CODES[row["country"]]
    offset = datetime.fromtimestamp(call.now, UTC).astimezone(ZoneInfo(row["zone"])).utcoffset()
    return {
        "id": row["id"],
        "title": row["title"],
        "public_title": row["title"],
        "country_id": row["country_id"],
        "country": row["country"],
        "country_iso": code,
        "city": row["city"],
        "address": row["address"],
        "timezone_name": row["zone"],
        "timezone": int(offset.total_seconds() // 3600) if offset is not None else 0,
        "phone": row["phone"],
        "phones": [row["phone"]],
        "phone_confirmation": 0,
        "currency_short_title": currency,
        "active": 1,
    }


def read_permissions(call: Call) -> Answer:
    """Answer what the user may do here."""
    user = call.user
    changes = (
        "create_records_access", "edit_records_access", "delete_records_access", "edit_records_attendance_access",
        "activity_create_access", "activity_edit_access", "activity_delete_access",
    )  # fmt: skip
    shown: JsonObject = {
        "timetable_access": True,
        **dict.fromkeys(changes, user.writes),
        "clients_access": True,
        "client_phones_access": user.sees_phones,
        "clients_autocomplete_access": user.autocompletes,
        "records_edit_last_days_count": user.edit_days,
    }
    return enveloped(shown)


def read_timetable(call: Call) -> Answer:
    """Answer the settings of the timetable."""
    row = call.database.row("SELECT * FROM locations WHERE id = ?", (call.location.id,))
    if row is None:
        raise missing("Location")
    return enveloped({"record_type": row["record_type"], "activity_record_clients_count_max": row["record_places_max"]})


def change_timetable(call: Call) -> Answer:
    """Change the settings of the timetable that were sent."""
    body = call.read(Timetable)
    call.database.write(
        "UPDATE locations SET record_type = coalesce(?, record_type),"
        " record_places_max = coalesce(?, record_places_max) WHERE id = ?",
        (body.record_type, body.activity_record_clients_count_max, call.location.id),
    )
    return read_timetable(call)


_V1 = "/api/v1"
_MY = (Parameter("my", Kind.FLAG),)

ROUTES = (
    Route(
        "POST", f"{_V1}/auth", "log_in", "Log in", log_in,
        {200: schemas_v1.SECOND_FACTOR, 201: schemas_v1.LOGGED_IN}, body=LogIn, access=Access.PARTNER,
    ),
    Route(
        "GET", f"{_V1}/companies", "list_locations", "Locations", list_locations, {200: schemas_v1.LOCATIONS},
        query=(
            *_MY,
            Parameter("page", Kind.NUMBER, most=100_000),
            Parameter("count", Kind.NUMBER, most=300),
        ),
        access=Access.PARTNER, aliases=(f"{_V1}/locations",),
    ),
    Route(
        "GET", f"{_V1}/company/{{location_id}}", "read_location", "One location", read_location,
        {200: schemas_v1.LOCATION}, query=_MY, access=Access.PARTNER, aliases=(f"{_V1}/locations/{{location_id}}",),
    ),
    Route(
        "GET", f"{_V1}/user/permissions/{{location_id}}", "read_permissions", "Rights of the user",
        read_permissions, {200: schemas_v1.PERMISSIONS},
    ),
    Route(
        "GET", f"{_V1}/company/{{location_id}}/settings/timetable", "read_timetable", "Timetable settings",
        read_timetable, {200: schemas_v1.TIMETABLE}, aliases=(f"{_V1}/locations/{{location_id}}/settings/timetable",),
    ),
    Route(
        "PATCH", f"{_V1}/company/{{location_id}}/settings/timetable", "change_timetable",
        "Change timetable settings", change_timetable, {200: schemas_v1.TIMETABLE}, body=Timetable, writes=True,
        aliases=(f"{_V1}/locations/{{location_id}}/settings/timetable",),
    ),
)  # fmt: skip
