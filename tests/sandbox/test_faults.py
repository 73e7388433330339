"""Faults, the rate limit and the log: what tests of the program stand on, in process and over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

import httpx
import pytest

from tests.sandbox.desk import Desk, activity_client
from tests.support.sandbox import BASE_URL, client_for, headers_for, opened, serving
from tui_app.sandbox import Drop, Fault
from tui_app.sandbox.rate import RateLimit


@pytest.fixture(params=["in process", "over a socket"])
async def wired(desk: Desk, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    """A desk on both ways in: a fault must look the same on either."""
    if request.param == "in process":
        yield desk
        return
    with serving(desk.sandbox) as base_url:
        async with httpx.AsyncClient(base_url=base_url, headers=headers_for(desk.sandbox)) as client:
            yield Desk(desk.sandbox, client)


async def test_an_answer_is_replaced_once(wired: Desk) -> None:
    wired.sandbox.faults.answer(502, b"<html>Bad gateway</html>", headers={"Retry-After": "3"}, path="/companies")
    answer = await wired.http.get("/v1/companies?my=1")
    assert (answer.status_code, answer.text) == (502, "<html>Bad gateway</html>")
    assert answer.headers["retry-after"] == "3"
    assert answer.headers["date"]
    assert (await wired.http.get("/v1/companies?my=1")).status_code == 200


@pytest.mark.parametrize("handled", [True, False])
async def test_a_dropped_write_took_effect_or_did_not(wired: Desk, *, handled: bool) -> None:
    event_id = await wired.create()
    wired.sandbox.faults.drop(handled=handled, method="POST", path="/records")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await wired.book(event_id)
    assert len((await wired.roster(event_id))["data"]) == handled
    assert wired.sandbox.requests.matching("POST", "/records")[-1].status is None


async def test_a_torn_answer_is_an_error(wired: Desk) -> None:
    wired.sandbox.faults.drop(handled=True, torn=True, path="/companies")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await wired.http.get("/v1/companies?my=1")
    assert (await wired.http.get("/v1/companies?my=1")).status_code == 200


async def test_a_refusal_may_hide_a_success(wired: Desk) -> None:
    event_id = await wired.create()
    wired.sandbox.faults.answer(500, {"success": False}, method="POST", handled=True)
    body = {"client": activity_client(), "clients_count": 1}
    answer = await wired.http.post(f"{wired.activities}/{event_id}/records", json=body)
    assert answer.status_code == 500
    assert len((await wired.roster(event_id))["data"]) == 1


async def test_a_slow_answer_outlasts_a_timeout_after_taking_effect(wired: Desk) -> None:
    event_id = await wired.create()
    wired.sandbox.faults.delay(5, method="POST")
    with pytest.raises((TimeoutError, httpx.ReadTimeout)):
        await asyncio.wait_for(wired.book(event_id), 0.2)
    assert len((await wired.roster(event_id))["data"]) == 1


async def test_a_dripping_answer_arrives_whole(wired: Desk) -> None:
    path = f"/v1/user/permissions/{wired.sandbox.location_id}"
    whole = await wired.http.get(path)
    wired.sandbox.faults.drip(0.0001)
    assert (await wired.http.get(path)).json() == whole.json()


async def test_faults_are_counted_skipped_and_cleared(desk: Desk) -> None:
    faults = desk.sandbox.faults
    faults.add(Fault(status=503), method="GET", skip=1, times=2)
    statuses = [(await desk.http.get("/v1/companies?my=1")).status_code for _ in range(4)]
    assert statuses == [200, 503, 503, 200]
    assert faults.waiting == 0
    faults.add(Fault(drop=Drop.SILENT), times=None)
    faults.clear()
    assert (await desk.http.get("/v1/companies?my=1")).status_code == 200


@pytest.mark.parametrize("path", ["/v1/companies", "/v2/locations"])
async def test_a_call_can_be_forbidden_as_to_a_user_without_the_right(desk: Desk, path: str) -> None:
    desk.sandbox.faults.forbid(path, method="GET")
    for _ in range(2):
        asked = "/v1/companies?my=1" if "v1" in path else f"/v2/locations/{desk.sandbox.location_id}/team_members"
        answer = await desk.http.get(asked)
        assert (answer.status_code, answer.json()["success"]) == (403, False)
        assert answer.json()["meta"]["message"]
    assert (await desk.mark(1, 1)).status_code == 404  # another call is as it was


async def test_latency_is_added_to_every_request() -> None:
    with opened(latency_ms=30) as sandbox:
        async with client_for(sandbox) as client:
            before = perf_counter()
            await client.get("/v1/companies?my=1")
            assert perf_counter() - before >= 0.03


async def test_the_log_tells_what_went_over_the_wire(desk: Desk) -> None:
    await desk.on()
    event_id = await desk.create()
    listed, created = desk.sandbox.requests[-2], desk.sandbox.requests[-1]
    assert listed.values("filter[from]") == ["2026-03-28 00:00:00"]
    assert (created.method, created.path, created.status) == ("POST", f"/api{desk.events}", 201)
    assert isinstance(created.body, dict)
    assert created.body["capacity"] == 3
    assert created.headers["authorization"] == "Bearer ***, User ***"
    assert str(event_id) not in repr(created)
    desk.sandbox.requests.clear()
    assert len(desk.sandbox.requests) == 0


@pytest.mark.parametrize(("retry_after", "worded"), [(True, True), (False, False), (True, False)])
async def test_a_sixth_request_in_a_second_is_too_many(*, retry_after: bool, worded: bool) -> None:
    with opened(rate_limit=5, monotonic=lambda: 100.0) as sandbox:
        sandbox.rate.retry_after, sandbox.rate.worded = retry_after, worded
        async with client_for(sandbox) as client:
            answers = [await client.get("/v1/companies?my=1") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert ("retry-after" in answers[-1].headers) is retry_after
    assert bool(answers[-1].content) is worded


def test_seconds_and_minutes_slide() -> None:
    now = [0.0]
    rate = RateLimit(5, lambda: now[0])
    waits = []
    for step in range(260):
        now[0] = step * 0.21
        waits.append(rate.wait("here"))
    assert waits[:200] == [0] * 200
    assert waits[200] == 18
    assert rate.wait("elsewhere") == 0
    now[0] = 61.0
    assert rate.wait("here") == 0
    assert RateLimit(None, lambda: 0.0).wait("here") == 0


async def test_a_bug_is_a_500_in_json(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_app.sandbox.server.identify", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await desk.http.get("/v1/companies?my=1")
    quiet = httpx.ASGITransport(desk.sandbox.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=quiet, base_url=BASE_URL, headers=headers_for(desk.sandbox)) as client:
        answer = await client.get("/v1/companies?my=1")
    assert (answer.status_code, answer.json()["meta"]) == (500, {"message": "Internal server error"})
