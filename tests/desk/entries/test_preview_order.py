"""Who stands first among candidates: those who have come to the service lately."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.desk.acting import refused
from tests.desk.entries.previewing import Line, previewed
from tests.desk.entries.screen import Bench
from tui_app.altegio.requests import EventQuery
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.desk import Desk
from tui_app.desk.entries.regulars import CLASSES, LOOK_BACK
from tui_app.desk.model import RosterEntry


@dataclass(frozen=True, slots=True)
class Regular:
    """Somebody who came to a service lately, as candidates are described, and the name that others have as well."""

    words: str
    typed: str


@pytest.fixture
async def line(bench: Bench) -> AsyncIterator[Line]:
    async with previewed(bench) as line:
        yield line


async def who_came(desk: Desk, service_id: int) -> tuple[RosterEntry, ...]:
    """Who was in the last classes of a service."""
    now = desk.clock.now()
    query = EventQuery(starts_from=now - LOOK_BACK, starts_to=now, service_ids=(service_id,), with_deleted=True)
    held = [event for event in await desk.api.events.list(desk.location.id, query) if not event.deleted]
    last = sorted(held, key=lambda event: event.starts_at)[-CLASSES:]
    return tuple([entry for event in last for entry in (await desk.rosters.load(event.id)).entries])


async def regular_of(line: Line) -> Regular:
    """Select a class of a service with just one regular of some name, who does not stand first by that name."""
    desk = line.bench.desk
    for event in line.bench.events:
        came = await who_came(desk, event.event.service_id or 0)
        ids = {entry.booking.client_id for entry in came}
        for entry in came:
            typed = entry.name.split()[0]
            found = await desk.clients.find(typed) if typed.isalpha() else ()
            if [hit.id for hit in found[1:9] if hit.id in ids] == [entry.booking.client_id] and found[0].id not in ids:
                await line.bench.select(event.id)
                desk.clients.forget()
                line.bench.sandbox.requests.clear()
                return Regular(describe_hit(next(hit for hit in found if hit.id in ids)), typed)
    raise LookupError("the sandbox has no such regular")


def readings(line: Line) -> int:
    """How many requests have read classes and their bookings."""
    return sum("autocomplete" not in request.path for request in line.bench.sandbox.requests.matching("GET"))


async def test_those_who_came_lately_stand_first_and_are_numbered_then(line: Line) -> None:
    regular = await regular_of(line)
    line.preview.typed(regular.typed)
    await line.hands.settle()
    before = line.last.items
    assert regular.words not in before[0]
    assert not any(item.startswith("=") for item in before)
    await line.hands.wait(10)
    assert line.last.items[0].startswith(f"=1 {regular.words}")
    assert sorted(item.partition(" ")[2] for item in line.last.items) == sorted(before)


async def test_enter_asks_in_the_same_order(line: Line) -> None:
    regular = await regular_of(line)
    line.runner.enter(regular.typed)
    await line.runner.idle()
    asked = line.runner.questions.opened
    assert asked is not None
    assert asked.choices[0].words.startswith(regular.words)


async def test_who_comes_is_read_once_for_a_service_and_in_three_requests(line: Line) -> None:
    regular = await regular_of(line)
    line.preview.typed(regular.typed)
    line.runner.enter(regular.typed)
    await line.runner.idle()
    await line.type(regular.typed)
    assert 0 < readings(line) <= 3
    line.bench.sandbox.requests.clear()
    await line.type(regular.typed[:-1])
    assert readings(line) == 0


async def test_a_key_in_between_spares_the_reading_of_who_comes(line: Line) -> None:
    regular = await regular_of(line)
    line.preview.typed(regular.typed)
    await line.hands.wait(0.3)
    line.preview.typed("")
    await line.hands.wait(10)
    assert readings(line) == 0


async def test_without_knowing_who_comes_the_names_decide(line: Line) -> None:
    regular = await regular_of(line)
    path = "/events" if line.bench.desk.api.spoken == "events" else "/activities"
    with refused(line.bench.sandbox, "GET", path):
        told = await line.type(regular.typed)
    assert told.items[0].startswith("=1 ")
    assert regular.words not in told.items[0]
