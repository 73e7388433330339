"""The event form: nothing is lost, nothing is overwritten, and what is wrong is said where it is."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.screens.form_bench import Bench, Shown, bench, showing
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Event
from tui_app.desk.reference import ReferenceDesk
from tui_app.intents import EventTouched, TokensRefused
from tui_app.screens.event_form import CreateSubject, EditSubject, EventFormResult, EventFormScreen
from tui_app.widgets.dialogs import ConfirmDialog, ConflictDialog, MergeDialog, UnknownOutcomeDialog
from tui_app.widgets.form import FormState
from tui_app.widgets.line import Line

TODAY = date(2026, 3, 27)


@pytest.fixture
async def desk() -> AsyncIterator[Bench]:
    async with bench() as opened:
        yield opened


def editing(desk: Bench, event: Event) -> EventFormScreen:
    return EventFormScreen(desk.desk, desk.writes, EditSubject(event.id))


def creating(desk: Bench) -> EventFormScreen:
    return EventFormScreen(desk.desk, desk.writes, CreateSubject(TODAY))


def meant(event: Event, **changes: Any) -> EventInput:  # noqa: ANN401 - fields by name
    """Another desk's edit: the event as it is, with some changes."""
    assert event.length is not None and event.capacity is not None  # noqa: PT018
    whole = EventInput(
        team_member_id=event.team_member_id or 0,
        service_id=event.service_id or 0,
        resource_ids=event.resource_ids or (),
        tag_ids=event.tag_ids or (),
        starts_at=event.starts_at,
        length=event.length,
        capacity=event.capacity,
        technical_break=event.technical_break,
        comment=event.comment or None,
        color=event.color or None,
        instructions=event.instructions or None,
        stream_link=event.stream_link or None,
    )
    return replace(whole, **changes)


async def fill_new(shown: Shown, *, time: str = "0630") -> None:
    await shown.pick("service_id", "yin")
    await shown.pick("team_member_id", "Mira")
    await shown.type("time", time)


# ---------------------------------------------------------------------------------------------------- editing


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_a_new_capacity_alone_keeps_everything_else(dialect: Spoken) -> None:
    async with bench(dialect) as desk:
        event = await desk.event(lambda event: bool(event.resource_ids and event.tag_ids and event.instructions))
        async with showing(desk, editing(desk, event)) as shown:
            await shown.type("capacity", "19")
            await shown.press("f8")
            await shown.until(lambda: shown.app.results)
            assert shown.app.results == [EventFormResult(event.id, event.starts_at)]
            [body] = shown.sent("PUT")
            assert body["capacity"] == 19
            assert body["resource_instance_ids"] == list(event.resource_ids or ())
            assert body["label_ids"] == list(event.tag_ids or ())
            assert body["instructions"] == event.instructions
            now = await desk.read(event)
            assert replace(now, capacity=event.capacity) == event


async def test_the_form_shows_at_once_what_is_known_and_fills_in_the_rest(desk: Bench) -> None:
    event = await desk.event(lambda event: bool(event.resource_ids))
    known = replace(event, resource_ids=None, tag_ids=None, technical_break=None)
    form = EventFormScreen(desk.desk, desk.writes, EditSubject(event.id, known))
    async with showing(desk, form, wait=False) as shown:
        assert shown.field("capacity").get_value() == str(event.capacity)
        await shown.ready()
        assert shown.field("resource_ids").get_value() == event.resource_ids


async def test_a_service_that_is_not_among_the_choices_yet_has_the_name_of_the_listing(desk: Bench) -> None:
    event = await desk.event()
    known = replace(event, service_title="Yoga at dawn")
    desk.sandbox.faults.delay(5, method="GET", path=str(event.id))
    desk.desk = replace(desk.desk, reference=ReferenceDesk(desk.desk.api, desk.desk.location.id))
    form = EventFormScreen(desk.desk, desk.writes, EditSubject(event.id, known))
    async with showing(desk, form, wait=False) as shown:
        assert "Service *        Yoga at dawn" in shown.text()


