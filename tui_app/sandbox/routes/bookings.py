"""Bookings of an event: add, change, move, several at once; and their list (contract 2.4 to 2.6, 3)."""

import json
import sqlite3

from tui_app.sandbox import schemas
from tui_app.sandbox.answers import NO_CONTENT, Answer, JsonObject, listing, single
from tui_app.sandbox.booking_bodies import (
    ActivityBooking,
    ActivityMove,
    BookingUpdate,
    Bulk,
    BulkItem,
    EventBooking,
    EventMove,
    ServiceItem,
    draft_of,
)
from tui_app.sandbox.bookings_data import (
    COLUMNS,
    INCLUDES,
    VISIT_OFFSET,
    booking_resource,
    cancel,
    check_places,
    find_booking,
    replace_tags,
)
from tui_app.sandbox.calls import Call
from tui_app.sandbox.clients_data import client_by_phone, client_of, find_client, visitor_of
from tui_app.sandbox.events_data import find_event
from tui_app.sandbox.moments import WALL
from tui_app.sandbox.parameters import Kind, Parameter, check_order, include_of
from tui_app.sandbox.refusals import RefusalError, invalid, malformed
from tui_app.sandbox.routes.events import check_window
from tui_app.sandbox.routing import Route
from tui_app.sandbox.team_data import check_tags

_BIGGEST_PAGE = 250
_USUAL_PAGE = 50


def list_bookings(call: Call) -> Answer:
    """Answer a page of bookings, without their number."""
    start, end = (call.query.moment(f"filter[date_intersect_{side}]") for side in ("from", "to"))
    if (start is None) != (end is None):
        raise malformed("filter[date_intersect_from] and filter[date_intersect_to] must be sent together")
    if start and end:
        check_order(start, end, "filter.date_intersect_to")
    page, limit = call.query.count("page", 1), call.query.count("limit", _USUAL_PAGE)
    rows = call.database.rows(
        COLUMNS + "WHERE b.location_id = :location AND b.deleted = 0 AND (:event IS NULL OR b.event_id = :event)"
        " AND (:client IS NULL OR b.client_id = :client)"
        " AND (:start IS NULL OR (coalesce(e.wall, b.wall) <= :end AND datetime(coalesce(e.wall, b.wall),"
        " '+' || coalesce(e.length, b.length) || ' seconds') >= :start))"
        " ORDER BY b.id LIMIT :limit OFFSET :offset",
        {
            "location": call.location.id,
            "event": call.query.number("filter[activity_id]"),
            "client": call.query.number("filter[client_id]"),
            "start": start.strftime(WALL) if start else None,
            "end": end.strftime(WALL) if end else None,
            "limit": limit,
            "offset": (page - 1) * limit,
        },
    )
    names = call.query.chosen("include", "include[]")
    pagination = {"page": page, "offset": (page - 1) * limit, "limit": limit}
    return _listed(call, rows, names, {"pagination": pagination})


def _listed(call: Call, rows: list[sqlite3.Row], names: list[str], meta: JsonObject) -> Answer:
    items: list[JsonObject] = []
    included: dict[tuple[object, object], JsonObject] = {}
    for row in rows:
        item, related = booking_resource(call, row, names)
        items.append(item)
        included |= {(one["type"], one["id"]): one for one in related}
    return listing(items, list(included.values()) if names else None, meta)


def _shown(call: Call, booking_id: int, status: int = 200) -> Answer:
    names = call.query.chosen("include", "include[]")
    item, included = booking_resource(call, find_booking(call, booking_id), names)
    return single(item, included if names else None, status=status)


def add_booking(call: Call) -> Answer:
    """Book a client, new or known, or a visitor, if the places are there."""
    body = call.body
    if not isinstance(body, ActivityBooking | EventBooking):
        raise TypeError("the route does not declare a booking")
    draft = draft_of(body)
    event = find_event(call.database, call.location.id, call.ids["event_id"])
    check_window(call, event["starts"])
    check_tags(call.database, call.location.id, draft.tags, "record", "labels")
    check_places(event, draft.places)
    client_id = client_of(call, draft)
    visitor_id = visitor_of(call, draft.comer_id, draft.comer_name)
    booking_id = insert_booking(
        call,
        event,
        client_id=client_id,
        visitor_id=visitor_id,
        fictive_name="" if client_id else draft.name,
        places=draft.places,
        trial=draft.trial,
    )
    replace_tags(call, booking_id, draft.tags)
    return _shown(call, booking_id, 201)


