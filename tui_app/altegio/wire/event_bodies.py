"""The bodies of events and of what repeats them (contract 2.3, 2.6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from tui_app.altegio.calls import Json
from tui_app.altegio.requests import EventInput, NotSent, RepeatStrategyInput
from tui_app.altegio.wire.events import WITH_BOOKINGS
from tui_app.altegio.wire.strict import WALL, Body, Filled, UpTo255, WireId, checked, given, seconds, wall

Break = Annotated[int, Field(ge=0, le=3_600, multiple_of=300)]
Color = Annotated[str, Field(pattern="^#[0-9a-f]{6}$")]
Instructions = Annotated[str, Field(min_length=1, max_length=500)]


class EventBody(Body):
    """A new event."""

    staff_id: WireId
    service_id: WireId
    resource_instance_ids: list[WireId]
    label_ids: list[WireId]
    date: Annotated[str, Field(pattern=WALL)]
    length: Annotated[int, Field(ge=300, le=86_400, multiple_of=300)]
    capacity: Annotated[int, Field(ge=1)]
    technical_break_duration: Break | None = None
    force: bool = False


class EventCreateBody(EventBody):
    """A new event: a text is left out where there is none."""

    comment: UpTo255 = ""
    color: Color = ""
    instructions: Instructions = ""
    stream_link: Filled = ""


class EventReplaceBody(EventBody):
    """An event to put in the place of another: null takes a text away."""

    comment: UpTo255 | None = None
    color: Color | None = None
    instructions: Instructions | None = None
    stream_link: Filled | None = None


class DuplicateBody(Body):
    """The times at which an event is repeated."""

    dates: Annotated[list[Annotated[str, Field(pattern=WALL.replace(" ", "T"))]], Field(min_length=1, max_length=100)]
    content_type: Literal[1, 2]
    force: bool


class StrategyBody(Body):
    """A stored way to repeat an event."""

    title: Annotated[str, Field(min_length=1, max_length=50)]
    repeat_mode_id: int
    days: list[Annotated[int, Field(ge=0, le=6)]]
    interval: Annotated[int, Field(ge=1)]
    content_type: Literal[1, 2]


def event_body(operation: str, event: EventInput, *, new: bool) -> Json:
    """Build the body that creates an event, or replaces one. Raises Invalid."""
    model = EventCreateBody if new else EventReplaceBody
    fields = {
        "staff_id": event.team_member_id,
        "service_id": event.service_id,
        "resource_instance_ids": list(event.resource_ids),
        "label_ids": list(event.tag_ids),
        "date": wall(event.starts_at),
        "length": seconds(event.length),
        "capacity": event.capacity,
        "force": event.force,
        **given(technical_break_duration=_break(event.technical_break)),
        **given(
            comment=event.comment, color=event.color, instructions=event.instructions, stream_link=event.stream_link
        ),
    }
    return checked(operation, lambda: model.model_validate(fields))


def duplicate_body(operation: str, starts: Sequence[datetime], *, with_bookings: bool, force: bool) -> Json:
    """Build the body that repeats an event. Raises Invalid."""
    dates = [wall(start).replace(" ", "T") for start in starts]
    kind = WITH_BOOKINGS if with_bookings else 1
    fields = {"dates": dates, "content_type": kind, "force": force}
    return checked(operation, lambda: DuplicateBody.model_validate(fields))


def strategy_body(operation: str, strategy: RepeatStrategyInput) -> Json:
    """Build the body of a stored way to repeat an event. Raises Invalid."""
    fields = {
        "title": strategy.title,
        "repeat_mode_id": strategy.repeat_mode_id,
        "days": list(strategy.days),
        "interval": strategy.interval,
        "content_type": WITH_BOOKINGS if strategy.with_bookings else 1,
    }
    return checked(operation, lambda: StrategyBody.model_validate(fields))


def _break(pause: timedelta | NotSent | None) -> float | NotSent | None:
    return seconds(pause) if isinstance(pause, timedelta) else pause
