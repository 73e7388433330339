"""Events and what repeats them, as they are answered (contract 2.1, 2.2, 2.6)."""

from datetime import timedelta
from typing import Final

from tui_app.altegio.envelope import BrokenAnswer
from tui_app.altegio.resources import Event, RepeatStrategy
from tui_app.altegio.wire.items import Item, Values, need_id, renamed
from tui_app.altegio.wire.lenient import (
    Color,
    Count,
    Duration,
    Flag,
    Id,
    Int,
    Lenient,
    Line,
    Lines,
    Wall,
    to_duration,
    to_int,
    to_line,
    to_wall,
)

WITH_BOOKINGS: Final = 2
"""The `content_type` of a repeat that takes the bookings along (contract 2.6)."""


class EventAnswer(Lenient, frozen=True):
    """The values of an event, flat or from a resource's attributes."""

    staff_id: Id = None
    service_id: Id = None
    timestamp: Int = None
    date: Wall = None
    length: Duration = None
    capacity: Count = None
    clients_count: Count = None
    color: Color = ""
    font_color: Color = ""
    comment: Lines = ""
    instructions: Lines = ""
    stream_link: Line = ""
    notified: Flag = False
    schedule_id: Id = None
    schedule_event_modified: Flag = False
    deleted: Flag = False
    name: Line = ""


class StrategyAnswer(Lenient, frozen=True):
    """The values of a stored way to repeat an event."""

    title: Line = ""
    repeat_mode_id: Int = None
    interval: Int = None
    content_type: Int = None


def read_event(item: Item) -> Event:
    """Read an event. Raises BrokenAnswer where the id or the date is missing; anything else becomes a default."""
    names = {"staff_id": "master_id", "date": "datetime", "deleted": "is_deleted"}
    answer = EventAnswer.read(renamed(item.values, **names))
    if answer.date is None:
        raise BrokenAnswer("an event has no date")
    return Event(
        id=need_id(item.values),
        starts_at=answer.date,
        timestamp=answer.timestamp,
        length=answer.length or None,
        capacity=answer.capacity or None,
        taken=answer.clients_count,
        team_member_id=answer.staff_id,
        service_id=answer.service_id,
        team_member_name=_name(item, ("staff", "master"), answer.staff_id, "name"),
        service_title=_name(item, ("service",), answer.service_id, "title") or answer.name,
        comment=answer.comment,
        color=answer.color,
        font_color=answer.font_color,
        instructions=answer.instructions,
        stream_link=answer.stream_link,
        notified=answer.notified,
        series_id=answer.schedule_id,
        series_until=_until(item.values),
        series_modified=answer.schedule_event_modified,
        deleted=answer.deleted,
        resource_ids=_ids(item, "resource_instances", "resource_instance_ids"),
        tag_ids=_ids(item, "labels", "label_ids"),
        technical_break=_technical_break(item),
    )


def read_strategy(item: Item) -> RepeatStrategy:
    """Read a stored way to repeat an event. Raises BrokenAnswer without an id."""
    answer = StrategyAnswer.read(item.values)
    days = item.values.get("days")
    numbers = (to_int(day) for day in days) if isinstance(days, list) else ()
    return RepeatStrategy(
        id=need_id(item.values),
        title=answer.title,
        repeat_mode_id=answer.repeat_mode_id,
        days=tuple(number for number in numbers if number is not None),
        interval=answer.interval,
        with_bookings=answer.content_type == WITH_BOOKINGS,
    )


def _name(item: Item, kinds: tuple[str, ...], number: int | None, key: str) -> str:
    values = item.one(*kinds) or item.named(kinds, number) or {}
    return to_line(values.get(key)) or to_line(values.get("title" if key == "name" else "name"))


def _ids(item: Item, *names: str) -> tuple[int, ...] | None:
    refs = item.refs(*names)
    return None if refs is None else tuple(dict.fromkeys(ref.id for ref in refs if ref.id))


def _technical_break(item: Item) -> timedelta | None:
    told = to_duration(item.values.get("technical_break_duration"))
    if told is not None:
        return told
    refs = item.refs("duration_details")
    if refs is None:
        return None
    if not refs:  # the relationship was answered, and there is nothing in it
        return timedelta(0)
    details: Values = refs[0].values or {}
    return to_duration(details.get("technical_break_duration"))


def _until(values: Values) -> str:
    until = values.get("schedule_till")
    wall = to_wall(until)
    return wall.date().isoformat() if wall is not None else to_line(until)
