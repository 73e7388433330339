"""What is typed while a form opens or is read: it goes where it is meant, in order, and nothing of it is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.widgets import Input

from tests.screens.form_bench import Bench, bench, showing
from tests.support.program import running, settled
from tests.support.sandbox import opened
from tui_app import type_ahead
from tui_app.desk.booking import BookingDesk, BookingDraft, Prepared
from tui_app.intents import BookInto
from tui_app.palette import QuietPalette
from tui_app.screens.booking_form import BookingFormScreen
from tui_app.type_ahead import TypeAhead
from tui_app.widgets import first_paint
from tui_app.widgets.fields import LineField
from tui_app.widgets.form import FormScreen, FormState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from textual.app import App

    from tui_app.altegio.dialects import Spoken
    from tui_app.sandbox import Sandbox

EVENT_FIELDS = ("service_id", "team_member_id", "date")
BOOKING_FIELDS = ("client_id", "name", "surname")
HEALTH = "custom:health"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened() as sandbox:
        yield sandbox


@pytest.fixture
async def desk() -> AsyncIterator[Bench]:
    async with bench() as opened:
        yield opened


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """The reading of a booking form waits until this is set."""
    reads, prepare = asyncio.Event(), BookingDesk.prepare

    async def prepared(self: BookingDesk, event_id: int) -> Prepared:
        await reads.wait()
        return await prepare(self, event_id)

    monkeypatch.setattr(BookingDesk, "prepare", prepared)
    return reads


def burst(app: App[Any], *keys: str) -> None:
    """Keys that come in one piece, `⇥` for Tab: none is answered before the last has come."""
    for key in keys:
        app.post_message(events.Key("tab", "\t") if key == "⇥" else events.Key(key, key if len(key) == 1 else None))


def text_in(form: object, key: str) -> str:
    assert isinstance(form, FormScreen)
    field = form.fields[key]
    assert isinstance(field, LineField)
    return field.line.value


# ----------------------------------------------------------------------------------- behind the key that opens a form


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55])
@pytest.mark.parametrize(("key", "fields"), [("f3", EVENT_FIELDS), ("f4", BOOKING_FIELDS)])
async def test_keys_behind_the_key_of_a_form_are_for_the_form(
    sandbox: Sandbox, key: str, fields: tuple[str, ...], turns: int
) -> None:
    async with running(sandbox) as (app, pilot):
        burst(app, key)
        for _ in range(turns):  # of the loop: how far the form has come when the rest is typed
            await asyncio.sleep(0)
        burst(app, *"zoe⇥abc⇥def")
        await settled(pilot)
        for _ in range(200):  # what is on its way to the form is no worker that could be waited for
            if text_in(app.screen, fields[-1]) == "def":
                break
            await pilot.pause()
        assert [text_in(app.screen, field) for field in fields] == ["zoe", "abc", "def"]
        assert app.schedule.desk_line.value == ""


async def test_a_paste_keeps_its_place_among_the_keys(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        burst(app, "f4", "z")
        app.post_message(events.Paste("oe qui"))
        burst(app, *"ll")
        await settled(pilot)
        assert text_in(app.screen, "client_id") == "zoe quill"


async def test_a_form_that_is_left_in_the_same_burst_gives_the_keys_back_to_the_line(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        burst(app, "f4", "escape", "f3", "escape")
        await settled(pilot)
        burst(app, *"an")
        await settled(pilot)
        assert app.screen is app.schedule
        assert app.schedule.desk_line.value == "an"


async def test_keys_behind_one_that_opens_nothing_go_on_in_the_line(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        burst(app, *"a", "f5", "n", "f7", "n")
        await settled(pilot)
        assert app.schedule.desk_line.value in {"ann", "n"}  # today clears the line


async def test_keys_behind_the_key_of_the_palette_are_searched_for(sandbox: Sandbox) -> None:
    async with running(sandbox) as (app, pilot):
        burst(app, "ctrl+p", *"week")
        await settled(pilot)
        assert isinstance(app.screen, QuietPalette)
        assert app.screen.query_one(Input).value == "week"


# --------------------------------------------------------------------------------------------- while the form is read


async def test_keys_before_the_first_paint_go_where_the_reading_puts_the_cursor(
    sandbox: Sandbox, answer: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "STEP", 60)
    async with running(sandbox) as (app, pilot):
        assert app.schedule.selected_event is not None
        draft = BookingDraft(name="Zoe", phone="+4930123456")
        app.post_message(BookInto(app.schedule.selected_event.id, draft, {HEALTH: "is required"}))
        await pilot.pause()
        burst(app, *"none")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert app.screen.state is FormState.READING
        answer.set()
        await settled(pilot)
        assert text_in(app.screen, HEALTH) == "none"
        assert text_in(app.screen, "client_id") == ""


async def test_a_slow_reading_leaves_the_cursor_with_who_is_typing(
    desk: Bench, answer: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "STEP", 0.001)
    form = BookingFormScreen(desk.desk, desk.writes, (await desk.event()).id, problems={HEALTH: "is required"})
    async with showing(desk, form, wait=False) as shown:
        await shown.until(lambda: not form.opening)
        await shown.burst(*"zo")
        answer.set()
        await shown.ready()
        await shown.burst("e")
        assert text_in(form, "client_id") == "zoe"
        assert form.fields[HEALTH].problem == "is required"


async def test_a_slow_reading_puts_the_cursor_on_the_first_problem_where_nothing_was_typed(
    desk: Bench, answer: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "STEP", 0.001)
    form = BookingFormScreen(desk.desk, desk.writes, (await desk.event()).id, problems={HEALTH: "is required"})
    async with showing(desk, form, wait=False) as shown:
        await shown.until(lambda: not form.opening)
        answer.set()
        await shown.ready()
        await shown.burst(*"none")
        assert text_in(form, HEALTH) == "none"


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_no_field_goes_away_under_the_hand_when_the_form_has_been_read(
    dialect: Spoken, answer: asyncio.Event
) -> None:
    async with bench(dialect) as desk:
        form = BookingFormScreen(desk.desk, desk.writes, (await desk.event()).id)
        async with showing(desk, form, wait=False) as shown:
            await shown.until(lambda: form.focused is not None)
            before = {key for key, field in form.fields.items() if field.display}
            answer.set()
            await shown.ready()
            assert before <= {key for key, field in form.fields.items() if field.display}


async def test_no_key_waits_for_ever(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_ahead, "LONGEST", 0.01)
    async with running(sandbox) as (app, pilot):
        later = app.schedule.call_later

        def lose_answers(call: Callable[..., object], *arguments: object) -> bool:
            lost = any(isinstance(argument, TypeAhead.Answered) for argument in arguments)
            return lost or later(call, *arguments)

        monkeypatch.setattr(app.schedule, "call_later", lose_answers)
        await pilot.press("f5")
        app.post_message(events.Key("a", "a"))
        while app.schedule.desk_line.value != "a":
            await pilot.pause()
