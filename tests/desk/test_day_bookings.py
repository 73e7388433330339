"""What a reading of a day tells of a client, and for how long."""

from datetime import date, timedelta
from itertools import count

from tests.desk.builders import client_booking
from tui_app.altegio.resources import Booking
from tui_app.desk.day_bookings import DayBookings

TODAY = date(2026, 11, 22)


def in_event(client_id: int, event_id: int | None, *, deleted: bool = False) -> Booking:
    return Booking(id=100 * client_id + (event_id or 0), client_id=client_id, event_id=event_id, deleted=deleted)


def read(*bookings: Booking) -> DayBookings:
    ticks = count(2)
    day = DayBookings(lambda: next(ticks))
    day.take(TODAY, bookings, 1)
    return day


def test_the_events_of_a_client_are_told_and_of_others_that_there_are_none() -> None:
    day = read(in_event(7, 1), in_event(7, None), in_event(8, 2), in_event(8, 3, deleted=True))
    assert day.events_of(7, TODAY) == frozenset({1, None})
    assert day.events_of(8, TODAY) == frozenset({2})
    assert day.events_of(9, TODAY) == frozenset()


def test_of_another_day_or_before_any_reading_nothing_is_known() -> None:
    assert read(client_booking(1)).events_of(9, TODAY + timedelta(days=1)) is None
    assert DayBookings(lambda: 1).events_of(9, TODAY) is None


def test_what_this_desk_books_is_not_known_until_a_reading_that_begins_after_it() -> None:
    day = read()
    day.note(7)
    assert day.events_of(7, TODAY) is None
    day.take(TODAY, (), 1)
    assert day.events_of(7, TODAY) is None
    day.take(TODAY, (in_event(7, 1),), 3)
    assert day.events_of(7, TODAY) == frozenset({1})


def test_a_day_that_could_not_be_read_tells_nothing() -> None:
    day = read(in_event(7, 1))
    day.drop()
    assert day.events_of(7, TODAY) is None