async def test_what_is_typed_while_it_is_read_stays(desk: Bench) -> None:
    event = await desk.event()
    desk.sandbox.faults.delay(0.3, method="GET", path=str(event.id))
    async with showing(desk, editing(desk, event), wait=False) as shown:
        shown.field("comment").set_value("typed early")
        await shown.ready()
        assert shown.field("comment").get_value() == "typed early"
        assert shown.field("capacity").get_value() == str(event.capacity)


async def test_saving_while_it_is_read_says_so(desk: Bench) -> None:
    event = await desk.event()
    desk.sandbox.faults.delay(5, method="GET", path=str(event.id))
    async with showing(desk, editing(desk, event), wait=False) as shown:
        await shown.press("f8")
        assert "Still reading" in shown.text()
        assert not shown.sent("PUT")


async def test_an_untouched_form_sends_nothing(desk: Bench) -> None:
    async with showing(desk, editing(desk, await desk.event())) as shown:
        await shown.save()
        assert "Nothing has been changed" in shown.text()
        assert not shown.sent("PUT")


async def test_an_event_cancelled_meanwhile_cannot_be_saved(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        await desk.desk.api.events.delete(desk.desk.location.id, event.id)
        await shown.type("capacity", "19")
        await shown.save()
        assert "Not saved" in shown.text()
        assert "meanwhile" in shown.text()
        assert shown.field("capacity").get_value() == "19"


async def test_without_the_right_the_form_is_read_only_and_says_why() -> None:
    async with bench(role="viewer") as desk:
        event = await desk.event()
        async with showing(desk, editing(desk, event)) as shown:
            assert shown.form.state is FormState.SHOWING
            await shown.press("9")
            await shown.press("f8")
            assert "can only be read" in shown.text()
            assert shown.field("service_id").get_value() == event.service_id
            assert not shown.sent("PUT")


async def test_another_desk_hears_that_the_event_was_touched(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        await shown.type("capacity", "19")
        await shown.press("f8")
        await shown.until(lambda: shown.app.asked)
        (touched,) = shown.app.asked
        assert isinstance(touched, EventTouched)
        assert (touched.event_id, touched.day, touched.select) == (event.id, event.starts_at.date(), False)


# --------------------------------------------------------------------------------------------------- creating


@pytest.mark.parametrize("dialect", ["activities", "events"])
async def test_a_new_event_by_keys_alone(dialect: Spoken) -> None:
    async with bench(dialect) as desk, showing(desk, creating(desk)) as shown:
        await shown.press(*"yin", "enter", *"Mira", "enter")
        await shown.press("ctrl+a", "ctrl+k", *"sat", "enter", *"0630", "enter", "f8")
        await shown.until(lambda: shown.app.results)
        [body] = shown.sent("POST")
        assert body["date"] == "2026-03-28 06:30:00"
        assert (body["length"], body["capacity"]) == (4500, 14)
        assert "comment" not in body
        [result] = shown.app.results
        assert isinstance(result, EventFormResult)
        assert result.starts_at == datetime.fromisoformat("2026-03-28 06:30")


async def test_a_service_fills_in_its_defaults_unless_something_is_typed(desk: Bench) -> None:
    async with showing(desk, creating(desk)) as shown:
        await shown.type("capacity", "7")
        await shown.pick("service_id", "yin")
        assert shown.field("length_minutes").get_value() == "75"
        assert shown.field("capacity").get_value() == "7"
        await shown.pick("service_id", "pilates ref")
        assert shown.field("length_minutes").get_value() != "75"


async def test_what_was_understood_stands_beside_what_is_typed(desk: Bench) -> None:
    async with showing(desk, creating(desk)) as shown:
        await shown.type("date", "sat")
        await shown.type("time", "1830")
        await shown.type("length_minutes", "60")
        await shown.type("break_minutes", "10")
        assert shown.field("date").note == "Sat 28 Mar 2026"
        assert shown.field("time").note == "18:30-19:40"
        assert shown.field("length_minutes").note == "60+10 = 70 min"


async def test_a_new_event_like_another_one(desk: Bench) -> None:
    like = await desk.event(lambda event: bool(event.resource_ids))
    form = EventFormScreen(desk.desk, desk.writes, CreateSubject(TODAY + timedelta(days=1), like))
    async with showing(desk, form) as shown:
        assert shown.field("resource_ids").get_value() == like.resource_ids
        assert shown.field("date").get_value() == "Sat 28 Mar 2026"


async def test_a_start_in_the_past_asks(desk: Bench) -> None:
    async with showing(desk, creating(desk)) as shown:
        await fill_new(shown, time="6")
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, ConfirmDialog))
        await shown.press("escape")
        await shown.until(lambda: shown.form.state is FormState.READY)
        assert not shown.sent("POST")


