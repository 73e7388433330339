"""v1: finding clients, by search and by autocomplete (contract 4)."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Annotated, Literal

from pydantic import Field

from tui_app.sandbox import schemas_v1
from tui_app.sandbox.answers import Answer, JsonObject, enveloped
from tui_app.sandbox.calls import Call
from tui_app.sandbox.clients_data import shown_phone
from tui_app.sandbox.database import Value
from tui_app.sandbox.folding import fold, search_term
from tui_app.sandbox.parameters import Kind, Parameter
from tui_app.sandbox.routing import Access, Route
from tui_app.sandbox.validation import Body

_Field = Literal[
    "id", "name", "surname", "patronymic", "display_name", "phone", "email", "comment", "sex_id", "birth_date",
    "discount", "visits_count",
]  # fmt: skip
_Page = Annotated[int, Field(ge=1, le=100_000)]


class State(Body):
    """What a filter looks for."""

    value: Annotated[str, Field(max_length=255)]


class Filter(Body):
    """The one filter of the search that a front desk needs."""

    type: Literal["quick_search"]
    state: State


def _usual_fields() -> list[_Field]:
    return ["id", "name"]


class Search(Body):
    """Which clients, in which order, and what of them."""

    page: _Page = 1
    page_size: Annotated[int, Field(ge=1, le=200)] = 25
    fields: Annotated[list[_Field], Field(min_length=1, max_length=50)] = Field(default_factory=_usual_fields)
    order_by: _Field = "id"
    order_by_direction: Literal["ASC", "DESC", "asc", "desc"] = "ASC"
    operation: Literal["AND", "OR"] = "AND"
    filters: Annotated[list[Filter], Field(max_length=10)] = Field(default_factory=list)


_SCAN = "SELECT {columns} FROM clients WHERE +location_id = :location AND ({fits}) ORDER BY id"
"""Every client is looked at anyway: the plus keeps SQLite from going through an index to do so, four times slower."""


def _scan(columns: str, terms: Sequence[str], operation: Literal["AND", "OR"]) -> tuple[str, dict[str, Value]]:
    """The query for clients who hold every term, or any, in whichever of their fields."""
    named: dict[str, Value] = {f"term{place}": term for place, term in enumerate(terms)}
    fits = f" {operation} ".join(f"instr(folded, :{name}) > 0" for name in named) or "true"
    return _SCAN.format(columns=columns, fits=fits), named


def search_clients(call: Call) -> Answer:
    """Answer the clients that every (or any) filter fits: contained in a name, the phone's digits or the e-mail."""
    body = call.read(Search)
    column = _COLUMNS.get(body.order_by, body.order_by)
    terms = [search_term(found.state.value) for found in body.filters]
    sql, named = _scan(f"id, {column} AS value", terms, body.operation)
    rows = call.database.rows(sql, {"location": call.location.id, **named})
    ordered = sorted(rows, key=_order, reverse=body.order_by_direction.upper() == "DESC")
    first = (body.page - 1) * body.page_size
    people = _people(call, [row["id"] for row in ordered[first : first + body.page_size]])
    return enveloped([_person(call, row, body.fields) for row in people], {"total_count": len(rows)})


_COLUMNS = {"sex_id": "gender", "birth_date": "birthday", "display_name": "name", "visits_count": "id"}


def _order(row: sqlite3.Row) -> tuple[str, int]:
    value = row["value"]
    return ("" if isinstance(value, int) else fold(value or ""), value if isinstance(value, int) else row["id"])


def _people(call: Call, ids: list[int]) -> list[sqlite3.Row]:
    """The clients with these ids, in this order."""
    rows = call.database.rows("SELECT * FROM clients WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
    found = {row["id"]: row for row in rows}
    return [found[number] for number in ids]


def _person(call: Call, row: sqlite3.Row, names: list[_Field]) -> JsonObject:
    everything: JsonObject = {
        "id": row["id"],
        "name": row["name"],
        "surname": row["surname"] or "",
        "patronymic": row["patronymic"] or "",
        "display_name": _full_name(row),
        "phone": shown_phone(call.caller, row["phone"]),
        "email": row["email"] or "",
        "comment": row["comment"],
        "sex_id": row["gender"],
        "birth_date": row["birthday"],
        "discount": row["discount"],
    }
    if "visits_count" in names:
        everything["visits_count"] = call.database.number(
            "SELECT count(*) FROM bookings WHERE client_id = ? AND attendance = 1 AND deleted = 0", (row["id"],)
        )
    return {name: everything[name] for name in dict.fromkeys(names)}


def _full_name(row: sqlite3.Row) -> str:
    return " ".join(part for part in (row["surname"], row["name"], row["patronymic"]) if part)


_FRAGMENTS = ("name", "surname", "phone", "email", "card")


def autocomplete(call: Call) -> Answer:
    """Answer clients and visitors that hold every fragment: a bare list."""
    fragments = {name: text for name in _FRAGMENTS if (text := call.query.text(name))}
    limit = call.query.count("limit", 7)
    ids = list(islice(_holders(call, fragments), limit))
    found = [_suggestion(call, row) for row in _people(call, ids)]
    if fragments.keys() <= {"name"} and len(found) < limit:
        visitors = call.database.rows("SELECT * FROM visitors WHERE location_id = ? ORDER BY id", (call.location.id,))
        wanted = fold(fragments.get("name", ""))
        found += [_visitor(row) for row in visitors if wanted in row["folded"]]
    return Answer(found[:limit])


def _holders(call: Call, fragments: Mapping[str, str]) -> Iterator[int]:
    """The ids of the clients of whom each named field holds its fragment; no card is known of anybody."""
    if "card" in fragments:
        return
    wanted = {name: search_term(text) if name == "phone" else fold(text) for name, text in fragments.items()}
    sql, named = _scan("id, name, surname, phone, email", [*wanted.values()], "AND")
    for row in call.database.each(sql, {"location": call.location.id, **named}):
        if all(text in fold(row[name] or "") for name, text in wanted.items()):
            yield row["id"]


def _suggestion(call: Call, row: sqlite3.Row) -> JsonObject:
    return {
        "id": row["id"],
        "fullname": _full_name(row),
        "surname": row["surname"] or "",
        "patronymic": row["patronymic"] or "",
        "phone": shown_phone(call.caller, row["phone"]),
        "email": row["email"] or "",
        "discount": row["discount"],
    }


def _visitor(row: sqlite3.Row) -> JsonObject:
    blank = dict.fromkeys(("surname", "patronymic", "phone", "email"), "")
    return {"id": row["id"], "fullname": row["name"], **blank, "discount": 0}


_V1 = "/api/v1"

ROUTES = (
    Route(
        "POST", f"{_V1}/company/{{location_id}}/clients/search", "search_clients", "Find clients", search_clients,
        {200: schemas_v1.FOUND_CLIENTS}, body=Search, aliases=(f"{_V1}/locations/{{location_id}}/clients/search",),
    ),
    Route(
        "GET", f"{_V1}/company/{{location_id}}/clients/autocomplete", "autocomplete_clients",
        "Type-ahead over clients and visitors", autocomplete, {200: schemas_v1.SUGGESTIONS},
        query=(*(Parameter(name) for name in _FRAGMENTS), Parameter("limit", Kind.NUMBER, most=25)),
        access=Access.AUTOCOMPLETE, aliases=(f"{_V1}/locations/{{location_id}}/clients/autocomplete",),
    ),
)  # fmt: skip
