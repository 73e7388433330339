"""Media type, tokens, rights, licences, unknown paths, dates: what comes before any handler (contract 1)."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.sandbox.desk import Desk, activity_client, errors, event_body
from tests.support.sandbox import NOON, client_for, headers_for


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/html", ""])
@pytest.mark.parametrize("path", ["/v2/locations/4564/team_members", "/v1/company/4564"])
async def test_another_media_type_is_malformed(desk: Desk, accept: str, path: str) -> None:
    assert (await desk.http.get(path, headers={"Accept": accept})).status_code == 400


async def test_the_media_type_may_stand_in_a_list(desk: Desk) -> None:
    accept = {"Accept": "text/html, application/vnd.api.v2+json; q=0.9"}
    assert (await desk.http.get("/v1/company/4564", headers=accept)).status_code == 200


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"{}", "text/plain"),
        (b"{}", ""),
        (b"", "application/json"),
        (b"{", "application/json"),
        (b'{"a": NaN}', "application/json"),
        (b'{"a": "\\ud800"}', "application/json"),
        (b"\xff", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a":"' + b"x" * 2_000_000 + b'"}', "application/json"),
    ],
)
async def test_a_body_that_is_not_json_is_malformed(desk: Desk, raw: bytes, kind: str) -> None:
    answer = await desk.http.post(desk.activities, content=raw, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert answer.json()["success"] is False


async def test_json_that_is_no_object_is_invalid(desk: Desk) -> None:
    assert "body" in errors(await desk.http.post(desk.activities, json=[1]))


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer wrong", "Bearer wrong, User wrong", "Bearer {partner}", "Bearer {partner}, User wrong"],
)
async def test_tokens_that_are_not_known_are_unauthorized(desk: Desk, authorization: str) -> None:
    header = authorization.format(partner=desk.sandbox.partner_token)
    answer = await desk.http.get(
        f"/v2/locations/{desk.sandbox.location_id}/team_members", headers={"Authorization": header}
    )
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/v1/company/4564", "/v1/staff/4564", "/v1/services/4564"])
async def test_some_older_calls_take_the_partner_token_alone(desk: Desk, path: str) -> None:
    partner = {"Authorization": f"Bearer {desk.sandbox.partner_token}"}
    assert (await desk.http.get(path, headers=partner)).status_code == 200
    wrong = {"Authorization": f"Bearer {desk.sandbox.partner_token}, User wrong"}
    assert (await desk.http.get(path, headers=wrong)).status_code == 401


async def test_my_locations_need_a_user(desk: Desk) -> None:
    partner = {"Authorization": f"Bearer {desk.sandbox.partner_token}"}
    assert (await desk.http.get("/v1/companies?my=1", headers=partner)).status_code == 401


async def test_somebody_elses_location_is_forbidden_and_an_unknown_one_missing(desk: Desk) -> None:
    async with client_for(desk.sandbox, "stranger") as stranger:
        assert (await stranger.get(f"{desk.events}/1")).status_code == 403
        assert (await stranger.post(desk.activities, json={})).status_code == 403
        mine = (await stranger.get("/v1/companies?my=1")).json()["data"]
    assert [location["id"] for location in mine] == [desk.sandbox.second_location_id]
    assert (await desk.http.get("/v2/locations/1/team_members")).status_code == 404


async def test_a_viewer_reads_and_never_writes(desk: Desk) -> None:
    event_id = await desk.create()
    booking_id = await desk.book(event_id)
    async with client_for(desk.sandbox, "viewer") as viewer:
        assert (await viewer.get(f"{desk.events}/{event_id}")).status_code == 200
        body = {"client": activity_client(), "clients_count": 1}
        for refused in (
            await viewer.post(desk.events, json=event_body(desk.sandbox)),
            await viewer.delete(f"{desk.activities}/{event_id}"),
            await viewer.post(f"{desk.activities}/{event_id}/records", json=body),
            await viewer.delete(f"{desk.appointments}/{booking_id}"),
            await viewer.put(f"/v1/visits/{booking_id - 124_798_250}/{booking_id}", json={"attendance": 1}),
        ):
            assert refused.status_code == 403
        rights = (await viewer.get(f"/v1/user/permissions/{desk.sandbox.location_id}")).json()["data"]
    assert rights["edit_records_access"] is False
    assert rights["client_phones_access"] is True


async def test_a_receptionist_sees_no_phones(desk: Desk) -> None:
    search = f"/v1/company/{desk.sandbox.location_id}/clients/search"
    async with client_for(desk.sandbox, "receptionist") as receptionist:
        found = (await receptionist.post(search, json={"fields": ["phone"]})).json()["data"]
        assert all("XXXX" in client["phone"] for client in found)
        one = f"/v2/locations/{desk.sandbox.location_id}/attendance/clients/150006"
        assert "XXXX" in (await receptionist.get(one)).json()["data"]["attributes"]["phone"]
        listed = await receptionist.get(desk.appointments, params={"include": "client", "limit": "5"})
        assert all("XXXX" in item["attributes"]["phone"] for item in listed.json()["included"])
        assert (await receptionist.get(search.replace("search", "autocomplete"))).status_code == 403
        rights = (await receptionist.get(f"/v1/user/permissions/{desk.sandbox.location_id}")).json()["data"]
    assert (rights["client_phones_access"], rights["records_edit_last_days_count"]) == (False, 7)


async def test_a_licence_that_ran_out_stops_a_location(desk: Desk) -> None:
    desk.sandbox.set_licence(valid=False)
    assert (await desk.http.get(f"{desk.events}/1")).status_code == 402
    assert (await desk.http.get("/v1/companies?my=1")).status_code == 200
    desk.sandbox.set_licence(valid=True)
    assert (await desk.http.get(f"/v1/staff/{desk.sandbox.location_id}")).status_code == 200


async def test_a_new_password_kills_the_token(desk: Desk) -> None:
    old = headers_for(desk.sandbox)
    desk.sandbox.change_password("owner", "new")
    assert (await desk.http.get("/v1/companies?my=1", headers=old)).status_code == 401
    assert (await desk.http.get("/v1/companies?my=1", headers=headers_for(desk.sandbox))).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v2/nothing", 404),
        ("GET", "/v1/nothing", 404),
        ("GET", f"/v2/locations/{'9' * 5000}/team_members", 404),
        ("GET", "/v2/locations/x/team_members", 404),
        ("GET", "/v2/locations/4564/team_members/", 404),
        ("PATCH", "/v2/locations/4564/events/1", 405),
        ("OPTIONS", "/v1/companies", 405),
    ],
)
async def test_wrong_paths_and_methods_are_refused_in_json(desk: Desk, method: str, path: str, status: int) -> None:
    answer = await desk.http.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["meta"]["message"]


async def test_there_is_no_head(desk: Desk) -> None:
    assert (await desk.http.head("/v1/companies")).status_code == 405


async def test_every_answer_tells_the_time(desk: Desk) -> None:
    for path in ("/", "/v1/companies?my=1"):
        assert parsedate_to_datetime((await desk.http.get(path)).headers["date"]) - NOON == timedelta()


async def test_the_document_is_served(desk: Desk) -> None:
    document = (await desk.http.get("http://sandbox.test/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
