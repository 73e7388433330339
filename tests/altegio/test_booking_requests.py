"""What goes over the wire of bookings, repeats and the plain calls, byte for byte where it matters."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.altegio.support import BOOKING, BOOKING_INPUT, CLIENT_INPUT, EVENT, LOCATION, answering, at
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import Delivery, Invalid, Unsupported
from tui_app.altegio.plain_resources import TimetableSettings
from tui_app.altegio.requests import (
    AppointmentInput,
    BookingInput,
    BookingMove,
    BookingUpdate,
    BulkEntry,
    ClientInput,
    RepeatStrategyInput,
    VisitUpdate,
)
from tui_app.altegio.resources import Agreements, Attendance, CustomValue, Gender, PriceItem
from tui_app.altegio.wire.booking_bodies import booking_body, bulk_body, update_body
from tui_app.altegio.wire.event_bodies import duplicate_body, strategy_body
from tui_app.altegio.wire.plain_bodies import appointment_body, timetable_body

PRICE = PriceItem(cost_per_unit=18.0, discount_percent=10.0, manual_cost=16.2)
UPDATE = BookingUpdate(places=2, comment=None, tag_ids=(1,), price_item=PRICE)
BOOKING_DOCUMENT = {"data": BOOKING, "meta": []}


def refused(build: Callable[[], object]) -> Invalid:
    with pytest.raises(Invalid) as raised:
        build()
    assert raised.value.delivery is Delivery.NOT_SENT
    assert raised.value.status is None
    return raised.value


WHOLE_CLIENT = ClientInput(
    id=123456,
    name="John",
    phone="+13155550175",
    email="john@example.com",
    surname="Smith",
    patronymic=None,
    gender=Gender.UNKNOWN,
    birthday=date(1990, 1, 1),
    custom_values=(CustomValue("string", "string"),),
    agreements=Agreements(newsletter=True, personal_data=True),
    comment="told",
    national_id="77",
)
WHOLE_BOOKING = BookingInput(
    client=WHOLE_CLIENT, places=1, visitor_id=500, visitor_name="Guest User", tag_ids=(1, 2), trial=True
)


async def test_a_booking_in_activities_is_the_users_document() -> None:
    recorder = answering(BOOKING_DOCUMENT, status=201)
    async with recorder.api("activities") as api:
        await api.bookings.add(LOCATION, 7, WHOLE_BOOKING)
    assert (recorder.last.method, recorder.last.url.path) == ("POST", "/api/v2/companies/4564/activities/7/records")
    assert recorder.body == {
        "client_id": 123456,
        "client": {
            "id": 123456,
            "name": "John",
            "phone": "+13155550175",
            "email": "john@example.com",
            "surname": "Smith",
            "patronymic": None,
            "gender": 0,
            "birthday": "1990-01-01",
            "custom_field_values": [{"code": "string", "value": "string"}],
            "agreements": [{"is_newsletter_allowed": True, "is_personal_data_processing_allowed": True}],
        },
        "comer_id": 500,
        "comer": {"name": "Guest User"},
        "labels": [1, 2],
        "clients_count": 1,
    }


async def test_a_booking_in_events_differs_in_phone_consents_and_tags() -> None:
    recorder = answering(BOOKING_DOCUMENT, status=201)
    async with recorder.api("events") as api:
        await api.bookings.add(LOCATION, 7, WHOLE_BOOKING)
    assert recorder.last.url.path == "/api/v2/locations/4564/events/7/appointments"
    assert recorder.body == {
        "client": {
            "id": 123456,
            "name": "John",
            "phone": "13155550175",
            "email": "john@example.com",
            "surname": "Smith",
            "patronymic": None,
            "gender": 0,
            "birthday": "1990-01-01",
            "custom_field_values": [{"code": "string", "value": "string"}],
            "agreements": {"is_newsletter_allowed": True, "is_personal_data_processing_allowed": True},
            "comment": "told",
            "national_id": "77",
        },
        "comer_id": 500,
        "comer": {"name": "Guest User"},
        "clients_count": 1,
        "is_trial_service": True,
    }


async def test_a_visitor_alone_sends_every_key_of_the_client() -> None:
    recorder = answering(BOOKING_DOCUMENT, status=201)
    visitor = BookingInput(
        client=ClientInput(id=None, name="Walk", phone="", gender=None), places=1, visitor_name="Walk"
    )
    async with recorder.api("events") as api:
        await api.bookings.add(LOCATION, 7, visitor)
    nothing = ("id", "email", "surname", "patronymic", "gender", "birthday", "custom_field_values", "agreements")
    assert recorder.body["client"] == {"name": "Walk", "phone": "", **dict.fromkeys(nothing)}
    assert recorder.body["comer"] == {"name": "Walk"}
    assert "comer_id" not in recorder.body


async def test_in_activities_an_unknown_gender_is_zero_and_untold_consents_stay_away() -> None:
    recorder = answering(BOOKING_DOCUMENT, status=201)
    async with recorder.api("activities") as api:
        await api.bookings.add(LOCATION, 7, replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, gender=None)))
    client = recorder.body["client"]
    assert isinstance(client, dict)
    assert client["gender"] == 0
    assert "agreements" not in client
    assert recorder.body["client_id"] is None
    assert "labels" not in recorder.body


BROKEN_BOOKINGS: list[tuple[str, BookingInput]] = [
    ("places", replace(BOOKING_INPUT, places=0)),
    ("client.name", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, name=""))),
    ("client.phone", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, phone="+4912"))),
    ("client.phone", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, phone="+49 151 12345678"))),
    ("client.phone", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, phone="+49XXXXXX5678"))),
    ("client.email", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, email="anna"))),
    ("client.surname", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, surname=""))),
    ("client.patronymic", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, patronymic=""))),
    (
        "client.custom_values",
        replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, custom_values=(CustomValue("health", ""),))),
    ),
    ("client.id", replace(BOOKING_INPUT, client=replace(CLIENT_INPUT, id=0))),
    ("visitor_name", replace(BOOKING_INPUT, visitor_name="")),
    ("visitor_id", replace(BOOKING_INPUT, visitor_id=0)),
]


@pytest.mark.parametrize("activities", [True, False])
@pytest.mark.parametrize(("field", "booking"), BROKEN_BOOKINGS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_booking_against_the_rules_is_refused_by_field(field: str, booking: BookingInput, activities: bool) -> None:
    error = refused(lambda: booking_body("add the booking", booking, activities=activities))
    assert field in error.fields
    assert set(error.fields) <= {field, "client.id"}


async def test_a_changed_booking_in_events() -> None:
    recorder = answering(BOOKING_DOCUMENT)
    async with recorder.api("events") as api:
        await api.bookings.update(LOCATION, 7, 9, replace(UPDATE, color="#AABBCC"))
    assert (recorder.last.method, recorder.last.url.path) == ("PUT", "/api/v2/locations/4564/events/7/appointments/9")
    assert recorder.body == {
        "attendance_service_item": {"cost_per_unit": 18.0, "discount_percent": 10.0, "manual_cost": 16.2},
        "comment": None,
        "label_ids": [1],
        "clients_count": 2,
        "color": "aabbcc",
    }


async def test_a_changed_booking_in_activities_goes_to_its_own_event() -> None:
    recorder = answering(BOOKING_DOCUMENT)
    async with recorder.api("activities") as api:
        await api.bookings.update(LOCATION, 7, 9, UPDATE)
    assert recorder.last.method == "PATCH"
    assert recorder.last.url.path == "/api/v2/companies/4564/activities/7/records/9"
    assert recorder.body == {"reschedule_activity_id": 7, "comment": None, "clients_count": 2}


@pytest.mark.parametrize("price", [{"discount_percent": 101.0}, {"cost_per_unit": -1.0}, {"manual_cost": float("nan")}])
def test_a_price_against_the_rules_is_refused(price: dict[str, float]) -> None:
    given = {"cost_per_unit": 1.0, "discount_percent": 0.0, "manual_cost": 1.0, **price}
    item = PriceItem(
        cost_per_unit=given["cost_per_unit"],
        discount_percent=given["discount_percent"],
        manual_cost=given["manual_cost"],
    )
    error = refused(lambda: update_body("save the booking", replace(UPDATE, price_item=item)))
    assert list(error.fields) == ["price_item"]


@pytest.mark.parametrize(("dialect", "more"), [("activities", {}), ("events", {"with_comer": True})])
async def test_a_move_names_the_other_event(dialect: Spoken, more: dict[str, bool]) -> None:
    recorder = answering(BOOKING_DOCUMENT)
    async with recorder.api(dialect) as api:
        await api.bookings.move(LOCATION, 7, 9, BookingMove(to_event_id=8, with_visitor=True))
    assert recorder.last.method == "PATCH"
    assert recorder.body == {"reschedule_activity_id": 8, **more}


async def test_several_bookings_at_once() -> None:
    recorder = answering({"data": [BOOKING], "meta": {"errors": []}}, status=201)
    entries = [
        BulkEntry(places=1, client_id=5, name="never sent", phone="+4915112345678"),
        BulkEntry(places=2, name="Bob", phone="+4915112345678", email="b@example.org", notify_now=False),
    ]
    async with recorder.api("events") as api:
        await api.bookings.add_many(LOCATION, 7, entries)
    assert recorder.last.url.path == "/api/v2/locations/4564/events/7/appointments/bulk"
    bob = {"name": "Bob", "phone": "4915112345678", "email": "b@example.org", "clients_count": 2, "send_sms_now": 0}
    assert recorder.body == {"records": [{"client_id": 5, "clients_count": 1}, bob]}


@pytest.mark.parametrize("count", [0, 51])
def test_a_bulk_is_1_to_50(count: int) -> None:
    error = refused(lambda: bulk_body("add the bookings", [BulkEntry(places=1, client_id=1)] * count))
    assert list(error.fields) == ["entries"]


def test_a_broken_entry_is_told_by_its_number() -> None:
    entries = [BulkEntry(places=1, client_id=1), BulkEntry(places=0, name="Bob")]
    assert list(refused(lambda: bulk_body("add the bookings", entries)).fields) == ["entries.1.places"]


async def test_repeats_go_to_their_paths() -> None:
    strategy = {"data": {"type": "x", "id": 3, "attributes": {"title": "Weekly"}}}
    recorder = answering({"data": [EVENT]}, strategy, strategy, {"data": []}, None)
    weekly = RepeatStrategyInput(title="Weekly", repeat_mode_id=1, days=(1, 3), interval=1, with_bookings=True)
    async with recorder.api("events") as api:
        await api.events.duplicate(LOCATION, 7, [at("2026-04-03 18:00")], with_bookings=False, force=True)
        assert recorder.body == {"dates": ["2026-04-03T18:00:00"], "content_type": 1, "force": True}
        await api.events.create_repeat_strategy(LOCATION, weekly)
        await api.events.update_repeat_strategy(LOCATION, 3, weekly)
        assert recorder.body == {
            "title": "Weekly",
            "repeat_mode_id": 1,
            "days": [1, 3],
            "interval": 1,
            "content_type": 2,
        }
        await api.events.list_repeat_strategies(LOCATION)
        await api.events.delete_repeat_strategy(LOCATION, 3)
    root = "/api/v2/locations/4564/events"
    assert [(request.method, request.url.path.removeprefix(root)) for request in recorder.requests] == [
        ("POST", "/7/duplicate"),
        ("POST", "/duplication_strategies"),
        ("PUT", "/duplication_strategies/3"),
        ("GET", "/duplication_strategies"),
        ("DELETE", "/duplication_strategies/3"),
    ]


def test_repeats_against_the_rules_are_refused() -> None:
    starts = [at("2026-04-03 18:00")] * 101
    assert list(refused(lambda: duplicate_body("x", starts, with_bookings=True, force=False)).fields) == ["starts"]
    long = RepeatStrategyInput(title="x" * 51, repeat_mode_id=1, days=(7,), interval=0, with_bookings=False)
    assert set(refused(lambda: strategy_body("x", long)).fields) == {"title", "days", "interval"}


async def test_what_only_events_can_do_is_refused_in_activities_before_sending() -> None:
    recorder = answering({})
    async with recorder.api("activities") as api:
        with pytest.raises(Unsupported) as raised:
            await api.bookings.add_many(LOCATION, 7, [BulkEntry(places=1, client_id=1)])
        assert raised.value.delivery is Delivery.NOT_SENT
        with pytest.raises(Unsupported):
            await api.events.duplicate(LOCATION, 7, [], with_bookings=False, force=False)
        with pytest.raises(Unsupported):
            await api.events.list_repeat_strategies(LOCATION)
    assert not recorder.requests


async def test_bookings_around_events() -> None:
    recorder = answering({"data": []}, {"data": []}, None, None, None, {"data": []})
    async with recorder.api() as api:
        await api.bookings.list(LOCATION, event_id=7, client_id=5, between=(at("2026-03-27"), at("2026-03-28")))
        assert recorder.query == [
            ("filter[activity_id]", "7"),
            ("filter[client_id]", "5"),
            ("filter[date_intersect_from]", "2026-03-27T00:00:00"),
            ("filter[date_intersect_to]", "2026-03-28T00:00:00"),
            ("include[]", "client"),
            ("include[]", "comer"),
            ("include[]", "labels"),
            ("page", "1"),
            ("limit", "250"),
        ]
        await api.bookings.changed_since(LOCATION, at("2026-03-27 10:00"))
        assert ("changed_after", "2026-03-27T10:00:00") in recorder.query
        await api.bookings.cancel(LOCATION, 9)
        await api.bookings.set_attendance(LOCATION, 9, Attendance.NO_SHOW)
        assert recorder.body == {"attendance": -1}
        await api.bookings.set_visit(4, 9, VisitUpdate(attendance=Attendance.ARRIVED, comment=""))
        assert recorder.body == {"attendance": 1, "comment": "", "services": [], "goods_transactions": []}
    assert [(request.method, request.url.path) for request in recorder.requests] == [
        ("GET", "/api/v2/locations/4564/appointments"),
        ("GET", "/api/v1/records/4564"),
        ("DELETE", "/api/v2/locations/4564/appointments/9"),
        ("POST", "/api/v1/company/4564/records/9/attendance"),
        ("PUT", "/api/v1/visits/4/9"),
    ]


async def test_a_search_without_a_text_has_no_filters() -> None:
    recorder = answering({"data": []})
    async with recorder.api() as api:
        await api.clients.search(LOCATION, "", page_size=999)
        assert "filters" not in recorder.body
        assert recorder.body["page_size"] == 200
        await api.clients.search(LOCATION, "sm\x00ith", page=2)
    assert recorder.body["filters"] == [{"type": "quick_search", "state": {"value": "smith"}}]
    assert (recorder.body["page"], recorder.last.url.path) == (2, "/api/v1/company/4564/clients/search")


async def test_an_appointment_alone_and_one_in_an_event() -> None:
    recorder = answering({"success": True, "data": {"id": 5}, "meta": []})
    alone = AppointmentInput(
        client_name="Anna",
        client_phone="+4915112345678",
        team_member_id=1,
        length=timedelta(hours=1),
        services={2: 1},
        starts_at=at("2026-03-27 18:00"),
        notify=False,
        attendance=Attendance.CONFIRMED,
    )
    async with recorder.api() as api:
        await api.plain.add_appointment(LOCATION, alone)
        assert recorder.body == {
            "client": {"name": "Anna", "phone": "+4915112345678"},
            "services": [{"id": 2, "amount": 1}],
            "staff_id": 1,
            "datetime": "2026-03-27 18:00:00",
            "seance_length": 3600,
            "send_sms": False,
            "attendance": 2,
        }
        inside = AppointmentInput(client_name="Anna", client_phone="", event_id=7)
        await api.plain.update_appointment(LOCATION, 5, inside)
        assert recorder.body == {"client": {"name": "Anna", "phone": ""}, "activity_id": 7}
        assert (recorder.last.method, recorder.last.url.path) == ("PUT", "/api/v1/record/4564/5")


def test_an_appointment_needs_a_place() -> None:
    nowhere = AppointmentInput(client_name="Anna", client_phone="", team_member_id=1)
    assert list(refused(lambda: appointment_body("x", nowhere)).fields) == [""]


def test_only_told_settings_are_sent() -> None:
    assert timetable_body("x", TimetableSettings(most_places_per_booking=3)) == {"activity_record_clients_count_max": 3}
