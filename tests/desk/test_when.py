from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.builders import wall
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import (
    format_date,
    format_day,
    format_length,
    format_span,
    format_time,
    minutes_of,
    parse_birthday,
    parse_date,
    parse_time,
)

SUNDAY = date(2026, 11, 22)
DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:30", time(18, 30)),
        ("18.30", time(18, 30)),
        ("18,30", time(18, 30)),
        ("18 30", time(18, 30)),
        ("18h30", time(18, 30)),
        ("1830", time(18, 30)),
        ("830", time(8, 30)),
        ("18", time(18)),
        ("7", time(7)),
        ("00:05", time(0, 5)),
        ("18:30:00", time(18, 30)),
        (" 6pm ", time(18)),
        ("6 PM", time(18)),
        ("6:30 p.m.", time(18, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("１８：３０", time(18, 30)),
        ("18Ж30", time(18, 30)),
        ("6зь", time(18)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "24", "24:00", "25:75", "18:60", "185", "18:5", "13pm", "0am", "noonish", "-7", "12345"]
)
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Unparsed) as refused:
        parse_time(typed)
    assert refused.value.words


@given(st.times())
def test_a_shown_time_is_read_back(moment: time) -> None:
    assert parse_time(format_time(moment)) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", SUNDAY),
        ("tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("+3", date(2026, 11, 25)),
        ("-1", date(2026, 11, 21)),
        ("+2w", date(2026, 12, 6)),
        ("sun", SUNDAY),
        ("mon", date(2026, 11, 23)),
        ("Fri", date(2026, 11, 27)),
        ("saturday", date(2026, 11, 28)),
        ("акш", date(2026, 11, 27)),
        ("24.12", date(2026, 12, 24)),
        ("24.12.", date(2026, 12, 24)),
        ("24ю12", date(2026, 12, 24)),
        ("24/12", date(2026, 12, 24)),
        ("24.12.26", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("2026-12-24", date(2026, 12, 24)),
        ("24 dec", date(2026, 12, 24)),
        ("December 24", date(2026, 12, 24)),
        ("24 dec 26", date(2026, 12, 24)),
        ("Thu, 24 Dec 2026", date(2026, 12, 24)),
        ("thu 24.12", date(2026, 12, 24)),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, meant: date) -> None:
    assert parse_date(typed, SUNDAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("23.5", date(2026, 5, 23)),
        ("22.5", date(2027, 5, 22)),
        ("1.1", date(2027, 1, 1)),
        ("21.11", date(2026, 11, 21)),
        ("29.2", date(2028, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_the_nearest_that_is_not_long_past(typed: str, meant: date) -> None:
    assert parse_date(typed, SUNDAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31.2",
        "31.4.2026",
        "3.13",
        "0.5",
        "24",
        "may",
        "someday",
        "t",
        "+",
        "29.2.2027",
        "1.1.0001",
        "9999-12-31",
        "1.2.3.4",
        "24 foo",
    ],
)
def test_what_is_no_date_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Unparsed) as refused:
        parse_date(typed, SUNDAY)
    assert refused.value.words


def test_a_date_that_can_be_read_two_ways_is_asked_back() -> None:
    with pytest.raises(Unparsed, match="two ways"):
        parse_date("5/6", SUNDAY)


def test_a_weekday_that_contradicts_its_date_is_pointed_out() -> None:
    with pytest.raises(Unparsed, match="is a Friday"):
        parse_date("sat 27.11", SUNDAY)


def test_days_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(Unparsed, match="too far"):
        parse_date("+999", date(9999, 12, 1))


@given(DATES, DATES)
def test_a_shown_date_is_read_back_on_any_day(day: date, today: date) -> None:
    assert parse_date(format_date(day), today) == day


@given(st.integers(min_value=-170, max_value=170), DATES)
def test_a_near_day_shown_shortly_is_read_back(days: int, today: date) -> None:
    day = today + timedelta(days=days)
    assert parse_date(format_day(day, today), today) == day


@given(st.text(max_size=20), DATES)
def test_any_text_is_a_date_or_refused(text: str, today: date) -> None:
    with suppress(Unparsed):
        assert isinstance(parse_date(text, today), date)


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with suppress(Unparsed):
        assert isinstance(parse_time(text), time)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24.12.1990", date(1990, 12, 24)),
        ("24.12.90", date(1990, 12, 24)),
        ("1.5.20", date(2020, 5, 1)),
        ("1990-12-24", date(1990, 12, 24)),
        ("24 dec 1990", date(1990, 12, 24)),
    ],
)
def test_a_birthday_is_read_in_the_past(typed: str, meant: date) -> None:
    assert parse_birthday(typed, SUNDAY) == meant


@pytest.mark.parametrize("typed", ["24.12", "24.12.2030", "1.1.1850", "fri", "+3", "24.12.27x"])
def test_a_birthday_without_year_or_to_come_is_refused(typed: str) -> None:
    with pytest.raises(Unparsed):
        parse_birthday(typed, SUNDAY)


def test_days_and_lengths_are_said_shortly() -> None:
    assert format_day(SUNDAY, SUNDAY) == "Sun 22 Nov"
    assert format_day(date(2027, 1, 1), SUNDAY) == "Fri 1 Jan 2027"
    assert format_span(wall("2026-11-22 18:30"), wall("2026-11-22 19:40")) == "18:30-19:40"
    assert format_span(wall("2026-11-22 18:30"), None) == "18:30"
    assert minutes_of(timedelta(minutes=70)) == "70"
    assert minutes_of(timedelta(seconds=90)) == "1.5"
    assert format_length(timedelta(minutes=70), timedelta(minutes=10)) == "60+10"
    assert format_length(timedelta(minutes=60), timedelta(0)) == "60"
    assert format_length(timedelta(minutes=60), None) == "60"
