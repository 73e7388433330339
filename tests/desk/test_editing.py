"""The editor against the sandbox, in both dialects; a second desk plays the web."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.desk.acting import nothing_read
from tests.desk.builders import wall
from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import Busy, Invalid, Missing, NoRights, OutcomeUnknown
from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Event
from tui_app.desk.desk import Desk
from tui_app.desk.editing import CannotEdit, Clashed, NotReady, check_event, draft_of
from tui_app.desk.event_merge import input_of, values_of
from tui_app.sandbox import Sandbox
from tui_app.sandbox.faults import Fault

TODAY = date(2026, 3, 27)


async def coming(desk: Desk, place: int = -1) -> Event:
    """One of today's events that have not begun."""
    day = await desk.schedule.load_day(TODAY, reference=await desk.reference.load())
    return await desk.editor.open([event for event in day.events if event.starts_at > desk.clock.now()][place].id)


async def dressed(desk: Desk) -> Event:
    """An event that carries everything that an edit could lose."""
    event = await coming(desk)
    tags = await desk.api.reference.tags(desk.location.id, "event")
    full = replace(
        input_of(values_of(event)),
        tag_ids=(tags[0].id, tags[1].id),
        technical_break=timedelta(minutes=15),
        length=timedelta(minutes=75),
        comment="bring [mats]",
        color="#11aa22",
        instructions="come early",
        stream_link="https://example.com/live",
        force=True,
    )
    await desk.api.events.update(desk.location.id, event.id, full)
    return await desk.editor.open(event.id)


async def test_a_change_of_capacity_alone_sends_everything_else_back(desk: Desk, sandbox: Sandbox) -> None:
    base = await dressed(desk)
    sandbox.requests.clear()
    saved = await desk.editor.save(base, replace(draft_of(base), capacity="20"))
    (put,) = sandbox.requests.matching("PUT")
    assert put.body == {
        "staff_id": base.team_member_id,
        "service_id": base.service_id,
        "resource_instance_ids": list(base.resource_ids or ()),
        "label_ids": list(base.tag_ids or ()),
        "date": base.starts_at.isoformat(sep=" "),
        "length": 75 * 60,
        "technical_break_duration": 15 * 60,
        "capacity": 20,
        "comment": "bring [mats]",
        "color": "#11aa22",
        "instructions": "come early",
        "stream_link": "https://example.com/live",
        "force": False,
    }
    assert base.resource_ids
    assert base.tag_ids
    assert replace(base, capacity=20) == saved.event
    assert (saved.taken_over, saved.mismatches) == ((), ())


async def test_a_save_reads_right_before_and_right_after(desk: Desk, sandbox: Sandbox) -> None:
    base = await coming(desk)
    sandbox.requests.clear()
    await desk.editor.save(base, replace(draft_of(base), comment="new"))
    assert [request.method for request in sandbox.requests] == ["GET", "PUT", "GET"]


async def test_an_edit_that_changes_nothing_is_not_sent(desk: Desk, sandbox: Sandbox) -> None:
    base = await coming(desk)
    saved = await desk.editor.save(base, draft_of(base))
    assert sandbox.requests.matching("PUT") == []
    assert saved.event == base


async def test_what_the_web_changed_meanwhile_is_kept_and_named(desk: Desk, clock: Clock, sandbox: Sandbox) -> None:
    base = await coming(desk)
    async with connected(sandbox, clock, "events") as web:
        await web.editor.save(base, replace(draft_of(base), comment="from the web"))
    saved = await desk.editor.save(base, replace(draft_of(base), capacity="30"))
    assert saved.event.comment == "from the web"
    assert saved.event.capacity == 30
    assert saved.taken_over == ("Comment: from the web",)


