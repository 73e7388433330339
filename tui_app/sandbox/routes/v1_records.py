"""v1: bookings as older clients see them, and attendance (contract 4)."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from tui_app.sandbox import schemas_v1
from tui_app.sandbox.answers import NO_CONTENT, Answer, enveloped
from tui_app.sandbox.bookings_data import (
    COLUMNS,
    VISIT_OFFSET,
    cancel,
    check_places,
    find_booking,
    set_attendance,
)
from tui_app.sandbox.calls import Call
from tui_app.sandbox.clients_data import client_by_phone
from tui_app.sandbox.events_data import check_free, find_event
from tui_app.sandbox.moments import WALL, to_timestamp, to_wall
from tui_app.sandbox.parameters import EARLIEST_YEAR, LATEST_YEAR, Kind, Parameter
from tui_app.sandbox.records_shape import v1_booking
from tui_app.sandbox.refusals import invalid, missing
from tui_app.sandbox.routes.bookings import insert_booking
from tui_app.sandbox.routes.events import check_window
from tui_app.sandbox.routing import Route
from tui_app.sandbox.team_data import check_service, check_staff
from tui_app.sandbox.validation import Body, Comment, Email, Id, LooseBody, Text

if TYPE_CHECKING:
    from tui_app.sandbox.database import Value

Attendance = Annotated[int, Field(ge=-1, le=2)]
_Phone = Annotated[str, Field(pattern=r"^(\+?[0-9]{9,15})?$")]
_Items = Annotated[list[dict[str, object]], Field(max_length=100)]
_USUAL_PAGE = 50


class Attended(Body):
    """Who came, for one booking."""

    attendance: Attendance


class Visit(LooseBody):
    """The older way to say who came; the service and product lists are taken and left alone."""

    attendance: Attendance
    comment: Comment | None = None
    services: _Items = Field(default_factory=list)
    goods_transactions: _Items = Field(default_factory=list)


class RecordClient(LooseBody):
    """A client as older calls send one."""

    name: Text
    phone: _Phone = ""
    email: Email | None = None


class RecordService(LooseBody):
    """A service of an appointment."""

    id: Id
    amount: Annotated[int, Field(ge=1, le=100)] = 1


class Record(LooseBody):
    """A booking by the older call: into an event, or an appointment of its own."""

    client: RecordClient
    activity_id: Id | None = None
    staff_id: Id | None = None
    seance_length: Annotated[int, Field(ge=300, le=86_400)] | None = None
    services: Annotated[list[RecordService], Field(max_length=20)] = Field(default_factory=list)
    datetime: str | None = None
    comment: Comment | None = None
    attendance: Attendance = 0
    save_if_busy: bool = False

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.activity_id is None and None in (self.staff_id, self.seance_length, self.datetime):
            raise ValueError("staff_id, seance_length and datetime are required without activity_id")
        return self


class RecordUpdate(LooseBody):
    """What the older call changes of a booking; the rest of its keys are taken and left alone."""

    attendance: Attendance | None = None
    comment: Comment | None = None
    clients_count: Annotated[int, Field(ge=1, le=100_000)] | None = None


def list_records(call: Call) -> Answer:
    """Answer a page of bookings with their number; cancelled ones only by `with_deleted`."""
    start, end = call.query.moment("start_date"), call.query.moment("end_date")
    values: dict[str, Value] = {
        "location": call.location.id,
        "start": start.strftime(WALL) if start else None,
        "end": end.strftime("%Y-%m-%d 23:59:59") if end else None,
        "changed": _changed_after(call),
        "deleted": call.query.flag("with_deleted"),
        "staff": call.query.number("staff_id"),
        "client": call.query.number("client_id"),
    }
    where = (
        "WHERE b.location_id = :location AND (b.deleted = 0 OR :deleted)"
        " AND (:start IS NULL OR coalesce(e.wall, b.wall) >= :start)"
        " AND (:end IS NULL OR coalesce(e.wall, b.wall) <= :end) AND (:changed IS NULL OR b.changed >= :changed)"
        " AND (:staff IS NULL OR coalesce(e.staff_id, b.staff_id) = :staff)"
        " AND (:client IS NULL OR b.client_id = :client) ORDER BY b.id"
    )
    rows = call.database.rows(COLUMNS + where, values)
    count = call.query.count("count", _USUAL_PAGE)
    first = (call.query.count("page", 1) - 1) * count
    shown = [v1_booking(call, row) for row in rows[first : first + count]]
    return enveloped(shown, {"total_count": len(rows)})


def _changed_after(call: Call) -> int | None:
    """Unix seconds of `changed_after`; without an offset it is the location's wall clock."""
    moment = call.query.moment("changed_after")
    if moment is None:
        return None
    if moment.tzinfo is not None:
        return int(moment.astimezone(UTC).timestamp())
    return to_timestamp(moment, call.location.zone)


