"""What surrounds events in v2: team, services, tags, custom fields, occupied resources, one client (contract 3)."""

import json
import sqlite3

from tui_app.sandbox import schemas
from tui_app.sandbox.answers import Answer, JsonObject, link, listing, resource, single
from tui_app.sandbox.calls import Call
from tui_app.sandbox.clients_data import client_attributes, find_client
from tui_app.sandbox.moments import WALL, to_timestamp, to_wall
from tui_app.sandbox.parameters import Kind, Parameter, check_order, include_of
from tui_app.sandbox.routing import Route
from tui_app.sandbox.team_data import service_attributes, staff_attributes

_BIGGEST_PAGE = 250


def list_team(call: Call) -> Answer:
    """Answer the team members, filtered by what they are no longer."""
    rows = call.database.rows(
        "SELECT * FROM team_members WHERE location_id = ? AND (? IS NULL OR fired = ?)"
        " AND (? IS NULL OR deleted = ?) ORDER BY id",
        (
            call.location.id,
            *[call.query.number("filter[fired]")] * 2,
            *[call.query.number("filter[deleted]")] * 2,
        ),
    )
    return listing([resource("staff", row["id"], staff_attributes(row)) for row in rows])


def list_services(call: Call) -> Answer:
    """Answer a page of services, without their number."""
    limit = call.query.count("limit", _BIGGEST_PAGE)
    rows = call.database.rows(
        "SELECT * FROM services WHERE location_id = ? ORDER BY id LIMIT ? OFFSET ?",
        (call.location.id, limit, (call.query.count("page", 1) - 1) * limit),
    )
    return listing([resource("service", row["id"], service_attributes(row)) for row in rows])


def list_tags(call: Call) -> Answer:
    """Answer the tags of one kind of thing."""
    rows = call.database.rows(
        "SELECT * FROM tags WHERE location_id = ? AND entity = ? ORDER BY id",
        (call.location.id, call.query.text("entity")),
    )
    return listing([resource("tag", row["id"], _tag(row)) for row in rows])


def _tag(row: sqlite3.Row) -> JsonObject:
    return {
        "title": row["title"],
        "color": row["color"],
        "font_color": row["font_color"],
        "entity_type": row["entity"],
        "is_deleted": bool(row["deleted"]),
    }


def list_custom_fields(call: Call) -> Answer:
    """Answer the custom fields of clients."""
    rows = call.database.rows("SELECT * FROM custom_fields WHERE location_id = ? ORDER BY id", (call.location.id,))
    return listing([resource("custom_field", row["id"], _custom_field(row, place)) for place, row in enumerate(rows)])


def _custom_field(row: sqlite3.Row, weight: int) -> JsonObject:
    choices = json.loads(row["choices"])
    return {
        "code": row["code"],
        "slug": row["code"],
        "title": row["title"],
        "type": "select" if choices else "text",
        "is_required": bool(row["required"]),
        "is_editable": True,
        "is_visible": True,
        "weight": weight,
        "values": choices,
    }


def list_occupations(call: Call) -> Answer:
    """Answer which resources are taken within a period, touching ends not counted."""
    start = call.query.needed("filter[date_intersect_from_strict]")
    end = call.query.needed("filter[date_intersect_to_strict]")
    check_order(start, end, "filter.date_intersect_to_strict")
    zone = call.location.zone
    rows = call.database.rows(
        "SELECT e.id, e.starts, e.length, r.instance_id FROM events e JOIN event_resources r ON r.event_id = e.id"
        " WHERE e.location_id = ? AND e.deleted = 0 AND e.starts < ? AND e.starts + e.length > ?"
        " ORDER BY e.starts, r.instance_id",
        (call.location.id, to_timestamp(end, zone), to_timestamp(start, zone)),
    )
    return listing(
        [resource("resource_occupation", place, _occupation(row, zone)) for place, row in enumerate(rows, 1)]
    )


def _occupation(row: sqlite3.Row, zone: str) -> JsonObject:
    return {
        "source_type_slug": "activity",
        "source_id": row["id"],
        "resource_instance_id": row["instance_id"],
        "from": to_wall(row["starts"], zone).strftime(WALL),
        "to": to_wall(row["starts"] + row["length"], zone).strftime(WALL),
    }


