"""What the form of an event holds, as typed, and the check that turns it into what is sent (contract 2.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from tui_app.altegio.requests import EventInput
from tui_app.altegio.resources import Event, EventService

Mode = Literal["create", "update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """The form's values; typed fields are text. `length_minutes` is the teaching time, without the technical break."""

    service_id: int | None = None
    team_member_id: int | None = None
    date: str = ""
    time: str = ""
    length_minutes: str = ""
    break_minutes: str = ""
    capacity: str = ""
    resource_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()
    color: str = ""
    comment: str = ""
    instructions: str = ""
    stream_link: str = ""


@dataclass(frozen=True, slots=True)
class CheckedEvent:
    """A checked draft: `input` is None while there are problems; both maps go from the draft's fields to words."""

    input: EventInput | None
    problems: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)


def new_draft(
    service: EventService | None, day: date, at: time | None = None, *, team_member_id: int | None = None
) -> EventDraft:
    """Begin a new event with the defaults of a service and, where one is named, of its team member."""
    raise NotImplementedError


def draft_of(event: Event) -> EventDraft:
    """Fill the form from an event."""
    raise NotImplementedError


def check_event(
    draft: EventDraft,
    *,
    today: date,
    zone: ZoneInfo,
    mode: Mode,
    taken: int = 0,
    now: datetime | None = None,
) -> CheckedEvent:
    """Check every rule of contract 2.3; `taken` are the places booked, `now` the location's wall clock."""
    raise NotImplementedError
