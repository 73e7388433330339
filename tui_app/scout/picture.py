"""The first day as the schedule will show it, so that it can be shown before there is a desk to ask."""

from typing import TYPE_CHECKING

from tui_app.desk.reference import DAY_NAMES
from tui_app.desk.schedule import names_told, preselect, present
from tui_app.screens.schedule.day_picture import DayPicture
from tui_app.screens.schedule.rows import event_rows
from tui_app.screens.schedule.state import ScheduleState, day_read

if TYPE_CHECKING:
    from tui_app.altegio.resources import Location
    from tui_app.desk.clock import LocationClock
    from tui_app.desk.first_readings import FirstReadings


async def picture_of(
    first: "FirstReadings", location: "Location", clock: "LocationClock", *, with_cancelled: bool
) -> DayPicture | None:
    """Draw the day that was read first, without asking anything more; None: it is another day, or not whole, or empty.

    Raises AltegioError where it could not be read.
    """
    today = clock.today()
    if not first.schedule.is_ahead(today) or first.reference.current.missing & DAY_NAMES:
        return None
    reading = await first.schedule.read_day(today)
    if not names_told(reading) or reading.notes:
        return None
    day = present(reading, first.reference.current)
    state = day_read(ScheduleState(shown=today, today=today, with_cancelled=with_cancelled), day)
    now = clock.now()
    rows = event_rows(state.events, now, state.changed_events)
    return DayPicture(location.title, location.zone, today, rows, preselect(day, now)) if rows else None
