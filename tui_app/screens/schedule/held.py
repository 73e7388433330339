"""Which event of the schedule may be taken as it was last read, without asking the server again: pure."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from tui_app.altegio.resources import Event
from tui_app.screens.schedule.state import ScheduleState

MOST_S: Final = 60
"""Seconds for which a reading counts at most, however seldom the schedule is refreshed."""


def held(state: ScheduleState, event_id: int, now: datetime, every_s: float, *, since: int) -> Event | None:
    """An event of the day shown, read within the refresh period, and begun to be read after the tick `since`.

    None where it must be read: it is not there, was cancelled, was told in part, or the last refresh has failed.
    """
    day = state.day
    if day is None or state.failed or day.tick <= since:
        return None
    if abs((now - day.as_of).total_seconds()) > min(every_s, MOST_S):
        return None
    event = day.by_id(event_id)
    if event is None or event.cancelled or event.needs_reading:
        return None
    return replace(event.event, taken=event.booked)
