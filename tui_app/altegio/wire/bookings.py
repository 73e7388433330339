"""Bookings as they are answered, by version 2 and by version 1 (contract 2.4 to 2.6, 3, 4)."""

from typing import Final

from tui_app.altegio.calls import Json
from tui_app.altegio.envelope import BrokenAnswer, Envelope
from tui_app.altegio.plain_resources import Appointment
from tui_app.altegio.resources import Attendance, Booking, BulkResult, Client, PriceItem, RefusedEntry
from tui_app.altegio.wire.clients import client_of
from tui_app.altegio.wire.items import Item, Values, need_id, read_all, renamed
from tui_app.altegio.wire.lenient import (
    Color,
    Count,
    Duration,
    Flag,
    Float,
    Id,
    Int,
    KnownFlag,
    Lenient,
    Line,
    Lines,
    Wall,
    to_count,
    to_id,
    to_line,
)

PAID_WHOLE: Final = 1
"""The `paid_full` of a booking that is paid."""

_SLUGS: Final = {
    "absent": Attendance.NO_SHOW,
    "waiting": Attendance.WAITING,
    "attended": Attendance.ARRIVED,
    "confirmed": Attendance.CONFIRMED,
}


class BookingAnswer(Lenient, frozen=True):
    """The values of a booking."""

    activity_id: Id = None
    client_id: Id = None
    comer_id: Id = None
    client_fictive_name: Line = ""
    client_fictive_phone: Line = ""
    client_fictive_email: Line = ""
    clients_count: Count = None
    attendance: Int = None
    attendance_status_slug: Line = ""
    is_paid: Flag = False
    is_overpaid: Flag = False
    paid_full: Int = None
    comment: Lines = ""
    custom_color: Color = ""
    visit_id: Id = None
    staff_id: Id = None
    date: Wall = None
    created_datetime: Wall = None
    record_from: Line = ""
    is_client_notification_sent: Flag = False
    deleted: Flag = False


class PriceAnswer(Lenient, frozen=True):
    """The values of a price line."""

    cost_per_unit: Float = None
    discount_percent: Float = None
    manual_cost: Float = None
    is_trial: KnownFlag = None


def read_booking(item: Item) -> Booking:
    """Read a booking. Raises BrokenAnswer without an id; anything else becomes a default."""
    names = {"staff_id": "master_id", "date": "datetime", "created_datetime": "create_date", "deleted": "is_deleted"}
    answer = BookingAnswer.read(renamed(item.values, **names))
    client = _client(item)
    visitor = item.one("comer", "visitor") or {}
    return Booking(
        id=need_id(item.values),
        event_id=answer.activity_id,
        client_id=answer.client_id or (client.id if client else None),
        client=client,
        visitor_id=answer.comer_id or to_id(visitor.get("id")),
        visitor_name=to_line(visitor.get("name")) or to_line(visitor.get("fullname")),
        fictive_name=answer.client_fictive_name,
        fictive_phone=answer.client_fictive_phone,
        fictive_email=answer.client_fictive_email,
        places=answer.clients_count or 1,
        attendance=read_attendance(answer.attendance, answer.attendance_status_slug),
        paid=answer.is_paid or answer.paid_full == PAID_WHOLE,
        overpaid=answer.is_overpaid,
        comment=answer.comment,
        color=answer.custom_color,
        visit_id=answer.visit_id,
        team_member_id=answer.staff_id,
        starts_at=answer.date,
        created_at=answer.created_datetime,
        source=answer.record_from,
        notified=answer.is_client_notification_sent,
        deleted=answer.deleted,
        tag_ids=_tag_ids(item),
        price_items=_price_items(item),
        product_count=_product_count(item),
    )


def read_attendance(number: int | None, slug: str = "") -> Attendance:
    """Read an attendance from its number, else from its word; what is neither is waiting."""
    if number is not None and number in {attendance.value for attendance in Attendance}:
        return Attendance(number)
    return _SLUGS.get(slug, Attendance.WAITING)


def read_bulk(envelope: Envelope) -> tuple[BulkResult, int]:
    """Read what a bulk booking did, and how many of its bookings were broken. Raises BrokenAnswer."""
    booked, dropped = read_all(envelope, read_booking)
    errors = (envelope.meta or {}).get("errors")
    raws = errors if isinstance(errors, list) else list(errors.values()) if isinstance(errors, dict) else []
    return BulkResult(booked, tuple(_refused(raw, place) for place, raw in enumerate(raws))), dropped


class AppointmentAnswer(Lenient, frozen=True):
    """The values of a booking as the plain calls tell it."""

    staff_id: Id = None
    attendance: Int = None
    activity_id: Id = None
    seance_length: Duration = None
    comment: Lines = ""
    deleted: Flag = False
    date: Wall = None


def read_appointment(item: Item) -> Appointment:
    """Read an appointment of the plain calls. Raises BrokenAnswer without an id."""
    names = {"date": "datetime", "seance_length": "length", "attendance": "visit_attendance"}
    answer = AppointmentAnswer.read(renamed(item.values, **names))
    client, staff = item.one("client") or {}, item.one("staff") or {}
    titles = (to_line(ref.values.get("title")) for ref in item.refs("services") or () if ref.values)
    return Appointment(
        id=need_id(item.values),
        starts_at=answer.date,
        team_member_id=answer.staff_id,
        team_member_name=to_line(staff.get("name")),
        client_id=to_id(client.get("id")),
        client_name=to_line(client.get("name")),
        client_phone=to_line(client.get("phone")),
        service_titles=tuple(title for title in titles if title),
        attendance=read_attendance(answer.attendance),
        event_id=answer.activity_id,
        length=answer.seance_length,
        comment=answer.comment,
        deleted=answer.deleted,
    )


def _client(item: Item) -> Client | None:
    values = item.one("client") or item.named(("client",), to_id(item.values.get("client_id")))
    try:
        return client_of(values) if values else None
    except BrokenAnswer:
        return None


def _tag_ids(item: Item) -> tuple[int, ...] | None:
    refs = item.refs("labels", "label_ids")
    return None if refs is None else tuple(dict.fromkeys(ref.id for ref in refs if ref.id))


def _price_items(item: Item) -> tuple[PriceItem, ...] | None:
    refs = item.refs("attendance_service_items", "attendance_service_item")
    if refs is None or any(ref.values is None for ref in refs):
        return None
    return tuple(_price_item(ref.values or {}) for ref in refs)


def _price_item(values: Values) -> PriceItem:
    answer = PriceAnswer.read(renamed(values, is_trial="is_trial_service"))
    return PriceItem(
        cost_per_unit=answer.cost_per_unit or 0.0,
        discount_percent=answer.discount_percent or 0.0,
        manual_cost=answer.manual_cost or 0.0,
        is_trial=answer.is_trial,
    )


def _product_count(item: Item) -> int | None:
    refs = item.refs("attendance_good_items")
    return None if refs is None else len(refs)


def _refused(raw: Json, place: int) -> RefusedEntry:
    values = raw if isinstance(raw, dict) else {"error": raw}
    index = to_count(values.get("index"))
    reason = to_line(values.get("error")) or to_line(values.get("message"))
    return RefusedEntry(
        place if index is None else index, to_line(values.get("name")), to_line(values.get("phone")), reason
    )