def _answer(call: Call, booking_id: int, status: int = 200) -> Answer:
    return enveloped(v1_booking(call, find_booking(call, booking_id)), status=status)


def read_record(call: Call) -> Answer:
    """Answer one booking."""
    return _answer(call, call.ids["record_id"])


def create_record(call: Call) -> Answer:
    """Book by the older call."""
    body = call.read(Record)
    phone = body.client.phone.removeprefix("+")
    client_id = client_by_phone(call, name=body.client.name, phone=phone, email=body.client.email) if phone else None
    fictive = "" if client_id else body.client.name
    if body.activity_id is not None:
        event = find_event(call.database, call.location.id, body.activity_id)
        check_window(call, event["starts"])
        check_places(event, 1)
        booking_id = insert_booking(call, event, client_id=client_id, visitor_id=None, fictive_name=fictive, places=1)
    else:
        booking_id = _appointment(call, body, client_id, fictive)
    call.database.write(
        "UPDATE bookings SET comment = ?, attendance = ? WHERE id = ?", (body.comment, body.attendance, booking_id)
    )
    return _answer(call, booking_id, 201)


def _appointment(call: Call, body: Record, client_id: int | None, fictive_name: str) -> int:
    """Write a booking that belongs to no event but occupies its team member."""
    staff_id, length = body.staff_id or 0, body.seance_length or 0
    check_staff(call.database, call.location.id, staff_id)
    for service in body.services:
        check_service(call.database, call.location.id, service.id)
    starts = _starts(body.datetime or "", call.location.zone)
    check_window(call, starts)
    if not body.save_if_busy:
        check_free(call.database, call.location.id, staff_id=staff_id, instances=(), starts=starts, length=length)
    booking_id = call.database.write(
        "INSERT INTO bookings (location_id, client_id, fictive_name, places, created, changed, staff_id, wall, starts,"
        " length, services) VALUES (?,?,?,1,?,?,?,?,?,?,?)",
        (
            call.location.id, client_id, fictive_name, call.now, call.now, staff_id,
            to_wall(starts, call.location.zone).strftime(WALL), starts, length,
            json.dumps([service.id for service in body.services]),
        ),
    )  # fmt: skip
    call.database.write("UPDATE bookings SET visit_id = id - ? WHERE id = ?", (VISIT_OFFSET, booking_id))
    return booking_id


