"""Which event may be taken as it was last read."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.screens.schedule.made import NOON, SUNDAY, a_day, scheduled
from tui_app.screens.schedule.held import MOST_S, held
from tui_app.screens.schedule.state import ScheduleState, day_failed, day_read

EVERY_S = 20.0
DAY = replace(a_day(scheduled(1, booked=3), scheduled(2, deleted=True), scheduled(3, capacity=None)), tick=4)
STATE = day_read(ScheduleState(shown=SUNDAY, today=SUNDAY), DAY)


def is_held(
    state: ScheduleState, event_id: int = 1, *, after_s: float = 0, every_s: float = EVERY_S, since: int = 0
) -> bool:
    return held(state, event_id, NOON + timedelta(seconds=after_s), every_s, since=since) is not None


def test_an_event_of_the_last_refresh_is_held_with_the_places_it_told() -> None:
    event = held(STATE, 1, NOON, EVERY_S, since=0)
    assert event is not None
    assert (event.id, event.capacity, event.taken) == (1, 12, 3)


@pytest.mark.parametrize("after_s", [EVERY_S + 1, -EVERY_S - 1])
def test_what_is_older_than_a_refresh_is_not(after_s: float) -> None:
    """A clock that was put back tells nothing of the age either."""
    assert is_held(STATE, after_s=EVERY_S)
    assert not is_held(STATE, after_s=after_s)


def test_a_minute_is_the_most_however_seldom_it_is_refreshed() -> None:
    assert is_held(STATE, after_s=MOST_S, every_s=3_600)
    assert not is_held(STATE, after_s=MOST_S + 1, every_s=3_600)


def test_what_this_desk_has_changed_since_the_day_began_to_be_read_is_not() -> None:
    assert is_held(STATE, since=3)
    assert not is_held(STATE, since=4)


def test_after_a_failed_refresh_nothing_is_held() -> None:
    assert not is_held(day_failed(STATE, SUNDAY, None))


@pytest.mark.parametrize("event_id", [2, 3, 4], ids=["cancelled", "told in part", "unknown"])
def test_an_event_that_must_be_read_to_be_known_is_not(event_id: int) -> None:
    assert not is_held(STATE, event_id)


def test_a_day_that_was_not_read_holds_nothing() -> None:
    assert not is_held(ScheduleState(shown=SUNDAY, today=SUNDAY))
