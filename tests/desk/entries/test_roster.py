"""Attendance, moving and cancelling from the line."""

import pytest

from tests.desk.acting import TOMORROW, booked_stranger, dropped, events_where, refused, roomy
from tests.desk.entries.screen import Bench
from tui_app.altegio.resources import Attendance, Booking
from tui_app.desk.entries.reports import EntryState
from tui_app.desk.model import Roster, ScheduledEvent
from tui_app.sandbox import Sandbox

DONE, ASKS, REFUSED, FAILED = EntryState.DONE, EntryState.ASKS, EntryState.REFUSED, EntryState.FAILED
ARRIVED, WAITING = Attendance.ARRIVED, Attendance.WAITING


async def twelve_waiting(bench: Bench) -> Roster:
    """A selected class of twelve that has begun, all waiting."""
    begun = [one for one in bench.events if one.starts_at <= bench.desk.clock.now()]
    event = begun[0]
    await bench.type(f"{event.starts_at:%H:%M}", "c40")
    for number in range(12 - len(await bench.names(event.id))):
        await bench.type(f'w "guest {"abcdefghijkl"[number]}"', "")
    roster = await bench.desk.rosters.load(event.id)
    for entry in roster.entries:
        if entry.attendance is not WAITING:
            await bench.desk.booking.set_attendance(entry.booking, WAITING)
    await bench.select(event.id)
    bench.screen.told.clear()
    bench.sandbox.requests.clear()
    return await bench.desk.rosters.load(event.id, bench.screen.roster)


async def states(bench: Bench, roster: Roster) -> list[Attendance]:
    now = await bench.desk.rosters.load(roster.event_id, roster)
    return [entry.attendance for entry in now.entries]


async def test_all_arrive_counted_one_by_one(bench: Bench) -> None:
    roster = await twelve_waiting(bench)
    report = await bench.type("a")
    assert (report.state, report.words) == (DONE, "12/12 arrived")
    counted = [one.words for one in bench.screen.told if one.state is EntryState.WORKING]
    assert counted[-13:] == [f"{done}/12 arrived" for done in (*range(1, 13), 12)]
    ids = frozenset(entry.booking.id for entry in roster.entries)
    assert bench.screen.foreseen[-1] == (roster.event_id, ids, ARRIVED)
    assert await states(bench, roster) == [ARRIVED] * 12


async def test_the_third_of_twelve_fails_and_one_enter_repeats_it(bench: Bench, sandbox: Sandbox) -> None:
    roster = await twelve_waiting(bench)
    with refused(sandbox, "POST", "/attendance", skip=2):
        report = await bench.type("a")
    assert report.state is ASKS
    assert report.words.startswith(f"11/12 arrived; not marked: 3 {roster.entries[2].name}: You may not do this")
    assert report.next_step == "Enter marks these again"
    assert bench.enter_does == f"Mark again: 3 {roster.entries[2].name}"
    sandbox.requests.clear()
    await bench.type("")
    assert len(sandbox.requests.matching("POST", "/attendance")) == 1
    assert (bench.last(report.number).state, bench.last(report.number).words) == (DONE, "1/1 arrived")
    assert await states(bench, roster) == [ARRIVED] * 12


@pytest.mark.parametrize(
    ("typed", "marked", "to"),
    [
        ("a3", (3,), ARRIVED),
        ("a3,5", (3, 5), ARRIVED),
        ("n3", (3,), Attendance.NO_SHOW),
        ("k3", (3,), Attendance.CONFIRMED),
        ("a -3,7", (1, 2, 4, 5, 6, 8, 9, 10, 11, 12), ARRIVED),
    ],
)
async def test_some_are_marked(bench: Bench, typed: str, marked: tuple[int, ...], to: Attendance) -> None:
    roster = await twelve_waiting(bench)
    report = await bench.type(typed)
    assert report.state is DONE
    now = await bench.desk.rosters.load(roster.event_id, roster)
    assert [entry.number for entry in now.entries if entry.attendance is to] == list(marked)


async def test_back_to_waiting_and_undo(bench: Bench) -> None:
    roster = await twelve_waiting(bench)
    await bench.type("a3", "r3")
    assert await states(bench, roster) == [WAITING] * 12
    await bench.type("u")
    assert (await states(bench, roster))[2] is ARRIVED


