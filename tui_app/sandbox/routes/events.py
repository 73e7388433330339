"""Events in both dialects: list, read, create, update, delete (contract 2.1 to 2.3)."""

import sqlite3
from datetime import datetime

from tui_app.sandbox import schemas
from tui_app.sandbox.answers import NO_CONTENT, Answer, JsonObject, enveloped, listing, resource, single
from tui_app.sandbox.calls import Call
from tui_app.sandbox.event_bodies import EventCreate, EventUpdate
from tui_app.sandbox.events_data import (
    INCLUDES,
    attributes,
    check_free,
    events_between,
    expand,
    find_event,
    flat_item,
    instances_of,
)
from tui_app.sandbox.moments import WALL, to_timestamp, to_wall
from tui_app.sandbox.parameters import Kind, Parameter, check_order, include_of
from tui_app.sandbox.refusals import forbidden, invalid
from tui_app.sandbox.routing import Route
from tui_app.sandbox.team_data import check_instances, check_service, check_staff, check_tags

_BIGGEST_PAGE = 250
_PAST = "The start date of the period cannot be earlier than the current time"
_DAY = 86_400


def list_activities(call: Call) -> Answer:
    """Answer the earlier list: flat items, limit and offset, a pagination object."""
    rows = [row for row in _in_range(call, deleted=False) if _fits(row, call)]
    capacity, search = call.query.number("filter[capacity]"), call.query.text("search")
    rows = [row for row in rows if capacity is None or row["capacity"] == capacity]
    if search:
        wanted = search.casefold()
        rows = [row for row in rows if wanted in f"{row['title']}\n{row['comment'] or ''}".casefold()]
    limit, offset = call.query.count("limit", 100), call.query.count("offset", 0)
    page = rows[offset : offset + limit]
    items = [flat_item(row, call.location.zone, bare=call.options.bare_list) for row in page]
    pagination = {"total": len(rows), "count": len(items), "limit": limit, "offset": offset}
    return enveloped(items, {"pagination": pagination})


def list_events(call: Call) -> Answer:
    """Answer the current list: resources, pages, no count of them."""
    deleted = call.query.flag("filter[include_deleted]")
    start = call.query.needed("filter[from]")
    if not deleted and start < to_wall(call.now, call.location.zone):
        raise invalid("filter.from", _PAST)
    rows = [row for row in _in_range(call, deleted=deleted) if _fits(row, call) and _fits_more(row, call)]
    if call.query.text("filter[sort]") == "-date":
        rows.reverse()
    limit = call.query.count("limit", _BIGGEST_PAGE)
    first = (call.query.count("page", 1) - 1) * limit
    names = call.query.chosen("include", "include[]")
    items: list[JsonObject] = []
    included: dict[tuple[object, object], JsonObject] = {}
    for row in rows[first : first + limit]:
        relationships, related = expand(call.database, row, names)
        shown = attributes(row, call.location.zone) | ({"deleted": bool(row["deleted"])} if deleted else {})
        items.append(resource("activity", row["id"], shown, relationships if names else None))
        included |= {(item["type"], item["id"]): item for item in related}
    return listing(items, list(included.values()) if names else None)


def _in_range(call: Call, *, deleted: bool) -> list[sqlite3.Row]:
    start, end = call.query.needed("filter[from]"), call.query.needed("filter[to]")
    check_order(start, end, "filter.to")
    return events_between(call.database, call.location.id, start.strftime(WALL), end.strftime(WALL), deleted=deleted)


def _fits(row: sqlite3.Row, call: Call) -> bool:
    masters, services = call.query.numbers("filter[master_ids][]"), call.query.numbers("filter[service_ids][]")
    return (not masters or row["staff_id"] in masters) and (not services or row["service_id"] in services)


def _fits_more(row: sqlite3.Row, call: Call) -> bool:
    free, weekdays = call.query.number("filter[capacity]"), call.query.numbers("filter[weekdays][]")
    instances = set(call.query.numbers("filter[resource_ids][]"))
    weekday = datetime.strptime(row["wall"], WALL).isoweekday()  # noqa: DTZ007 -- a wall clock
    return (
        (free is None or row["capacity"] - row["taken"] >= free)
        and (not weekdays or weekday in weekdays)
        and (not instances or bool(instances & set(instances_of(call.database, row["id"]))))
    )


