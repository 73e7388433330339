"""Who holds a team member or a room at a time: the words beside a 409, which names nobody (contract 2.3)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Booking, Event, Occupation
from tui_app.desk.naming import Names
from tui_app.desk.when import format_span

LOOK_BACK: Final = timedelta(hours=12)
"""How long before a start events are read that may still run then."""


def span_of(event: EventInput) -> tuple[datetime, datetime]:
    """From when to when an event occupies its team member and its rooms: the break is part of it (contract 2.3)."""
    return event.starts_at, event.starts_at + event.length


def window_of(starts_at: datetime) -> datetime:
    """The start from which events must be read to see all that may run at `starts_at`."""
    return starts_at - LOOK_BACK


def busy_words(
    wanted: EventInput,
    event_id: int | None,
    *,
    names: Names,
    events: Iterable[Event] = (),
    occupations: Iterable[Occupation] = (),
    bookings: Iterable[Booking] = (),
) -> tuple[str, ...]:
    """Say, a line each, what keeps the team member and the rooms; the event `event_id` itself does not count."""
    others = {event.id: event for event in events if event.id != event_id and not event.deleted}
    lines = [
        f"{names.team_member(event.team_member_id, event.team_member_name)}: {_event_words(event, names)}"
        for event in others.values()
        if event.team_member_id == wanted.team_member_id and _overlaps(wanted, event.starts_at, event.ends_at)
    ]
    lines += [
        f"{names.team_member(booking.team_member_id)}: an appointment at {booking.starts_at:%H:%M}"
        for booking in bookings
        if booking.team_member_id == wanted.team_member_id
        and booking.event_id is None
        and booking.starts_at is not None
    ]
    lines += [
        f"{names.room(taken.resource_id)}: {_occupation_words(taken, others, names)}"
        for taken in occupations
        if taken.resource_id in wanted.resource_ids
        and not (taken.by_event and taken.source_id == event_id)
        and _overlaps(wanted, taken.starts_at, taken.ends_at)
    ]
    return tuple(dict.fromkeys(lines))


def _overlaps(wanted: EventInput, starts_at: datetime, ends_at: datetime | None) -> bool:
    begin, end = span_of(wanted)
    return starts_at < end and begin < (ends_at or starts_at + timedelta(minutes=1))


def _event_words(event: Event, names: Names) -> str:
    return f"{format_span(event.starts_at, event.ends_at)} {names.service(event.service_id, event.service_title)}"


def _occupation_words(taken: Occupation, events: dict[int, Event], names: Names) -> str:
    event = events.get(taken.source_id) if taken.by_event else None
    if event is not None:
        return _event_words(event, names)
    return f"{format_span(taken.starts_at, taken.ends_at)} {'an event' if taken.by_event else 'an appointment'}"