# ------------------------------------------------------------------------------------------------------ rules


RULES = (
    ("date", "31.6", "no 31 Jun"),
    ("date", "", "date"),
    ("time", "25:00", "no 25:00"),
    ("time", "", "time"),
    ("length_minutes", "61", "5"),
    ("length_minutes", "", "whole number"),
    ("break_minutes", "7", "5"),
    ("break_minutes", "90", "60"),
    ("capacity", "0", "1"),
    ("capacity", "many", "whole number"),
    ("color", "reddish", "#"),
)


async def test_each_rule_is_said_at_its_field_before_anything_is_sent(desk: Bench) -> None:
    async with showing(desk, creating(desk), size=(160, 48)) as shown:
        await fill_new(shown, time="18")
        await shown.paste("comment", "x" * 256)
        await shown.paste("instructions", "x" * 501)
        for key, typed, words in RULES:
            before = shown.field(key).get_value()
            await shown.type(key, typed)
            await shown.save()
            assert words in shown.field(key).problem
            await shown.type(key, before)
            assert not shown.field(key).problem
        assert "255" in shown.field("comment").problem
        assert "500" in shown.field("instructions").problem
        assert not shown.sent("POST")


async def test_a_time_that_the_clocks_skip_is_refused(desk: Bench) -> None:
    async with showing(desk, creating(desk)) as shown:
        await shown.type("date", "sun")
        await shown.type("time", "2:30")
        await shown.press("enter")
        assert "clocks skip" in shown.field("time").problem


async def test_the_first_problem_has_the_cursor(desk: Bench) -> None:
    async with showing(desk, creating(desk), size=(60, 16)) as shown:
        shown.field("stream_link").take_focus()
        await shown.save()
        assert shown.form.focused is not None
        assert shown.form.field_of(shown.form.focused) is shown.field("service_id")
        assert "Choose a service" in shown.text()


async def test_a_problem_goes_when_the_field_is_changed(desk: Bench) -> None:
    async with showing(desk, creating(desk)) as shown:
        await shown.type("time", "25:00")
        await shown.press("enter")
        assert shown.field("time").problem
        await shown.type("time", "18")
        assert not shown.field("time").problem


async def test_less_than_the_booked_places_is_refused_before_sending(desk: Bench) -> None:
    event = await desk.event(lambda event: (event.taken or 0) > 1)
    async with showing(desk, editing(desk, event)) as shown:
        await shown.type("capacity", "1")
        await shown.save()
        assert "booked" in shown.field("capacity").problem
        assert not shown.sent("PUT")