def read_event(call: Call) -> Answer:
    """Answer one event, a deleted one too."""
    return _shown(call, call.ids["event_id"])


def _shown(call: Call, event_id: int, status: int = 200) -> Answer:
    row = find_event(call.database, call.location.id, event_id, deleted=True)
    names = call.query.chosen("include", "include[]")
    relationships, included = expand(call.database, row, names)
    item = resource("activity", event_id, attributes(row, call.location.zone), relationships if names else None)
    return single(item, included if names else None, status=status)


def create_event(call: Call) -> Answer:
    """Create an event, unless somebody or something it needs is busy."""
    body = call.read(EventCreate)
    _check(call, body)
    starts = to_timestamp(datetime.strptime(body.date, WALL), call.location.zone)  # noqa: DTZ007 -- a wall clock
    pause = body.technical_break_duration
    if pause is None:
        pause = call.location.technical_break if call.location.technical_break < body.length else 0
    _check_break(pause, body.length)
    check_window(call, starts)
    if not body.force:
        _check_free(call, body, starts)
    event_id = call.database.write(
        "INSERT INTO events (location_id, staff_id, service_id, wall, starts, length, technical_break, capacity,"
        " color, comment, instructions, stream_link, created) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            call.location.id, body.staff_id, body.service_id, to_wall(starts, call.location.zone).strftime(WALL),
            starts, body.length, pause, body.capacity, body.color, body.comment or None, body.instructions,
            body.stream_link, call.now,
        ),
    )  # fmt: skip
    _hold(call, event_id, body)
    return _shown(call, event_id, 201)


def update_event(call: Call) -> Answer:
    """Replace an event; what is left out of its lists is lost."""
    body = call.read(EventUpdate)
    row = find_event(call.database, call.location.id, call.ids["event_id"])
    _check(call, body)
    starts = to_timestamp(datetime.strptime(body.date, WALL), call.location.zone)  # noqa: DTZ007 -- a wall clock
    pause = row["technical_break"] if body.technical_break_duration is None else body.technical_break_duration
    _check_break(pause, body.length)
    if body.capacity < row["taken"]:
        raise invalid("capacity", f"The capacity cannot be less than the {row['taken']} places already booked")
    check_window(call, min(starts, row["starts"]))
    if not body.force:
        _check_free(call, body, starts, besides=row["id"])
    texts = {
        key: (getattr(body, key) or empty) if key in body.model_fields_set else row[key]
        for key, empty in (("color", ""), ("comment", None), ("instructions", ""), ("stream_link", ""))
    }
    call.database.write(
        "UPDATE events SET staff_id = :staff_id, service_id = :service_id, wall = :wall, starts = :starts,"
        " length = :length, technical_break = :pause, capacity = :capacity, color = :color, comment = :comment,"
        " instructions = :instructions, stream_link = :stream_link WHERE id = :id",
        {
            "id": row["id"], "staff_id": body.staff_id, "service_id": body.service_id, "starts": starts,
            "wall": to_wall(starts, call.location.zone).strftime(WALL), "length": body.length, "pause": pause,
            "capacity": body.capacity, **texts,
        },
    )  # fmt: skip
    call.database.write("UPDATE bookings SET changed = ? WHERE event_id = ? AND deleted = 0", (call.now, row["id"]))
    _hold(call, row["id"], body)
    return _shown(call, row["id"])


def _check(call: Call, body: EventCreate | EventUpdate) -> None:
    check_staff(call.database, call.location.id, body.staff_id)
    check_service(call.database, call.location.id, body.service_id)
    check_instances(call.database, call.location.id, body.resource_instance_ids, "resource_instance_ids")
    check_tags(call.database, call.location.id, body.label_ids, "activity", "label_ids")


def _check_break(pause: int, length: int) -> None:
    if pause >= length:
        raise invalid("technical_break_duration", "The technical break must be shorter than the event")


def _check_free(call: Call, body: EventCreate | EventUpdate, starts: int, besides: int = 0) -> None:
    check_free(
        call.database,
        call.location.id,
        staff_id=body.staff_id,
        instances=body.resource_instance_ids,
        starts=starts,
        length=body.length,
        besides=besides,
    )


