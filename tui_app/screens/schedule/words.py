"""What the schedule says in its header, over the roster and on an empty day: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from tui_app.widgets.columns import fit

if TYPE_CHECKING:
    from datetime import date, datetime

    from tui_app.altegio.resources import Location
    from tui_app.desk.model import Day, Roster, ScheduledEvent
    from tui_app.screens.schedule.day_picture import DayPicture
    from tui_app.screens.schedule.state import ScheduleState

ONLINE: Final = "● online"
WITH_CANCELLED: Final = "with cancelled"


class Heading(Struct, frozen=True, kw_only=True):
    """What the header tells; `as_of` is set after a missed refresh, `where` names a server that is not production.

    `chips` say what the list of events leaves out or holds besides.
    """

    location: str
    day: date | None
    today: date | None
    zone: str
    where: str = ""
    state: str = ""
    chips: tuple[str, ...] = ()
    as_of: datetime | None = None


def heading_of(state: ScheduleState | None, location: Location | None, *, where: str, connection: str) -> Heading:
    """What the header tells of a state; before there is one, only the connection."""
    return Heading(
        location=location.title if location is not None else "Front desk",
        day=state.shown if state is not None else None,
        today=state.today if state is not None else None,
        zone=location.zone if location is not None else "",
        where=where,
        state=connection,
        chips=_chips(state) if state is not None else (),
        as_of=state.stale_since if state is not None else None,
    )


def heading_of_picture(picture: DayPicture, *, where: str, with_cancelled: bool) -> Heading:
    """What the header tells of a day that has no desk behind it yet: the same as soon after."""
    return Heading(
        location=picture.location,
        day=picture.today,
        today=picture.today,
        zone=picture.zone,
        where=where,
        state=ONLINE,
        chips=(WITH_CANCELLED,) if with_cancelled else (),
    )


def _chips(state: ScheduleState) -> tuple[str, ...]:
    return (*state.chips, WITH_CANCELLED) if state.with_cancelled else state.chips


def header(heading: Heading, width: int) -> Content:
    """The header in one line: location, day and zone on the left, server and connection on the right."""
    right = "  ".join(part for part in (heading.where, _state(heading)) if part)
    day = _in_words(heading.day, heading.today) if heading.day and heading.today else ""
    relation = "today" if heading.day and heading.day == heading.today else ""
    tail = "  ".join(part for part in (day, relation, *(f"[{chip}]" for chip in heading.chips)) if part)
    room = max(0, width - cell_len(right) - 3)
    zone = f"  {heading.zone}" if cell_len(f"{heading.location}  {tail}  {heading.zone}") <= room else ""
    name_room = max(0, room - cell_len(tail) - cell_len(zone) - 2)
    name = fit(heading.location, min(cell_len(heading.location), name_room))
    left = "  ".join(part for part in (name, tail) if part) + zone
    return Content(f" {fit(left, room)} {right} ")


def _in_words(day: date, today: date) -> str:
    from tui_app.desk.when import format_day  # no day is known at the first frame

    return format_day(day, today)


def _state(heading: Heading) -> str:
    if heading.as_of is not None:
        return f"! as of {heading.as_of:%H:%M}"
    return heading.state


def roster_heading(event: ScheduledEvent | None, roster: Roster | None, trouble: str = "") -> str:
    """The line over the roster: which event it is, how full, and whether it is still being read, or cannot be."""
    if event is None:
        return "Roster"
    ends = f"-{event.ends_at:%H:%M}" if event.ends_at is not None else ""
    title = f"{event.starts_at:%H:%M}{ends} {event.service}, {event.team_member}"
    if roster is None:
        return f"No roster: {title}" if trouble else f"{title}: reading the roster"
    booked = f"{roster.places} booked" if event.capacity is None else f"{roster.places} of {event.capacity} booked"
    return f"{booked}, {roster.arrived} arrived: {title}"  # the numbers first: what is cut is never they


def empty_day(
    day: Day | None, *, filtered: str, next_day: date | None, today: date, searching: bool, trouble: str = ""
) -> str:
    """What stands in place of the events where there are none to show."""
    if day is None:
        return trouble or "Reading the day"
    if filtered and day.events:
        return f"Nothing matches «{filtered}». Esc clears it."
    if next_day is not None:
        return f"No events on this day. Enter goes to the next with events: {_in_words(next_day, today)}"
    return "No events on this day. Looking for the next one" if searching else "No events on this day. F3 makes one."
