"""What was understood of what is typed, in words beside the fields: pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tui_app.altegio.resources import Event
from tui_app.desk.editing import EventDraft
from tui_app.desk.numbers import parse_count
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import format_date, format_length, format_span, format_time, parse_date, parse_time


def hints_of(draft: EventDraft, today: date, event: Event | None) -> Mapping[str, str]:
    """The hint of each field that is typed and read; empty where nothing is typed, or nothing can be understood."""
    teaching, rest = _minutes(draft.length_minutes), _minutes(draft.break_minutes)
    return {
        "date": _date(draft.date, today),
        "time": _time(draft.time, teaching, rest),
        "length_minutes": _length(teaching, rest),
        "capacity": _places(draft.capacity, event),
    }


def _date(text: str, today: date) -> str:
    try:
        return format_date(parse_date(text, today)) if text.strip() else ""
    except Unparsed:
        return ""


def _time(text: str, teaching: int | None, rest: int | None) -> str:
    if not text.strip():
        return ""
    try:
        start = parse_time(text)
    except Unparsed:
        return ""
    if teaching is None:
        return format_time(start)
    starts_at = datetime.combine(date(2000, 1, 1), start)
    return format_span(starts_at, starts_at + timedelta(minutes=teaching + (rest or 0)))


def _length(teaching: int | None, rest: int | None) -> str:
    if teaching is None:
        return ""
    words = format_length(timedelta(minutes=teaching + (rest or 0)), timedelta(minutes=rest or 0))
    return f"{words} = {teaching + rest} min" if rest else f"{words} min"


def _places(text: str, event: Event | None) -> str:
    places, taken = _minutes(text), event.taken if event is not None else None
    if taken is None:
        return ""
    if places is None or places < taken:
        return f"{taken} booked"
    return f"{taken} booked, {places - taken} free"


def _minutes(text: str) -> int | None:
    try:
        return parse_count(text)
    except Unparsed:
        return None
