"""What a caller asks: coming bookings, whom to ring, and what to know of a client."""

from datetime import date, datetime, timedelta

import pytest

from tests.desk.acting import TOMORROW, book, booked_stranger, refused, roomy
from tests.desk.conftest import connected
from tests.support.sandbox import Clock
from tui_app.altegio.resources import ClientHit, ClientStatistics
from tui_app.desk.booking_draft import BookingDraft
from tui_app.desk.caller import CallerDesk, birthday_words, visits_words
from tui_app.desk.desk import Desk
from tui_app.desk.services import line_services
from tui_app.sandbox import Sandbox

TODAY = date(2026, 3, 27)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(1990, 3, 27), "Birthday today"),
        (date(1990, 3, 28), "Birthday on Sat 28 Mar"),
        (date(1990, 4, 2), "Birthday on Thu 2 Apr"),
        (date(1990, 4, 3), ""),
        (date(1990, 3, 26), ""),
        (None, ""),
    ],
)
def test_a_birthday_is_marked_today_and_in_the_coming_week(born: date | None, words: str) -> None:
    assert birthday_words(born, TODAY) == words


def test_the_week_of_a_birthday_goes_over_the_new_year() -> None:
    assert birthday_words(date(1990, 1, 2), date(2026, 12, 30)) == "Birthday on Sat 2 Jan 2027"


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2027, 2, 28), "Birthday today"), (date(2028, 2, 28), "Birthday on Tue 29 Feb"), (date(2027, 3, 1), "")],
)
def test_the_leap_day_is_celebrated_every_year(today: date, words: str) -> None:
    assert birthday_words(date(2000, 2, 29), today) == words


@pytest.mark.parametrize(
    ("statistics", "words"),
    [
        (ClientStatistics(visits=0), "First visit"),
        (ClientStatistics(visits=1), "1 visit on record"),
        (
            ClientStatistics(visits=12, no_shows=2, last_visit=datetime(2026, 3, 20, 18)),  # noqa: DTZ001 -- wall clock
            "12 visits on record, 2 no-shows, last Fri 20 Mar",
        ),
        (ClientStatistics(visits=5, no_shows=1), "5 visits on record, 1 no-show"),
        (ClientStatistics(), ""),
    ],
)
def test_visits_are_said_as_far_as_they_are_told(statistics: ClientStatistics, words: str) -> None:
    assert visits_words(statistics, TODAY) == words


def caller(desk: Desk) -> CallerDesk:
    return line_services(desk).caller


async def test_a_clients_coming_bookings_are_named_and_the_past_is_left_out(desk: Desk) -> None:
    tomorrow = (await roomy(desk, TOMORROW))[0]
    today = (await roomy(desk))[0]
    booking = await booked_stranger(desk, today.id, tomorrow.id, places=2)
    assert booking.client is not None
    hit = ClientHit(booking.client_id, booking.client.name, booking.client.surname)
    await book(desk, tomorrow.id, BookingDraft(client_id=hit.id, name=hit.name))
    coming = await caller(desk).who(hit)
    mine = {one.booking.event_id: one for one in coming.bookings}
    assert {today.id, tomorrow.id} <= set(mine)
    assert mine[today.id].words == f"Fri 27 Mar {today.starts_at:%H:%M} {today.service}, {today.team_member}, 2 places"
    assert all(one.starts_at is not None for one in coming.bookings)
    times = [one.starts_at for one in coming.bookings if one.starts_at is not None]
    assert times == sorted(times)
    assert coming.words == f"{hit.full_name}: {len(coming.bookings)} coming bookings"


async def test_a_class_that_runs_is_still_coming_and_then_over(desk: Desk, clock: Clock) -> None:
    event = (await roomy(desk))[0]
    booking = await booked_stranger(desk, event.id)
    hit = ClientHit(booking.client_id, "Anna")
    clock.advance(seconds=(event.starts_at - desk.clock.now() + timedelta(minutes=1)).total_seconds())
    assert event.id in {one.booking.event_id for one in (await caller(desk).who(hit)).bookings}
    clock.advance(hours=3)
    assert event.id not in {one.booking.event_id for one in (await caller(desk).who(hit)).bookings}


async def test_a_class_that_cannot_be_read_keeps_its_time(desk: Desk, sandbox: Sandbox) -> None:
    event = (await roomy(desk))[0]
    booking = await booked_stranger(desk, event.id)
    with refused(sandbox, "GET", f"/{event.id}"):
        coming = await caller(desk).who(ClientHit(booking.client_id, "Anna"))
    unread = next(one for one in coming.bookings if one.booking.event_id == event.id)
    assert unread.event is None
    assert unread.words == f"Fri 27 Mar {event.starts_at:%H:%M} class, {event.team_member}"
    assert coming.notes == ("Some classes could not be read: you have no right to do this here",)


async def test_a_visitor_has_no_bookings_to_ask_for(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.requests.clear()
    coming = await caller(desk).who(ClientHit(None, "Bo", "Li", visitor_id=3))
    assert coming.words == "Bo Li is a visitor without a card: look in the rosters"
    assert len(sandbox.requests) == 0


async def test_a_class_is_rung_through_and_the_reached_are_kept(desk: Desk) -> None:
    event = (await roomy(desk))[0]
    await booked_stranger(desk, event.id)
    await book(desk, event.id, BookingDraft(visitor_name="Bo Li"))
    ring = caller(desk)
    calls = await ring.call_list(event.id)
    to_ring = [line for line in calls.lines if line.can_ring]
    assert to_ring[0].phone.startswith("+")
    assert " " in to_ring[0].phone
    assert calls.words == f"0 of {len(to_ring)} reached"
    assert next(line for line in calls.lines if line.name == "Bo Li").phone == "no phone"
    marked = ring.mark_reached(calls, to_ring[0].number)
    assert marked.words == f"1 of {len(to_ring)} reached"
    again = await ring.call_list(event.id)
    assert again.words == marked.words
    assert ring.mark_reached(again, 999) == again
    assert ring.mark_reached(again, to_ring[0].number, reached=False).words == calls.words


async def test_withheld_phones_are_said(sandbox: Sandbox, clock: Clock) -> None:
    async with connected(sandbox, clock, "events") as desk:
        event = (await roomy(desk))[0]
    async with connected(sandbox, clock, "events", role="receptionist") as desk:
        calls = await caller(desk).call_list(event.id)
        assert not any(line.can_ring for line in calls.lines)
        assert calls.words == "Nobody here can be rung"
        assert calls.notes[0].endswith("phones are not shown to you, or not known")


async def test_the_card_says_what_matters_when_booking(desk: Desk) -> None:
    event = (await roomy(desk))[0]
    booking = await booked_stranger(desk, event.id)
    assert booking.client_id is not None
    card = await caller(desk).client_card(booking.client_id)
    assert card.client is not None
    assert card.statistics is not None
    assert card.lines[0] == visits_words(card.statistics, TODAY)
    assert card.notes == ()


async def test_a_withheld_card_takes_only_its_part_away(desk: Desk, sandbox: Sandbox) -> None:
    event = (await roomy(desk))[0]
    booking = await booked_stranger(desk, event.id)
    assert booking.client_id is not None
    with refused(sandbox, "GET", "/attendance/clients/"):
        card = await caller(desk).client_card(booking.client_id)
    assert card.client is None
    assert card.notes == ("The card could not be read: you have no right to do this here",)
    assert len(card.lines) == 1
    with refused(sandbox, "GET", "attendances_statistic"):
        card = await caller(desk).client_card(booking.client_id)
    assert card.notes == ("The visits could not be read: you have no right to do this here",)
