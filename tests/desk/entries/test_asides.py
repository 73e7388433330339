"""Days, filters, searches ahead, the caller, other screens: what sends nothing."""

import pytest

from tests.desk.acting import booked_stranger, events_where, refused, roomy
from tests.desk.entries.screen import Bench
from tui_app.altegio.resources import Booking
from tui_app.desk.commands.intents import (
    Help,
    Lock,
    NewEvent,
    OpenBookingForm,
    OpenEventForm,
    Print,
    Quit,
    SwitchLocation,
    Week,
)
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.model import ScheduledEvent

DONE, ASKS, REFUSED, FAILED = EntryState.DONE, EntryState.ASKS, EntryState.REFUSED, EntryState.FAILED


async def test_a_class_is_selected_by_its_hour(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    report = await bench.type(f"{event.starts_at:%H:%M}")
    assert report.words == f"Selected {event.starts_at:%H:%M} {event.service}"
    assert bench.screen.selected_id == event.id


@pytest.mark.parametrize(("typed", "day"), [("+1", 28), ("-1", 26), ("sat", 28), ("29.3", 29), ("today", 27)])
async def test_a_day_is_shown(bench: Bench, typed: str, day: int) -> None:
    report = await bench.type(typed)
    assert report.state is DONE
    assert bench.screen.shown.day == day


async def test_a_filter_says_how_many_are_left(bench: Bench) -> None:
    report = await bench.type("/yoga")
    assert report.words.startswith("Showing «yoga»: ")
    assert bench.screen.filter == "yoga"
    await bench.type("/")
    assert bench.screen.filter == ""


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("?", Help),
        ("lock", Lock),
        ("new", NewEvent),
        ("b", OpenBookingForm),
        ("b1", OpenBookingForm),
        ("e", OpenEventForm),
        ("print", Print),
        ("q", Quit),
        ("loc", SwitchLocation),
        ("week", Week),
    ],
)
async def test_other_screens_open(bench: Bench, typed: str, opened: type) -> None:
    await bench.select((await roomy(bench.desk))[0].id)
    report = await bench.type(typed)
    assert (report.state, report.words) == (DONE, "")
    assert [type(wish) for wish in bench.screen.opened] == [opened]


async def test_refresh_reads_again(bench: Bench) -> None:
    await bench.type("refresh")
    assert bench.screen.refreshes == 1


async def test_the_next_free_event_is_answered_and_enter_goes_there(bench: Bench) -> None:
    report = await bench.type("next yoga 2")
    assert report.state is ASKS
    assert report.next_step == "Enter goes there"
    assert bench.enter_does.startswith("Go to ")
    await bench.type("")
    selected = next(event for event in bench.events if event.id == bench.screen.selected_id)
    assert "yoga" in selected.service.lower()
    assert (selected.free or 0) >= 2


async def test_nothing_ahead_is_said(bench: Bench) -> None:
    report = await bench.type("next zzyzx")
    assert report.state is DONE
    assert "zzyzx" in report.words
    assert bench.screen.questions.waiting == ()


async def coming(bench: Bench) -> tuple[ScheduledEvent, Booking, str]:
    """A client with a unique phone who is booked into an event of tomorrow."""
    tomorrow = (await events_where(bench.desk, lambda one: (one.free or 0) >= 2, bench.screen.shown.replace(day=28)))[0]
    booking = await booked_stranger(bench.desk, tomorrow.id)
    assert booking.client is not None
    return tomorrow, booking, booking.client.phone[-6:]


def numbered(bench: Bench, words: str) -> int:
    asked = bench.screen.questions.opened
    assert asked is not None
    return next(place for place, choice in enumerate(asked.choices, 1) if words in choice.words)


async def test_who_goes_to_a_coming_booking_and_names_its_number(bench: Bench) -> None:
    event, booking, phone = await coming(bench)
    report = await bench.type(f"who {phone}")
    assert report.state is ASKS
    when = f"{event.starts_at:%H:%M}"
    await bench.type(f"={numbered(bench, 'Go to Sat 28 Mar ' + when)}")
    gone = bench.last(report.number)
    assert gone.state is DONE
    assert bench.screen.selected_id == event.id
    assert bench.screen.roster is not None
    entry = bench.screen.roster.by_booking(booking.id)
    assert entry is not None
    assert gone.next_step == f"m{entry.number} 19 moves, x{entry.number} cancels"


async def test_who_cancels_a_coming_booking_by_a_second_enter(bench: Bench) -> None:
    event, booking, phone = await coming(bench)
    report = await bench.type(f"who {phone}")
    await bench.type(f"={numbered(bench, f'Cancel Sat 28 Mar {event.starts_at:%H:%M}')}")
    asked = bench.last(report.number)
    assert asked.state is ASKS
    assert "Sat 28 Mar" in asked.words
    await bench.type("")
    assert bench.last(report.number).state is DONE
    assert (await bench.desk.rosters.load(event.id)).by_booking(booking.id) is None


async def test_who_asks_where_several_fit_and_says_where_nobody_does(bench: Bench) -> None:
    report = await bench.type("who anna")
    assert (report.state, report.words) == (ASKS, "Who is it?")
    await bench.type("=1")
    assert bench.last(report.number).state in {ASKS, DONE}
    assert (await bench.type("who zzyzx")).words == "Nobody fits «zzyzx»"


async def test_whom_to_ring_is_shown(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    report = await bench.type("call")
    assert report.state is DONE
    assert bench.screen.calls[0].event_id == event.id


async def test_what_may_not_be_read_is_said(bench: Bench) -> None:
    await bench.select((await roomy(bench.desk))[0].id)
    with refused(bench.sandbox, "GET", "/appointments"):
        report = await bench.type("call")
    assert report.state is FAILED
    assert "you have no right to do this here" in report.words


async def test_without_an_action_there_is_nothing_to_undo(bench: Bench) -> None:
    report = await bench.type("u")
    assert (report.state, report.words) == (REFUSED, "There is nothing to undo")


async def test_an_undo_that_no_longer_fits_is_refused_in_words(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    await bench.type("w walter")
    entry = next(one for one in (await bench.desk.rosters.load(event.id)).entries if one.name == "Walter")
    await bench.desk.booking.cancel_booking(entry.booking)
    report = await bench.type("u")
    assert (report.state, report.words) == (REFUSED, "The booking of Walter is not there any more.")
