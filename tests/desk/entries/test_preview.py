"""The preview while one types: at once what is known, then the answer, and the newest text wins."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from typing_extensions import override

from tests.desk.acting import refused, roomy
from tests.desk.entries.previewing import Line, previewed
from tests.desk.entries.screen import Bench
from tui_app.altegio.resources import Event
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.commands.intents import ClientQuery, NewClient
from tui_app.desk.commands.matching import Match
from tui_app.desk.commands.preview import Preview, Tone
from tui_app.desk.entries.finding import Matcher
from tui_app.desk.entries.preview import LinePreview


@pytest.fixture
async def line(bench: Bench) -> AsyncIterator[Line]:
    async with previewed(bench) as line:
        yield line


async def test_what_enter_will_do_is_said_with_the_free_places(line: Line) -> None:
    event = (await roomy(line.bench.desk))[0]
    await line.bench.select(event.id)
    hit = (await line.bench.outsiders(event))[0]
    told = await line.type(hit.phone[-6:])
    left = (event.free or 0) - 1
    assert told.line == (f"Book {describe_hit(hit)} into {event.starts_at:%H:%M} {event.service}, {left} places left")
    assert told.tone is Tone.ACTS


async def test_clients_seen_in_this_run_show_before_the_answer(line: Line) -> None:
    event = (await roomy(line.bench.desk))[0]
    await line.bench.select(event.id)
    await line.type("anna")
    line.shown.clear()
    line.preview.typed("ann")
    first = line.shown[0]
    assert first is not None
    assert first.tone is Tone.WAITS
    assert any("Anna" in item for item in first.items)
    assert not any(item.startswith("=") for item in first.items)
    await line.hands.wait(10)
    assert line.shown[-1] is not None
    assert line.shown[-1].items[0].startswith("=1 ")


async def test_the_newest_text_wins(line: Line) -> None:
    await line.bench.select((await roomy(line.bench.desk))[0].id)
    for text in ("a", "an", "ann", "anna", "zzyzx"):
        line.preview.typed(text)
    await line.hands.wait(10)
    last = line.shown[-1]
    assert last is not None
    assert last.line.startswith("Nobody fits «zzyzx»")
    assert not any(shown is not None and "ann" in shown.line and shown.tone is Tone.ASKS for shown in line.shown)


async def test_the_answer_serves_the_enter_behind_it(line: Line) -> None:
    event = (await roomy(line.bench.desk))[0]
    await line.bench.select(event.id)
    hit = (await line.bench.outsiders(event))[0]
    await line.type(hit.phone[-6:])
    line.bench.sandbox.requests.clear()
    line.runner.enter(hit.phone[-6:])
    await line.runner.idle()
    assert line.searches() == 0
    assert hit.full_name in await line.bench.names(event.id)


async def test_an_empty_line_tells_nothing_but_what_enter_confirms(line: Line) -> None:
    await line.bench.select((await roomy(line.bench.desk))[0].id)
    line.preview.typed("")
    assert line.shown == [None]
    line.runner.enter("x1")
    await line.runner.idle()
    line.preview.typed("")
    last = line.shown[-1]
    assert last is not None
    assert last.line.startswith("Cancel the booking of 1 ")


async def test_a_refresh_keeps_the_answer_however_old(line: Line) -> None:
    await line.bench.select((await roomy(line.bench.desk))[0].id)
    told = await line.type("anna")
    line.bench.clock.advance(minutes=1)
    line.bench.sandbox.requests.clear()
    line.preview.again()
    assert line.shown[-1] == told
    assert line.searches() == 0


async def test_a_class_that_is_known_only_later_is_looked_up_then(line: Line) -> None:
    event = (await roomy(line.bench.desk))[0]
    day, line.bench.screen.day = line.bench.screen.day, None
    told = await line.type(f"{event.starts_at:%H:%M} anna")
    assert told.line == "Wait: the day is still being read"
    line.bench.screen.day = day
    line.preview.again()
    await line.hands.wait(10)
    last = line.shown[-1]
    assert last is not None
    assert last.items[0].startswith("=1 ")


async def test_a_search_that_fails_is_said(line: Line) -> None:
    await line.bench.select((await roomy(line.bench.desk))[0].id)
    with refused(line.bench.sandbox, "GET", "autocomplete"), refused(line.bench.sandbox, "POST", "search"):
        told = await line.type("kim")
    assert told.line == "Clients could not be searched: you have no right to do this here"


async def test_a_line_without_a_client_asks_nobody(line: Line) -> None:
    line.bench.sandbox.requests.clear()
    told = await line.type("week")
    assert told.line == "Show the week of Fri 27 Mar"
    assert len(line.bench.sandbox.requests.matching("GET")) == 0


async def test_more_letters_narrow_the_answer_without_a_request(line: Line) -> None:
    await line.bench.select((await roomy(line.bench.desk))[0].id)
    await line.type("kim")
    line.bench.sandbox.requests.clear()
    told = await line.type("kim ann")
    assert all("Anna Kim" in item for item in told.items)
    assert line.searches() == 0


async def test_one_letter_asks_nobody(line: Line) -> None:
    await line.bench.select((await roomy(line.bench.desk))[0].id)
    line.bench.sandbox.requests.clear()
    await line.type("z")
    assert line.searches() == 0


class Broken(Matcher):
    """A search with an error that nobody foresaw."""

    @override
    async def match(self, who: ClientQuery | NewClient, event: Event | None) -> Match:
        raise ZeroDivisionError


async def test_a_search_that_breaks_does_not_look_as_if_it_went_on(bench: Bench) -> None:
    told = list[dict[str, object]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    await bench.select((await roomy(bench.desk))[0].id)
    shown = list[Preview | None]()
    preview = LinePreview(bench.runner.look, Broken(bench.desk), shown.append)
    preview.typed("kim")
    await preview.idle()
    await asyncio.sleep(0)
    assert shown[-1] == Preview("Clients could not be searched. Enter tries again", Tone.WAITS)
    assert [type(context["exception"]) for context in told] == [ZeroDivisionError]