def insert_booking(
    call: Call,
    event: sqlite3.Row,
    *,
    client_id: int | None,
    visitor_id: int | None,
    fictive_name: str,
    places: int,
    trial: bool = False,
) -> int:
    """Write a booking whose places have been checked, at the price of the event's service."""
    price = call.database.number("SELECT price FROM services WHERE id = ?", (event["service_id"],))
    booking_id = call.database.write(
        "INSERT INTO bookings (location_id, event_id, client_id, visitor_id, fictive_name, places, trial, cost,"
        " manual_cost, created, changed) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            call.location.id, event["id"], client_id, visitor_id, fictive_name, places, trial, price,
            price * places, call.now, call.now,
        ),
    )  # fmt: skip
    if client_id:
        call.database.write("UPDATE bookings SET visit_id = id - ? WHERE id = ?", (VISIT_OFFSET, booking_id))
    return booking_id


def update_booking(call: Call) -> Answer:
    """Rewrite the price line, and replace tags and products with what is given (contract 2.5)."""
    body = call.read(BookingUpdate)
    event = find_event(call.database, call.location.id, call.ids["event_id"])
    row = find_booking(call, call.ids["record_id"], event["id"])
    check_window(call, event["starts"])
    places = body.clients_count if "clients_count" in body.model_fields_set else row["places"]
    check_places(event, places, held=row["places"])
    check_tags(call.database, call.location.id, body.label_ids, "record", "label_ids")
    goods = json.dumps([good.model_dump() for good in body.attendance_good_items])
    call.database.write(
        "UPDATE bookings SET comment = ?, color = ?, places = ?, goods = ?, changed = ? WHERE id = ?",
        (
            body.comment if "comment" in body.model_fields_set else row["comment"],
            body.color if "color" in body.model_fields_set else row["color"],
            places, goods, call.now, row["id"],
        ),
    )  # fmt: skip
    _price(call, row["id"], body.attendance_service_item)
    replace_tags(call, row["id"], body.label_ids)
    return _shown(call, row["id"])


def _price(call: Call, booking_id: int, item: ServiceItem) -> None:
    call.database.write(
        "UPDATE bookings SET cost = ?, discount = ?, manual_cost = ?, trial = ? WHERE id = ?",
        (item.cost_per_unit, item.discount_percent, item.manual_cost, item.is_trial, booking_id),
    )


def change_activity_booking(call: Call) -> Answer:
    """Change a booking where it is, or move it to another event (contract 2, 2.5)."""
    body = call.read(ActivityMove)
    event = find_event(call.database, call.location.id, call.ids["event_id"])
    row = find_booking(call, call.ids["record_id"], event["id"])
    if body.reschedule_activity_id == event["id"]:
        check_window(call, event["starts"])
        places = body.clients_count if "clients_count" in body.model_fields_set else row["places"]
        check_places(event, places, held=row["places"])
        _relocate(call, row, body, event["id"], row["visitor_id"])
    else:
        _move(call, row, event, body, row["visitor_id"])
    if body.attendance_service_item is not None:
        _price(call, row["id"], body.attendance_service_item)
    return _shown(call, row["id"])


def move_booking(call: Call) -> Answer:
    """Move a booking to another event (contract 2.5)."""
    body = call.read(EventMove)
    event = find_event(call.database, call.location.id, call.ids["event_id"])
    row = find_booking(call, call.ids["record_id"], event["id"])
    if body.reschedule_activity_id == event["id"]:
        raise invalid("reschedule_activity_id", "The booking is in this event already")
    _move(call, row, event, body, row["visitor_id"] if body.with_comer else None)
    return _shown(call, row["id"])


def _move(
    call: Call, row: sqlite3.Row, event: sqlite3.Row, body: ActivityMove | EventMove, visitor_id: int | None
) -> None:
    target = find_event(call.database, call.location.id, body.reschedule_activity_id)
    places = body.clients_count if "clients_count" in body.model_fields_set else row["places"]
    reason = _why_not(call, row, event, target)
    if reason:
        raise invalid("reschedule_activity_id", reason)
    check_places(target, places)
    _relocate(call, row, body, target["id"], visitor_id)


def _why_not(call: Call, row: sqlite3.Row, event: sqlite3.Row, target: sqlite3.Row) -> str | None:
    """The first rule of contract 2.5 that forbids a move."""
    if row["attendance"] != 0:
        return "Only a waiting booking can be moved"
    if row["paid"] != 0:
        return "A paid booking cannot be moved"
    if event["starts"] + event["length"] <= call.now:
        return "The event of the booking is over"
    if target["starts"] <= call.now:
        return "The target event has begun already"
    doubles = call.database.number(
        "SELECT count(*) FROM bookings WHERE event_id = ? AND client_id = ? AND deleted = 0",
        (target["id"], row["client_id"]),
    )
    return "The client is booked into the target event already" if doubles else None