def check_window(call: Call, starts: int) -> None:
    """Refuse a change of what lies further back than the user may edit (contract 4, permissions)."""
    days = call.user.edit_days
    if days >= 0 and starts < call.now - days * _DAY:
        raise forbidden(f"You may change only the last {days} days")


def _hold(call: Call, event_id: int, body: EventCreate | EventUpdate) -> None:
    """Give the event exactly the resources and tags of the body."""
    call.database.write("DELETE FROM event_resources WHERE event_id = ?", (event_id,))
    call.database.write("DELETE FROM event_tags WHERE event_id = ?", (event_id,))
    call.database.write_many(
        "INSERT INTO event_resources VALUES (?,?)",
        [(event_id, held) for held in sorted(set(body.resource_instance_ids))],
    )
    call.database.write_many(
        "INSERT INTO event_tags VALUES (?,?)", [(event_id, tag) for tag in sorted(set(body.label_ids))]
    )


def delete_activity(call: Call) -> Answer:
    """Delete by the earlier path: 200 with the body `null`."""
    delete_event(call)
    return Answer(None)


def delete_event(call: Call) -> Answer:
    """Delete softly: every booking is cancelled, the resources are free again (contract 2.3)."""
    row = find_event(call.database, call.location.id, call.ids["event_id"])
    check_window(call, row["starts"])
    call.database.write("UPDATE events SET deleted = 1 WHERE id = ?", (row["id"],))
    call.database.write(
        "UPDATE bookings SET deleted = 1, changed = ? WHERE event_id = ? AND deleted = 0", (call.now, row["id"])
    )
    return NO_CONTENT


_RANGE = (
    Parameter("filter[from]", Kind.WALL, required=True),
    Parameter("filter[to]", Kind.WALL, required=True),
    Parameter("filter[master_ids][]", Kind.NUMBER, many=True),
    Parameter("filter[service_ids][]", Kind.NUMBER, many=True),
    Parameter("filter[capacity]", Kind.NUMBER),
)
_ACTIVITIES = "/api/v2/companies/{location_id}/activities"
_EVENTS = "/api/v2/locations/{location_id}/events"
_WRITE_REFUSALS = frozenset({409, 422})

ROUTES = (
    Route(
        "GET", _ACTIVITIES, "list_activities", "Events in a range, earlier form", list_activities,
        {200: schemas.FLAT_EVENTS},
        query=(
            *_RANGE,
            Parameter("limit", Kind.NUMBER, most=_BIGGEST_PAGE),
            Parameter("offset", Kind.NUMBER, least=0),
            Parameter("search"),
        ),
        refuses=frozenset({422}),
    ),
    Route(
        "GET", _EVENTS, "list_events", "Events in a range", list_events, {200: schemas.EVENTS},
        query=(
            *_RANGE,
            Parameter("page", Kind.NUMBER, most=100_000),
            Parameter("limit", Kind.NUMBER, most=_BIGGEST_PAGE),
            Parameter("filter[resource_ids][]", Kind.NUMBER, many=True),
            Parameter("filter[weekdays][]", Kind.NUMBER, many=True, most=7),
            Parameter("filter[include_deleted]", Kind.FLAG),
            Parameter("filter[sort]", choices=("date", "-date")),
            *include_of(*INCLUDES),
        ),
        refuses=frozenset({422}),
    ),
    *(
        route
        for base, name, delete, deleted in (
            (_ACTIVITIES, "activity", delete_activity, {200: schemas.NULL}),
            (_EVENTS, "event", delete_event, {204: None}),
        )
        for one in (base + "/{event_id}",)
        for route in (
            Route(
                "POST", base, f"create_{name}", "Create an event", create_event, {201: schemas.EVENT},
                query=include_of(*INCLUDES), body=EventCreate, refuses=_WRITE_REFUSALS, writes=True,
            ),
            Route(
                "GET", one, f"read_{name}", "One event", read_event, {200: schemas.EVENT},
                query=include_of(*INCLUDES), refuses=frozenset({422}),
            ),
            Route(
                "PUT", one, f"update_{name}", "Replace an event", update_event, {200: schemas.EVENT},
                query=include_of(*INCLUDES), body=EventUpdate, refuses=_WRITE_REFUSALS, writes=True,
            ),
            Route("DELETE", one, f"delete_{name}", "Delete an event", delete, deleted, writes=True),
        )
    ),
)  # fmt: skip