async def test_text_that_chooses_nothing_is_not_taken_for_a_choice(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        await shown.type("service_id", "pil")
        await shown.press("f8")
        assert "not chosen yet" in shown.field("service_id").problem
        assert not shown.sent("PUT")


async def test_what_the_server_refuses_lands_at_its_field(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        errors = {"capacity": ["Too [many] for the room"], "who_knows": ["Odd [/x]"]}
        body = {"success": False, "data": None, "meta": {"message": "Invalid", "errors": errors}}
        shown.sandbox.faults.answer(422, body, method="PUT")
        await shown.type("capacity", "19")
        await shown.save()
        assert shown.field("capacity").problem == "Too [many] for the room"
        assert "Odd [/x]" in shown.text()
        assert shown.field("capacity").get_value() == "19"


# -------------------------------------------------------------------------------------------------- conflicts


async def busy(shown: Shown, desk: Bench) -> None:
    """Move the event to the time of another one of the same team member."""
    event = await desk.event()
    other = next(one for one in await desk.events() if one.id != event.id and one.starts_at.date() == TODAY)
    await desk.desk.api.events.update(
        desk.desk.location.id, other.id, meant(other, team_member_id=event.team_member_id, force=True)
    )
    shown.sandbox.requests.clear()
    await shown.type("time", f"{other.starts_at:%H%M}")


async def test_a_busy_team_member_is_named_and_can_be_forced(desk: Bench) -> None:
    async with showing(desk, editing(desk, await desk.event())) as shown:
        await busy(shown, desk)
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, ConflictDialog))
        assert "Nothing has been saved" in shown.text()
        await shown.press("tab", "enter")
        await shown.until(lambda: shown.app.results)
        assert [body["force"] for body in shown.sent("PUT")] == [False, True]


async def test_going_back_from_a_conflict_sends_no_more(desk: Bench) -> None:
    async with showing(desk, editing(desk, await desk.event())) as shown:
        await busy(shown, desk)
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, ConflictDialog))
        await shown.press("escape")
        await shown.until(lambda: shown.form.state is FormState.READY)
        assert len(shown.sent("PUT")) == 1
        assert not shown.app.results


async def test_a_field_that_both_changed_is_asked(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        await shown.type("capacity", "19")
        await desk.desk.api.events.update(desk.desk.location.id, event.id, meant(event, capacity=18))
        shown.sandbox.requests.clear()
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, MergeDialog))
        assert shown.form.query_one("#form-status", Line).text == "Not saved yet."
        await shown.press("y", "tab", "enter")
        await shown.until(lambda: shown.app.results)
        assert (await desk.read(event)).capacity == 19


async def test_what_only_the_other_desk_changed_is_kept_and_named(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        await shown.type("capacity", "19")
        await desk.desk.api.events.update(desk.desk.location.id, event.id, meant(event, comment="[b]theirs[/b]"))
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)
        now = await desk.read(event)
        assert (now.capacity, now.comment) == (19, "[b]theirs[/b]")
        assert "omment" in shown.app.told[0]


# ---------------------------------------------------------------------------------------------------- trouble


async def test_a_refused_token_leaves_the_form_and_work_goes_on(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        shown.sandbox.faults.answer(
            401, {"success": False, "data": None, "meta": {"message": "no"}}, path=str(event.id)
        )
        await shown.type("capacity", "19")
        await shown.save()
        assert any(isinstance(message, TokensRefused) for message in shown.app.asked)
        assert shown.field("capacity").get_value() == "19"
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)


