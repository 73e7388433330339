"""Events: lists of both dialects, the rules of their fields, busy people and rooms, deletion (contract 2.1 to 2.3)."""

from typing import Any

import pytest

from tests.sandbox.desk import DAY, NIGHT, Desk, errors, event_body
from tests.support.sandbox import Clock, client_for, opened

PERIOD = {"filter[from]": "2026-03-28 00:00:00", "filter[to]": "2026-03-28 23:59:59"}


async def test_the_earlier_list_is_flat_and_counts(desk: Desk) -> None:
    answer = await desk.http.get(desk.activities, params=PERIOD | {"limit": "5", "offset": "10"})
    body = answer.json()
    assert body["success"] is True
    assert body["meta"]["pagination"] == {"total": 12, "count": 2, "limit": 5, "offset": 10}
    assert {"id", "company_id", "name", "datetime", "staff_id", "capacity", "clients_count"} <= body["data"][0].keys()


async def test_the_bare_list_leaves_out_what_is_not_documented() -> None:
    with opened(bare_list=True) as sandbox:
        async with client_for(sandbox) as client:
            bare = (await Desk(sandbox, client).on())[0]
    assert not {"length", "capacity", "clients_count", "color"} & bare.keys()


async def test_the_current_list_gives_resources_and_what_was_included(desk: Desk) -> None:
    answer = await desk.http.get(desk.events, params=PERIOD | {"include[]": "staff", "include": "duration_details"})
    body = answer.json()
    first = body["data"][0]
    assert first["type"] == "activity"
    assert "pagination" not in body["meta"]
    assert first["relationships"]["staff"]["data"] == {"type": "staff", "id": str(first["attributes"]["staff_id"])}
    details = next(item for item in body["included"] if item["type"] == "duration_details")
    assert set(details["attributes"]) == {"services_duration", "technical_break_duration"}


async def test_the_last_page_of_the_current_list_is_short(desk: Desk) -> None:
    pages = [(await desk.http.get(desk.events, params=PERIOD | {"limit": "5", "page": page})).json() for page in "123"]
    assert [len(page["data"]) for page in pages] == [5, 5, 2]


async def test_the_current_list_refuses_the_past_unless_the_deleted_are_asked_for(desk: Desk) -> None:
    past = PERIOD | {"filter[from]": "2026-03-27 11:59:59"}
    refused = await desk.http.get(desk.events, params=past)
    assert "cannot be earlier than the current time" in errors(refused)["filter.from"][0]
    allowed = await desk.http.get(desk.events, params=past | {"filter[include_deleted]": "1"})
    assert allowed.status_code == 200


async def test_the_earlier_list_reads_the_past(desk: Desk) -> None:
    assert len(await desk.on(DAY.replace(day=26))) == 12


@pytest.mark.parametrize("path", ["activities", "events"])
async def test_a_list_without_a_range_is_malformed(desk: Desk, path: str) -> None:
    for query in ({}, {"filter[from]": PERIOD["filter[from]"]}, PERIOD | {"filter[to]": "2026-03-28T23:59:59"}):
        assert (await desk.http.get(getattr(desk, path), params=query)).status_code == 400


@pytest.mark.parametrize("path", ["activities", "events"])
async def test_a_range_that_ends_before_it_starts_is_invalid(desk: Desk, path: str) -> None:
    answer = await desk.http.get(getattr(desk, path), params=PERIOD | {"filter[to]": "2026-03-27 23:00:00"})
    assert "filter.to" in errors(answer)


async def test_filters_by_team_member_and_service_may_be_repeated(desk: Desk) -> None:
    everything = await desk.on()
    two = sorted({event["staff_id"] for event in everything})[:2]
    answer = await desk.http.get(desk.activities, params={**PERIOD, "filter[master_ids][]": two})
    assert {event["staff_id"] for event in answer.json()["data"]} == set(two)


async def test_capacity_means_free_places_in_the_current_list_only(desk: Desk) -> None:
    asked = PERIOD | {"filter[capacity]": "8"}
    current = (await desk.http.get(desk.events, params=asked)).json()["data"]
    assert all(item["attributes"]["capacity"] - item["attributes"]["clients_count"] >= 8 for item in current)
    assert all(item["capacity"] == 8 for item in (await desk.http.get(desk.activities, params=asked)).json()["data"])


