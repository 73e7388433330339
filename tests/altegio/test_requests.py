"""What goes over the wire, byte for byte where it matters: null, left out and "" are three things."""

from collections.abc import Callable
from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace

from tests.altegio.support import EVENT, EVENT_INPUT, LOCATION, answering, at
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import Delivery, Invalid
from tui_app.altegio.requests import (
    EventInput,
    EventQuery,
)
from tui_app.altegio.wire.event_bodies import event_body

QUERY = EventQuery(starts_from=at("2026-03-27"), starts_to=at("2026-03-27 23:59:59"))
EVENT_DOCUMENT = {"data": EVENT, "meta": [{}]}
RELATED = ["staff", "service", "resource_instances", "labels", "duration_details"]


async def test_the_listing_of_activities() -> None:
    recorder = answering({"data": []})
    query = replace(QUERY, team_member_ids=(1, 2), service_ids=(3,), resource_ids=(9,), text="yoga", capacity=4)
    async with recorder.api("activities") as api:
        await api.events.list(LOCATION, query)
    assert recorder.last.url.path == "/api/v2/companies/4564/activities"
    assert recorder.query == [
        ("filter[from]", "2026-03-27 00:00:00"),
        ("filter[to]", "2026-03-27 23:59:59"),
        ("filter[master_ids][]", "1"),
        ("filter[master_ids][]", "2"),
        ("filter[service_ids][]", "3"),
        ("filter[capacity]", "4"),
        ("search", "yoga"),
        ("limit", "100"),
        ("offset", "0"),
    ]


async def test_the_listing_of_events_always_asks_for_deleted_ones_too() -> None:
    recorder = answering({"data": []})
    async with recorder.api("events") as api:
        await api.events.list(LOCATION, replace(QUERY, resource_ids=(9,)))
    assert recorder.last.url.path == "/api/v2/locations/4564/events"
    assert recorder.query == [
        ("filter[from]", "2026-03-27 00:00:00"),
        ("filter[to]", "2026-03-27 23:59:59"),
        ("filter[resource_ids][]", "9"),
        ("filter[include_deleted]", "1"),
        ("page", "1"),
        ("limit", "250"),
        *(("include[]", name) for name in RELATED),
    ]


@pytest.mark.parametrize(
    ("dialect", "path"),
    [("activities", "/api/v2/companies/4564/activities/7"), ("events", "/api/v2/locations/4564/events/7")],
)
async def test_an_event_is_read_replaced_and_deleted_at_its_path(dialect: Spoken, path: str) -> None:
    recorder = answering(EVENT_DOCUMENT)
    async with recorder.api(dialect) as api:
        await api.events.get(LOCATION, 7)
        await api.events.update(LOCATION, 7, EVENT_INPUT)
        await api.events.delete(LOCATION, 7)
    assert [(request.method, request.url.path) for request in recorder.requests] == [
        ("GET", path),
        ("PUT", path),
        ("DELETE", path),
    ]
    assert [value for name, value in recorder.query if name == "include[]"] == []
    assert recorder.last.content == b""


@pytest.mark.parametrize(
    ("dialect", "path"),
    [("activities", "/api/v2/companies/4564/activities"), ("events", "/api/v2/locations/4564/events")],
)
async def test_a_new_event_leaves_out_what_is_not_given(dialect: Spoken, path: str) -> None:
    recorder = answering(EVENT_DOCUMENT)
    async with recorder.api(dialect) as api:
        await api.events.create(LOCATION, EVENT_INPUT)
    assert (recorder.last.method, recorder.last.url.path) == ("POST", path)
    assert recorder.body == {
        "staff_id": 1,
        "service_id": 2,
        "resource_instance_ids": [3],
        "label_ids": [4, 5],
        "date": "2026-03-27 18:00:00",
        "length": 4200,
        "capacity": 12,
        "force": False,
    }


async def test_the_users_document_literally() -> None:
    recorder = answering(EVENT_DOCUMENT)
    whole = replace(
        EVENT_INPUT,
        technical_break=timedelta(minutes=10),
        comment="string",
        color="#a0b1c2",
        instructions="string",
        stream_link="string",
        force=True,
    )
    async with recorder.api("activities") as api:
        await api.events.update(LOCATION, 10126531, whole)
    assert recorder.last.url.path.endswith("/companies/4564/activities/10126531")
    assert recorder.body == {
        "staff_id": 1,
        "service_id": 2,
        "resource_instance_ids": [3],
        "label_ids": [4, 5],
        "date": "2026-03-27 18:00:00",
        "length": 4200,
        "technical_break_duration": 600,
        "capacity": 12,
        "comment": "string",
        "color": "#a0b1c2",
        "instructions": "string",
        "stream_link": "string",
        "force": True,
    }


