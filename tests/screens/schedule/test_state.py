"""How the schedule goes from one state to the next."""

from datetime import timedelta

from msgspec.structs import replace

from tests.screens.schedule.made import SUNDAY, a_day, a_roster, entry, scheduled
from tui_app.altegio.resources import Attendance
from tui_app.desk.model import Day, Roster
from tui_app.desk.own_changes import OwnChange
from tui_app.screens.schedule.state import (
    KEPT_DAYS,
    ScheduleState,
    change_brought,
    day_failed,
    day_read,
    day_shown,
    event_selected,
    event_touched,
    roster_read,
)

START = ScheduleState(shown=SUNDAY, today=SUNDAY)


def test_the_first_reading_of_a_day_marks_nothing() -> None:
    state = day_read(START, a_day(scheduled(1), scheduled(2)))
    assert [event.id for event in state.events] == [1, 2]
    assert state.changed_events == frozenset()


def test_a_row_that_changed_is_marked_until_it_is_selected() -> None:
    state = day_read(START, a_day(scheduled(1), scheduled(2)))
    state = day_read(state, a_day(scheduled(1), scheduled(2, booked=12)))
    assert state.changed_events == {2}
    assert event_selected(state, 2).changed_events == frozenset()


def test_a_mark_goes_with_the_cursor_that_leaves_its_row() -> None:
    state = event_selected(day_read(START, a_day(scheduled(1), scheduled(2))), 1)
    state = day_read(state, a_day(scheduled(1, booked=3), scheduled(2)))
    assert state.changed_events == {1}
    assert event_selected(state, 2).changed_events == frozenset()


def test_what_this_desk_has_changed_itself_is_no_news() -> None:
    state = event_touched(day_read(START, a_day(scheduled(1), scheduled(2))), 1)
    state = day_read(state, a_day(scheduled(1, booked=3), scheduled(2, booked=3)))
    assert state.changed_events == {2}
    assert day_read(state, a_day(scheduled(1, booked=4), scheduled(2, booked=3))).changed_events == {1, 2}


def test_a_booking_that_this_desk_has_changed_is_no_news_but_what_comes_after_it_is() -> None:
    state = event_touched(roster_read(START, a_roster(entry(1), entry(2))), a_roster().event_id)
    state = roster_read(state, a_roster(entry(1, comment="late"), entry(2)))
    assert state.changed_bookings == frozenset()
    state = roster_read(state, a_roster(entry(1, comment="late"), entry(2, comment="late")))
    assert state.changed_bookings == {102}


def test_rooms_stay_on_the_screen_while_they_are_read_anew() -> None:
    """A listing that tells no rooms is shown before they are read: the column must not blink each time."""
    known, other = scheduled(1), scheduled(2)
    moved = scheduled(2, at="19:00")
    state = day_read(START, a_day(known, other))
    state = day_read(state, a_day(replace(known, rooms=None), replace(moved, rooms=None)))
    assert [event.rooms for event in state.events] == [("Room 1",), None]


def test_marks_add_up_over_readings() -> None:
    state = day_read(START, a_day(scheduled(1), scheduled(2)))
    state = day_read(state, a_day(scheduled(1, booked=3), scheduled(2)))
    state = day_read(state, a_day(scheduled(1, booked=3), scheduled(2, booked=3)))
    assert state.changed_events == {1, 2}


def test_cancelled_events_are_hidden_unless_asked_for() -> None:
    state = day_read(START, a_day(scheduled(1, at="19:00"), scheduled(2, at="18:00", deleted=True)))
    assert [event.id for event in state.events] == [1]
    assert [event.id for event in replace(state, with_cancelled=True).events] == [2, 1]


def test_a_failed_reading_keeps_what_is_shown_and_its_age() -> None:
    state = day_read(START, a_day(scheduled(1)))
    read_at = scheduled(1).starts_at
    failed = day_failed(state, SUNDAY, read_at)
    assert (failed.events, failed.stale_since) == (state.events, read_at)
    assert day_read(failed, a_day(scheduled(1))).stale_since is None


def test_a_late_answer_for_another_day_changes_nothing_on_the_screen() -> None:
    monday = SUNDAY + timedelta(days=1)
    state = day_shown(day_read(START, a_day(scheduled(1))), monday)
    late = day_read(state, a_day(scheduled(1), scheduled(2)))
    assert late.day is None
    assert late.changed_events == frozenset()
    assert day_failed(state, SUNDAY, None).stale_since is None


def test_a_day_seen_before_is_shown_at_once() -> None:
    state = day_read(START, a_day(scheduled(1)))
    back = day_shown(day_shown(state, SUNDAY + timedelta(days=1)), SUNDAY)
    assert [event.id for event in back.events] == [1]


def test_the_memory_of_days_is_bounded() -> None:
    state = START
    for number in range(3 * KEPT_DAYS):
        day = SUNDAY + timedelta(days=number)
        state = day_read(day_shown(state, day), a_day(on=day))
    assert len(state.days) <= KEPT_DAYS + 1


def test_leaving_a_day_drops_filter_marks_and_shown_phones() -> None:
    state = replace(START, filter="yoga", phones=True, changed_events=frozenset({1}))
    left = day_shown(state, SUNDAY + timedelta(days=1))
    assert (left.filter, left.phones, left.changed_events) == ("", False, frozenset())


def test_a_booking_that_came_or_changed_is_marked() -> None:
    state = roster_read(START, a_roster(entry(1)))
    state = roster_read(state, a_roster(entry(1, attendance=Attendance.ARRIVED), entry(2, name="Olga")))
    assert state.changed_bookings == {101, 102}


