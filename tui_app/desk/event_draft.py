"""What the form of an event holds, as typed, and the check that turns it into what is sent (contract 2.3)."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from tui_app.altegio.requests import LEFT_OUT, EventInput, NotSent
from tui_app.altegio.resources import Event, EventService
from tui_app.altegio.walltime import WallKind, wall_kind
from tui_app.desk.numbers import parse_count
from tui_app.desk.trouble import Unparsed
from tui_app.desk.when import format_date, format_time, minutes_of, parse_date, parse_time

Mode = Literal["create", "update"]
T = TypeVar("T")

STEP: Final = 5
"""Lengths and breaks are multiples of so many minutes."""
SHORTEST: Final = 5
LONGEST: Final = 24 * 60
LONGEST_BREAK: Final = 60
"""Minutes."""
LONGEST_COMMENT: Final = 255
LONGEST_INSTRUCTIONS: Final = 500
"""Characters."""
_COLOR: Final = re.compile(r"#?([0-9a-fA-F]{6})")


class EventDraft(Struct, frozen=True, kw_only=True):
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


class CheckedEvent(Struct, frozen=True):
    """A checked draft: `input` is None while there are problems; both maps go from the draft's fields to words."""

    input: EventInput | None
    problems: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)


def new_draft(
    service: EventService | None, day: date, at: time | None = None, *, team_member_id: int | None = None
) -> EventDraft:
    """Begin a new event with the defaults of a service and, where one is named, of its team member."""
    draft = EventDraft(date=format_date(day), time="" if at is None else format_time(at), team_member_id=team_member_id)
    if service is None:
        return draft
    lengths = {member.id: member.length for member in service.team_members}
    length = lengths.get(team_member_id) if team_member_id is not None else next(iter(lengths.values()), None)
    return EventDraft(
        service_id=service.id,
        team_member_id=team_member_id,
        date=draft.date,
        time=draft.time,
        length_minutes="" if length is None else minutes_of(length),
        capacity="" if service.capacity is None else str(service.capacity),
    )


def draft_of(event: Event) -> EventDraft:
    """Fill the form from an event; what the answer did not carry stays empty."""
    teaching = event.length - (event.technical_break or timedelta()) if event.length is not None else None
    return EventDraft(
        service_id=event.service_id,
        team_member_id=event.team_member_id,
        date=format_date(event.starts_at.date()),
        time=format_time(event.starts_at),
        length_minutes="" if teaching is None else minutes_of(teaching),
        break_minutes="" if event.technical_break is None else minutes_of(event.technical_break),
        capacity="" if event.capacity is None else str(event.capacity),
        resource_ids=event.resource_ids or (),
        tag_ids=event.tag_ids or (),
        color=event.color,
        comment=event.comment,
        instructions=event.instructions,
        stream_link=event.stream_link,
    )


def check_event(
    draft: EventDraft,
    *,
    today: date,
    zone: ZoneInfo,
    mode: Mode,
    taken: int = 0,
    now: datetime | None = None,
) -> CheckedEvent:
    """Check every rule of contract 2.3; `taken` are the places booked, `now` the location's wall clock.

    Without `now` only days before `today` count as past.
    """
    check = _Check(draft, mode)
    service_id = check.required("service_id", draft.service_id, "Choose a service")
    team_member_id = check.required("team_member_id", draft.team_member_id, "Choose a team member")
    starts_at = check.start(today, zone, now)
    technical_break = check.technical_break()
    length = check.length(technical_break if isinstance(technical_break, timedelta) else timedelta())
    capacity = check.capacity(taken)
    color = check.color()
    comment = check.text("comment", LONGEST_COMMENT)
    instructions = check.text("instructions", LONGEST_INSTRUCTIONS)
    stream_link = check.text("stream_link", None)
    if check.problems or service_id is None or team_member_id is None:
        return CheckedEvent(None, check.problems, check.warnings)
    if starts_at is None or length is None or capacity is None:
        return CheckedEvent(None, check.problems, check.warnings)
    checked = EventInput(
        team_member_id=team_member_id,
        service_id=service_id,
        resource_ids=draft.resource_ids,
        tag_ids=draft.tag_ids,
        starts_at=starts_at,
        length=length,
        capacity=capacity,
        technical_break=technical_break,
        comment=comment,
        color=color,
        instructions=instructions,
        stream_link=stream_link,
    )
    return CheckedEvent(checked, check.problems, check.warnings)


