from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.desk.builders import wall
from tests.support.sandbox import Clock
from tui_app.desk.clock import LocationClock

BERLIN = ZoneInfo("Europe/Berlin")


def test_now_is_the_wall_clock_of_the_location() -> None:
    clock = LocationClock(Clock(datetime(2026, 3, 27, 23, 30, tzinfo=UTC)), ZoneInfo("Asia/Almaty"))
    assert clock.now() == wall("2026-03-28 04:30")
    assert clock.today() == date(2026, 3, 28)
    assert clock.instant() == datetime(2026, 3, 27, 23, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    clock = LocationClock(Clock(), BERLIN)
    first, second = (clock.at(wall("2026-10-25 02:30").replace(fold=fold)) for fold in (0, 1))
    assert (second - first).total_seconds() == 3600


@given(st.datetimes(min_value=wall("2000-01-01"), max_value=wall("2050-01-01")))
def test_every_instant_has_its_wall_clock_and_comes_back(moment: datetime) -> None:
    clock = LocationClock(Clock(), BERLIN)
    instant = moment.replace(tzinfo=UTC)
    assert clock.at(clock.wall(instant)) == instant
