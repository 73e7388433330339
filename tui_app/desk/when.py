"""Dates and times as they are typed and shown: pure, in English words, for the location's calendar."""

from datetime import date, datetime, time, timedelta


def parse_time(text: str) -> time:
    """Read a typed time: `18:30`, `18.30`, `1830`, `18`, `6pm`, `6:30 pm`; raises `Unparsed`."""
    raise NotImplementedError


def parse_date(text: str, today: date) -> date:
    """Read a typed date: `24.12`, `24.12.26`, `2026-12-24`, `fri`, `+3`, `tomorrow`; raises `Unparsed`.

    Without a year it is the nearest such date that is not more than about six months past; a weekday is the next one,
    today included.
    """
    raise NotImplementedError


def format_day(day: date, today: date) -> str:
    """Say a day shortly: «Sun 22 Nov», with the year where it is not this one."""
    raise NotImplementedError


def format_date(day: date) -> str:
    """Say a day whole: «Sun 22 Nov 2026»."""
    raise NotImplementedError


def format_time(moment: datetime | time) -> str:
    """Say a time: «18:30»."""
    return f"{moment:%H:%M}"


def format_span(starts_at: datetime, ends_at: datetime | None) -> str:
    """Say from when to when: «18:30-19:40»."""
    return format_time(starts_at) if ends_at is None else f"{format_time(starts_at)}-{format_time(ends_at)}"


def minutes_of(length: timedelta) -> str:
    """Say a length in minutes, as a form shows it: «70», or «70.5» where it is no whole number."""
    minutes = length / timedelta(minutes=1)
    return f"{minutes:.10g}"


def format_length(length: timedelta, technical_break: timedelta | None) -> str:
    """Say a length in minutes, the technical break apart: «60+10» (design 4.2)."""
    if not technical_break:
        return minutes_of(length)
    return f"{minutes_of(length - technical_break)}+{minutes_of(technical_break)}"
