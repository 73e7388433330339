"""Quick edits and repeats from the line."""

from datetime import timedelta

import pytest

from tests.desk.acting import TODAY, day_of, dropped, refused, roomy
from tests.desk.entries.screen import Bench
from tui_app.altegio.resources import Event
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.model import ScheduledEvent
from tui_app.sandbox import Sandbox

DONE, ASKS, REFUSED, FAILED = EntryState.DONE, EntryState.ASKS, EntryState.REFUSED, EntryState.FAILED


async def selected(bench: Bench) -> ScheduledEvent:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    return event


async def now(bench: Bench, event: ScheduledEvent) -> Event:
    return await bench.desk.api.events.get(bench.desk.location.id, event.id)


async def test_the_capacity_changes_and_undo_takes_it_back(bench: Bench) -> None:
    event = await selected(bench)
    before = event.capacity or 0
    report = await bench.type("c+1")
    assert report.words == f"{event.starts_at:%H:%M} {event.service}: Places: {before + 1}, before {before}"
    assert (await now(bench, event)).capacity == before + 1
    await bench.type("u")
    assert (await now(bench, event)).capacity == before


async def test_a_capacity_under_the_taken_places_is_refused_before_sending(bench: Bench, sandbox: Sandbox) -> None:
    await selected(bench)
    sandbox.requests.clear()
    report = await bench.type("c1")
    assert report.state is REFUSED
    assert not sandbox.requests.matching("PUT")


async def test_length_team_member_and_room_change(bench: Bench) -> None:
    event = await selected(bench)
    reference = bench.desk.reference.current
    held = (await now(bench, event)).resource_ids or ()
    member = next(one for one in reference.team_members if one.id != event.event.team_member_id)
    room = next(one for one in reference.resources if one.id not in held)
    reports = [await bench.type(text) for text in ("l 45", f't "{member.name}"', f'room "{room.title}"')]
    for report in reports:
        if report.state is ASKS:
            await bench.type(report.text, "")
    read = await now(bench, event)
    assert read.length == timedelta(minutes=45) + (read.technical_break or timedelta())
    assert read.team_member_id == member.id
    assert room.id in (read.resource_ids or ())


async def test_a_busy_team_member_is_named_and_force_takes_one_enter(bench: Bench) -> None:
    event = await selected(bench)
    other = next(
        one
        for one in bench.events
        if one.id != event.id
        and one.team_member != event.team_member
        and one.starts_at <= event.starts_at
        and one.ends_at is not None
        and one.ends_at > event.starts_at
    )
    report = await bench.type(f't "{other.team_member}"')
    assert report.state is ASKS
    assert report.words.endswith("busy at that time")
    assert report.next_step == "Enter saves all the same"
    assert bench.enter_does.endswith(", all the same")
    assert any(other.service in line for line in report.lines)
    assert (await now(bench, event)).team_member_id == event.event.team_member_id
    await bench.type("")
    assert bench.last(report.number).state is DONE
    assert (await now(bench, event)).team_member_id == other.event.team_member_id


async def test_the_start_changes(bench: Bench) -> None:
    event = await selected(bench)
    report = await bench.type("at 22:50")
    if report.state is ASKS:
        await bench.type("")
    assert f"{(await now(bench, event)).starts_at:%H:%M}" == "22:50"


@pytest.mark.parametrize("handled", [True, False])
async def test_an_unknown_end_of_an_edit_is_looked_into(bench: Bench, sandbox: Sandbox, handled: bool) -> None:
    event = await selected(bench)
    with dropped(sandbox, "PUT", f"/{event.id}", handled=handled):
        report = await bench.type("c+1")
    assert report.state is (DONE if handled else EntryState.UNKNOWN)


async def test_an_edit_without_the_right_is_said(bench: Bench, sandbox: Sandbox) -> None:
    await selected(bench)
    with refused(sandbox, "PUT"):
        report = await bench.type("c+1")
    assert report.state is FAILED
    assert report.words == "Could not save the event: you have no right to do this here."
    assert report.keeps_text


async def test_what_is_so_already_is_no_action_to_undo(bench: Bench) -> None:
    event = await selected(bench)
    report = await bench.type(f"c{event.capacity}")
    assert (report.state, report.next_step) == (DONE, "")
    assert bench.services.undo.stack.top is None


async def test_a_repeat_shows_its_dates_and_sends_by_a_second_enter(bench: Bench) -> None:
    event = await selected(bench)
    report = await bench.type("dup 2w")
    assert report.state is ASKS
    assert report.words.startswith(f"Repeat {event.starts_at:%H:%M} {event.service} on ")
    assert report.lines[0].startswith("Fri 3 Apr")
    await bench.type("")
    done = bench.last(report.number)
    assert done.state is DONE
    assert [line.partition(":")[2] for line in done.lines] == ["00: created"] * 2
    later = await day_of(bench.desk, TODAY + timedelta(weeks=1))
    alike = [one for one in later.events if one.starts_at.time() == event.starts_at.time()]
    assert event.service in [one.service for one in alike]


async def test_one_date_of_a_repeat_failing_is_told_by_itself(bench: Bench, sandbox: Sandbox) -> None:
    await selected(bench)
    report = await bench.type("dup 2w")
    spoken = bench.desk.api.spoken
    refusals = 2 if spoken == "events" else 1  # a refused duplicate is followed by single creates
    sandbox.faults.answer(403, b"", method="POST", path=f"/{spoken}", times=refusals)
    await bench.type("")
    failed = bench.last(report.number)
    assert (failed.state, failed.words) == (FAILED, "Repeated on 1 of 2 dates")
    assert [line.endswith("created") for line in failed.lines] == [False, True]
