"""A verb behind a class: that class is selected, and the verb acts on it alone."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_app.desk.entries.reports import EntryState
from tui_app.desk.when import format_time

if TYPE_CHECKING:
    from tests.desk.entries.screen import Bench
    from tui_app.desk.model import ScheduledEvent


def only_in_its_hour(bench: "Bench") -> "ScheduledEvent":
    """A class to come that is alone in its hour and is not the selected one."""
    hours = [event.starts_at.hour for event in bench.events]
    now = bench.desk.clock.now()
    return next(
        event
        for event in bench.events
        if hours.count(event.starts_at.hour) == 1 and event.starts_at > now and event.booked
    )


async def test_places_of_a_class_are_changed_from_anywhere_in_one_report(bench: "Bench") -> None:
    event = only_in_its_hour(bench)
    await bench.select(bench.events[0].id)
    report = await bench.type(f"{event.starts_at.hour} c+1")
    assert bench.screen.selected_id == event.id
    assert report.state is EntryState.DONE
    assert format_time(event.starts_at) in report.words
    assert len(bench.reports()) == 1


async def test_cancelling_a_class_by_its_hour_asks_for_its_number(bench: "Bench") -> None:
    event = only_in_its_hour(bench)
    await bench.select(bench.events[0].id)
    report = await bench.type(f"{event.starts_at.hour}x")
    assert report.state is EntryState.ASKS
    count = len(await bench.names(event.id))
    assert report.next_step == f"={count} confirms"
    assert (await bench.type(f"={count}")).state is EntryState.DONE
    assert event.id not in {one.id for one in bench.events}


async def test_a_verb_that_cannot_be_carried_out_leaves_the_class_selected(bench: "Bench") -> None:
    event = only_in_its_hour(bench)
    await bench.select(bench.events[0].id)
    report = await bench.type(f"{event.starts_at.hour} c0")
    assert report.state is EntryState.REFUSED
    assert "one place or more" in report.words
    assert bench.screen.selected_id == event.id


async def test_several_classes_in_the_hour_are_asked_and_the_picked_one_is_changed(bench: "Bench") -> None:
    event = only_in_its_hour(bench)
    other = next(one for one in bench.events if one.starts_at.hour != event.starts_at.hour)
    twin = replace(event, event=replace(event.event, id=event.id + 10**6))
    assert bench.screen.day is not None
    bench.screen.day = replace(bench.screen.day, events=(*bench.events, twin))
    await bench.select(other.id)
    report = await bench.type(f"{event.starts_at.hour} l 90")
    assert report.state is EntryState.ASKS
    assert (await bench.type("=1")).state is EntryState.DONE
    changed = await bench.desk.api.events.get(bench.desk.location.id, event.id)
    assert changed.length is not None
    assert changed.length.total_seconds() >= 90 * 60


async def test_a_class_that_is_not_there_is_one_refusal(bench: "Bench") -> None:
    report = await bench.type("3 c14")
    assert "No event starts at 3" in report.words
    assert [one.state for one in bench.reports()] == [EntryState.REFUSED]
