"""Events in the database: reading, who is busy, and how they look on the wire (contract 2.2)."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from tui_app.sandbox.answers import JsonObject, link, resource
from tui_app.sandbox.database import Database
from tui_app.sandbox.moments import received
from tui_app.sandbox.refusals import busy, missing
from tui_app.sandbox.team_data import service_attributes, staff_attributes

INCLUDES = ("staff", "master", "service", "resource_instances", "labels", "duration_details")

_COLUMNS = """
SELECT e.*, s.title, s.description, coalesce(
    (SELECT sum(b.places) FROM bookings b WHERE b.event_id = e.id AND b.deleted = 0), 0) AS taken
FROM events e JOIN services s ON s.id = e.service_id
"""


def find_event(database: Database, location_id: int, event_id: int, *, deleted: bool = False) -> sqlite3.Row:
    """Read one event of a location; a deleted one only when asked for. Raises the 404 refusal."""
    found = database.row(
        _COLUMNS + "WHERE e.id = ? AND e.location_id = ? AND (e.deleted = 0 OR ?)", (event_id, location_id, deleted)
    )
    if found is None:
        raise missing("Event")
    return found


def events_between(
    database: Database, location_id: int, start: str, end: str, *, deleted: bool = False
) -> list[sqlite3.Row]:
    """Read the events that begin within a period of wall clock, both ends included, in order of time."""
    return database.rows(
        _COLUMNS + "WHERE e.location_id = ? AND e.wall BETWEEN ? AND ? AND (e.deleted = 0 OR ?)"
        " ORDER BY e.starts, e.id",
        (location_id, start, end, deleted),
    )


def instances_of(database: Database, event_id: int) -> list[int]:
    """The resource instances that an event holds."""
    return database.numbers("SELECT instance_id FROM event_resources WHERE event_id = ? ORDER BY 1", (event_id,))


def tags_of(database: Database, event_id: int) -> list[int]:
    """The tags of an event."""
    return database.numbers("SELECT tag_id FROM event_tags WHERE event_id = ? ORDER BY 1", (event_id,))


def attributes(row: sqlite3.Row, zone: str) -> JsonObject:
    """Everything that an event says about itself."""
    return {
        "staff_id": row["staff_id"],
        "master_id": row["staff_id"],
        "service_id": row["service_id"],
        "timestamp": row["starts"],
        "date": received(row["starts"], zone),
        "length": row["length"],
        "capacity": row["capacity"],
        "clients_count": row["taken"],
        "color": row["color"],
        "font_color": "#ffffff" if row["color"] else "",
        "comment": row["comment"],
        "instructions": row["instructions"],
        "stream_link": row["stream_link"],
        "notified": bool(row["notified"]),
        "schedule_id": row["schedule_id"],
        "schedule_till": _schedule_till(row, zone),
        "schedule_event_modified": None,
    }


def _schedule_till(row: sqlite3.Row, zone: str) -> object:
    """The API has been seen with both shapes (contract 2.2), so both are in the seed."""
    till = row["schedule_till"]
    if till is None or row["schedule_id"] % 2 == 0:
        return till
    return {"date": f"{till}.000000", "timezone_type": 3, "timezone": zone}


def flat_item(row: sqlite3.Row, zone: str, *, bare: bool) -> JsonObject:
    """An event as the earlier list gives it (contract 2.1); `bare` leaves out what is not documented there."""
    item: JsonObject = {
        "id": row["id"],
        "company_id": row["location_id"],
        "name": row["title"],
        "description": row["description"],
        "datetime": received(row["starts"], zone),
        "date": received(row["starts"], zone),
        "timestamp": row["starts"],
        "staff_id": row["staff_id"],
        "service_id": row["service_id"],
        "comment": row["comment"],
        "created_at": received(row["created"], zone),
    }
    if not bare:
        item |= {key: row[key] for key in ("length", "capacity", "color")} | {"clients_count": row["taken"]}
    return item


def expand(database: Database, row: sqlite3.Row, names: Iterable[str]) -> tuple[JsonObject, list[JsonObject]]:
    """Give the relationships of an event and the resources they point to."""
    relationships: JsonObject = {}
    included: list[JsonObject] = []
    for name in dict.fromkeys(names):
        found = _related(database, row, name)
        included.extend(found)
        links = [link(str(item["type"]), item["id"]) for item in found]
        many = name in {"resource_instances", "labels"}
        relationships[name] = {"data": links if many else links[0]}
    return relationships, included


def _related(database: Database, row: sqlite3.Row, name: str) -> list[JsonObject]:
    match name:
        case "staff" | "master":
            staff = database.rows("SELECT * FROM team_members WHERE id = ?", (row["staff_id"],))
            return [resource("staff", found["id"], staff_attributes(found)) for found in staff]
        case "service":
            services = database.rows("SELECT * FROM services WHERE id = ?", (row["service_id"],))
            return [resource("service", found["id"], service_attributes(found)) for found in services]
        case "resource_instances":
            return _instances(database, row["id"])
        case "labels":
            return labels(database, "SELECT tag_id FROM event_tags WHERE event_id = ?", row["id"])
        case _:
            details: JsonObject = {
                "services_duration": row["length"] - row["technical_break"],
                "technical_break_duration": row["technical_break"],
            }
            return [resource("duration_details", row["id"], details)]


def _instances(database: Database, event_id: int) -> list[JsonObject]:
    found = database.rows(
        "SELECT i.* FROM resource_instances i JOIN event_resources r ON r.instance_id = i.id WHERE r.event_id = ?"
        " ORDER BY i.id",
        (event_id,),
    )
    return [
        resource("resource_instance", row["id"], {"title": row["title"], "resource_id": row["resource_id"]})
        for row in found
    ]


def labels(database: Database, ids_sql: str, owner: int) -> list[JsonObject]:
    """The tags whose ids a query finds for their owner."""
    ids = json.dumps(database.numbers(ids_sql, (owner,)))
    found = database.rows("SELECT * FROM tags WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (ids,))
    return [resource("label", row["id"], {key: row[key] for key in ("title", "color", "font_color")}) for row in found]


def check_free(
    database: Database,
    location_id: int,
    *,
    staff_id: int,
    instances: Sequence[int],
    starts: int,
    length: int,
    besides: int = 0,
) -> None:
    """Refuse a time at which the team member or a resource is taken, technical break included (contract 2.3)."""
    period = (location_id, starts + length, starts, besides)
    taken = database.number(
        "SELECT count(*) FROM events WHERE location_id = ? AND deleted = 0 AND starts < ? AND starts + length > ?"
        " AND id <> ? AND staff_id = ?",
        (*period, staff_id),
    )
    taken += database.number(
        "SELECT count(*) FROM bookings WHERE location_id = ? AND deleted = 0 AND event_id IS NULL AND starts < ?"
        " AND starts + length > ? AND staff_id = ?",
        (location_id, starts + length, starts, staff_id),
    )
    if taken:
        raise busy("The team member is busy at this time")
    holding = database.row(
        "SELECT i.title FROM events e JOIN event_resources r ON r.event_id = e.id"
        " JOIN resource_instances i ON i.id = r.instance_id WHERE e.location_id = ? AND e.deleted = 0"
        " AND e.starts < ? AND e.starts + e.length > ? AND e.id <> ?"
        " AND r.instance_id IN (SELECT value FROM json_each(?))",
        (*period, json.dumps(list(instances))),
    )
    if holding is not None:
        raise busy(f"The resource «{holding['title']}» is busy at this time")