async def test_filters_by_resource_and_weekday(desk: Desk) -> None:
    room = desk.sandbox.location_id * 1000 + 401
    held = (await desk.http.get(desk.events, params={**PERIOD, "filter[resource_ids][]": room})).json()["data"]
    assert 0 < len(held) < 12
    sundays = await desk.http.get(desk.events, params={**PERIOD, "filter[weekdays][]": 7})
    assert sundays.json()["data"] == []


async def test_an_unknown_include_is_refused(desk: Desk) -> None:
    assert "include" in errors(await desk.http.get(desk.events, params=PERIOD | {"include": "staff,service"}))


@pytest.mark.parametrize("path", ["activities", "events"])
async def test_a_new_event_answers_with_every_attribute(desk: Desk, path: str) -> None:
    body = event_body(desk.sandbox, comment="Bring socks", color="#aabbcc", technical_break_duration=600)
    answer = await desk.http.post(getattr(desk, path), json=body, params={"include[]": "duration_details"})
    assert answer.status_code == 201
    shown = answer.json()["data"]["attributes"]
    assert shown["date"] == "2026-03-28T03:00:00+0100"
    assert (shown["capacity"], shown["clients_count"], shown["color"]) == (3, 0, "#aabbcc")
    assert (shown["comment"], shown["instructions"], shown["stream_link"]) == ("Bring socks", "", "")
    assert answer.json()["included"][0]["attributes"] == {
        "services_duration": 3000,
        "technical_break_duration": 600,
    }


async def test_an_hour_that_the_clocks_skip_slides_forward(desk: Desk) -> None:
    event_id = await desk.create(date="2026-03-29 02:30:00")
    shown = (await desk.http.get(f"{desk.events}/{event_id}")).json()["data"]["attributes"]
    assert shown["date"] == "2026-03-29T03:30:00+0200"


REFUSED: list[tuple[str, Any]] = [
    ("staff_id", "4564001"),
    ("staff_id", 0),
    ("service_id", True),
    ("resource_instance_ids", None),
    ("resource_instance_ids", [999]),
    ("label_ids", [4564504]),
    ("date", "2026-03-28T03:00:00"),
    ("date", "2026-02-30 03:00:00"),
    ("date", "2026-03-28T03:00:00+0100"),
    ("length", 3601),
    ("length", 0),
    ("length", 86_700),
    ("capacity", 0),
    ("capacity", 2.5),
    ("technical_break_duration", 3_900),
    ("technical_break_duration", 100),
    ("technical_break_duration", 3_600),
    ("comment", ""),
    ("comment", "x" * 256),
    ("comment", None),
    ("color", "#AABBCC"),
    ("color", None),
    ("instructions", "x" * 501),
    ("stream_link", ""),
    ("force", 1),
    ("surprise", 1),
]


@pytest.mark.parametrize(("field", "value"), REFUSED)
async def test_a_field_that_breaks_its_rule_is_named(desk: Desk, field: str, value: object) -> None:
    answer = await desk.http.post(desk.activities, json=event_body(desk.sandbox, **{field: value}))
    assert field in {name.split(".")[0] for name in errors(answer)}


@pytest.mark.parametrize(
    "field",
    ["staff_id", "service_id", "resource_instance_ids", "label_ids", "date", "length", "capacity"],
)
async def test_a_required_field_that_is_missing_is_named(desk: Desk, field: str) -> None:
    body = event_body(desk.sandbox)
    del body[field]
    assert errors(await desk.http.post(desk.events, json=body))[field] == ["This field is required"]


@pytest.mark.parametrize("field", ["staff_id", "service_id"])
async def test_an_unknown_team_member_or_service_is_not_found(desk: Desk, field: str) -> None:
    assert (await desk.http.post(desk.events, json=event_body(desk.sandbox, **{field: 99}))).status_code == 404


async def test_what_belongs_to_the_other_location_is_not_found_here(desk: Desk) -> None:
    other = desk.sandbox.second_location_id * 1000
    assert (await desk.http.post(desk.events, json=event_body(desk.sandbox, staff_id=other + 1))).status_code == 404
    answer = await desk.http.post(desk.events, json=event_body(desk.sandbox, resource_instance_ids=[other + 401]))
    assert "resource_instance_ids" in errors(answer)
    event_id = (await desk.on())[0]["id"]
    elsewhere = f"/v2/locations/{desk.sandbox.second_location_id}/events/{event_id}"
    assert (await desk.http.get(elsewhere)).status_code == 404


