"""The location's wall clock, also when clocks change and when an answer's offset is wrong."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.altegio.walltime import (
    UnknownZone,
    WallKind,
    disagrees,
    format_wall_space,
    format_wall_t,
    instant_of,
    instants,
    parse_wall,
    wall_kind,
    wall_now,
    zone,
)

at = datetime.fromisoformat
BERLIN = ZoneInfo("Europe/Berlin")
SIX = at("2026-03-27 18:00")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-27T18:00:00+0100",
        "2026-03-27T18:00:00+1100",
        "2026-03-27T18:00:00+01:00",
        "2026-03-27T18:00:00.000+01:00",
        "2026-03-27T18:00:00Z",
        "2026-03-27 18:00:00",
        "2026-03-27 18:00",
        "2026-03-27 18:00+0300",
    ],
)
def test_the_offset_never_matters(text: str) -> None:
    assert parse_wall(text) == SIX


@pytest.mark.parametrize(
    "text", ["", "2026-03-27", "18:00", "27.03.2026 18:00:00", "2026-13-27 18:00:00", "0000-01-01 00:00:00", "x" * 19]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_wall(text)


def test_both_ways_to_write() -> None:
    assert format_wall_space(SIX.replace(microsecond=7)) == "2026-03-27 18:00:00"
    assert format_wall_t(SIX) == "2026-03-27T18:00:00"


@given(st.datetimes(min_value=at("1000-01-01")))
def test_what_is_written_reads_back(wall: datetime) -> None:
    whole = wall.replace(microsecond=0)
    assert parse_wall(format_wall_space(wall)) == parse_wall(format_wall_t(wall)) == whole


def test_now_on_the_wall() -> None:
    assert wall_now(lambda: datetime(2026, 7, 1, 10, tzinfo=UTC), BERLIN) == at("2026-07-01 12:00")


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe", "a\x00b", "ё"])
def test_an_unknown_zone_is_said(name: str) -> None:
    with pytest.raises(UnknownZone, match="is not known here"):
        zone(name)


def test_a_known_zone_is_found() -> None:
    assert zone("Asia/Almaty").key == "Asia/Almaty"


@pytest.mark.parametrize(
    ("wall", "kind"),
    [
        (at("2026-03-29 01:59:59"), WallKind.USUAL),
        (at("2026-03-29 02:00"), WallKind.SKIPPED),
        (at("2026-03-29 02:59:59"), WallKind.SKIPPED),
        (at("2026-03-29 03:00"), WallKind.USUAL),
        (at("2026-10-25 01:59"), WallKind.USUAL),
        (at("2026-10-25 02:00"), WallKind.DOUBLED),
        (at("2026-10-25 02:30").replace(fold=1), WallKind.DOUBLED),
        (at("2026-10-25 03:00"), WallKind.USUAL),
        (at("0001-01-01"), WallKind.USUAL),
        (at("9999-12-31 23:59:59"), WallKind.USUAL),
    ],
)
def test_the_two_odd_hours_of_a_year(wall: datetime, kind: WallKind) -> None:
    assert wall_kind(wall, BERLIN) is kind


def test_a_doubled_hour_has_two_instants_and_the_timestamp_tells_them_apart() -> None:
    wall = at("2026-10-25 02:30")
    first, second = instants(wall, BERLIN)
    assert second - first == timedelta(hours=1)
    assert instant_of(wall, BERLIN) == first
    assert instant_of(wall, BERLIN, int(second.timestamp())) == second


def test_a_skipped_time_moves_on_by_the_gap() -> None:
    moved = instant_of(at("2026-03-29 02:30"), BERLIN)
    assert moved.astimezone(BERLIN).replace(tzinfo=None) == at("2026-03-29 03:30")


def test_a_timestamp_is_held_against_the_wall() -> None:
    right = int(SIX.replace(tzinfo=BERLIN).timestamp())
    assert not disagrees(SIX, right, BERLIN)
    assert disagrees(SIX, right + 3600, BERLIN)
    assert disagrees(SIX, 10**18, BERLIN)


@pytest.mark.parametrize("fold", [0, 1])
def test_both_passes_of_a_doubled_hour_agree_with_the_wall(fold: int) -> None:
    wall = at("2026-10-25 02:30")
    assert not disagrees(wall, int(wall.replace(tzinfo=BERLIN, fold=fold).timestamp()), BERLIN)