def _relocate(
    call: Call, row: sqlite3.Row, body: ActivityMove | EventMove, event_id: int, visitor_id: int | None
) -> None:
    sent = body.model_fields_set
    call.database.write(
        "UPDATE bookings SET event_id = ?, visitor_id = ?, comment = ?, places = ?, changed = ? WHERE id = ?",
        (
            event_id, visitor_id, body.comment if "comment" in sent else row["comment"],
            body.clients_count if "clients_count" in sent else row["places"], call.now, row["id"],
        ),
    )  # fmt: skip


def cancel_booking(call: Call) -> Answer:
    """Cancel a booking, of an event or of its own."""
    row = find_booking(call, call.ids["appointment_id"])
    check_window(call, row["starts"])
    cancel(call, row)
    return NO_CONTENT


def add_several(call: Call) -> Answer:
    """Book several, each on its own: the refused are named beside the created (contract 2.6)."""
    body = call.read(Bulk)
    event_id = call.ids["event_id"]
    check_window(call, find_event(call.database, call.location.id, event_id)["starts"])
    made: list[JsonObject] = []
    errors: list[JsonObject] = []
    for index, item in enumerate(body.records):
        try:
            booking_id = _add_one(call, event_id, item)
        except RefusalError as error:
            words = next(iter((error.errors or {}).values()), [error.message])[0]
            errors.append({"index": index, "phone": item.phone or "", "name": item.name or "", "error": words})
            continue
        made.append(booking_resource(call, find_booking(call, booking_id))[0])
    return Answer({"data": made, "meta": {"errors": errors}}, 201)


def _add_one(call: Call, event_id: int, item: BulkItem) -> int:
    event = find_event(call.database, call.location.id, event_id)
    check_places(event, item.clients_count)
    client_id: int | None = None
    if item.client_id is not None:
        client_id = int(find_client(call, item.client_id)["id"])
    elif item.name and item.phone:
        client_id = client_by_phone(call, name=item.name, phone=item.phone, email=item.email)
    return insert_booking(
        call,
        event,
        client_id=client_id,
        visitor_id=None,
        fictive_name="" if client_id else item.name or "",
        places=item.clients_count,
    )


_ACTIVITY = "/api/v2/companies/{location_id}/activities/{event_id}/records"
_EVENT = "/api/v2/locations/{location_id}/events/{event_id}/appointments"
_LIST = "/api/v2/locations/{location_id}/appointments"
_INVALID = frozenset({422})
_INCLUDE = include_of(*INCLUDES)

ROUTES = (
    Route(
        "GET", _LIST, "list_bookings", "Bookings by event, client or time", list_bookings, {200: schemas.BOOKINGS},
        query=(
            Parameter("filter[activity_id]", Kind.NUMBER),
            Parameter("filter[client_id]", Kind.NUMBER),
            Parameter("filter[date_intersect_from]", Kind.WALL_T),
            Parameter("filter[date_intersect_to]", Kind.WALL_T),
            Parameter("page", Kind.NUMBER, most=100_000),
            Parameter("limit", Kind.NUMBER, most=_BIGGEST_PAGE),
            *_INCLUDE,
        ),
    ),
    Route(
        "DELETE", _LIST + "/{appointment_id}", "cancel_booking", "Cancel a booking", cancel_booking, {204: None},
        writes=True,
    ),
    Route(
        "POST", _ACTIVITY, "add_record", "Book, earlier form", add_booking, {201: schemas.BOOKING},
        query=_INCLUDE, body=ActivityBooking, refuses=_INVALID, writes=True,
    ),
    Route(
        "PATCH", _ACTIVITY + "/{record_id}", "change_record", "Change or move a booking, earlier form",
        change_activity_booking, {200: schemas.BOOKING}, query=_INCLUDE, body=ActivityMove, writes=True,
    ),
    Route(
        "POST", _EVENT, "add_appointment", "Book", add_booking, {201: schemas.BOOKING},
        query=_INCLUDE, body=EventBooking, writes=True,
    ),
    Route(
        "POST", _EVENT + "/bulk", "add_appointments", "Book several", add_several, {201: schemas.BULK},
        body=Bulk, writes=True,
    ),
    Route(
        "PUT", _EVENT + "/{record_id}", "update_appointment", "Change a booking", update_booking,
        {200: schemas.BOOKING}, query=_INCLUDE, body=BookingUpdate, writes=True,
    ),
    Route(
        "PATCH", _EVENT + "/{record_id}", "move_appointment", "Move a booking", move_booking,
        {200: schemas.BOOKING}, query=_INCLUDE, body=EventMove, writes=True,
    ),
)  # fmt: skip