def read_client(call: Call) -> Answer:
    """Answer one client, with consents and custom field values where asked for."""
    row = find_client(call, call.ids["client_id"])
    names = list(dict.fromkeys(call.query.chosen("include", "include[]")))
    found = {name: _details(row, name) for name in names}
    relationships: JsonObject = {
        name: {"data": [link(str(item["type"]), item["id"]) for item in items]} for name, items in found.items()
    }
    item = resource("client", row["id"], client_attributes(call, row), relationships or None)
    return single(item, [one for items in found.values() for one in items] if names else None)


def _details(row: sqlite3.Row, name: str) -> list[JsonObject]:
    if name == "agreements":
        consents: JsonObject = {
            "is_newsletter_allowed": bool(row["newsletter"]),
            "is_personal_data_processing_allowed": bool(row["personal_data"]),
        }
        return [resource("agreement", row["id"], consents)]
    values: list[JsonObject] = json.loads(row["fields"])
    return [resource("custom_field_value", place, value) for place, value in enumerate(values, 1)]


def read_statistic(call: Call) -> Answer:
    """Answer how often a client came, and did not."""
    row = find_client(call, call.ids["client_id"])
    found = call.database.row(
        "SELECT count(*) FILTER (WHERE b.deleted = 0) AS visits,"
        " count(*) FILTER (WHERE b.deleted = 0 AND b.attendance = 1) AS attended,"
        " count(*) FILTER (WHERE b.deleted = 0 AND b.attendance = -1) AS absent,"
        " count(*) FILTER (WHERE b.deleted = 0 AND b.attendance = 0) AS waiting,"
        " count(*) FILTER (WHERE b.deleted = 0 AND b.attendance = 2) AS confirmed,"
        " count(*) FILTER (WHERE b.deleted = 1) AS cancelled,"
        " max(CASE WHEN b.deleted = 0 AND b.attendance = 1 THEN coalesce(e.wall, b.wall) END) AS last,"
        " coalesce(sum(CASE WHEN b.deleted = 0 AND b.attendance = 1 AND b.paid = 0 THEN -b.manual_cost END), 0)"
        " AS balance FROM bookings b LEFT JOIN events e ON e.id = b.event_id WHERE b.client_id = ?",
        (row["id"],),
    )
    counts: JsonObject = {
        f"{name}_count": found[name] if found else 0
        for name in ("visits", "attended", "absent", "waiting", "confirmed", "cancelled")
    }
    shown = {"client_id": row["id"], **counts, "balance": found and found["balance"]}
    return single(resource("attendances_statistic", row["id"], shown | {"last_visit_date": found and found["last"]}))


_HERE = "/api/v2/locations/{location_id}"

ROUTES = (
    Route(
        "GET", f"{_HERE}/team_members", "list_team_members", "Team members", list_team, {200: schemas.TEAM},
        query=(Parameter("filter[fired]", Kind.FLAG), Parameter("filter[deleted]", Kind.FLAG)),
    ),
    Route(
        "GET", f"{_HERE}/services", "list_services", "Services", list_services, {200: schemas.SERVICES},
        query=(
            Parameter("page", Kind.NUMBER, most=100_000),
            Parameter("limit", Kind.NUMBER, most=_BIGGEST_PAGE),
        ),
    ),
    Route(
        "GET", f"{_HERE}/tags", "list_tags", "Tags of a kind of thing", list_tags, {200: schemas.TAGS},
        query=(Parameter("entity", required=True, choices=("activity", "record", "client")),),
    ),
    Route(
        "GET", f"{_HERE}/custom_fields", "list_custom_fields", "Custom fields of clients", list_custom_fields,
        {200: schemas.CUSTOM_FIELDS}, query=(Parameter("filter[parent_entity_type]", choices=("client",)),),
    ),
    Route(
        "GET", f"{_HERE}/resource_occupations", "list_occupations", "Which resources are taken", list_occupations,
        {200: schemas.OCCUPATIONS},
        query=(
            Parameter("filter[date_intersect_from_strict]", Kind.WALL_T, required=True),
            Parameter("filter[date_intersect_to_strict]", Kind.WALL_T, required=True),
        ),
    ),
    Route(
        "GET", f"{_HERE}/attendance/clients/{{client_id}}", "read_client", "One client", read_client,
        {200: schemas.CLIENT}, query=include_of("agreements", "custom_field_values"),
    ),
    Route(
        "GET", f"{_HERE}/clients/{{client_id}}/attendances_statistic", "read_statistic", "Visits of a client",
        read_statistic, {200: schemas.STATISTIC},
    ),
)  # fmt: skip
