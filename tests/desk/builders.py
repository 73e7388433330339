"""Small makers of what the pure functions take; `msgspec.structs.replace` does the rest."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Booking, Client, Event, Tag
from tui_app.desk.model import Day, Roster, RosterEntry, ScheduledEvent

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)


def wall(text: str) -> datetime:
    """A wall-clock time, as `2026-11-22 18:30`."""
    return datetime.fromisoformat(text)


def event(event_id: int = 1, at: str = "2026-11-22 18:00") -> Event:
    """A whole event of 60+10 minutes for twelve."""
    return Event(
        id=event_id,
        starts_at=wall(at),
        length=timedelta(minutes=70),
        technical_break=timedelta(minutes=10),
        capacity=12,
        taken=3,
        team_member_id=7,
        service_id=9,
        resource_ids=(21, 22),
        tag_ids=(31,),
        color="#3366ff",
        comment="mats",
        instructions="come early",
        stream_link="https://example.com/live",
    )


def event_input() -> EventInput:
    """What an edit of `event()` sends while nothing was changed."""
    return EventInput(
        team_member_id=7,
        service_id=9,
        resource_ids=(21, 22),
        tag_ids=(31,),
        starts_at=wall("2026-11-22 18:00"),
        length=timedelta(minutes=70),
        technical_break=timedelta(minutes=10),
        capacity=12,
        color="#3366ff",
        comment="mats",
        instructions="come early",
        stream_link="https://example.com/live",
    )


def scheduled(event_id: int = 1, at: str = "2026-11-22 18:00") -> ScheduledEvent:
    """An event as the schedule shows it."""
    return ScheduledEvent(
        event=event(event_id, at),
        service="Vinyasa",
        team_member="Алёна Ковалёва",
        rooms=("Sun room",),
        tags=(Tag(id=31, title="Beginners"),),
        booked=3,
        arrived=1,
    )


def day_of(*events: ScheduledEvent) -> Day:
    """A day of these events."""
    return Day(date=wall("2026-11-22").date(), events=events, as_of=AS_OF)


def client_booking(booking_id: int, name: str = "Anna", client_id: int | None = None) -> Booking:
    """A booking of a client with a card; the client's id is the booking's unless told."""
    number = client_id if client_id is not None else booking_id
    client = Client(id=number, name=name, surname="Kim", phone="+77012345678")
    return Booking(id=booking_id, client_id=number, client=client)


def roster_of(bookings: Sequence[Booking], event_id: int = 1) -> Roster:
    """A roster of these bookings, numbered from 1."""
    entries = tuple(
        RosterEntry(number=number, booking=booking, name="Anna Kim", phone="+77012345678")
        for number, booking in enumerate(bookings, start=1)
    )
    return Roster(event_id=event_id, entries=entries, as_of=AS_OF, next_number=len(entries) + 1)
