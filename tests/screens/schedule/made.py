"""Events, days and rosters made for tests."""

from datetime import UTC, date, datetime, timedelta

from tui_app.altegio.resources import Attendance, Booking, Event, Tag
from tui_app.desk.model import Day, Roster, RosterEntry, ScheduledEvent

SUNDAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def scheduled(
    event_id: int = 1,
    *,
    at: str = "18:30",
    service: str = "Vinyasa Flow",
    capacity: int | None = 12,
    booked: int | None = 11,
    arrived: int | None = 7,
    deleted: bool = False,
    stream_link: str = "",
    series_id: int | None = None,
    tags: tuple[Tag, ...] = (),
    color: str = "",
) -> ScheduledEvent:
    """One event of an hour on the Sunday."""
    starts_at = datetime.combine(SUNDAY, datetime.strptime(at, "%H:%M").time())  # noqa: DTZ007 - a wall clock
    event = Event(
        id=event_id,
        starts_at=starts_at,
        length=timedelta(hours=1),
        capacity=capacity,
        taken=booked,
        deleted=deleted,
        stream_link=stream_link,
        series_id=series_id,
        color=color,
    )
    return ScheduledEvent(
        event=event,
        service=service,
        team_member="Mira Sun",
        rooms=("Room 1",),
        tags=tags,
        booked=booked,
        arrived=arrived,
    )


def a_day(*events: ScheduledEvent, on: date = SUNDAY) -> Day:
    """A day as read at noon."""
    alive = tuple(event for event in events if not event.cancelled)
    return Day(date=on, events=alive, cancelled=tuple(e for e in events if e.cancelled), as_of=NOON)


def entry(number: int = 1, *, name: str = "Anna Kim", attendance: Attendance = Attendance.WAITING, places: int = 1,
          paid: bool = False, comment: str = "", phone: str = "+4915112345678") -> RosterEntry:  # fmt: skip
    """One row of a roster."""
    booking = Booking(id=100 + number, places=places, attendance=attendance, paid=paid, comment=comment)
    return RosterEntry(number=number, booking=booking, name=name, phone=phone)


def a_roster(*entries: RosterEntry, event_id: int = 1) -> Roster:
    """The roster of an event, as read at noon."""
    return Roster(event_id=event_id, entries=entries, as_of=NOON, next_number=len(entries) + 1)
