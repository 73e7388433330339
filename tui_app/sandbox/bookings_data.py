"""Bookings in the database, and how they look in v2 (contract 2.4)."""

import json
import sqlite3
from collections.abc import Iterable

from tui_app.sandbox.answers import JsonObject, link, resource
from tui_app.sandbox.calls import Call
from tui_app.sandbox.clients_data import client_attributes
from tui_app.sandbox.events_data import labels
from tui_app.sandbox.moments import received
from tui_app.sandbox.refusals import invalid, missing
from tui_app.sandbox.team_data import service_attributes, staff_attributes

INCLUDES = ("client", "comer", "labels", "staff", "services", "attendance_service_items", "attendance_good_items")
SLUGS = {-1: "absent", 0: "waiting", 1: "attended", 2: "confirmed"}
VISIT_OFFSET = 124_798_250

COLUMNS = """
SELECT b.id, b.location_id, b.event_id, b.client_id, b.visitor_id, b.fictive_name, b.places, b.attendance, b.paid,
    b.comment, b.color, b.visit_id, b.trial, b.cost, b.discount, b.manual_cost, b.goods, b.created, b.changed,
    b.deleted, coalesce(e.staff_id, b.staff_id) AS staff_id, coalesce(e.wall, b.wall) AS wall,
    coalesce(e.starts, b.starts) AS starts, coalesce(e.length, b.length) AS length,
    CASE WHEN e.id IS NULL THEN b.services ELSE json_array(e.service_id) END AS services
FROM bookings b LEFT JOIN events e ON e.id = b.event_id
"""


def find_booking(call: Call, booking_id: int, event_id: int | None = None) -> sqlite3.Row:
    """Read one live booking of the location, and of an event where one is named. Raises the 404 refusal."""
    found = call.database.row(
        COLUMNS + "WHERE b.id = ? AND b.location_id = ? AND b.deleted = 0 AND (? IS NULL OR b.event_id = ?)",
        (booking_id, call.location.id, event_id, event_id),
    )
    if found is None:
        raise missing("Booking")
    return found


def check_places(event: sqlite3.Row, wanted: int, *, held: int = 0) -> None:
    """Refuse more places than are free; `held` are those the booking has already."""
    free = event["capacity"] - event["taken"] + held
    if wanted > free:
        raise invalid("clients_count", f"Not enough places: {max(free, 0)} free, {wanted} wanted")


def attributes(row: sqlite3.Row, zone: str) -> JsonObject:
    """Everything that a booking says about itself."""
    return {
        "company_id": row["location_id"],
        "visit_id": row["visit_id"],
        "staff_id": row["staff_id"],
        "master_id": row["staff_id"],
        "client_id": row["client_id"] or 0,
        "comer_id": row["visitor_id"] or 0,
        "activity_id": row["event_id"] or 0,
        "clients_count": row["places"],
        "attendance": row["attendance"],
        "attendance_status": row["attendance"],
        "attendance_status_slug": SLUGS[row["attendance"]],
        "client_fictive_name": row["fictive_name"],
        "client_fictive_phone": "",
        "client_fictive_email": "",
        "custom_color": row["color"],
        "custom_font_color": "",
        "duration": row["length"],
        "length": row["length"],
        "is_paid": row["paid"] > 0,
        "is_overpaid": row["paid"] > 1,
        "paid_full": row["paid"],
        "timestamp": row["starts"],
        "date": row["wall"],
        "created_datetime": received(row["created"], zone),
        "comment": row["comment"],
        "record_from": "",
        "is_client_notification_sent": False,
        "external_id": "",
        "from_url": "",
        "booking_user_id": 0,
        "bookform_id": 0,
        "source": 0,
        "is_mobile": 0,
        "prepaid_status": 0,
        "payment_status": None,
        "is_sale_bill_printed": None,
    }


def booking_resource(call: Call, row: sqlite3.Row, names: Iterable[str] = ()) -> tuple[JsonObject, list[JsonObject]]:
    """One booking, with what was asked to be included."""
    relationships: JsonObject = {}
    included: list[JsonObject] = []
    for name in dict.fromkeys(names):
        found = _related(call, row, name)
        included.extend(found)
        links = [link(str(item["type"]), item["id"]) for item in found]
        one = name in {"client", "comer", "staff"}
        relationships[name] = {"data": (links[0] if links else None) if one else links}
    shown = attributes(row, call.location.zone)
    return resource("record", row["id"], shown, relationships or None), included


def _related(call: Call, row: sqlite3.Row, name: str) -> list[JsonObject]:
    database = call.database
    match name:
        case "client":
            found = database.rows("SELECT * FROM clients WHERE id = ?", (row["client_id"],))
            return [resource("client", client["id"], client_attributes(call, client)) for client in found]
        case "comer":
            found = database.rows("SELECT * FROM visitors WHERE id = ?", (row["visitor_id"],))
            return [resource("comer", visitor["id"], {"name": visitor["name"]}) for visitor in found]
        case "labels":
            return labels(database, "SELECT tag_id FROM booking_tags WHERE booking_id = ?", row["id"])
        case "staff":
            found = database.rows("SELECT * FROM team_members WHERE id = ?", (row["staff_id"],))
            return [resource("staff", staff["id"], staff_attributes(staff)) for staff in found]
        case "services":
            found = database.rows(
                "SELECT * FROM services WHERE id IN (SELECT value FROM json_each(?))", (row["services"],)
            )
            return [resource("service", service["id"], service_attributes(service)) for service in found]
        case "attendance_service_items":
            return [resource("attendance_service_item", row["id"], _price(row))]
        case _:
            goods = json.loads(row["goods"])
            return [resource("attendance_good_item", place, good) for place, good in enumerate(goods, 1)]


def _price(row: sqlite3.Row) -> JsonObject:
    return {
        "service_id": json.loads(row["services"])[0],
        "cost_per_unit": row["cost"],
        "discount_percent": row["discount"],
        "manual_cost": row["manual_cost"],
        "is_trial": bool(row["trial"]),
    }


def set_attendance(call: Call, row: sqlite3.Row, attendance: int) -> None:
    """Change who came; bookings that a visit links change together (contract 4)."""
    call.database.write(
        "UPDATE bookings SET attendance = ?, changed = ? WHERE deleted = 0"
        " AND (id = ? OR (visit_id <> 0 AND visit_id = ? AND location_id = ?))",
        (attendance, call.now, row["id"], row["visit_id"], call.location.id),
    )


def cancel(call: Call, row: sqlite3.Row) -> None:
    """Cancel a booking softly: its places are free, its row stays."""
    call.database.write("UPDATE bookings SET deleted = 1, changed = ? WHERE id = ?", (call.now, row["id"]))


def replace_tags(call: Call, booking_id: int, tags: Iterable[int]) -> None:
    """Give a booking exactly these tags."""
    call.database.write("DELETE FROM booking_tags WHERE booking_id = ?", (booking_id,))
    call.database.write_many("INSERT INTO booking_tags VALUES (?,?)", [(booking_id, tag) for tag in sorted(set(tags))])
