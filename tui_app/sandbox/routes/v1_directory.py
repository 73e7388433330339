"""v1: team, services and their categories, resources, and what can run as an event (contract 4)."""

import sqlite3

from tui_app.sandbox import schemas_v1
from tui_app.sandbox.answers import Answer, JsonObject, enveloped
from tui_app.sandbox.calls import Call
from tui_app.sandbox.folding import fold
from tui_app.sandbox.parameters import Kind, Parameter
from tui_app.sandbox.routing import Access, Route

_PAGED = (Parameter("page", Kind.NUMBER, most=100_000), Parameter("count", Kind.NUMBER, most=300))
_USUAL_PAGE = 50
_TEAM = "SELECT * FROM team_members WHERE location_id = ? AND deleted = 0 ORDER BY id"


def _page(call: Call, rows: list[sqlite3.Row]) -> list[sqlite3.Row]:
    count = call.query.count("count", _USUAL_PAGE)
    first = (call.query.count("page", 1) - 1) * count
    return rows[first : first + count]


def list_staff(call: Call) -> Answer:
    """Answer the team members, the fired among them."""
    rows = call.database.rows(_TEAM, (call.location.id,))
    return enveloped([_member(row) for row in _page(call, rows)], {"count": len(rows)})


def _member(row: sqlite3.Row) -> JsonObject:
    return {
        "id": row["id"],
        "company_id": row["location_id"],
        "name": row["name"],
        "specialization": row["specialization"],
        "position": {"id": row["position_id"], "title": row["position_title"]},
        "rating": row["rating"],
        "avatar": "",
        "hidden": row["hidden"],
        "fired": row["fired"],
        "weight": 0,
    }


def list_services(call: Call) -> Answer:
    """Answer the services with their price."""
    rows = call.database.rows("SELECT * FROM services WHERE location_id = ? ORDER BY id", (call.location.id,))
    return enveloped([_service(row) for row in _page(call, rows)], {"count": len(rows)})


def _service(row: sqlite3.Row) -> JsonObject:
    return {
        "id": row["id"],
        "title": row["title"],
        "category_id": row["category_id"],
        "cost": row["price"],
        "price_min": row["price"],
        "price_max": row["price"],
        "duration": row["length"],
        "discount": 0,
        "comment": row["description"],
        "active": row["active"],
    }


def list_categories(call: Call) -> Answer:
    """Answer the categories of services."""
    rows = call.database.rows("SELECT * FROM service_categories WHERE location_id = ? ORDER BY id", (call.location.id,))
    return enveloped([{"id": row["id"], "title": row["title"]} for row in rows], {"count": len(rows)})


def list_resources(call: Call) -> Answer:
    """Answer the resources, each with its instances."""
    rows = call.database.rows("SELECT * FROM resources WHERE location_id = ? ORDER BY id", (call.location.id,))
    found = [{"id": row["id"], "title": row["title"], "instances": _instances(call, row["id"])} for row in rows]
    return enveloped(found, {"count": len(found)})


def _instances(call: Call, resource_id: int) -> list[JsonObject]:
    rows = call.database.rows("SELECT * FROM resource_instances WHERE resource_id = ? ORDER BY id", (resource_id,))
    return [{"id": row["id"], "title": row["title"], "resource_id": row["resource_id"]} for row in rows]


def list_event_services(call: Call) -> Answer:
    """Answer the services that can run as events, with what a new event begins with."""
    staff_id, term = call.query.number("staff_id"), fold(call.query.text("term") or "")
    team = [
        row
        for row in call.database.rows(_TEAM, (call.location.id,))
        if not row["fired"] and staff_id in {None, row["id"]}
    ]
    rows = call.database.rows(
        "SELECT s.*, c.title AS category FROM services s JOIN service_categories c ON c.id = s.category_id"
        " WHERE s.location_id = ? AND s.active = 1 AND s.capacity > 1 ORDER BY s.id",
        (call.location.id,),
    )
    return enveloped([_event_service(call, row, team) for row in rows if team and term in fold(row["title"])])


def _event_service(call: Call, row: sqlite3.Row, team: list[sqlite3.Row]) -> JsonObject:
    resources = call.database.rows(
        "SELECT r.id, r.title FROM resources r JOIN service_resources s ON s.resource_id = r.id WHERE s.service_id = ?",
        (row["id"],),
    )
    return {
        "id": row["id"],
        "title": row["title"],
        "capacity": row["capacity"],
        "price_min": row["price"],
        "price_max": row["price"],
        "category": {"id": row["category_id"], "title": row["category"]},
        "staff": [{"id": member["id"], "name": member["name"], "length": row["length"]} for member in team],
        "resources": [{"id": found["id"], "title": found["title"]} for found in resources],
    }


_V1 = "/api/v1"
_LOCATION = f"{_V1}/locations/{{location_id}}"

ROUTES = (
    Route(
        "GET", f"{_V1}/staff/{{location_id}}", "list_staff", "Team members", list_staff, {200: schemas_v1.STAFF},
        query=_PAGED, access=Access.PARTNER,
        aliases=(f"{_LOCATION}/team_members", f"{_V1}/company/{{location_id}}/staff"),
    ),
    Route(
        "GET", f"{_V1}/services/{{location_id}}", "list_v1_services", "Services", list_services,
        {200: schemas_v1.SERVICES}, query=_PAGED, access=Access.PARTNER, aliases=(f"{_LOCATION}/services",),
    ),
    Route(
        "GET", f"{_V1}/service_categories/{{location_id}}/0", "list_categories", "Categories of services",
        list_categories, {200: schemas_v1.CATEGORIES}, access=Access.PARTNER,
    ),
    Route(
        "GET", f"{_V1}/resources/{{location_id}}", "list_resources", "Resources and their instances",
        list_resources, {200: schemas_v1.RESOURCES}, aliases=(f"{_LOCATION}/resources",),
    ),
    Route(
        "GET", f"{_LOCATION}/events/services", "list_event_services", "What can run as an event",
        list_event_services, {200: schemas_v1.EVENT_SERVICES},
        query=(Parameter("staff_id", Kind.NUMBER), Parameter("term")),
        aliases=(f"{_V1}/company/{{location_id}}/events/services",),
    ),
)  # fmt: skip