async def test_the_same_field_changed_on_the_web_is_asked_and_then_decided(desk: Desk) -> None:
    base = await coming(desk)
    await desk.api.events.update(desk.location.id, base.id, replace(input_of(values_of(base)), capacity=40))
    draft = replace(draft_of(base), capacity="30")
    with pytest.raises(Clashed) as clashed:
        await desk.editor.save(base, draft)
    (clash,) = clashed.value.clashes
    assert (clash.field, clash.mine, clash.theirs) == ("capacity", "30", "40")
    saved = await desk.editor.save(base, draft, decisions={"capacity": "mine"})
    assert saved.event.capacity == 30


async def test_a_decision_about_an_older_value_is_asked_again(desk: Desk) -> None:
    base = await coming(desk)
    draft = replace(draft_of(base), capacity="30")
    for capacity in (40, 50):
        await desk.api.events.update(desk.location.id, base.id, replace(input_of(values_of(base)), capacity=capacity))
        with pytest.raises(Clashed) as clashed:
            await desk.editor.save(base, draft, decisions={"capacity": "mine"} if capacity == 50 else None)
        assert clashed.value.clashes[0].theirs == str(capacity)
    assert (await desk.editor.open(base.id)).capacity == 50


async def test_an_event_cancelled_meanwhile_is_not_saved(desk: Desk) -> None:
    base = await coming(desk)
    await desk.editor.cancel(base)
    with pytest.raises((CannotEdit, Missing)):
        await desk.editor.save(base, replace(draft_of(base), capacity="30"))


async def test_an_event_that_is_told_as_deleted_is_not_edited(desk: Desk, sandbox: Sandbox) -> None:
    told = {"data": {"type": "activity", "id": "5", "attributes": {"date": "2026-03-27T18:00:00+0100", "deleted": 1}}}
    sandbox.faults.answer(200, told, method="GET", path="/5")
    with pytest.raises(CannotEdit, match="cancelled"):
        await desk.editor.open(5)


async def test_an_event_that_does_not_exist_is_missing(desk: Desk) -> None:
    with pytest.raises(Missing):
        await desk.editor.open(999_999_999)


async def test_an_event_that_is_not_told_whole_is_not_edited(desk: Desk, sandbox: Sandbox) -> None:
    bare = {"data": {"type": "activity", "id": "5", "attributes": {"date": "2026-03-27T18:00:00+0100", "length": 3600}}}
    sandbox.faults.answer(200, bare, method="GET", path="/5")
    with pytest.raises(CannotEdit, match="rooms, tags, technical break"):
        await desk.editor.open(5)


async def test_a_draft_with_problems_is_not_sent(desk: Desk, sandbox: Sandbox) -> None:
    base = await coming(desk)
    with pytest.raises(NotReady) as refused:
        await desk.editor.save(base, replace(draft_of(base), capacity="none"))
    assert set(refused.value.problems) == {"capacity"}
    assert sandbox.requests.matching("PUT") == []


async def test_places_booked_meanwhile_must_fit(desk: Desk) -> None:
    day = await desk.schedule.load_day(TODAY, reference=await desk.reference.load())
    booked = next(event for event in day.events if (event.booked or 0) > 1 and event.starts_at > desk.clock.now())
    base = await desk.editor.open(booked.id)
    with pytest.raises(NotReady) as refused:
        await desk.editor.save(base, replace(draft_of(base), capacity="1"))
    assert "booked already" in refused.value.problems["capacity"]


async def test_after_an_unknown_outcome_a_look_tells_whether_it_was_saved(desk: Desk, sandbox: Sandbox) -> None:
    base = await coming(desk)
    draft = replace(draft_of(base), capacity="33")
    sandbox.faults.drop(handled=True, method="PUT")
    with nothing_read(sandbox, skip=1), pytest.raises(OutcomeUnknown):
        await desk.editor.save(base, draft)
    assert (await desk.editor.look(base, draft)).mismatches == ()


