"""A booking as v1 shows it (contract 4)."""

import json
import sqlite3

from tui_app.sandbox.answers import JsonObject
from tui_app.sandbox.calls import Call
from tui_app.sandbox.clients_data import shown_phone
from tui_app.sandbox.moments import received


def v1_booking(call: Call, row: sqlite3.Row) -> JsonObject:
    """One booking with its team member, client and services inside."""
    zone = call.location.zone
    return {
        "id": row["id"],
        "company_id": row["location_id"],
        "staff_id": row["staff_id"],
        "staff": _staff(call, row),
        "activity_id": row["event_id"] or 0,
        "services": _services(call, row),
        "client": _client(call, row),
        "comer": _comer(call, row),
        "date": row["wall"],
        "datetime": received(row["starts"], zone),
        "create_date": received(row["created"], zone),
        "last_change_date": received(row["changed"], zone),
        "seance_length": row["length"],
        "length": row["length"],
        "attendance": row["attendance"],
        "visit_attendance": row["attendance"],
        "visit_id": row["visit_id"],
        "clients_count": row["places"],
        "paid_full": row["paid"],
        "comment": row["comment"] or "",
        "custom_color": row["color"],
        "deleted": bool(row["deleted"]),
    }


def _staff(call: Call, row: sqlite3.Row) -> JsonObject:
    found = call.database.row("SELECT * FROM team_members WHERE id = ?", (row["staff_id"],))
    return {
        "id": row["staff_id"],
        "name": found["name"] if found else "",
        "specialization": found["specialization"] if found else "",
    }


def _services(call: Call, row: sqlite3.Row) -> list[JsonObject]:
    wanted: list[int] = json.loads(row["services"])
    found = call.database.rows(
        "SELECT * FROM services WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
    )
    return [
        {
            "id": service["id"],
            "title": service["title"],
            "cost": service["price"],
            "amount": wanted.count(service["id"]),
        }
        for service in found
    ]


def _client(call: Call, row: sqlite3.Row) -> JsonObject | None:
    found = call.database.row("SELECT * FROM clients WHERE id = ?", (row["client_id"],))
    if found is None:
        return None
    return {
        "id": found["id"],
        "name": found["name"],
        "surname": found["surname"] or "",
        "phone": shown_phone(call.caller, found["phone"]),
        "email": found["email"] or "",
    }


def _comer(call: Call, row: sqlite3.Row) -> JsonObject | None:
    found = call.database.row("SELECT * FROM visitors WHERE id = ?", (row["visitor_id"],))
    return {"id": found["id"], "name": found["name"]} if found else None
