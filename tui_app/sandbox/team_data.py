"""Team members, services, resources and tags: small reads that several calls share."""

import json
import sqlite3
from collections.abc import Sequence

from tui_app.sandbox.answers import JsonObject
from tui_app.sandbox.database import Database
from tui_app.sandbox.refusals import invalid, missing


def staff_attributes(row: sqlite3.Row) -> JsonObject:
    """A team member as v2 shows one."""
    return {
        "name": row["name"],
        "specialization": row["specialization"],
        "position_id": row["position_id"],
        "rating": row["rating"],
        "is_hidden": bool(row["hidden"]),
        "is_fired": bool(row["fired"]),
        "is_deleted": bool(row["deleted"]),
    }


def service_attributes(row: sqlite3.Row) -> JsonObject:
    """A service as v2 shows one."""
    return {
        "title": row["title"],
        "category_id": row["category_id"],
        "capacity": row["capacity"],
        "price_min": row["price"],
        "price_max": row["price"],
        "length": row["length"],
        "is_active": bool(row["active"]),
    }


def check_staff(database: Database, location_id: int, staff_id: int) -> None:
    """Raise the 404 refusal for a team member who does not work here (contract 2.3)."""
    if not database.number(
        "SELECT count(*) FROM team_members WHERE id = ? AND location_id = ? AND deleted = 0 AND fired = 0",
        (staff_id, location_id),
    ):
        raise missing("Team member")


def check_service(database: Database, location_id: int, service_id: int) -> None:
    """Raise the 404 refusal for a service that is not offered here (contract 2.3)."""
    if not database.number(
        "SELECT count(*) FROM services WHERE id = ? AND location_id = ? AND active = 1", (service_id, location_id)
    ):
        raise missing("Service")


def check_instances(database: Database, location_id: int, instances: Sequence[int], field: str) -> None:
    """Raise the 422 refusal for a resource instance that is not of this location."""
    known = database.numbers(
        "SELECT i.id FROM resource_instances i JOIN resources r ON r.id = i.resource_id WHERE r.location_id = ?"
        " AND i.id IN (SELECT value FROM json_each(?))",
        (location_id, json.dumps(list(instances))),
    )
    _check_all(instances, known, field, "resource instance")


def check_tags(database: Database, location_id: int, tags: Sequence[int], entity: str, field: str) -> None:
    """Raise the 422 refusal for a tag that is unknown or meant for something else."""
    known = database.numbers(
        "SELECT id FROM tags WHERE location_id = ? AND entity = ? AND deleted = 0"
        " AND id IN (SELECT value FROM json_each(?))",
        (location_id, entity, json.dumps(list(tags))),
    )
    _check_all(tags, known, field, "tag")


def _check_all(wanted: Sequence[int], known: Sequence[int], field: str, what: str) -> None:
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise invalid(field, f"Unknown {what}: {', '.join(map(str, unknown))}")
