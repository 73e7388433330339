"""A form is painted once with what was read, and without it where a server lets one wait."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.screens.form_bench import Bench, Shown, bench, showing
from tui_app.desk.booking import Prepared
from tui_app.screens.booking_form import BookingFormScreen
from tui_app.widgets import first_paint
from tui_app.widgets.form import FormState


@pytest.fixture
async def desk() -> AsyncIterator[Bench]:
    async with bench() as opened:
        yield opened


@pytest.fixture
def answer(desk: Bench, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """The reading of the booking form waits until this is set."""
    reads, prepare = asyncio.Event(), desk.desk.booking.prepare

    async def prepared(event_id: int) -> Prepared:
        await reads.wait()
        return await prepare(event_id)

    monkeypatch.setattr(desk.desk.booking, "prepare", prepared)
    return reads


def painted(shown: Shown) -> bool:
    """Whether paints reach the terminal by now."""
    return not shown.app._batch_count


async def booking(desk: Bench) -> BookingFormScreen:
    return BookingFormScreen(desk.desk, desk.writes, (await desk.event()).id)


async def test_the_first_paint_waits_for_a_reading_that_comes_at_once(
    desk: Bench, answer: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "STEP", 60)
    async with showing(desk, await booking(desk), wait=False) as shown:
        assert not painted(shown)
        answer.set()
        await shown.until(lambda: painted(shown))
        assert shown.form.state is FormState.READY
        assert "Book (" in shown.text()


async def test_a_server_that_lets_one_wait_has_the_form_shown_as_it_is_and_typed_into(
    desk: Bench, answer: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "STEP", 0.001)
    async with showing(desk, await booking(desk), wait=False) as shown:
        await shown.until(lambda: painted(shown))
        await shown.burst(*"zz")
        assert shown.form.state is FormState.READING
        assert "Reading..." in shown.text()
        assert "zz" in shown.text()
        answer.set()
        await shown.ready()
        assert "zz" in shown.text()


async def test_a_form_that_is_left_before_its_first_paint_holds_nothing_back(
    desk: Bench, answer: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "STEP", 60)
    async with showing(desk, await booking(desk), wait=False) as shown:
        await shown.burst("escape")
        await shown.until(lambda: shown.app.results == [None])
        await shown.until(lambda: painted(shown))
        assert not answer.is_set()
