"""The dates on which an event is repeated: wall clocks without an offset, so that a clock change moves nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from tui_app.desk.trouble import NotReady

MOST_DATES: Final = 100
"""Dates in one repeat (contract 2.6)."""


def weekly_dates(starts_at: datetime, weekdays: Sequence[int], weeks: int) -> tuple[datetime, ...]:
    """The same wall clock on these weekdays (0 Monday) of the `weeks` weeks after the event; raises `NotReady`."""
    aheads = range(1, 7 * weeks + 1)
    return _dates(starts_at, [ahead for ahead in aheads if (starts_at.weekday() + ahead) % 7 in weekdays])


def daily_dates(starts_at: datetime, days: int) -> tuple[datetime, ...]:
    """The same wall clock on each of the next `days` days; raises `NotReady`."""
    return _dates(starts_at, range(1, days + 1))


def _dates(starts_at: datetime, aheads: Sequence[int]) -> tuple[datetime, ...]:
    if not aheads:
        raise NotReady({"dates": "No date comes of that"})
    if len(aheads) > MOST_DATES:
        raise NotReady({"dates": f"{len(aheads)} dates are too many at once (at most {MOST_DATES})"})
    try:
        return tuple(starts_at.replace(fold=0) + timedelta(days=ahead) for ahead in aheads)
    except OverflowError:
        raise NotReady({"dates": "These dates are too far away"}) from None