async def test_null_takes_a_text_away_on_update() -> None:
    recorder = answering(EVENT_DOCUMENT)
    bare = replace(EVENT_INPUT, technical_break=None, comment=None, color=None, instructions=None, stream_link=None)
    async with recorder.api() as api:
        await api.events.update(LOCATION, 7, bare)
    names = ("technical_break_duration", "comment", "color", "instructions", "stream_link")
    assert [recorder.body[name] for name in names] == [None] * 5


def refused(build: Callable[[], object]) -> Invalid:
    with pytest.raises(Invalid) as raised:
        build()
    assert raised.value.delivery is Delivery.NOT_SENT
    assert raised.value.status is None
    return raised.value


MINUTE = timedelta(minutes=1)
BROKEN_EVENTS: list[tuple[str, EventInput]] = [
    ("team_member_id", replace(EVENT_INPUT, team_member_id=0)),
    ("service_id", replace(EVENT_INPUT, service_id=-1)),
    ("resource_ids", replace(EVENT_INPUT, resource_ids=(0,))),
    ("tag_ids", replace(EVENT_INPUT, tag_ids=(1, 0))),
    ("starts_at", replace(EVENT_INPUT, starts_at=at("2026-03-27 18:00").replace(tzinfo=UTC))),
    ("length", replace(EVENT_INPUT, length=timedelta(0))),
    ("length", replace(EVENT_INPUT, length=4 * MINUTE)),
    ("length", replace(EVENT_INPUT, length=61 * MINUTE)),
    ("length", replace(EVENT_INPUT, length=timedelta(days=1, minutes=5))),
    ("length", replace(EVENT_INPUT, length=timedelta(seconds=300.5))),
    ("capacity", replace(EVENT_INPUT, capacity=0)),
    ("technical_break", replace(EVENT_INPUT, technical_break=65 * MINUTE)),
    ("technical_break", replace(EVENT_INPUT, technical_break=7 * MINUTE)),
    ("technical_break", replace(EVENT_INPUT, technical_break=-5 * MINUTE)),
    ("comment", replace(EVENT_INPUT, comment="")),
    ("comment", replace(EVENT_INPUT, comment="x" * 256)),
    ("comment", replace(EVENT_INPUT, comment="half \ud83d")),
    ("color", replace(EVENT_INPUT, color="#AABBCC")),
    ("color", replace(EVENT_INPUT, color="red")),
    ("color", replace(EVENT_INPUT, color="")),
    ("instructions", replace(EVENT_INPUT, instructions="")),
    ("instructions", replace(EVENT_INPUT, instructions="x" * 501)),
    ("stream_link", replace(EVENT_INPUT, stream_link="")),
]


@pytest.mark.parametrize("new", [True, False])
@pytest.mark.parametrize(("field", "event"), BROKEN_EVENTS, ids=lambda value: value if isinstance(value, str) else "")
def test_an_event_against_the_rules_is_refused_by_field(field: str, event: EventInput, new: bool) -> None:
    error = refused(lambda: event_body("save the event", event, new=new))
    assert list(error.fields) == [field]
    assert all(error.fields[field])


@pytest.mark.parametrize("field", ["comment", "color", "instructions", "stream_link"])
def test_a_new_event_has_no_null_texts(field: str) -> None:
    changed = {
        "comment": replace(EVENT_INPUT, comment=None),
        "color": replace(EVENT_INPUT, color=None),
        "instructions": replace(EVENT_INPUT, instructions=None),
        "stream_link": replace(EVENT_INPUT, stream_link=None),
    }[field]
    assert list(refused(lambda: event_body("create the event", changed, new=True)).fields) == [field]


def test_several_broken_fields_are_all_told() -> None:
    error = refused(lambda: event_body("x", replace(EVENT_INPUT, capacity=0, length=MINUTE), new=True))
    assert set(error.fields) == {"capacity", "length"}


@pytest.mark.parametrize("length", [5, 1440])
def test_the_edges_of_the_rules_are_allowed(length: int) -> None:
    edge = replace(
        EVENT_INPUT,
        length=length * MINUTE,
        technical_break=timedelta(0) if length == 5 else 60 * MINUTE,
        comment="x" * 255,
        instructions="x" * 500,
        resource_ids=(),
        tag_ids=(),
    )
    body = event_body("x", edge, new=True)
    assert isinstance(body, dict)
    assert (body["resource_instance_ids"], body["length"]) == ([], length * 60)


async def test_nothing_leaves_when_the_rules_are_broken() -> None:
    recorder = answering(EVENT_DOCUMENT)
    async with recorder.api() as api:
        with pytest.raises(Invalid):
            await api.events.create(LOCATION, replace(EVENT_INPUT, capacity=0))
    assert not recorder.requests
