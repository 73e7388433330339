"""Dates and times as they are typed and shown: pure, in English words, for the location's calendar."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from tui_app.desk.folding import other_layout
from tui_app.desk.trouble import Unparsed

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MOST_PAST: Final = timedelta(days=183)
"""How far a date without a year may lie back: then the next year's is meant."""

YEARS: Final = (1900, 2199)
"""The first and the last year that a typed date may lie in."""

_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:;.,h ](\d{2})|(?<=\d)(\d{2}))?(?:[:.]00)?\s*(?:([ap])\.?m?\.?)?")
_DAYS_ON: Final = re.compile(r"([+-])\s?(\d{1,3})\s?([dw]?)")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})?)?")
_NEAR: Final = {"today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
_HOW_TIME: Final = "Type the time as 18:30"
_HOW_DATE: Final = "Type the date as 24.12, fri or +1"


def parse_time(text: str) -> time:
    """Read a typed time: `18:30`, `18.30`, `1830`, `18`, `6pm`, `6:30 pm`; raises `Unparsed`."""
    match = _CLOCK.fullmatch(_in_latin(_typed(text)))
    if match is None:
        raise Unparsed(_HOW_TIME)
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            raise Unparsed(f"There is no {hour} {match[4]}m")
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    if hour > 23 or minute > 59:
        raise Unparsed(f"There is no {hour:02}:{minute:02}")
    return time(hour, minute)


def parse_date(text: str, today: date) -> date:
    """Read a typed date: `24.12`, `24.12.26`, `2026-12-24`, `24 dec`, `fri`, `+3`, `-2w`; raises `Unparsed`.

    Without a year it is the nearest such date that is not more than about six months past; a weekday is the next one,
    today included. A weekday beside a date must agree with it.
    """
    typed = _in_latin(_typed(text))
    words = typed.replace(",", " ").split()
    if len(words) > 1 and (weekday := _weekday(words[0])) is not None:
        return _agreeing(_parse_one(" ".join(words[1:]), today), weekday, today)
    return _parse_one(" ".join(words), today)


def _typed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _in_latin(typed: str) -> str:
    """Take Cyrillic letters for the keys that they stand on (design 5)."""
    return other_layout(typed) if any("\u0400" <= char <= "\u04ff" for char in typed) else typed


def _parse_one(typed: str, today: date) -> date:
    if typed in _NEAR:
        return _days_on(today, _NEAR[typed])
    if match := _DAYS_ON.fullmatch(typed):
        days = int(match[2]) * (7 if match[3] == "w" else 1)
        return _days_on(today, days if match[1] == "+" else -days)
    if (weekday := _weekday(typed)) is not None:
        return _days_on(today, (weekday - today.weekday()) % 7)
    if match := _ISO.fullmatch(typed):
        return _make(int(match[3]), int(match[2]), int(match[1]))
    if match := _NUMERIC.fullmatch(typed):
        return _numeric(match, today)
    return _named_month(typed, today)


def _numeric(match: re.Match[str], today: date) -> date:
    day, month = int(match[1]), int(match[3])
    if match[2] != "." and day <= 12 and month <= 12 and day != month:
        raise Unparsed(f"{match[0]} can be read two ways: type day.month, as {day}.{month}")
    return _dated(day, month, match[4], today)


def _named_month(typed: str, today: date) -> date:
    words = typed.replace(".", " ").split()
    if len(words) not in {2, 3}:
        raise Unparsed(_HOW_DATE)
    first, second = words[:2]
    day, name = (first, second) if first.isdecimal() else (second, first)
    month = _named(name, MONTHS, least=3)
    year = words[2] if len(words) == 3 else None
    well_formed = day.isdecimal() and len(day) <= 2 and (year is None or re.fullmatch(r"\d{4}|\d{2}", year))
    if month is None or not well_formed:
        raise Unparsed(_HOW_DATE)
    return _dated(int(day), month + 1, year, today)


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return _make(day, month, int(year) + (2000 if len(year) == 2 else 0))
    for candidate in range(max(date.min.year, today.year - 1), min(date.max.year, today.year + 9)):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if today - found <= MOST_PAST:
            return found
    raise Unparsed(_no_such(day, month))


def _make(day: int, month: int, year: int) -> date:
    if not YEARS[0] <= year <= YEARS[1]:
        raise Unparsed("That date is too far away")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unparsed(_no_such(day, month, year)) from None


def _no_such(day: int, month: int, year: int | None = None) -> str:
    if not 1 <= month <= 12:
        return f"There is no month {month}"
    return f"There is no {day} {_short(MONTHS[month - 1])}" + (f" {year}" if year is not None else "")


def _days_on(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise Unparsed("That date is too far away") from None


def _agreeing(found: date, weekday: int, today: date) -> date:
    if found.weekday() != weekday:
        raise Unparsed(f"{format_day(found, today)[4:]} is a {WEEKDAYS[found.weekday()].title()}")
    return found


def _weekday(word: str) -> int | None:
    return _named(word.rstrip("."), WEEKDAYS, least=2)


def _named(word: str, names: tuple[str, ...], *, least: int) -> int | None:
    if len(word) < least:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)


def _short(name: str) -> str:
    return name[:3].title()


def format_day(day: date, today: date) -> str:
    """Say a day shortly: «Sun 22 Nov», with the year where it is not this one."""
    return format_date(day) if day.year != today.year else format_date(day).rsplit(" ", 1)[0]


def format_date(day: date) -> str:
    """Say a day whole: «Sun 22 Nov 2026»."""
    return f"{_short(WEEKDAYS[day.weekday()])} {day.day} {_short(MONTHS[day.month - 1])} {day.year}"


def format_time(moment: datetime | time) -> str:
    """Say a time: «18:30»."""
    return f"{moment.hour:02}:{moment.minute:02}"


def format_span(starts_at: datetime, ends_at: datetime | None) -> str:
    """Say from when to when: «18:30-19:40»."""
    return format_time(starts_at) if ends_at is None else f"{format_time(starts_at)}-{format_time(ends_at)}"


def minutes_of(length: timedelta) -> str:
    """Say a length in minutes, as a form shows it: «70», or «70.5» where it is no whole number."""
    return f"{length / timedelta(minutes=1):.10g}"


def format_length(length: timedelta, technical_break: timedelta | None) -> str:
    """Say a length in minutes, the technical break apart: «60+10» (design 4.2)."""
    if not technical_break:
        return minutes_of(length)
    return f"{minutes_of(length - technical_break)}+{minutes_of(technical_break)}"


def parse_birthday(text: str, today: date | None = None) -> date:
    """Read a birthday, which needs its year and lies in the past; raises `Unparsed`."""
    bound = today or date.max
    typed = " ".join(text.split())
    short_year = re.fullmatch(r"(\d{1,2}[./]\d{1,2}[./])(\d{2})", typed)
    if short_year:
        century = 2000 if today is not None and 2000 + int(short_year[2]) <= today.year else 1900
        typed = f"{short_year[1]}{century + int(short_year[2])}"
    if not re.search(r"\d{4}", typed):
        raise Unparsed("Type the birthday with its year, as 24.12.1990")
    born = parse_date(typed, today or date(2000, 1, 1))
    if not date(1900, 1, 1) <= born <= bound:
        raise Unparsed("A birthday lies in the past")
    return born
