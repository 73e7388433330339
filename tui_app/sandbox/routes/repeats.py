"""Repeating events: copies on other days, and the ways of repeating that are kept by name (contract 2.6)."""

import json
import sqlite3
from datetime import datetime

from tui_app.sandbox import schemas
from tui_app.sandbox.answers import NO_CONTENT, Answer, JsonObject, listing, resource, single
from tui_app.sandbox.calls import Call
from tui_app.sandbox.event_bodies import Duplicate, Strategy
from tui_app.sandbox.events_data import attributes, check_free, find_event, instances_of, tags_of
from tui_app.sandbox.moments import WALL, WALL_T, to_timestamp, to_wall
from tui_app.sandbox.refusals import missing
from tui_app.sandbox.routes.bookings import insert_booking
from tui_app.sandbox.routes.events import check_window
from tui_app.sandbox.routing import Route

_WITH_BOOKINGS = 2


def duplicate_event(call: Call) -> Answer:
    """Copy an event to every date, or to none when one of them is taken."""
    body = call.read(Duplicate)
    source = find_event(call.database, call.location.id, call.ids["event_id"])
    copies = []
    for date in dict.fromkeys(body.dates):
        starts = to_timestamp(datetime.strptime(date, WALL_T), call.location.zone)  # noqa: DTZ007 -- a wall clock
        check_window(call, starts)
        if not body.force:
            check_free(
                call.database,
                call.location.id,
                staff_id=source["staff_id"],
                instances=instances_of(call.database, source["id"]),
                starts=starts,
                length=source["length"],
            )
        event_id = _copy(call, source, starts)
        if body.content_type == _WITH_BOOKINGS:
            _copy_bookings(call, source["id"], event_id)
        copies.append(find_event(call.database, call.location.id, event_id))
    items = [resource("activity", row["id"], attributes(row, call.location.zone)) for row in copies]
    return Answer(listing(items).content, 201)


def _copy(call: Call, source: sqlite3.Row, starts: int) -> int:
    event_id = call.database.write(
        "INSERT INTO events (location_id, staff_id, service_id, wall, starts, length, technical_break, capacity,"
        " color, comment, instructions, stream_link, created) SELECT location_id, staff_id, service_id, ?, ?, length,"
        " technical_break, capacity, color, comment, instructions, stream_link, ? FROM events WHERE id = ?",
        (to_wall(starts, call.location.zone).strftime(WALL), starts, call.now, source["id"]),
    )
    call.database.write_many(
        "INSERT INTO event_resources VALUES (?,?)",
        [(event_id, instance) for instance in instances_of(call.database, source["id"])],
    )
    call.database.write_many(
        "INSERT INTO event_tags VALUES (?,?)", [(event_id, tag) for tag in tags_of(call.database, source["id"])]
    )
    return event_id


def _copy_bookings(call: Call, source_id: int, event_id: int) -> None:
    """Copy who is booked; copies are waiting and unpaid."""
    copy = find_event(call.database, call.location.id, event_id)
    for row in call.database.rows(
        "SELECT * FROM bookings WHERE event_id = ? AND deleted = 0 ORDER BY id", (source_id,)
    ):
        insert_booking(
            call,
            copy,
            client_id=row["client_id"],
            visitor_id=row["visitor_id"],
            fictive_name=row["fictive_name"],
            places=row["places"],
        )


def list_strategies(call: Call) -> Answer:
    """Answer the kept ways of repeating."""
    rows = call.database.rows("SELECT * FROM strategies WHERE location_id = ? ORDER BY id", (call.location.id,))
    return listing([_strategy(row) for row in rows])


def _strategy(row: sqlite3.Row) -> JsonObject:
    shown = {key: row[key] for key in ("title", "repeat_mode_id", "interval", "content_type")}
    return resource("duplication_strategy", row["id"], shown | {"days": json.loads(row["days"])})


def _find_strategy(call: Call, strategy_id: int) -> sqlite3.Row:
    found = call.database.row(
        "SELECT * FROM strategies WHERE id = ? AND location_id = ?", (strategy_id, call.location.id)
    )
    if found is None:
        raise missing("Strategy")
    return found


def _values(body: Strategy) -> tuple[str, int, str, int, int]:
    return body.title, body.repeat_mode_id, json.dumps(body.days), body.interval, body.content_type


def create_strategy(call: Call) -> Answer:
    """Keep a way of repeating."""
    strategy_id = call.database.write(
        "INSERT INTO strategies (title, repeat_mode_id, days, interval, content_type, location_id)"
        " VALUES (?,?,?,?,?,?)",
        (*_values(call.read(Strategy)), call.location.id),
    )
    return single(_strategy(_find_strategy(call, strategy_id)), status=201)


def update_strategy(call: Call) -> Answer:
    """Replace a kept way of repeating."""
    row = _find_strategy(call, call.ids["strategy_id"])
    call.database.write(
        "UPDATE strategies SET title = ?, repeat_mode_id = ?, days = ?, interval = ?, content_type = ? WHERE id = ?",
        (*_values(call.read(Strategy)), row["id"]),
    )
    return single(_strategy(_find_strategy(call, row["id"])))


def delete_strategy(call: Call) -> Answer:
    """Forget a kept way of repeating."""
    row = _find_strategy(call, call.ids["strategy_id"])
    call.database.write("DELETE FROM strategies WHERE id = ?", (row["id"],))
    return NO_CONTENT


_EVENTS = "/api/v2/locations/{location_id}/events"
_STRATEGIES = f"{_EVENTS}/duplication_strategies"

ROUTES = (
    Route(
        "POST", _EVENTS + "/{event_id}/duplicate", "duplicate_event", "Repeat an event", duplicate_event,
        {201: schemas.EVENTS}, body=Duplicate, refuses=frozenset({409}), writes=True,
    ),
    Route(
        "GET", _STRATEGIES, "list_strategies", "Kept ways of repeating", list_strategies, {200: schemas.STRATEGIES},
    ),
    Route(
        "POST", _STRATEGIES, "create_strategy", "Keep a way of repeating", create_strategy,
        {201: schemas.STRATEGY}, body=Strategy, writes=True,
    ),
    Route(
        "PUT", _STRATEGIES + "/{strategy_id}", "update_strategy", "Change a way of repeating", update_strategy,
        {200: schemas.STRATEGY}, body=Strategy, writes=True,
    ),
    Route(
        "DELETE", _STRATEGIES + "/{strategy_id}", "delete_strategy", "Forget a way of repeating", delete_strategy,
        {204: None}, writes=True,
    ),
)  # fmt: skip
