"""What the schedule says over, beside and in place of its lists."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.screens.schedule.made import SUNDAY, a_day, a_roster, entry, scheduled
from tui_app.screens.schedule.words import Heading, empty_day, header, roster_heading

HEADING = Heading(
    location="Studio Nord", day=SUNDAY, today=SUNDAY, zone="Europe/Berlin", where="DEMO", state="● online"
)


def test_the_header_tells_location_day_zone_server_and_connection() -> None:
    text = header(HEADING, 100).plain
    for part in ("Studio Nord", "22", "today", "Europe/Berlin", "DEMO", "● online"):
        assert part in text


def test_after_a_missed_refresh_the_header_tells_how_old_the_screen_is() -> None:
    missed = Heading(
        location="Studio Nord",
        day=SUNDAY,
        today=SUNDAY,
        zone="",
        as_of=datetime(2026, 11, 22, 18, 4),  # noqa: DTZ001
    )
    assert "as of 18:04" in header(missed, 80).plain


def test_where_it_is_narrow_the_zone_goes_and_the_day_stays() -> None:
    text = header(HEADING, 56).plain
    assert "Europe/Berlin" not in text
    assert "22" in text
    assert "● online" in text


@given(st.text(max_size=80).filter(str.isprintable), st.integers(60, 200))
def test_the_header_is_never_wider_than_the_screen(location: str, width: int) -> None:
    heading = Heading(location=location, day=SUNDAY, today=SUNDAY, zone="Europe/Berlin", where="DEMO", state="● online")
    assert cell_len(header(heading, width).plain) <= width


def test_the_roster_is_headed_by_its_event() -> None:
    words = roster_heading(scheduled(), a_roster(entry(1, places=2), entry(2)))
    assert words == "3 of 12 booked, 0 arrived: 18:30-19:30 Vinyasa Flow, Mira Sun"


def test_a_roster_on_its_way_says_so() -> None:
    assert roster_heading(scheduled(), None).endswith("reading the roster")


@pytest.mark.parametrize(
    ("filtered", "next_day", "searching", "words"),
    [
        ("yoga", None, False, "Nothing matches «yoga». Esc clears it."),
        ("", None, True, "No events on this day. Looking for the next one"),
        ("", None, False, "No events on this day. F3 makes one."),
    ],
)
def test_an_empty_list_says_why_and_what_comes_next(
    filtered: str,
    next_day: date | None,
    searching: bool,
    words: str,
) -> None:
    day = a_day(scheduled()) if filtered else a_day()
    shown = empty_day(day, filtered=filtered, next_day=next_day, today=SUNDAY, searching=searching)
    assert shown == words


def test_an_empty_day_offers_the_next_one_with_events() -> None:
    shown = empty_day(a_day(), filtered="", next_day=date(2026, 11, 24), today=SUNDAY, searching=False)
    assert "Enter goes to the next" in shown
    assert "24" in shown