async def test_after_a_lost_request_a_look_tells_that_it_was_not_saved(desk: Desk, sandbox: Sandbox) -> None:
    base = await coming(desk)
    draft = replace(draft_of(base), capacity="33")
    sandbox.faults.drop(handled=False, method="PUT")
    with pytest.raises(OutcomeUnknown):
        await desk.editor.save(base, draft)
    (wrong,) = (await desk.editor.look(base, draft)).mismatches
    assert wrong.startswith("Places is")


async def test_a_save_whose_read_back_fails_is_saved_all_the_same(desk: Desk, sandbox: Sandbox) -> None:
    base = await coming(desk)
    sandbox.faults.add(Fault(status=403), method="GET", skip=1)
    saved = await desk.editor.save(base, replace(draft_of(base), capacity="33"))
    assert saved.event.capacity == 33
    assert "could not be read again" in saved.mismatches[0]


def new_like(desk: Desk, event: Event) -> EventInput:
    checked = check_event(draft_of(event), today=desk.clock.today(), zone=desk.clock.zone, mode="create")
    assert checked.input is not None
    return checked.input


async def clash_of_team_member(desk: Desk) -> tuple[EventInput, Event]:
    """A new event at the time at which somebody teaches already, in the same rooms."""
    held = await coming(desk)
    return new_like(desk, held), held


async def test_a_busy_team_member_is_refused_named_and_forced(desk: Desk) -> None:
    wanted, held = await clash_of_team_member(desk)
    with pytest.raises(Busy):
        await desk.editor.create(wanted)
    busy = await desk.editor.who_is_busy(wanted)
    names = desk.reference.current
    member = next(one.name for one in names.team_members if one.id == held.team_member_id)
    assert any(line.startswith(f"{member}: {held.starts_at:%H:%M}-") for line in busy)
    assert len(busy) >= 1 + len(held.resource_ids or ())
    assert await desk.editor.who_is_busy(wanted, event_id=held.id) == ()
    created = await desk.editor.create(replace(wanted, force=True))
    assert created.mismatches == ()


async def test_a_new_event_is_read_back_and_found(desk: Desk) -> None:
    like = await coming(desk)
    day = desk.clock.today() + timedelta(days=1)
    draft = replace(draft_of(like), date=day.isoformat(), time="05:00", comment="", stream_link="", color="")
    checked = check_event(draft, today=desk.clock.today(), zone=desk.clock.zone, mode="create")
    assert checked.input is not None
    assert await desk.editor.look_for_created(checked.input) is None
    created = await desk.editor.create(checked.input)
    assert created.event.starts_at == wall("2026-03-28 05:00")
    assert created.mismatches == ()
    found = await desk.editor.look_for_created(checked.input)
    assert found is not None
    assert found.id == created.event.id


async def test_the_servers_refusal_of_values_keeps_its_fields(desk: Desk) -> None:
    wanted = replace(new_like(desk, await coming(desk)), comment="x" * 300, force=True)
    with pytest.raises(Invalid) as refused:
        await desk.editor.create(wanted)
    assert set(refused.value.fields) == {"comment"}


async def test_a_user_without_the_right_is_refused(sandbox: Sandbox, clock: Clock, dialect: Spoken) -> None:
    async with connected(sandbox, clock, dialect, role="viewer") as desk:
        base = await coming(desk)
        with pytest.raises(NoRights):
            await desk.editor.save(base, replace(draft_of(base), capacity="30"))


async def test_rooms_shown_by_the_schedule_follow_a_save(desk: Desk) -> None:
    reference = await desk.reference.load()
    base = await coming(desk)
    room = next(one for one in reference.resources if one.id not in (base.resource_ids or ()))
    await desk.schedule.load_day(TODAY, reference=reference)
    await desk.editor.save(base, replace(draft_of(base), resource_ids=(room.id,)), force=True)
    shown = (await desk.schedule.load_day(TODAY, reference=reference)).by_id(base.id)
    assert shown is not None
    assert shown.rooms == (room.title,)
