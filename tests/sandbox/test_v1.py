"""v1: logging in, locations, clients, directories, bookings by the older calls (contract 4)."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.desk import Desk
from tests.support.sandbox import Clock
from tui_app.sandbox import Sandbox, SandboxUser


def partner(sandbox: Sandbox) -> dict[str, str]:
    return {"Authorization": f"Bearer {sandbox.partner_token}"}


def words(user: SandboxUser, **changes: object) -> dict[str, object]:
    return {"login": user.login, "password": user.password} | changes


async def test_login_and_password_give_the_user_token(desk: Desk) -> None:
    owner = desk.sandbox.users["owner"]
    for login in (owner.login, owner.login.upper(), f"+{owner.phone}"):
        answer = await desk.http.post("/v1/auth", json=words(owner, login=login), headers=partner(desk.sandbox))
        assert answer.status_code == 201
        assert answer.json()["data"]["user_token"] == desk.sandbox.user_token


async def test_a_wrong_password_is_refused(desk: Desk) -> None:
    answer = await desk.http.post("/v1/auth", json=words(desk.sandbox.users["owner"], password="x"))
    assert answer.status_code == 401


async def test_a_second_factor_is_asked_and_used_once(desk: Desk) -> None:
    guarded = desk.sandbox.users["guarded"]
    asked = (await desk.http.post("/v1/auth", json=words(guarded))).json()["data"]
    assert asked["attempts_left"] == 3
    assert "user_token" not in asked
    code = {"uuid": asked["uuid"], "secret": guarded.second_factor}
    assert (await desk.http.post("/v1/auth", json=words(guarded, **{"2fa": code}))).status_code == 201
    assert (await desk.http.post("/v1/auth", json=words(guarded, **{"2fa": code}))).status_code == 401


async def test_three_wrong_codes_end_a_challenge(desk: Desk) -> None:
    guarded = desk.sandbox.users["guarded"]
    uuid = (await desk.http.post("/v1/auth", json=words(guarded))).json()["data"]["uuid"]
    wrong = words(guarded, **{"2fa": {"uuid": uuid, "secret": "000000"}})
    assert [(await desk.http.post("/v1/auth", json=wrong)).status_code for _ in range(3)] == [422] * 3
    right = words(guarded, **{"2fa": {"uuid": uuid, "secret": guarded.second_factor}})
    assert (await desk.http.post("/v1/auth", json=right)).status_code == 401


async def test_secrets_do_not_reach_the_log(desk: Desk) -> None:
    owner = desk.sandbox.users["owner"]
    await desk.http.post("/v1/auth", json=words(owner))
    logged = repr(desk.sandbox.requests[-1])
    assert owner.login in logged
    assert not any(secret in logged for secret in (owner.password, owner.token, desk.sandbox.partner_token))
    assert owner.password not in repr(desk.sandbox.users)


async def test_locations_tell_their_zone_and_country(desk: Desk) -> None:
    listed = (await desk.http.get("/v1/companies?my=1")).json()
    zones = {location["id"]: (location["timezone_name"], location["country"]) for location in listed["data"]}
    assert zones == {
        desk.sandbox.location_id: ("Europe/Berlin", "Germany"),
        desk.sandbox.second_location_id: ("America/New_York", "United States"),
    }
    one = await desk.http.get(f"/v1/company/{desk.sandbox.location_id}?my=1")
    other = await desk.http.get(f"/v1/locations/{desk.sandbox.location_id}?my=1")
    assert one.json() == other.json()


async def find(desk: Desk, value: str, **changes: object) -> dict[str, Any]:
    body = {
        "page": 1,
        "page_size": 50,
        "fields": ["id", "name", "surname", "phone", "email"],
        "filters": [{"type": "quick_search", "state": {"value": value}}],
    }
    answer = await desk.http.post(f"/v1/company/{desk.sandbox.location_id}/clients/search", json=body | changes)
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("value", ["[anna]", "ANNA", "kim", "client150006@", " O'NEIL "])
async def test_a_client_is_found_by_any_part(desk: Desk, value: str) -> None:
    bare = value.strip().casefold()
    found = (await find(desk, value))["data"]
    assert found
    assert all(bare in f"{one['name']}|{one['surname']}|{one['email']}".casefold() for one in found)


async def test_a_client_is_found_by_digits_however_they_are_written(desk: Desk) -> None:
    phone = (await find(desk, "[Anna]"))["data"][0]["phone"]
    for value in (phone, phone[-4:], f"{phone[:4]} ({phone[4:6]}) {phone[6:9]}-{phone[9:]}"):
        assert phone in {one["phone"] for one in (await find(desk, value))["data"]}


async def test_folding_reaches_every_script(desk: Desk) -> None:
    everyone = (await find(desk, ""))["data"]
    cyrillic = next(one["name"] for one in everyone if "а" <= one["name"][-1] <= "я")
    assert cyrillic in {one["name"] for one in (await find(desk, cyrillic.upper()))["data"]}


async def test_search_answers_just_the_fields_and_counts_all(desk: Desk) -> None:
    found = await find(desk, "", page_size=5, fields=["name"], order_by="name", order_by_direction="DESC")
    assert [set(one) for one in found["data"]] == [{"name"}] * 5
    assert found["meta"]["total_count"] == 60
    names = [one["name"].casefold() for one in found["data"]]
    assert names == sorted(names, reverse=True)


@pytest.mark.parametrize("changes", [{"page_size": 201}, {"fields": ["password"]}, {"filters": [{"type": "x"}]}])
async def test_a_wrong_search_is_refused(desk: Desk, changes: dict[str, object]) -> None:
    answer = await find(desk, "", **changes)
    assert answer["success"] is False
    assert isinstance(answer["meta"]["errors"], list)


@pytest.mark.parametrize(("operation", "fits"), [("AND", all), ("OR", any)])
async def test_every_filter_or_any_must_fit(desk: Desk, operation: str, fits: Callable[[Iterable[bool]], bool]) -> None:
    values = ("ann", "kim")
    filters = [{"type": "quick_search", "state": {"value": value}} for value in values]
    found = (await find(desk, "", operation=operation, filters=filters))["data"]
    everybody = [await find(desk, "", filters=[], page_size=50, page=page) for page in (1, 2)]
    held = {
        one["id"]: fits(value in f"{one['name']}|{one['surname']}|{one['email']}".casefold() for value in values)
        for page in everybody
        for one in page["data"]
    }
    assert {one["id"] for one in found} == {number for number, holds in held.items() if holds} != set()


@pytest.mark.parametrize(
    "asked", [{"name": "ANN"}, {"surname": "ki"}, {"name": "an", "surname": "k"}, {"email": "@ex"}]
)
async def test_autocomplete_looks_into_the_named_fields_alone(desk: Desk, asked: dict[str, str]) -> None:
    path = f"/v1/company/{desk.sandbox.location_id}/clients/autocomplete"
    found = (await desk.http.get(path, params={**asked, "limit": "25"})).json()
    assert found
    fields = {"name": "fullname"}
    for one in found:
        assert all(text.casefold() in one[fields.get(name, name)].casefold() for name, text in asked.items())


async def test_no_card_is_known_of_anybody(desk: Desk) -> None:
    path = f"/v1/company/{desk.sandbox.location_id}/clients/autocomplete"
    assert (await desk.http.get(path, params={"card": "1"})).json() == []


async def test_autocomplete_is_a_bare_list_with_visitors(desk: Desk) -> None:
    path = f"/v1/company/{desk.sandbox.location_id}/clients/autocomplete"
    assert len((await desk.http.get(path)).json()) == 7
    both = (await desk.http.get(path, params={"name": "a", "limit": "25"})).json()
    assert {"id", "fullname", "surname", "patronymic", "phone", "email", "discount"} == both[0].keys()
    assert (await desk.http.get(path, params={"limit": "26"})).status_code == 422


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/v1/staff/4564", {"id", "name", "specialization", "rating", "position", "hidden", "fired"}),
        ("/v1/locations/4564/team_members", {"id", "name", "position"}),
        ("/v1/services/4564", {"id", "title", "cost", "duration", "category_id", "active", "discount"}),
        ("/v1/service_categories/4564/0", {"id", "title"}),
        ("/v1/resources/4564", {"id", "title", "instances"}),
        ("/v1/locations/4564/events/services", {"id", "title", "capacity", "category", "staff", "resources"}),
        ("/v1/records/4564", {"id", "date", "datetime", "staff", "client", "services", "attendance", "activity_id"}),
    ],
)
async def test_directories_are_enveloped(desk: Desk, path: str, keys: set[str]) -> None:
    body = (await desk.http.get(path)).json()
    assert body["success"] is True
    assert keys <= body["data"][0].keys()


async def test_event_services_are_narrowed_by_team_member_and_term(desk: Desk) -> None:
    path = f"/v1/locations/{desk.sandbox.location_id}/events/services"
    (found,) = (await desk.http.get(path, params={"staff_id": 4564002, "term": "REFORMER"})).json()["data"]
    assert (found["title"], [one["id"] for one in found["staff"]]) == ("Pilates Reformer", [4564002])
    assert found["resources"][0]["title"] == "Reformer"


async def test_changed_after_notices_other_desks(desk: Desk, clock: Clock) -> None:
    path = f"/v1/records/{desk.sandbox.location_id}"
    clock.advance(minutes=5)
    since = (clock() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S")
    assert (await desk.http.get(path, params={"changed_after": since})).json()["meta"]["total_count"] == 0
    booking_id = await desk.book(await desk.create())
    for spelled in (since, clock().isoformat()):
        (found,) = (await desk.http.get(path, params={"changed_after": spelled})).json()["data"]
        assert found["id"] == booking_id
    await desk.http.delete(f"{desk.appointments}/{booking_id}")
    gone = await desk.http.get(path, params={"changed_after": since, "with_deleted": 1})
    assert [one["deleted"] for one in gone.json()["data"]] == [True]


async def test_records_are_paged_by_day(desk: Desk) -> None:
    path = f"/v1/records/{desk.sandbox.location_id}"
    asked: dict[str, str | int] = {"start_date": "2026-03-28", "end_date": "2026-03-28", "count": 3, "page": 2}
    body = (await desk.http.get(path, params=asked)).json()
    assert len(body["data"]) == 3
    assert body["meta"]["total_count"] > 20
    assert all(one["date"].startswith("2026-03-28") for one in body["data"])


async def test_an_older_client_books_changes_and_cancels(desk: Desk) -> None:
    event_id = await desk.create()
    body = {"activity_id": event_id, "client": {"name": "Old", "phone": "4915112345678"}, "send_sms": True}
    answer = await desk.http.post(f"/v1/records/{desk.sandbox.location_id}", json=body)
    assert answer.status_code == 201
    one = f"/v1/record/{desk.sandbox.location_id}/{answer.json()['data']['id']}"
    changed = await desk.http.put(one, json={"attendance": 1, "comment": "late", "staff_id": 1})
    assert (changed.json()["data"]["attendance"], changed.json()["data"]["comment"]) == (1, "late")
    assert (await desk.http.delete(one)).status_code == 204
    assert (await desk.http.get(one)).status_code == 404


async def test_an_appointment_of_its_own_occupies_its_team_member(desk: Desk) -> None:
    body = {
        "staff_id": 4564001,
        "seance_length": 3600,
        "services": [{"id": 4564209, "amount": 1}],
        "datetime": "2026-03-28T03:00:00+01:00",
        "client": {"name": "Solo", "phone": "4915112345678"},
    }
    path = f"/v1/records/{desk.sandbox.location_id}"
    assert (await desk.http.post(path, json=body)).json()["data"]["activity_id"] == 0
    assert (await desk.http.post(path, json=body)).status_code == 409
    assert (await desk.http.post(path, json=body | {"datetime": "soon"})).status_code == 422


async def test_attendance_the_older_way_goes_by_the_visit(desk: Desk) -> None:
    event_id = await desk.create()
    booking_id = await desk.book(event_id)
    visit_id = (await desk.roster(event_id))["data"][0]["attributes"]["visit_id"]
    answer = await desk.http.put(f"/v1/visits/{visit_id}/{booking_id}", json={"attendance": 1, "services": []})
    assert answer.json()["data"]["attendance"] == 1
    assert (await desk.http.put(f"/v1/visits/5/{booking_id}", json={"attendance": 1})).status_code == 404


async def test_timetable_settings_are_changed(desk: Desk) -> None:
    path = f"/v1/company/{desk.sandbox.location_id}/settings/timetable"
    await desk.http.patch(path, json={"activity_record_clients_count_max": 4})
    assert (await desk.http.get(path)).json()["data"] == {"record_type": 0, "activity_record_clients_count_max": 4}
