import pytest
from msgspec.structs import replace

from tests.desk.builders import client_booking, day_of, event, roster_of, scheduled, wall
from tui_app.altegio.resources import Attendance, Booking
from tui_app.desk.model import EventPhase, RosterEntry


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        ("2026-11-22 17:59", EventPhase.UPCOMING),
        ("2026-11-22 18:00", EventPhase.RUNNING),
        ("2026-11-22 19:09", EventPhase.RUNNING),
        ("2026-11-22 19:10", EventPhase.OVER),
    ],
)
def test_an_event_runs_from_its_start_to_the_end_of_its_break(now: str, phase: EventPhase) -> None:
    assert scheduled().phase(wall(now)) is phase


def test_an_event_of_unknown_length_is_taken_to_run_for_an_hour() -> None:
    bare = replace(scheduled(), event=replace(event(), length=None))
    assert bare.ends_at is None
    assert bare.phase(wall("2026-11-22 18:59")) is EventPhase.RUNNING
    assert bare.phase(wall("2026-11-22 19:00")) is EventPhase.OVER


def test_free_places_are_known_only_with_capacity_and_bookings() -> None:
    assert scheduled().free == 9
    assert replace(scheduled(), booked=14).free == 0
    assert replace(scheduled(), booked=None).free is None
    assert replace(scheduled(), event=replace(event(), capacity=None)).free is None


def test_what_the_listing_left_out_must_be_read() -> None:
    assert not scheduled().needs_reading
    assert replace(scheduled(), booked=None).needs_reading
    assert replace(scheduled(), event=replace(event(), capacity=None)).needs_reading


def test_marks_come_from_the_event() -> None:
    assert scheduled().online
    assert not scheduled().in_series
    assert replace(scheduled(), event=replace(event(), series_id=5, stream_link="")).in_series


def test_a_day_finds_its_events_and_its_cancelled_ones() -> None:
    day = replace(day_of(scheduled(1)), cancelled=(scheduled(2),))
    assert day.by_id(1) is day.events[0]
    assert day.by_id(2) is day.cancelled[0]
    assert day.by_id(3) is None


def test_a_roster_counts_places_not_rows() -> None:
    bookings = [
        replace(client_booking(1), places=2, attendance=Attendance.ARRIVED),
        replace(client_booking(2), places=3),
    ]
    roster = roster_of(bookings)
    assert (roster.places, roster.arrived) == (5, 2)
    assert roster.by_number(2) is roster.entries[1]
    assert roster.by_booking(1) is roster.entries[0]
    assert roster.by_number(3) is None
    assert roster.by_booking(3) is None


@pytest.mark.parametrize(
    ("phone", "is_visitor", "shown"),
    [
        ("+77012345678", False, "•• 5678"),
        ("+7701XXXXX", False, "phone withheld"),
        ("", False, "no phone shown"),
        ("", True, "no phone"),
    ],
)
def test_a_row_shows_the_end_of_the_phone_or_says_why_not(phone: str, is_visitor: bool, shown: str) -> None:
    entry = RosterEntry(number=1, booking=Booking(id=1), name="Anna", phone=phone, is_visitor=is_visitor)
    assert entry.masked_phone == shown