def test_another_event_takes_the_roster_and_the_phones_away() -> None:
    state = replace(roster_read(START, a_roster(entry(1), event_id=1)), phones=True)
    assert event_selected(state, 1).roster is not None
    other = event_selected(state, 2)
    assert (other.roster, other.phones) == (None, False)


# ------------------------------------------------------------------ what own writes have made, by their answers


def at(roster: Roster, tick: int) -> Roster:
    return replace(roster, tick=tick)


def on(day: Day, tick: int) -> Day:
    return replace(day, tick=tick)


SELECTED = event_selected(day_read(START, on(a_day(scheduled(1, booked=2, arrived=0), scheduled(2)), 1)), 1)
SHOWN = roster_read(SELECTED, at(a_roster(entry(1), entry(2)), 2))
READ_BEFORE = at(a_roster(entry(1), entry(2)), 5)
BOOKED = OwnChange(roster=READ_BEFORE, tick=6, added=entry(9, name="Bo"), mine=frozenset({109}))


def numbers(state: ScheduleState) -> dict[int, int]:
    assert state.roster is not None
    return {one.booking.id: one.number for one in state.roster.entries}


def counts(state: ScheduleState, event_id: int = 1) -> tuple[int | None, int | None]:
    event = state.event(event_id)
    assert event is not None
    return event.booked, event.free


def test_a_confirmed_booking_shows_in_roster_and_row_and_is_no_news() -> None:
    state = change_brought(SHOWN, BOOKED)
    assert numbers(state) == {101: 1, 102: 2, 109: 3}
    assert counts(state) == (3, 9)
    assert (state.changed_bookings, state.changed_events) == (frozenset(), frozenset())


def test_the_reading_that_confirms_a_booking_is_no_news_either() -> None:
    state = roster_read(change_brought(SHOWN, BOOKED), at(a_roster(entry(1), entry(2), entry(9, phone="")), 8))
    assert numbers(state) == {101: 1, 102: 2, 109: 3}
    assert state.changed_bookings == frozenset()
    later = roster_read(state, at(a_roster(entry(1), entry(2), entry(9, comment="late")), 9))
    assert later.changed_bookings == {109}


def test_what_others_have_booked_comes_with_the_reading_before_and_is_marked() -> None:
    theirs = at(a_roster(entry(1), entry(2), entry(5, name="Olga")), 5)
    state = change_brought(SHOWN, replace(BOOKED, roster=theirs))
    assert numbers(state) == {101: 1, 102: 2, 105: 3, 109: 4}
    assert state.changed_bookings == {105}
    assert counts(state) == (4, 8)


def test_a_reading_that_had_begun_before_the_answer_takes_no_booking_away() -> None:
    state = change_brought(SHOWN, replace(BOOKED, roster=at(READ_BEFORE, 3)))
    slow = roster_read(state, at(a_roster(entry(1), entry(2)), 5))
    assert numbers(slow) == numbers(state)
    assert day_read(slow, on(a_day(scheduled(1, booked=2), scheduled(2)), 5)).event(1) == slow.event(1)
    assert roster_read(slow, at(a_roster(entry(1), entry(2)), 7)).roster == at(
        replace(a_roster(entry(1), entry(2)), next_number=4), 7
    )


def test_a_reading_that_had_begun_before_the_one_shown_tells_nothing() -> None:
    state = change_brought(SHOWN, BOOKED)
    assert roster_read(state, at(a_roster(entry(1)), 4)) == state


def test_two_writes_at_once_lose_neither_booking() -> None:
    """The roster of the second was read before the first was confirmed."""
    second = OwnChange(roster=at(READ_BEFORE, 4), tick=7, added=entry(8, name="Cy"), mine=frozenset({108}))
    state = change_brought(change_brought(SHOWN, BOOKED), second)
    assert numbers(state) == {101: 1, 102: 2, 109: 3, 108: 4}
    assert counts(state) == (4, 8)


def test_a_day_read_after_the_answer_counts_again() -> None:
    state = change_brought(SHOWN, BOOKED)
    state = day_read(state, on(a_day(scheduled(1, booked=7), scheduled(2)), 8))
    assert counts(state) == (7, 5)
    assert state.changed_events == {1}


def test_a_booking_into_an_event_that_is_not_selected_shows_in_its_row_alone() -> None:
    state = change_brought(event_selected(SHOWN, 2), BOOKED)
    assert state.roster is None
    assert counts(state) == (3, 9)


def test_a_booking_into_an_event_of_another_day_shows_when_that_day_is_shown_again() -> None:
    monday = SUNDAY + timedelta(days=1)
    state = change_brought(day_shown(SHOWN, monday), BOOKED)
    assert counts(day_shown(state, SUNDAY)) == (3, 9)


def test_a_cancelled_booking_goes_from_roster_and_row() -> None:
    assert SHOWN.roster is not None
    gone = OwnChange(roster=SHOWN.roster, tick=4, removed=102, mine=frozenset({102}))
    state = change_brought(SHOWN, gone)
    assert numbers(state) == {101: 1}
    assert counts(state) == (1, 11)
    assert numbers(roster_read(state, at(a_roster(entry(1), entry(2)), 3))) == {101: 1}


def test_marking_that_was_read_again_shows_without_marks_for_what_it_was_about() -> None:
    marked = at(a_roster(entry(1, attendance=Attendance.ARRIVED), entry(2, comment="late")), 5)
    state = change_brought(SHOWN, OwnChange(roster=marked, tick=6, mine=frozenset({101})))
    assert state.changed_bookings == {102}
    event = state.event(1)
    assert event is not None
    assert event.arrived == 1