def _starts(text: str, zone: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid("datetime", "must be an ISO 8601 time") from error
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise invalid("datetime", "is out of range")
    return int(moment.timestamp()) if moment.tzinfo is not None else to_timestamp(moment, zone)


def update_record(call: Call) -> Answer:
    """Change attendance, comment or places by the older call."""
    body = call.read(RecordUpdate)
    row = find_booking(call, call.ids["record_id"])
    check_window(call, row["starts"])
    if body.clients_count is not None and row["event_id"]:
        event = find_event(call.database, call.location.id, row["event_id"])
        check_places(event, body.clients_count, held=row["places"])
    call.database.write(
        "UPDATE bookings SET comment = coalesce(?, comment), places = coalesce(?, places), changed = ? WHERE id = ?",
        (body.comment, body.clients_count, call.now, row["id"]),
    )
    if body.attendance is not None:
        set_attendance(call, row, body.attendance)
    return _answer(call, row["id"])


def delete_record(call: Call) -> Answer:
    """Cancel by the older call."""
    row = find_booking(call, call.ids["record_id"])
    check_window(call, row["starts"])
    cancel(call, row)
    return NO_CONTENT


def mark_attendance(call: Call) -> Answer:
    """Say who came; bookings of one visit change together."""
    row = find_booking(call, call.ids["record_id"])
    check_window(call, row["starts"])
    set_attendance(call, row, call.read(Attended).attendance)
    return _answer(call, row["id"])


def update_visit(call: Call) -> Answer:
    """Say who came, the older way: by the visit and one of its bookings."""
    body = call.read(Visit)
    found = call.database.row(
        "SELECT b.location_id FROM bookings b JOIN user_locations u ON u.location_id = b.location_id"
        " WHERE b.id = ? AND b.visit_id = ? AND b.deleted = 0 AND u.user_id = ?",
        (call.ids["record_id"], call.ids["visit_id"], call.user.id),
    )
    if found is None or not call.ids["visit_id"]:
        raise missing("Visit")
    placed = call.at(found["location_id"])
    row = find_booking(placed, call.ids["record_id"])
    check_window(placed, row["starts"])
    set_attendance(placed, row, body.attendance)
    if body.comment is not None:
        call.database.write("UPDATE bookings SET comment = ? WHERE id = ?", (body.comment, row["id"]))
    return _answer(placed, row["id"])


_V1 = "/api/v1"
_RECORDS, _RECORD = f"{_V1}/records/{{location_id}}", f"{_V1}/record/{{location_id}}/{{record_id}}"
_OTHER = f"{_V1}/locations/{{location_id}}/records"
_ATTENDANCE = f"{_V1}/company/{{location_id}}/records/{{record_id}}/attendance"
_BOOKED = {200: schemas_v1.BOOKING}

ROUTES = (
    Route(
        "GET", _RECORDS, "list_records", "Bookings of the location", list_records, {200: schemas_v1.BOOKINGS},
        query=(
            Parameter("page", Kind.NUMBER, most=100_000),
            Parameter("count", Kind.NUMBER, most=300),
            Parameter("start_date", Kind.DAY),
            Parameter("end_date", Kind.DAY),
            Parameter("changed_after", Kind.MOMENT),
            Parameter("with_deleted", Kind.FLAG),
            Parameter("staff_id", Kind.NUMBER),
            Parameter("client_id", Kind.NUMBER),
        ),
        aliases=(_OTHER,),
    ),
    Route(
        "POST", _RECORDS, "create_record", "Book by the older call", create_record, {201: schemas_v1.BOOKING},
        body=Record, refuses=frozenset({409}), writes=True, aliases=(_OTHER,),
    ),
    Route("GET", _RECORD, "read_record", "One booking", read_record, _BOOKED, aliases=(f"{_OTHER}/{{record_id}}",)),
    Route(
        "PUT", _RECORD, "update_record", "Change a booking", update_record, _BOOKED, body=RecordUpdate, writes=True,
        aliases=(f"{_OTHER}/{{record_id}}",),
    ),
    Route(
        "DELETE", _RECORD, "delete_record", "Cancel a booking", delete_record, {204: None}, writes=True,
        aliases=(f"{_OTHER}/{{record_id}}",),
    ),
    Route(
        "POST", _ATTENDANCE, "mark_attendance", "Who came", mark_attendance, _BOOKED, body=Attended, writes=True,
        aliases=(f"{_OTHER}/{{record_id}}/attendance",),
    ),
    Route(
        "PUT", f"{_V1}/visits/{{visit_id}}/{{record_id}}", "update_visit", "Who came, by the visit", update_visit,
        _BOOKED, body=Visit, refuses=frozenset({402, 403, 404}), writes=True,
    ),
)  # fmt: skip