class _Check:
    """Reads the fields of a draft one by one and collects what is wrong with them."""

    def __init__(self, draft: EventDraft, mode: Mode) -> None:
        self._draft = draft
        self._nothing: NotSent | None = LEFT_OUT if mode == "create" else None
        self._mode = mode
        self.problems: dict[str, str] = {}
        self.warnings: dict[str, str] = {}

    def required(self, name: str, chosen: int | None, words: str) -> int | None:
        """Take a choice that must be made."""
        if chosen is None or chosen < 1:
            self.problems[name] = words
            return None
        return chosen

    def start(self, today: date, zone: ZoneInfo, now: datetime | None) -> datetime | None:
        """Read date and time, and look at the clock changes and at the past."""
        day = self._parsed("date", lambda: parse_date(self._draft.date, today))
        at = self._parsed("time", lambda: parse_time(self._draft.time))
        if day is None or at is None:
            return None
        starts_at = datetime.combine(day, at)
        kind = wall_kind(starts_at, zone)
        if kind is WallKind.SKIPPED:
            self.problems["time"] = f"The clocks skip {format_time(at)} that night"
            return None
        if kind is WallKind.DOUBLED:
            self.warnings["time"] = f"{format_time(at)} comes twice that night; the server chooses which"
        if starts_at < now if now is not None else day < today:
            self.warnings["date" if day < today else "time"] = "This is in the past"
        return starts_at

    def technical_break(self) -> timedelta | NotSent | None:
        """Read the break. Empty means the location's own break in a new event; an edit must say it."""
        if not self._draft.break_minutes.strip():
            if self._mode == "update":
                self.problems["break_minutes"] = "Type the break in minutes, 0 for none"
            else:
                self.warnings["break_minutes"] = "The location's own break counts within the length"
            return LEFT_OUT
        minutes = self._minutes("break_minutes", self._draft.break_minutes, least=0, most=LONGEST_BREAK)
        return LEFT_OUT if minutes is None else timedelta(minutes=minutes)

    def length(self, technical_break: timedelta) -> timedelta | None:
        """Read the teaching time and add the break: the wire's length holds both."""
        minutes = self._minutes("length_minutes", self._draft.length_minutes, least=SHORTEST, most=LONGEST)
        if minutes is None:
            return None
        length = timedelta(minutes=minutes) + technical_break
        if length > timedelta(minutes=LONGEST):
            self.problems["length_minutes"] = "With the break it is longer than a day"
            return None
        return length

    def capacity(self, taken: int) -> int | None:
        """Read the places, which those booked must fit into."""
        capacity = self._parsed("capacity", lambda: parse_count(self._draft.capacity, least=1))
        if capacity is not None and capacity < taken:
            self.problems["capacity"] = f"{taken} places are booked already"
            return None
        return capacity

    def color(self) -> str | NotSent | None:
        """Read a colour, in any case, with or without its `#`."""
        typed = self._draft.color.strip()
        if not typed:
            return self._nothing
        match = _COLOR.fullmatch(typed)
        if match is None:
            self.problems["color"] = "Type the colour as #3366ff"
            return self._nothing
        return f"#{match[1].lower()}"

    def text(self, name: str, longest: int | None) -> str | NotSent | None:
        """Take a text; an empty one is left out of a new event, and null in an edit."""
        value: str = getattr(self._draft, name).strip()
        if not value:
            return self._nothing
        if longest is not None and len(value) > longest:
            self.problems[name] = f"{len(value) - longest} characters too long (at most {longest})"
        return value

    def _minutes(self, name: str, text: str, *, least: int, most: int) -> int | None:
        minutes = self._parsed(name, lambda: parse_count(text, least=least, most=most))
        if minutes is not None and minutes % STEP:
            self.problems[name] = f"Must be a multiple of {STEP} minutes"
            return None
        return minutes

    def _parsed(self, name: str, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except Unparsed as problem:
            self.problems[name] = problem.words
            return None