async def test_before_the_class_all_arrived_asks_for_a_second_enter(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    for entry in (await bench.desk.rosters.load(event.id)).entries:
        await bench.desk.booking.set_attendance(entry.booking, WAITING)
    await bench.select(event.id)
    report = await bench.type("a")
    assert report.state is ASKS
    assert report.words.endswith("this event has not begun")
    assert ARRIVED not in await states(bench, await bench.desk.rosters.load(event.id))
    await bench.type("")
    assert bench.last(report.number).state is DONE


async def test_a_number_that_is_nobodys_is_refused(bench: Bench) -> None:
    roster = await twelve_waiting(bench)
    report = await bench.type("a77")
    assert (report.state, report.words) == (REFUSED, "Nobody has number 77")
    assert await states(bench, roster) == [WAITING] * 12


async def two_events(bench: Bench) -> tuple[ScheduledEvent, ScheduledEvent]:
    """Two coming events of today, each alone in its hour, with room."""
    events = await events_where(bench.desk, lambda event: (event.free or 0) >= 2)
    hours = [event.starts_at.hour for event in bench.events]
    alone = [event for event in events if hours.count(event.starts_at.hour) == 1]
    return alone[0], alone[1]


async def number_of(bench: Bench, event: ScheduledEvent, booking: Booking) -> int:
    await bench.select(event.id)
    roster = bench.screen.roster
    assert roster is not None
    entry = roster.by_booking(booking.id)
    assert entry is not None
    return entry.number


async def test_a_booking_moves_by_one_call_and_back(bench: Bench) -> None:
    source, target = await two_events(bench)
    booking = await booked_stranger(bench.desk, source.id, target.id)
    number = await number_of(bench, source, booking)
    report = await bench.type(f"m{number} {target.starts_at:%H}")
    assert report.state is DONE
    assert report.words.endswith(f"to {target.starts_at:%H:%M} {target.service}")
    assert sorted(bench.screen.all_touched) == sorted((source.id, target.id))
    moved = await bench.desk.rosters.load(target.id)
    assert moved.by_booking(booking.id) is not None
    await bench.type("u")
    assert (await bench.desk.rosters.load(source.id)).by_booking(booking.id) is not None


async def test_a_booking_moves_to_another_day(bench: Bench) -> None:
    source, _ = await two_events(bench)
    later = await events_where(bench.desk, lambda event: (event.free or 0) >= 2, TOMORROW)
    hours = [event.starts_at.hour for event in await events_where(bench.desk, lambda _: True, TOMORROW)]
    target = next(event for event in later if hours.count(event.starts_at.hour) == 1)
    booking = await booked_stranger(bench.desk, source.id, target.id)
    number = await number_of(bench, source, booking)
    report = await bench.type(f"m{number} sat {target.starts_at:%H}")
    assert report.state is DONE
    assert "Sat 28 Mar" in report.words
    assert (await bench.desk.rosters.load(target.id)).by_booking(booking.id) is not None


async def test_a_move_that_the_rules_forbid_offers_two_steps(bench: Bench) -> None:
    source, target = await two_events(bench)
    booking = await booked_stranger(bench.desk, source.id, target.id)
    await bench.desk.booking.set_attendance(booking, Attendance.CONFIRMED)
    number = await number_of(bench, source, booking)
    report = await bench.type(f"m{number} {target.starts_at:%H}")
    assert report.state is ASKS
    assert "Marked as confirmed: book the target and cancel here instead? Two steps." in report.words
    assert (await bench.desk.rosters.load(source.id)).by_booking(booking.id) is not None
    await bench.type("")
    assert bench.last(report.number).state is DONE
    assert (await bench.desk.rosters.load(source.id)).by_booking(booking.id) is None


async def test_the_second_step_of_a_move_failing_is_rolled_back_in_words(bench: Bench, sandbox: Sandbox) -> None:
    source, target = await two_events(bench)
    booking = await booked_stranger(bench.desk, source.id, target.id)
    await bench.desk.booking.set_attendance(booking, Attendance.CONFIRMED)
    number = await number_of(bench, source, booking)
    before = await bench.names(target.id)
    report = await bench.type(f"m{number} {target.starts_at:%H}")
    with refused(sandbox, "DELETE", "/appointments"):
        await bench.type("")
    failed = bench.last(report.number)
    assert failed.state is FAILED
    assert "could not be cancelled" in failed.words
    assert await bench.names(target.id) == before
    assert (await bench.desk.rosters.load(source.id)).by_booking(booking.id) is not None


async def test_cancelling_a_booking_asks_and_undo_books_again(bench: Bench) -> None:
    source, _ = await two_events(bench)
    booking = await booked_stranger(bench.desk, source.id)
    number = await number_of(bench, source, booking)
    name = next(
        entry.name for entry in (await bench.desk.rosters.load(source.id)).entries if entry.booking.id == booking.id
    )
    report = await bench.type(f"x{number}")
    assert report.state is ASKS
    assert report.words == f"Cancel the booking of {number} {name} in {source.starts_at:%H:%M} {source.service}"
    await bench.type("")
    done = bench.last(report.number)
    assert (done.state, done.next_step) == (DONE, "u books it again")
    assert (await bench.desk.rosters.load(source.id)).by_booking(booking.id) is None
    await bench.type("u")
    assert name in await bench.names(source.id)


async def test_another_entry_leaves_the_second_enter_behind(bench: Bench) -> None:
    source, _ = await two_events(bench)
    booking = await booked_stranger(bench.desk, source.id)
    number = await number_of(bench, source, booking)
    await bench.type(f"x{number}", "today", "")
    assert (await bench.desk.rosters.load(source.id)).by_booking(booking.id) is not None


@pytest.mark.parametrize("handled", [True, False])
async def test_an_unknown_end_of_cancelling_is_looked_into(bench: Bench, sandbox: Sandbox, handled: bool) -> None:
    source, _ = await two_events(bench)
    booking = await booked_stranger(bench.desk, source.id)
    number = await number_of(bench, source, booking)
    report = await bench.type(f"x{number}")
    with dropped(sandbox, "DELETE", "/appointments", handled=handled):
        await bench.type("")
    assert bench.last(report.number).state is (DONE if handled else EntryState.UNKNOWN)


async def test_cancelling_what_somebody_has_cancelled_is_said(bench: Bench) -> None:
    source, _ = await two_events(bench)
    booking = await booked_stranger(bench.desk, source.id)
    number = await number_of(bench, source, booking)
    report = await bench.type(f"x{number}")
    await bench.desk.booking.cancel_booking(booking)
    await bench.type("")
    assert bench.last(report.number).words.endswith("has been cancelled already")


async def test_an_event_is_cancelled_by_the_number_of_its_bookings(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    names = await bench.names(event.id)
    report = await bench.type("x")
    assert report.state is ASKS
    assert report.words == f"Cancel {event.starts_at:%H:%M} {event.service}: {len(names)} bookings go with it"
    assert report.lines[0] == ", ".join(names)
    assert report.lines[1].startswith("This cannot be undone")
    await bench.type("")
    await bench.type(f"={len(names) + 1}")
    assert event.id in [one.id for one in bench.events]
    await bench.type(f"={len(names)}")
    assert bench.last(report.number).state is DONE
    assert event.id not in [one.id for one in bench.events]


async def test_who_has_booked_meanwhile_makes_the_number_asked_anew(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    count = len(await bench.names(event.id))
    report = await bench.type("x")
    await booked_stranger(bench.desk, event.id)
    await bench.type(f"={count}")
    again = bench.last(report.number)
    assert again.state is ASKS
    assert again.words.startswith("The bookings have changed meanwhile.")
    assert again.next_step == f"={count + 1} confirms"


async def test_another_entry_drops_the_cancelling_of_an_event(bench: Bench) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    count = len(await bench.names(event.id))
    report = await bench.type("cancel")
    await bench.type("today", f"={count}")
    assert bench.last(report.number).words == "Not done: something else came first"
    assert event.id in [one.id for one in bench.events]


@pytest.mark.parametrize("handled", [True, False])
async def test_an_unknown_end_of_cancelling_an_event_is_looked_into(
    bench: Bench, sandbox: Sandbox, handled: bool
) -> None:
    event = (await roomy(bench.desk))[0]
    await bench.select(event.id)
    count = len(await bench.names(event.id))
    report = await bench.type("x")
    with dropped(sandbox, "DELETE", f"/{event.id}", handled=handled):
        await bench.type(f"={count}")
    assert bench.last(report.number).state is (DONE if handled else EntryState.UNKNOWN)


async def test_an_empty_event_is_cancelled_by_nought(bench: Bench) -> None:
    event = next(one for one in await events_where(bench.desk, lambda one: one.booked == 0))
    await bench.type(f"{event.starts_at:%H:%M}", "x", "=0")
    assert bench.states() == [DONE, DONE, DONE]
    assert event.id not in [one.id for one in bench.events]
