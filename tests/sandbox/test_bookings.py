"""Bookings: both dialects' bodies, places, clients and visitors, changing, moving, attendance (contract 2.4 to 2.6)."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.desk import Desk, activity_client, errors, event_client
from tests.support.sandbox import Clock

CONSENTS = {"is_newsletter_allowed": True, "is_personal_data_processing_allowed": True}
PRICE = {"cost_per_unit": 10, "discount_percent": 0, "manual_cost": 10}


async def test_a_new_client_is_made_and_booked(desk: Desk) -> None:
    event_id = await desk.create()
    booking_id = await desk.book(event_id, name="王芳", email="wang@example.org")
    listed = await desk.roster(event_id, "client", "labels", "comer")
    (booking,), (client,) = listed["data"], listed["included"]
    assert booking["id"] == str(booking_id)
    assert booking["attributes"]["attendance_status_slug"] == "waiting"
    assert (client["attributes"]["name"], client["attributes"]["phone"]) == ("王芳", "+4915112345678")
    assert listed["meta"]["pagination"] == {"page": 1, "offset": 0, "limit": 250}


async def test_a_booking_answers_with_every_attribute(desk: Desk) -> None:
    event_id = await desk.create()
    body = {"client": event_client(), "clients_count": 2}
    answer = await desk.http.post(f"{desk.events}/{event_id}/appointments", json=body)
    shown = answer.json()["data"]["attributes"]
    assert answer.status_code == 201
    assert shown["date"] == "2026-03-28 03:00:00"
    assert (shown["activity_id"], shown["clients_count"], shown["comer_id"]) == (event_id, 2, 0)
    assert (shown["is_paid"], shown["is_overpaid"], shown["payment_status"]) == (False, False, None)


@pytest.mark.parametrize(
    ("client", "field"),
    [
        ({"phone": "4915112345678"}, "client.phone"),
        ({"phone": "+49 151 12345678"}, "client.phone"),
        ({"phone": ""}, "client.phone"),
        ({"name": ""}, "client.name"),
        ({"email": "nobody"}, "client.email"),
        ({"surname": ""}, "client.surname"),
        ({"gender": None}, "client.gender"),
        ({"gender": 3}, "client.gender"),
        ({"birthday": "1990-02-30"}, "client.birthday"),
        (
            {"agreements": {"is_newsletter_allowed": True, "is_personal_data_processing_allowed": True}},
            "client.agreements",
        ),
        ({"agreements": [{"is_newsletter_allowed": True}]}, "client.agreements.0.is_personal_data_processing_allowed"),
        ({"custom_field_values": [{"code": "nope", "value": "x"}]}, "client.custom_field_values.0.code"),
        ({"custom_field_values": [{"code": "health", "value": ""}]}, "client.custom_field_values.0.value"),
        ({"comment": "only in events"}, "client.comment"),
    ],
)
async def test_the_earlier_dialect_names_a_wrong_client_field(desk: Desk, client: dict[str, Any], field: str) -> None:
    body = {"client": activity_client(**client), "clients_count": 1}
    answer = await desk.http.post(f"{desk.activities}/{await desk.create()}/records", json=body)
    assert field in errors(answer)


@pytest.mark.parametrize("key", sorted(event_client()))
async def test_the_current_dialect_needs_every_key_of_a_client(desk: Desk, key: str) -> None:
    client = event_client()
    del client[key]
    answer = await desk.http.post(
        f"{desk.events}/{await desk.create()}/appointments", json={"client": client, "clients_count": 1}
    )
    assert f"client.{key}" in errors(answer)


@pytest.mark.parametrize(
    ("client", "field"),
    [
        ({"phone": "+4915112345678"}, "client.phone"),
        ({"phone": "12345678"}, "client.phone"),
        ({"agreements": []}, "client.agreements"),
    ],
)
async def test_the_current_dialect_has_its_own_forms(desk: Desk, client: dict[str, Any], field: str) -> None:
    body = {"client": event_client(**client), "clients_count": 1}
    answer = await desk.http.post(f"{desk.events}/{await desk.create()}/appointments", json=body)
    assert field in errors(answer)


async def test_keys_of_one_dialect_are_refused_in_the_other(desk: Desk) -> None:
    event_id = await desk.create()
    earlier = {"client": activity_client(), "clients_count": 1, "is_trial_service": True}
    assert "is_trial_service" in errors(await desk.http.post(f"{desk.activities}/{event_id}/records", json=earlier))
    current = {"client": event_client(), "clients_count": 1, "labels": [], "client_id": None}
    refused = errors(await desk.http.post(f"{desk.events}/{event_id}/appointments", json=current))
    assert {"labels", "client_id"} <= refused.keys()


async def test_the_two_names_of_a_client_id_must_agree(desk: Desk) -> None:
    body = {"client": activity_client(id=150_002), "client_id": 150_003, "clients_count": 1}
    assert errors(await desk.http.post(f"{desk.activities}/{await desk.create()}/records", json=body))


async def test_a_visitor_alone_comes_without_a_phone(desk: Desk) -> None:
    event_id = await desk.create()
    body = {"client": event_client(name="Walk", phone=""), "comer": {"name": "Walk"}, "clients_count": 1}
    answer = await desk.http.post(f"{desk.events}/{event_id}/appointments", json=body, params={"include": "comer"})
    shown = answer.json()["data"]["attributes"]
    assert (shown["client_id"], shown["visit_id"], shown["client_fictive_name"]) == (0, 0, "Walk")
    assert answer.json()["included"][0]["attributes"] == {"name": "Walk"}


async def test_a_visitor_is_booked_again_by_the_id_of_autocomplete(desk: Desk) -> None:
    path = f"/v1/company/{desk.sandbox.location_id}/clients/autocomplete"
    (found,) = (await desk.http.get(path, params={"name": "wanda", "limit": "1"})).json()
    body = {"client": activity_client(phone=""), "comer_id": found["id"], "clients_count": 1}
    answer = await desk.http.post(f"{desk.activities}/{await desk.create()}/records", json=body)
    assert answer.json()["data"]["attributes"]["comer_id"] == found["id"]


async def test_a_known_client_is_overwritten_by_what_is_sent(desk: Desk) -> None:
    path = f"/v2/locations/{desk.sandbox.location_id}/attendance/clients/150006"
    before = (await desk.http.get(path)).json()["data"]["attributes"]
    assert before["surname"] == "Kim"
    await desk.book(await desk.create(), id=150_006, name="Anna", phone="", surname=None)
    after = (await desk.http.get(path)).json()["data"]["attributes"]
    assert (after["surname"], after["phone"], after["email"]) == ("", before["phone"], before["email"])


async def test_a_phone_that_is_known_finds_its_client_and_leaves_the_card_alone(desk: Desk) -> None:
    path = f"/v2/locations/{desk.sandbox.location_id}/attendance/clients/150006"
    before = (await desk.http.get(path)).json()
    event_id = await desk.create()
    await desk.book(event_id, name="Somebody", phone=before["data"]["attributes"]["phone"])
    assert (await desk.roster(event_id))["data"][0]["attributes"]["client_id"] == 150_006
    assert (await desk.http.get(path)).json() == before


async def test_an_unknown_client_is_not_found(desk: Desk) -> None:
    body = {"client": activity_client(id=7), "clients_count": 1}
    assert (await desk.http.post(f"{desk.activities}/{await desk.create()}/records", json=body)).status_code == 404


async def test_no_more_places_are_sold_than_there_are(desk: Desk) -> None:
    event_id = await desk.create(capacity=3)
    await desk.book(event_id, places=2)
    body = {"client": activity_client(), "clients_count": 2}
    answer = await desk.http.post(f"{desk.activities}/{event_id}/records", json=body)
    assert "1 free" in errors(answer)["clients_count"][0]


async def test_the_last_place_goes_to_one_of_many_who_ask_at_once(desk: Desk) -> None:
    event_id = await desk.create(capacity=1)
    body = {"client": activity_client(), "clients_count": 1}
    answers = await asyncio.gather(
        *(desk.http.post(f"{desk.activities}/{event_id}/records", json=body) for _ in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 7


async def test_a_resent_booking_is_a_second_booking(desk: Desk) -> None:
    event_id = await desk.create()
    assert await desk.book(event_id) != await desk.book(event_id)


async def test_tags_must_be_those_of_bookings(desk: Desk) -> None:
    event_id = await desk.create()
    body = {"client": activity_client(), "clients_count": 1, "labels": [4564504]}
    answer = await desk.http.post(f"{desk.activities}/{event_id}/records", json=body, params={"include[]": "labels"})
    assert answer.json()["included"][0]["id"] == "4564504"
    refused = await desk.http.post(f"{desk.activities}/{event_id}/records", json=body | {"labels": [4564501]})
    assert "labels" in errors(refused)


async def test_cancelling_frees_the_place_and_cannot_be_done_twice(desk: Desk) -> None:
    event_id = await desk.create(capacity=1)
    path = f"{desk.appointments}/{await desk.book(event_id)}"
    assert (await desk.http.delete(path)).status_code == 204
    assert (await desk.http.delete(path)).status_code == 404
    await desk.book(event_id)


async def test_an_update_replaces_tags_products_and_price(desk: Desk) -> None:
    event_id = await desk.create()
    path = f"{desk.events}/{event_id}/appointments/{await desk.book(event_id)}"
    goods = [{"good_id": 5, "amount": 1, "cost_per_unit": 3}]
    full = {"attendance_service_item": PRICE, "label_ids": [4564505], "attendance_good_items": goods, "comment": "x"}
    include = {"include[]": ["labels", "attendance_good_items", "attendance_service_items"]}
    first = (await desk.http.put(path, json=full, params=include)).json()
    assert {item["type"] for item in first["included"]} == {"label", "attendance_good_item", "attendance_service_item"}
    bare = (await desk.http.put(path, json={"attendance_service_item": PRICE}, params=include)).json()
    assert {item["type"] for item in bare["included"]} == {"attendance_service_item"}
    assert bare["data"]["attributes"]["comment"] == "x"


async def test_an_update_needs_the_price_line(desk: Desk) -> None:
    event_id = await desk.create()
    path = f"{desk.events}/{event_id}/appointments/{await desk.book(event_id)}"
    assert "attendance_service_item" in errors(await desk.http.put(path, json={"comment": "x"}))
    wrong = {"attendance_service_item": PRICE | {"discount_percent": 101}}
    assert "attendance_service_item.discount_percent" in errors(await desk.http.put(path, json=wrong))
    more = {"attendance_service_item": PRICE, "clients_count": 4}
    assert "clients_count" in errors(await desk.http.put(path, json=more))


async def test_the_earlier_patch_changes_in_place_and_moves(desk: Desk) -> None:
    source, target = await desk.create(), await desk.create(date="2026-03-28 05:00:00")
    booking_id = await desk.book(source)
    here = f"{desk.activities}/{source}/records/{booking_id}"
    assert "reschedule_activity_id" in errors(await desk.http.patch(here, json={"comment": "x"}))
    stays = await desk.http.patch(here, json={"reschedule_activity_id": source, "clients_count": 3, "comment": "three"})
    assert stays.json()["data"]["attributes"]["clients_count"] == 3
    moved = await desk.http.patch(here, json={"reschedule_activity_id": target})
    assert moved.json()["data"]["attributes"]["activity_id"] == target
    assert (await desk.roster(source))["data"] == []
    assert (await desk.http.patch(here, json={"reschedule_activity_id": source})).status_code == 404


async def test_a_move_may_leave_the_visitor_behind(desk: Desk) -> None:
    source, target = await desk.create(), await desk.create(date="2026-03-28 05:00:00")
    body = {"client": event_client(), "comer": {"name": "Kid"}, "clients_count": 1}
    booked = (await desk.http.post(f"{desk.events}/{source}/appointments", json=body)).json()["data"]
    moved = await desk.http.patch(
        f"{desk.events}/{source}/appointments/{booked['id']}",
        json={"reschedule_activity_id": target, "with_comer": False},
    )
    assert moved.json()["data"]["attributes"]["comer_id"] == 0


@pytest.mark.parametrize(
    ("state", "target_date", "words"),
    [
        ("confirmed", "2026-03-28 05:00:00", "Only a waiting booking"),
        ("over", "2026-03-29 05:00:00", "is over"),
        ("begun", "2026-03-28 01:00:00", "has begun"),
        ("full", "2026-03-28 05:00:00", "0 free"),
        ("held", "2026-03-28 05:00:00", "already"),
    ],
)
async def test_a_move_is_refused_by_every_rule(
    desk: Desk, clock: Clock, state: str, target_date: str, words: str
) -> None:
    source, target = await desk.create(), await desk.create(date=target_date, capacity=1)
    booking_id = await desk.book(source)
    match state:
        case "confirmed":
            await desk.mark(booking_id, 2)
        case "full":
            await desk.book(target, phone="+4915187654321")
        case "held":
            await desk.book(target)
        case _:
            clock.advance(hours={"over": 16, "begun": 14}[state])
    answer = await desk.http.patch(
        f"{desk.events}/{source}/appointments/{booking_id}", json={"reschedule_activity_id": target}
    )
    assert words in str(errors(answer))


async def test_a_booking_cannot_move_to_an_event_that_is_gone(desk: Desk) -> None:
    source, target = await desk.create(), await desk.create(date="2026-03-28 05:00:00")
    path = f"{desk.events}/{source}/appointments/{await desk.book(source)}"
    await desk.http.delete(f"{desk.events}/{target}")
    assert (await desk.http.patch(path, json={"reschedule_activity_id": target})).status_code == 404


async def test_a_paid_booking_is_not_moved(desk: Desk) -> None:
    later = [event for event in await desk.on() if event["clients_count"]]
    rosters = [(event["id"], (await desk.roster(event["id"]))["data"]) for event in later]
    source, booking_id = next(
        (event_id, item["id"])
        for event_id, items in rosters
        for item in items
        if item["attributes"]["is_paid"] and item["attributes"]["attendance"] == 0
    )
    target = await desk.create()
    answer = await desk.http.patch(
        f"{desk.events}/{source}/appointments/{booking_id}", json={"reschedule_activity_id": target}
    )
    assert "paid" in errors(answer)["reschedule_activity_id"][0]


@pytest.mark.parametrize(("attendance", "slug"), [(-1, "absent"), (1, "attended"), (2, "confirmed"), (0, "waiting")])
async def test_attendance_is_marked(desk: Desk, attendance: int, slug: str) -> None:
    event_id = await desk.create()
    answer = await desk.mark(await desk.book(event_id), attendance)
    assert answer.json()["data"]["attendance"] == attendance
    assert (await desk.roster(event_id))["data"][0]["attributes"]["attendance_status_slug"] == slug


@pytest.mark.parametrize("attendance", [3, -2, True, "1", None])
async def test_attendance_is_one_of_four_numbers(desk: Desk, attendance: object) -> None:
    booking_id = await desk.book(await desk.create())
    path = f"/v1/company/{desk.sandbox.location_id}/records/{booking_id}/attendance"
    answer = await desk.http.post(path, json={"attendance": attendance})
    assert answer.status_code == 422
    assert answer.json()["meta"]["errors"][0].startswith("attendance: ")


async def test_bookings_of_one_visit_change_together(desk: Desk) -> None:
    rosters = [(await desk.roster(event["id"]))["data"] for event in await desk.on() if event["clients_count"]]
    bookings = [item for roster in rosters for item in roster]
    visits = [item["attributes"]["visit_id"] for item in bookings]
    shared = next(visit for visit in visits if visit and visits.count(visit) > 1)
    linked = [item["id"] for item in bookings if item["attributes"]["visit_id"] == shared]
    await desk.mark(int(linked[0]), 1)
    path = f"/v1/record/{desk.sandbox.location_id}/{linked[1]}"
    assert (await desk.http.get(path)).json()["data"]["attendance"] == 1


async def test_several_are_booked_and_the_refused_are_named(desk: Desk) -> None:
    event_id = await desk.create(capacity=3)
    records = [
        {"client_id": 150_002, "clients_count": 1},
        {"client_id": 7, "clients_count": 1},
        {"name": "Newcomer", "phone": "4915155555555", "clients_count": 1, "send_sms_now": 0},
        {"name": "Crowd", "clients_count": 2},
    ]
    answer = await desk.http.post(f"{desk.events}/{event_id}/appointments/bulk", json={"records": records})
    assert answer.status_code == 201
    assert len(answer.json()["data"]) == 2
    assert [error["index"] for error in answer.json()["meta"]["errors"]] == [1, 3]
    assert answer.json()["meta"]["errors"][1]["name"] == "Crowd"


@pytest.mark.parametrize(
    "records",
    [[], [{"clients_count": 1}], [{"client_id": 1, "name": "x", "clients_count": 1}], [{"name": "x"}], [{}] * 51],
)
async def test_a_wrong_list_of_several_is_refused_whole(desk: Desk, records: list[dict[str, Any]]) -> None:
    answer = await desk.http.post(f"{desk.events}/{await desk.create()}/appointments/bulk", json={"records": records})
    assert errors(answer)


async def test_a_deleted_event_takes_no_bookings(desk: Desk) -> None:
    event_id = await desk.create()
    await desk.http.delete(f"{desk.events}/{event_id}")
    body = {"client": activity_client(), "clients_count": 1}
    assert (await desk.http.post(f"{desk.activities}/{event_id}/records", json=body)).status_code == 404


async def test_bookings_are_found_by_client_and_by_time(desk: Desk) -> None:
    await desk.book(await desk.create(), id=150_006, phone="")
    mine = await desk.http.get(desk.appointments, params={"filter[client_id]": "150006"})
    assert {item["attributes"]["client_id"] for item in mine.json()["data"]} == {150_006}
    night = {
        "filter[date_intersect_from]": "2026-03-28T03:10:00",
        "filter[date_intersect_to]": "2026-03-28T03:20:00",
    }
    (found,) = (await desk.http.get(desk.appointments, params=night)).json()["data"]
    assert found["attributes"]["date"] == "2026-03-28 03:00:00"
    half = {"filter[date_intersect_from]": "2026-03-28T03:10:00"}
    assert (await desk.http.get(desk.appointments, params=half)).status_code == 400
    assert errors(await desk.http.get(desk.appointments, params={"limit": "251"}))
