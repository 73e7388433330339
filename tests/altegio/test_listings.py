"""Lists of any length and shape: pages, broken items, nothing in any of its spellings."""

import httpx
import pytest
from msgspec.structs import replace

from tests.altegio.support import BOOKING, EVENT, EVENT_INPUT, LOCATION, Recorder, answering, at, resource
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.errors import Missing, OutcomeUnknown, Unreadable
from tui_app.altegio.requests import EventQuery
from tui_app.altegio.resources import Event

DAY = EventQuery(starts_from=at("2026-03-27"), starts_to=at("2026-03-28"))
FLAT: dict[str, object] = {"id": 7, "datetime": "2026-03-27T18:00:00+0100", "staff_id": "1", "service_id": 2}


async def listed(api: AltegioApi) -> tuple[Event, ...]:
    async with api:
        return await api.events.list(LOCATION, DAY)


@pytest.mark.parametrize("data", [None, "", 0, [], {}])
async def test_an_empty_list_in_any_spelling(data: object) -> None:
    assert await listed(answering({"data": data}).api()) == ()


@pytest.mark.parametrize("data", ["text", 5, {"id": 7}, True, [1, 2, 3], [{"id": 1}, {"id": 2}]])
async def test_a_wrong_shape_as_a_whole_is_unreadable(data: object) -> None:
    with pytest.raises(Unreadable):
        await listed(answering({"data": data}).api())


async def test_one_broken_item_does_not_lose_the_rest_and_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    api = answering({"data": [EVENT, {"id": None, "comment": "Anna Kim"}, "junk", FLAT | {"id": 8}]}).api()
    assert [event.id for event in await listed(api)] == [7, 8]
    assert api.notes.dropped("list the events") == 2
    assert "2 broken objects left out" in caplog.text
    assert "Anna" not in caplog.text


async def test_deleted_events_are_dropped_unless_asked_for() -> None:
    gone = resource("activity", 8, date="2026-03-27T19:00:00+0100", deleted=True)
    assert [event.id for event in await listed(answering({"data": [EVENT, gone]}).api("events"))] == [7]
    async with answering({"data": [EVENT, gone]}).api("events") as api:
        everything = await api.events.list(LOCATION, replace(DAY, with_deleted=True))
    assert [event.deleted for event in everything] == [False, True]


def page(first: int, count: int, **meta: object) -> dict[str, object]:
    numbers = range(first, first + count)
    return {"data": [FLAT | {"id": number} for number in numbers], "meta": meta}


async def test_all_pages_are_read_in_activities_by_offset() -> None:
    recorder = answering(page(1, 100), page(101, 100), page(201, 3))
    assert len(await listed(recorder.api("activities"))) == 203
    assert [request.url.params["offset"] for request in recorder.requests] == [
        "0",
        "100",
        "200",
    ]


async def test_all_pages_are_read_in_events_by_number() -> None:
    recorder = answering(page(1, 250), page(251, 1))
    assert len(await listed(recorder.api("events"))) == 251
    assert [request.url.params["page"] for request in recorder.requests] == ["1", "2"]


async def test_a_server_that_repeats_itself_is_left_and_the_listing_is_known_to_be_cut() -> None:
    recorder = answering(page(1, 100))
    api = recorder.api()
    assert len(await listed(api)) == 100
    assert len(recorder.requests) == 2
    assert api.notes.cut_short("list the events")


async def test_a_server_that_allows_smaller_pages_is_followed() -> None:
    recorder = answering(*(page(n, 1, pagination={"limit": "1"}) for n in (1, 2)), {"data": []})
    assert len(await listed(recorder.api())) == 2


@pytest.mark.parametrize("news", [100, 1], ids=["all new", "one new"])
async def test_pages_without_end_are_refused_and_never_shown_as_a_whole(news: int) -> None:
    recorder = answering(*(page(1 + news * n, 100) for n in range(60)))
    with pytest.raises(Unreadable, match="pages have no end"):
        await listed(recorder.api())
    assert len(recorder.requests) == 40


async def test_more_objects_than_anybody_asked_for_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 10000 objects"):
        await listed(answering(page(1, 10_001)).api())


async def test_events_come_sorted_by_time() -> None:
    late, early = (
        FLAT | {"id": 1, "datetime": "2026-03-27 21:00:00"},
        FLAT | {"id": 2, "datetime": "2026-03-27 07:00:00"},
    )
    assert [event.id for event in await listed(answering({"data": [late, early]}).api())] == [2, 1]


@pytest.mark.parametrize("answer", [{"data": None}, {"data": []}, {"data": {"id": 7}}, None])
async def test_a_created_event_that_cannot_be_read_is_an_unknown_outcome(answer: object) -> None:
    async with answering(answer).api() as api:
        with pytest.raises(OutcomeUnknown):
            await api.events.create(LOCATION, EVENT_INPUT)


@pytest.mark.parametrize("answer", [httpx.Response(204), httpx.Response(200, content=b"null")])
async def test_both_answers_to_a_delete_are_good(answer: httpx.Response) -> None:
    async with Recorder([answer]).api() as api:
        await api.events.delete(LOCATION, 7)
        await api.bookings.cancel(LOCATION, 9)


async def test_a_booking_that_has_gone_is_missing() -> None:
    async with answering({"data": [BOOKING]}).api() as api:
        assert (await api.bookings.get_for_edit(LOCATION, 7, 9)).id == 9
        with pytest.raises(Missing):
            await api.bookings.get_for_edit(LOCATION, 7, 10)


async def test_a_time_that_disagrees_with_its_timestamp_is_logged_and_the_wall_clock_kept(
    caplog: pytest.LogCaptureFixture,
) -> None:
    location = {"data": {"id": LOCATION, "title": "Studio", "timezone_name": "Europe/Berlin"}}
    wrong = resource("activity", 7, date="2026-03-27T18:00:00+0400", timestamp=1774620000, comment="Anna Kim")
    async with answering(location, {"data": wrong}).api() as api:
        await api.account.location(LOCATION)
        event = await api.events.get(LOCATION, 7)
    assert event.starts_at == at("2026-03-27 18:00")
    assert "two different times" in caplog.text
    assert "Anna" not in caplog.text
