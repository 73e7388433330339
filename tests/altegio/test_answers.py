"""Answers are read leniently: flat or resources, strings for numbers, nothing in any of its spellings."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.altegio.support import EVENT, LOCATION, answering, at, resource
from tui_app.altegio.envelope import BrokenAnswer, Envelope
from tui_app.altegio.resources import Agreements, Attendance, Booking, Client, CustomValue, Event, Gender, PriceItem
from tui_app.altegio.wire.bookings import read_booking
from tui_app.altegio.wire.clients import read_client
from tui_app.altegio.wire.events import read_event
from tui_app.altegio.wire.items import item_of
from tui_app.altegio.wire.lenient import to_duration, to_flag, to_float, to_int

if TYPE_CHECKING:
    from tui_app.altegio.calls import Json


def event_of(data: object, *included: object) -> Event:
    return read_event(item_of(Envelope(cast("Json", data), cast("tuple[Json, ...]", included))))


def booking_of(data: object, *included: object) -> Booking:
    return read_booking(item_of(Envelope(cast("Json", data), cast("tuple[Json, ...]", included))))


def client_of(data: object, *included: object) -> Client:
    return read_client(item_of(Envelope(cast("Json", data), cast("tuple[Json, ...]", included))))


def ref(kind: str, number: int) -> dict[str, object]:
    return {"type": kind, "id": str(number)}


FLAT: dict[str, object] = {
    "id": 7,
    "company_id": 4564,
    "name": "Vinyasa",
    "description": "",
    "datetime": "2026-03-27T18:00:00+0100",
    "staff_id": "1",
    "service_id": 2,
    "comment": None,
    "created_at": "2026-01-01",
}


def test_a_flat_item_has_what_it_has() -> None:
    event = event_of(FLAT)
    assert (event.id, event.starts_at, event.team_member_id, event.service_id) == (7, at("2026-03-27 18:00"), 1, 2)
    assert (event.service_title, event.comment) == ("Vinyasa", "")
    assert (event.capacity, event.taken, event.length, event.resource_ids, event.complete) == (
        None,
        None,
        None,
        None,
        False,
    )


def test_a_resource_with_everything_is_complete() -> None:
    whole = {
        **resource("activity", 7, date="2026-03-27T18:00:00+0100", master_id=1, service_id="2", length="4200"),
        "relationships": {
            "staff": {"data": ref("staff", 1)},
            "service": {"data": ref("service", 2)},
            "resource_instances": {"data": [ref("resource_instance", 3), ref("resource_instance", 4)]},
            "labels": {"data": []},
            "duration_details": {"data": ref("duration_details", 7)},
        },
    }
    attributes = cast("dict[str, object]", whole["attributes"])
    attributes |= {"capacity": "12", "clients_count": "0", "notified": 1, "schedule_id": 0, "color": "#AABBCC"}
    event = event_of(
        whole,
        resource("staff", 1, name="Mira"),
        resource("service", 2, title="Vinyasa"),
        resource("duration_details", 7, services_duration=3600, technical_break_duration="600"),
    )
    assert event.complete
    assert (event.team_member_name, event.service_title, event.resource_ids, event.tag_ids) == (
        "Mira",
        "Vinyasa",
        (3, 4),
        (),
    )
    assert (event.technical_break, event.length) == (timedelta(minutes=10), timedelta(minutes=70))
    assert (event.capacity, event.taken, event.free, event.notified) == (12, 0, 12, True)
    assert (event.series_id, event.color) == (None, "#aabbcc")


def test_names_are_found_without_relationships_too() -> None:
    event = event_of(EVENT, resource("master", 1, name="Mira"), resource("service", 2, title="Vinyasa"))
    assert (event.team_member_name, event.service_title) == ("Mira", "Vinyasa")


def test_a_flat_item_may_hold_its_relations_inside() -> None:
    inside = {"staff": {"id": 1, "name": "Mira"}, "service": {"id": 2, "title": "Yin"}, "labels": [{"id": 5}]}
    event = event_of({**FLAT, **inside, "resource_instance_ids": [3, "4"]})
    assert (event.team_member_name, event.service_title, event.tag_ids, event.resource_ids) == (
        "Mira",
        "Yin",
        (5,),
        (3, 4),
    )


def test_a_break_that_is_pointed_at_but_not_there_is_not_known() -> None:
    event = event_of({**EVENT, "relationships": {"duration_details": {"data": ref("duration_details", 7)}}})
    assert event.technical_break is None
    assert event_of({**EVENT, "relationships": {"duration_details": {"data": None}}}).technical_break == timedelta(0)


@pytest.mark.parametrize("relation", [None, {}, {"links": {"self": "/x"}}])
def test_a_relation_that_was_not_answered_is_unknown_and_not_empty(relation: object) -> None:
    names = ("resource_instances", "labels", "duration_details")
    event = event_of({**EVENT, "relationships": dict.fromkeys(names, relation)})
    assert (event.resource_ids, event.tag_ids, event.technical_break) == (None, None, None)
    assert event_of({**FLAT, "labels": None}).tag_ids is None


@pytest.mark.parametrize(
    ("until", "text"),
    [
        (None, ""),
        ("", ""),
        ("2026-12-31", "2026-12-31"),
        ({"date": "2026-12-31 00:00:00.000000", "timezone_type": 3, "timezone": "Europe/Berlin"}, "2026-12-31"),
        ([], ""),
        (5, "5"),
    ],
)
def test_the_end_of_a_series_in_all_its_shapes(until: object, text: str) -> None:
    assert event_of({**FLAT, "schedule_till": until}).series_until == text


NOTHING: list[object] = [None, "", 0, [], {}, "nonsense", [1], {"a": 1}, float("inf"), 10**30, True]


@pytest.mark.parametrize("value", NOTHING, ids=repr)
def test_no_field_of_an_event_can_break_it(value: object) -> None:
    names = (
        "staff_id service_id timestamp length capacity clients_count color font_color comment instructions stream_link"
        " notified schedule_id schedule_till schedule_event_modified labels resource_instances duration_details staff"
    )
    event = event_of({**FLAT, **dict.fromkeys(names.split(), value)})
    assert event.id == 7


@pytest.mark.parametrize("change", [{"id": None}, {"id": 0}, {"id": "x"}, {"datetime": None}, {"datetime": "soon"}])
def test_an_event_needs_an_id_and_a_date(change: dict[str, object]) -> None:
    with pytest.raises(BrokenAnswer):
        event_of({**FLAT, **change})


def test_text_is_cleaned_where_it_enters() -> None:
    event = event_of({**FLAT, "comment": "one\r\ntwo\x1b[31m", "name": "Vin\nyasa\u202e"})
    assert (event.comment, event.service_title) == ("one\ntwo", "Vin yasa")


def test_a_booking_with_its_people() -> None:
    whole = {
        **resource("record", 9, activity_id=7, client_id="5", clients_count="2", attendance="1", is_paid=1),
        "relationships": {
            "client": {"data": ref("client", 5)},
            "comer": {"data": ref("comer", 6)},
            "labels": {"data": [ref("label", 1)]},
            "attendance_service_items": {"data": [ref("attendance_service_item", 2)]},
            "attendance_good_items": {"data": [ref("attendance_good_item", 1), ref("attendance_good_item", 2)]},
        },
    }
    booking = booking_of(
        whole,
        resource("client", 5, name="Anna", surname="Kim", phone="+4915112345678"),
        resource("comer", 6, name="Her son"),
        resource("attendance_service_item", 2, cost_per_unit="18.50", discount_percent=0, manual_cost=18.5),
    )
    assert booking.client == Client(id=5, name="Anna", surname="Kim", phone="+4915112345678")
    assert (booking.visitor_id, booking.visitor_name, booking.tag_ids) == (6, "Her son", (1,))
    assert (booking.places, booking.attendance, booking.paid) == (2, Attendance.ARRIVED, True)
    assert booking.price_items == (PriceItem(cost_per_unit=18.5, discount_percent=0.0, manual_cost=18.5),)
    assert booking.product_count == 2


@pytest.mark.parametrize(
    ("values", "attendance"),
    [
        ({"attendance": -1}, Attendance.NO_SHOW),
        ({"attendance": "2"}, Attendance.CONFIRMED),
        ({"attendance_status_slug": "attended"}, Attendance.ARRIVED),
        ({"attendance": 9, "attendance_status_slug": "absent"}, Attendance.NO_SHOW),
        ({}, Attendance.WAITING),
    ],
)
def test_attendance_by_number_or_by_word(values: dict[str, object], attendance: Attendance) -> None:
    assert booking_of({"id": 9, **values}).attendance is attendance


def test_zero_is_nobody() -> None:
    booking = booking_of(resource("record", 9, client_id=0, comer_id=0, visit_id=0, staff_id=0, activity_id=0))
    assert {booking.client_id, booking.visitor_id, booking.visit_id, booking.event_id} == {None}
    assert (booking.price_items, booking.product_count, booking.tag_ids) == (None, None, None)


@pytest.mark.parametrize("value", NOTHING, ids=repr)
def test_no_field_of_a_booking_can_break_it(value: object) -> None:
    names = "activity_id client_id clients_count attendance date is_paid comment custom_color client comer labels"
    assert booking_of({"id": 9, **dict.fromkeys(names.split(), value)}).id == 9


def test_a_card_with_consents_and_custom_fields() -> None:
    card = {
        **resource("client", 5, name="Anna", gender="2", birthday="1990-01-01", discount=5, email=None),
        "relationships": {
            "agreements": {"data": [ref("agreement", 5)]},
            "custom_field_values": {"data": [ref("custom_field_value", 1), ref("custom_field_value", 2)]},
        },
    }
    client = client_of(
        card,
        resource("agreement", 5, is_newsletter_allowed=0, is_personal_data_processing_allowed=True),
        resource("custom_field_value", 1, code="health", value="back"),
        resource("custom_field_value", 2, code="age", value=30),
    )
    assert client.agreements == Agreements(newsletter=False, personal_data=True)
    assert client.custom_values == (CustomValue("health", "back"), CustomValue("age", "30"))
    assert (client.gender, client.birthday, client.discount_percent) == (Gender.FEMALE, date(1990, 1, 1), 5.0)


@pytest.mark.parametrize(
    "values",
    [{"custom_field_values": {"health": "back"}}, {"custom_field_values": [{"code": "health", "value": ["back"]}]}],
)
def test_custom_fields_may_stand_inside(values: dict[str, object]) -> None:
    assert client_of({"id": 5, **values}).custom_values == (CustomValue("health", "back"),)


def test_a_card_without_consents_does_not_invent_them() -> None:
    client = client_of({"id": 5, "gender": 7})
    assert (client.agreements, client.custom_values, client.gender) == (None, None, Gender.UNKNOWN)


async def test_rights_are_found_however_deep() -> None:
    document = {"data": {"timetable": {"create": True, "edit": 0, "records_edit_last_days_count": "-1"}, "phones": "1"}}
    async with answering(document).api() as api:
        rights = await api.account.permissions(LOCATION)
    assert (rights.allows("create"), rights.allows("edit"), rights.allows("phones")) == (True, False, True)
    assert (rights.allows("unheard of"), rights.edit_window_days) == (None, -1)


async def test_the_autocomplete_answers_a_bare_list() -> None:
    hits: list[object] = [
        {"id": 5, "fullname": "Kim Anna", "surname": "Kim", "patronymic": "", "phone": "+49", "email": ""},
        {"id": 6, "fullname": "Guest", "comer_id": 6},
    ]
    async with answering(hits).api() as api:
        anna, guest = await api.clients.autocomplete(LOCATION, name="a")
    assert (anna.id, anna.name, anna.full_name) == (5, "Anna", "Anna Kim")
    assert (guest.id, guest.visitor_id, guest.name) == (None, 6, "Guest")


NO_NUMBERS: list[object] = ["1.5", "", None, [], True, float("nan"), 10**40, "9" * 5000]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *(("12", 12), (" 12 ", 12), ("-1", -1), (12.0, 12), ("12.0", 12), ("1e2", 100)),
        *((value, None) for value in NO_NUMBERS),
    ],
)
def test_whole_numbers(value: object, number: int | None) -> None:
    assert to_int(value) == number


JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers(), max_size=2))


@given(JUNK)
def test_no_value_is_too_strange(value: object) -> None:
    assert to_float(value) is None or isinstance(to_float(value), float)
    assert to_flag(value) in {True, False}
    duration = to_duration(value)
    assert duration is None or duration >= timedelta(0)
