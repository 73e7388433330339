"""What typing costs in requests: two hundred a minute are there for the whole house (contract 1)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.desk.acting import roomy
from tests.desk.entries.previewing import Line, previewed
from tests.desk.entries.screen import benched
from tests.support.sandbox import Clock, opened
from tui_app.desk.commands.preview import Tone

FAST = 0.1
"""Seconds from key to key."""
SLOW = 0.3


@pytest.fixture
async def line(clock: Clock) -> AsyncIterator[Line]:
    """A house whose clients do not fit on one page, with the line on a class that has free places."""
    with opened(clock=clock, clients=600) as sandbox:
        async with benched(sandbox, clock) as bench, previewed(bench) as line:
            await bench.select((await roomy(bench.desk))[0].id)
            sandbox.requests.clear()
            yield line


async def test_a_name_typed_fast_takes_two_requests(line: Line) -> None:
    told = await line.keys("ann ki", FAST)
    assert all("Kim" in item or "Ki" in item for item in told.items)
    assert told.items[0].startswith("=1 ")
    assert line.searches() == 2


async def test_a_name_of_too_many_takes_four_however_many_letters(line: Line) -> None:
    await line.keys("exampl", FAST)  # of everybody's e-mail address: no answer tells all
    assert line.searches() <= 4


async def test_the_first_key_of_a_text_waits_for_nothing(line: Line) -> None:
    line.preview.typed("an")
    await line.hands.settle()
    assert line.last.tone is Tone.ASKS
    assert line.hands.now == 0


async def test_slow_keys_wait_for_nothing_either(line: Line) -> None:
    await line.keys("ex", SLOW)
    began = line.hands.now
    line.preview.typed("exa")
    await line.hands.settle()
    assert line.last.tone is Tone.ASKS
    assert line.hands.now == began


async def test_a_name_that_nobody_has_takes_three_requests(line: Line) -> None:
    told = await line.type("zzyzx")
    assert told.line.startswith("Nobody fits")
    assert line.searches() == 3


async def test_a_name_that_nobody_has_takes_no_more_typed_letter_by_letter(line: Line) -> None:
    told = await line.keys("zzyzx", FAST)
    assert told.line.startswith("Nobody fits")
    assert line.searches() == 3


@pytest.mark.parametrize("text", ["5678", "王芳", "zoë", "anna ким"])
async def test_what_cannot_be_in_another_layout_takes_two_at_most(line: Line, text: str) -> None:
    await line.type(text)
    assert line.searches() <= 2


@pytest.mark.parametrize("text", ["ann ki", "zzyzx", "5678"])
async def test_the_same_again_takes_none(line: Line, text: str) -> None:
    told = await line.type(text)
    line.bench.sandbox.requests.clear()
    line.preview.typed("")
    assert await line.type(text) == told
    assert line.searches() == 0


@pytest.mark.parametrize("text", ["ann", "zzyzx"])
async def test_the_enter_behind_the_preview_takes_none(line: Line, text: str) -> None:
    await line.type(text)
    line.bench.sandbox.requests.clear()
    line.runner.enter(text)
    line.preview.typed("")
    await line.runner.idle()
    assert line.searches() == 0


@pytest.mark.parametrize("text", ["ann", "zzyzx"])
async def test_an_enter_before_the_answer_joins_the_search_of_the_preview(line: Line, text: str) -> None:
    line.bench.sandbox.faults.delay(0.05, path="clients/", times=None)
    line.preview.typed(text)
    for _ in range(10):
        await asyncio.sleep(0)
    assert line.bench.desk.clients.busy
    line.runner.enter(text)
    line.preview.typed("")
    await line.runner.idle()
    assert line.searches() == (3 if text == "zzyzx" else 2)


@pytest.mark.parametrize("text", ['"m', '"m"', "m ", " m"])
async def test_a_single_letter_is_said_and_not_looked_for(line: Line, text: str) -> None:
    told = await line.type(text)
    assert "Looking for" not in told.line
    assert line.searches() == 0


async def test_a_single_letter_is_looked_for_by_enter(line: Line) -> None:
    told = await line.type('"m')
    assert told.line == "Enter looks for «m»: type on to see who fits"
    report = await line.bench.type('"m')
    assert report.words == "Who is it?"


async def test_a_single_syllable_is_enough_of_a_name(line: Line) -> None:
    await line.type("王")
    assert line.searches() > 0
