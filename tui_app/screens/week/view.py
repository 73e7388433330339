"""What the week shows: which days it has, a row for each, and the classes of the selected one: pure."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from tui_app.desk.filters import filter_events, read_filter
from tui_app.desk.model import EventPhase, ScheduledEvent
from tui_app.desk.next_free import DAYS, Week, WeekDay, week_day
from tui_app.desk.when import WEEKDAYS, YEARS, format_date, format_day, format_time
from tui_app.settings_values import Weekday
from tui_app.widgets.columns import Column
from tui_app.widgets.rows import Cell, Row

COLUMNS: Final = (
    Column(key="day", title="Day", width=17),
    Column(key="classes", title="Classes", width=7, align="right"),
    Column(key="free", title="Free", width=4, align="right"),
    Column(key="next", title="First with free places", width=24, flex=1, drop=1),
)

FIRST: Final = date(YEARS[0], 1, 1)
LAST: Final = date(YEARS[1], 12, 31)
"""The first and the last day that a week may hold: what can be typed as a date."""

UNKNOWN: Final = "·"
_NEXT_NAMED: Final = 6


class WeekView(Struct, frozen=True, kw_only=True):
    """A week on the screen; `days` is None until it has been read, `as_of` the wall clock of that reading."""

    begins: date
    today: date
    days: tuple[WeekDay, ...] | None = None
    as_of: datetime | None = None

    @property
    def dates(self) -> tuple[date, ...]:
        """Its seven days."""
        return tuple(self.begins + timedelta(days=ahead) for ahead in range(DAYS))


def begin_of_week(day: date, first: Weekday) -> date:
    """The day on which the week of `day` begins."""
    return day - timedelta(days=(day.weekday() - WEEKDAYS.index(first)) % DAYS)


def moved(begins: date, weeks: int) -> date:
    """The begin of another week; the same one where the calendar ends."""
    distance = timedelta(weeks=weeks)
    if not FIRST - begins <= distance <= LAST - begins - timedelta(days=DAYS - 1):
        return begins
    return begins + distance


def narrowed(week: Week, text: str, now: datetime) -> tuple[WeekDay, ...]:
    """The days with only those events that fit the filter text; all of them where there is none."""
    if not text.strip():
        return week.days
    kept: defaultdict[date, list[ScheduledEvent]] = defaultdict(list)
    for event in filter_events([event for day in week.days for event in day.events], text):
        kept[event.starts_at.date()].append(event)
    return tuple(week_day(day.date, kept[day.date], now) for day in week.days)


def heading(view: WeekView, *, text: str, stale: bool) -> str:
    """Which week it is, what it is filtered by, and after a missed refresh how old it is."""
    last = view.dates[-1]
    parts = [f"Week  {format_date(view.begins)} to {format_date(last)}"]
    if view.begins <= view.today <= last:
        parts.append("this week")
    if text.strip():
        parts.append(f"only {read_filter(text).in_words}")
    if stale and view.as_of is not None:
        parts.append(f"! as of {format_time(view.as_of)}")
    return "  ".join(parts)


def rows(view: WeekView, now: datetime) -> tuple[Row, ...]:
    """A row a day, by its place in the week: the cursor stays on Thursday from week to week."""
    days = view.days if view.days is not None else (None,) * DAYS
    return tuple(
        _row(place, day, found, view.today, now)
        for place, (day, found) in enumerate(zip(view.dates, days, strict=True))
    )


def _row(place: int, day: date, found: WeekDay | None, today: date, now: datetime) -> Row:
    relation = "  today" if day == today else ""
    label = f"{format_day(day, today)}{relation}"
    tone = "dim" if day < today else "now" if day == today else ""
    if found is None:
        return Row(key=place, cells=(("day", label), ("classes", UNKNOWN), ("free", UNKNOWN)), tone=tone)
    return Row(
        key=place,
        cells=(
            ("day", label),
            ("classes", str(len(found.events)) if found.events else "none"),
            ("free", _free(found, now)),
            ("next", _next_free(found, now)),
        ),
        tone=tone,
    )


def _free(day: WeekDay, now: datetime) -> str | Cell:
    if not day.events:
        return ""
    if all(event.phase(now) is EventPhase.OVER for event in day.events):
        return "over"
    if day.free is None:
        return UNKNOWN
    return Cell("full", "alert") if day.free == 0 else str(day.free)


def _next_free(day: WeekDay, now: datetime) -> str:
    """The first classes to come that have free places, as they are read out on the phone."""
    free = [event for event in day.events if event.free and event.phase(now) is EventPhase.UPCOMING]
    return ", ".join(f"{format_time(event.starts_at)} {event.service} ({event.free})" for event in free[:_NEXT_NAMED])


def classes_heading(view: WeekView, place: int) -> str:
    """The line over the classes of the selected day."""
    day = view.days[place] if view.days is not None else None
    return day.words if day is not None else f"{format_day(view.dates[place], view.today)}: reading"


def class_lines(view: WeekView, place: int, now: datetime) -> tuple[tuple[str, bool], ...]:
    """The classes of the selected day, one a line, each with whether it is over.

    On a day that goes on, those that are over are only counted: the next ones are what is asked for.
    """
    if view.days is None:
        return ()
    lines = [
        (f"{format_time(event.starts_at)}  {_places(event):>7}  {event.service}, {event.team_member}", over)
        for event in view.days[place].events
        for over in (event.phase(now) is EventPhase.OVER,)
    ]
    ahead = [line for line in lines if not line[1]]
    past = len(lines) - len(ahead)
    if not past or not ahead:
        return tuple(lines)
    return (("1 class is over" if past == 1 else f"{past} classes are over", True), *ahead)


def _places(event: ScheduledEvent) -> str:
    if event.free is None:
        return UNKNOWN
    return "full" if event.free == 0 else f"{event.free} free"


def empty_words(view: WeekView, text: str) -> str:
    """What is said of a week without classes; empty where there are some, or none was read yet."""
    if view.days is None or any(day.events for day in view.days):
        return ""
    if text.strip():
        return f"No class of this week fits «{text.strip()}»."
    return "No classes this week: → goes to the next."