async def test_f8_and_enter_pressed_again_send_once(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        shown.sandbox.faults.delay(0.02, method="PUT")
        await shown.type("capacity", "19")
        await shown.burst("f8", "f8", "enter", "f8")
        await shown.until(lambda: shown.app.results)
        assert len(shown.sent("PUT")) == 1


async def test_a_lost_answer_that_was_carried_out_is_found_by_looking(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        shown.sandbox.faults.drop(handled=True, method="PUT")
        await shown.type("capacity", "19")
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)
        assert len(shown.sent("PUT")) == 1
        assert not desk.writes.unknown


async def test_a_lost_request_is_found_missing_and_can_be_sent_again(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        shown.sandbox.faults.drop(handled=False, method="PUT")
        await shown.type("capacity", "19")
        await shown.press("f8")
        await shown.until(lambda: isinstance(shown.app.screen, UnknownOutcomeDialog))
        await shown.press("enter")
        await shown.until(lambda: "It is not there (yet)" in shown.text())
        await shown.press("tab", "enter")
        await shown.until(lambda: shown.app.results)
        assert (await desk.read(event)).capacity == 19


async def test_a_created_event_of_unknown_end_is_found_by_looking(desk: Bench) -> None:
    async with showing(desk, creating(desk)) as shown:
        shown.sandbox.faults.drop(handled=True, method="POST")
        await fill_new(shown)
        await shown.type("date", "sat")
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)
        assert len(shown.sent("POST")) == 1


async def test_no_connection_says_so_and_keeps_what_was_typed(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        shown.sandbox.faults.answer(403, b"<html>[no]</html>", method="PUT")
        await shown.type("comment", "mine")
        await shown.save()
        assert "No rights" in shown.text()
        assert "What you typed is kept here" in shown.text()
        assert shown.field("comment").get_value() == "mine"


async def test_a_form_that_could_not_be_read_reads_again_on_f8(desk: Bench) -> None:
    event = await desk.event()
    desk.sandbox.faults.answer(403, b"", method="GET", path=str(event.id))
    async with showing(desk, editing(desk, event)) as shown:
        assert "No rights" in shown.text()
        await shown.press("f8")
        await shown.ready()
        assert shown.field("capacity").get_value() == str(event.capacity)
        assert "No rights" not in shown.text()


# ---------------------------------------------------------------------------------------------------- leaving


async def test_leaving_an_untouched_form_asks_nothing(desk: Bench) -> None:
    async with showing(desk, editing(desk, await desk.event())) as shown:
        await shown.press("escape")
        await shown.until(lambda: shown.app.results == [None])


async def test_leaving_a_changed_form_asks_and_stays_by_default(desk: Bench) -> None:
    async with showing(desk, editing(desk, await desk.event())) as shown:
        await shown.type("comment", "mine")
        await shown.press("escape")
        assert isinstance(shown.app.screen, ConfirmDialog)
        await shown.press("enter")
        assert not shown.app.results
        assert shown.field("comment").get_value() == "mine"
        await shown.press("escape", "y")
        await shown.until(lambda: shown.app.results == [None])


async def test_a_save_goes_on_when_the_form_is_left(desk: Bench) -> None:
    event = await desk.event()
    async with showing(desk, editing(desk, event)) as shown:
        shown.sandbox.faults.delay(0.05, method="PUT")
        await shown.type("capacity", "19")
        await shown.press("f8", "escape")
        await shown.until(lambda: isinstance(shown.app.screen, ConfirmDialog) or shown.app.results)
        await shown.press("y")
        await shown.until(lambda: shown.app.results)
        await shown.until(lambda: shown.app.asked)
        assert (await desk.read(event)).capacity == 19


# ---------------------------------------------------------------------------------------------- small screens


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 48)])
async def test_every_field_can_be_reached_and_seen(desk: Bench, size: tuple[int, int]) -> None:
    async with showing(desk, editing(desk, await desk.event()), size=size) as shown:
        body = shown.form.query_one("#form-body")
        for field in shown.form.fields.values():
            assert shown.form.focused is not None
            assert shown.form.field_of(shown.form.focused) is field
            await shown.burst()
            assert body.region.contains_region(field.region)
            await shown.press("tab")
        assert shown.form.focused is shown.form.query_one("#save")


async def test_hostile_text_is_shown_as_it_is(desk: Bench) -> None:
    event = await desk.event()
    hostile = "[/x][red]=HYPERLINK(1)"
    await desk.desk.api.events.update(
        desk.desk.location.id, event.id, meant(event, comment=hostile, instructions=hostile, stream_link=hostile)
    )
    async with showing(desk, editing(desk, event)) as shown:
        assert hostile in shown.text()
        await shown.type("capacity", "19")
        await shown.press("f8")
        await shown.until(lambda: shown.app.results)
        assert (await desk.read(event)).comment == hostile