@pytest.mark.parametrize(
    ("what", "changes"),
    [("team member", {"resource_instance_ids": []}), ("Sun room", {"staff_id": 4564002})],
)
async def test_a_busy_team_member_or_room_is_a_conflict(desk: Desk, what: str, changes: dict[str, object]) -> None:
    await desk.create(technical_break_duration=600)
    taken = event_body(desk.sandbox, **({"date": "2026-03-28 03:55:00"} | changes))
    answer = await desk.http.post(desk.events, json=taken)
    assert answer.status_code == 409
    assert answer.json()["meta"]["conflict"] is True
    assert what in answer.json()["meta"]["message"]
    assert (await desk.http.post(desk.events, json=taken | {"force": True})).status_code == 201


async def test_events_that_touch_do_not_conflict(desk: Desk) -> None:
    await desk.create()
    await desk.create(date="2026-03-28 04:00:00")


async def test_null_as_technical_break_takes_that_of_the_location(desk: Desk) -> None:
    event_id = await desk.create(technical_break_duration=None)
    answer = await desk.http.get(f"{desk.activities}/{event_id}", params={"include[]": "duration_details"})
    assert answer.json()["included"][0]["attributes"]["technical_break_duration"] == 900


async def test_an_update_replaces_lists_and_keeps_texts_that_were_left_out(desk: Desk) -> None:
    event_id = await desk.create(comment="Keep", instructions="Drop", label_ids=[4564501], technical_break_duration=300)
    body = event_body(desk.sandbox, instructions=None, capacity=9, technical_break_duration=None)
    answer = await desk.http.put(
        f"{desk.events}/{event_id}", json=body, params={"include[]": ["labels", "duration_details"]}
    )
    data = answer.json()["data"]
    assert (data["attributes"]["comment"], data["attributes"]["instructions"]) == ("Keep", "")
    assert data["attributes"]["capacity"] == 9
    assert data["relationships"]["labels"] == {"data": []}
    assert answer.json()["included"][0]["attributes"]["technical_break_duration"] == 300


async def test_an_event_does_not_conflict_with_itself(desk: Desk) -> None:
    event_id = await desk.create()
    moved = event_body(desk.sandbox, date="2026-03-28 03:30:00")
    assert (await desk.http.put(f"{desk.activities}/{event_id}", json=moved)).status_code == 200


async def test_capacity_cannot_fall_below_the_places_that_are_booked(desk: Desk) -> None:
    event_id = await desk.create()
    await desk.book(event_id, places=2)
    answer = await desk.http.put(f"{desk.events}/{event_id}", json=event_body(desk.sandbox, capacity=1))
    assert "capacity" in errors(answer)


async def test_deleting_cancels_the_bookings_and_frees_the_room(desk: Desk) -> None:
    event_id = await desk.create()
    await desk.book(event_id)
    assert (await desk.http.delete(f"{desk.events}/{event_id}")).status_code == 204
    assert (await desk.roster(event_id))["data"] == []
    await desk.create()


async def test_the_earlier_path_answers_a_deletion_with_null(desk: Desk) -> None:
    answer = await desk.http.delete(f"{desk.activities}/{await desk.create()}")
    assert (answer.status_code, answer.json()) == (200, None)


async def test_a_deleted_event_is_read_but_neither_listed_nor_changed(desk: Desk) -> None:
    event_id = await desk.create()
    one = f"{desk.events}/{event_id}"
    await desk.http.delete(one)
    assert (await desk.http.get(one)).status_code == 200
    assert event_id not in {event["id"] for event in await desk.on()}
    for refused in (
        await desk.http.put(one, json=event_body(desk.sandbox)),
        await desk.http.delete(one),
        await desk.http.post(f"{one}/duplicate", json={"dates": ["2026-04-01T03:00:00"], "content_type": 1}),
    ):
        assert refused.status_code == 404


async def test_the_deleted_come_along_when_asked_for(desk: Desk) -> None:
    event_id = await desk.create()
    await desk.http.delete(f"{desk.events}/{event_id}")
    listed = await desk.http.get(desk.events, params=PERIOD | {"filter[include_deleted]": "1"})
    marks = {item["id"]: item["attributes"]["deleted"] for item in listed.json()["data"]}
    assert marks[str(event_id)] is True
    assert sum(marks.values()) == 1


async def test_the_edit_window_of_a_user_is_kept(desk: Desk, clock: Clock) -> None:
    event_id = await desk.create(date=NIGHT)
    clock.advance(days=9)
    async with client_for(desk.sandbox, "receptionist") as client:
        assert (await client.delete(f"{desk.events}/{event_id}")).status_code == 403
    assert (await desk.http.delete(f"{desk.events}/{event_id}")).status_code == 204
