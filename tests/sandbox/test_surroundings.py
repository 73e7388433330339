"""What surrounds events in v2, repeats, and the document (contract 2.6, 3)."""

import pytest

from tests.sandbox.desk import Desk, errors
from tui_app.sandbox.describe import FILE
from tui_app.sandbox.openapi import file_text
from tui_app.sandbox.routes.table import all_routes


async def test_team_members_are_filtered_by_what_they_are_no_longer(desk: Desk) -> None:
    path = f"/v2/locations/{desk.sandbox.location_id}/team_members"
    everybody = (await desk.http.get(path)).json()["data"]
    at_work = (await desk.http.get(path, params={"filter[fired]": "0", "filter[deleted]": "0"})).json()["data"]
    assert {item["type"] for item in everybody} == {"staff"}
    gone = {item["attributes"]["name"] for item in everybody} - {item["attributes"]["name"] for item in at_work}
    assert gone == {"Former Frida", "Deleted Dirk"}


async def test_services_are_paged(desk: Desk) -> None:
    path = f"/v2/locations/{desk.sandbox.location_id}/services"
    sizes = [len((await desk.http.get(path, params={"limit": "4", "page": page})).json()["data"]) for page in "123"]
    assert sizes == [4, 4, 1]
    assert errors(await desk.http.get(path, params={"limit": "251"}))


@pytest.mark.parametrize("entity", ["activity", "record", "client"])
async def test_tags_belong_to_one_kind_of_thing(desk: Desk, entity: str) -> None:
    answer = await desk.http.get(f"/v2/locations/{desk.sandbox.location_id}/tags", params={"entity": entity})
    assert {item["attributes"]["entity_type"] for item in answer.json()["data"]} == {entity}


async def test_custom_fields_say_what_is_required_and_what_to_choose_from(desk: Desk) -> None:
    path = f"/v2/locations/{desk.sandbox.location_id}/custom_fields"
    answer = await desk.http.get(path, params={"filter[parent_entity_type]": "client"})
    found = {item["attributes"]["code"]: item["attributes"] for item in answer.json()["data"]}
    assert found["health"]["is_required"] is True
    assert len(found["source"]["values"]) == 4


async def test_resource_occupations_count_what_is_strictly_within(desk: Desk) -> None:
    event_id = await desk.create()
    path = f"/v2/locations/{desk.sandbox.location_id}/resource_occupations"

    async def between(start: str, end: str) -> list[int]:
        query = {
            "filter[date_intersect_from_strict]": f"2026-03-28T{start}",
            "filter[date_intersect_to_strict]": f"2026-03-28T{end}",
        }
        return [item["attributes"]["source_id"] for item in (await desk.http.get(path, params=query)).json()["data"]]

    assert await between("03:59:00", "05:00:00") == [event_id]
    assert await between("04:00:00", "05:00:00") == []
    assert (await desk.http.get(path)).status_code == 400


async def test_a_client_is_read_with_consents_and_fields(desk: Desk) -> None:
    path = f"/v2/locations/{desk.sandbox.location_id}/attendance/clients/150006"
    answer = await desk.http.get(path, params={"include": ["agreements", "custom_field_values"]})
    assert {"agreements", "custom_field_values"} == answer.json()["data"]["relationships"].keys()
    assert "agreement" in {item["type"] for item in answer.json()["included"]}


async def test_the_statistic_counts_visits_and_debts(desk: Desk) -> None:
    event_id = await desk.create()
    booking_id = await desk.book(event_id, name="Fresh")
    client_id = (await desk.roster(event_id))["data"][0]["attributes"]["client_id"]
    await desk.mark(booking_id, 1)
    path = f"/v2/locations/{desk.sandbox.location_id}/clients/{client_id}/attendances_statistic"
    shown = (await desk.http.get(path)).json()["data"]["attributes"]
    assert (shown["visits_count"], shown["attended_count"], shown["absent_count"]) == (1, 1, 0)
    assert shown["balance"] == -18
    assert shown["last_visit_date"] == "2026-03-28 03:00:00"


async def test_an_event_is_repeated_with_its_bookings(desk: Desk) -> None:
    event_id = await desk.create(label_ids=[4564501], technical_break_duration=300)
    await desk.mark(await desk.book(event_id), 2)
    body = {"dates": ["2026-04-04T03:00:00", "2026-04-11T03:00:00"], "content_type": 2}
    answer = await desk.http.post(f"{desk.events}/{event_id}/duplicate", json=body)
    assert answer.status_code == 201
    copies = answer.json()["data"]
    assert [copy["attributes"]["date"][:19] for copy in copies] == body["dates"]
    assert all("relationships" not in copy for copy in copies)
    one = await desk.http.get(
        f"{desk.events}/{copies[0]['id']}", params={"include[]": ["labels", "resource_instances"]}
    )
    assert len(one.json()["included"]) == 2
    (booking,) = (await desk.roster(int(copies[0]["id"])))["data"]
    assert booking["attributes"]["attendance_status_slug"] == "waiting"


async def test_a_repeat_is_all_or_nothing(desk: Desk) -> None:
    event_id = await desk.create()
    body = {"dates": ["2026-04-04T03:00:00", "2026-03-28T03:30:00"], "content_type": 1}
    path = f"{desk.events}/{event_id}/duplicate"
    assert (await desk.http.post(path, json=body)).status_code == 409
    free = await desk.http.post(path, json=body | {"dates": ["2026-04-04T03:00:00"]})
    assert free.status_code == 201
    assert (await desk.http.post(path, json=body | {"force": True})).status_code == 201


@pytest.mark.parametrize(
    "changes", [{"dates": []}, {"dates": ["2026-04-04 03:00:00"]}, {"content_type": 3}, {"dates": ["x"] * 101}]
)
async def test_a_wrong_repeat_is_refused(desk: Desk, changes: dict[str, object]) -> None:
    body = {"dates": ["2026-04-04T03:00:00"], "content_type": 1} | changes
    assert errors(await desk.http.post(f"{desk.events}/{await desk.create()}/duplicate", json=body))


async def test_ways_of_repeating_are_kept(desk: Desk) -> None:
    path = f"{desk.events}/duplication_strategies"
    body = {"title": "Weekly", "repeat_mode_id": 2, "days": [1, 3], "interval": 1, "content_type": 1}
    made = (await desk.http.post(path, json=body)).json()["data"]
    one = f"{path}/{made['id']}"
    assert (await desk.http.put(one, json=body | {"title": "Renamed"})).status_code == 200
    (kept,) = (await desk.http.get(path)).json()["data"]
    assert kept["attributes"] == body | {"title": "Renamed"}
    assert (await desk.http.delete(one)).status_code == 204
    assert (await desk.http.get(path)).json()["data"] == []
    assert "title" in errors(await desk.http.post(path, json=body | {"title": "x" * 51}))


def test_the_document_in_the_package_is_that_of_the_routes() -> None:
    assert FILE.read_text(encoding="utf-8") == file_text(all_routes())


def test_every_route_has_a_name_of_its_own() -> None:
    routes = all_routes()
    assert len({route.name for route in routes}) == len({(route.method, route.path) for route in routes}) == len(routes)
