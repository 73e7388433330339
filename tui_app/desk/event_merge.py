"""Three versions of an event made one: where the edit began, what was typed, what the server holds (design 6)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

from msgspec import Struct

from tui_app.altegio.requests import LEFT_OUT, EventInput, NotSent
from tui_app.altegio.resources import Event
from tui_app.desk.event_draft import EventDraft
from tui_app.desk.naming import Names
from tui_app.desk.when import format_date, format_time, minutes_of

Side = Literal["mine", "theirs"]
Decisions = Mapping[str, Side]

LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "service_id": "Service",
        "team_member_id": "Team member",
        "starts_at": "Start",
        "length_minutes": "Length",
        "break_minutes": "Break",
        "capacity": "Places",
        "resource_ids": "Rooms",
        "tag_ids": "Tags",
        "color": "Colour",
        "comment": "Comment",
        "instructions": "Instructions",
        "stream_link": "Stream link",
    }
)
"""The fields that are merged, each on its own. Date and time are one: half of a move would be nobody's wish."""

NO_NAMES: Final = Names(team_members={}, services={}, resources={}, event_tags={}, booking_tags={})


class Clash(Struct, frozen=True):
    """One field that both have changed: its name, its label, and the three values in words."""

    field: str
    label: str
    base: str
    mine: str
    theirs: str


class Merged(Struct, frozen=True):
    """`input` is what to send; `taken_over` names the fields, in words, that others have changed; clashes are open."""

    input: EventInput
    taken_over: tuple[str, ...]
    clashes: tuple[Clash, ...]


def changed_fields(base: EventDraft, draft: EventDraft) -> frozenset[str]:
    """The names of the form's fields that differ."""
    return frozenset(name for name in EventDraft.__struct_fields__ if getattr(base, name) != getattr(draft, name))


def merge(
    base: Event,
    mine: EventInput,
    theirs: Event,
    *,
    decisions: Decisions | None = None,
    names: Names = NO_NAMES,
) -> Merged:
    """Put my changes against `base` onto `theirs`; a field that both changed to different values is a clash.

    A decision settles its field. All three must be whole (`Event.complete`), the input one of an edit.
    """
    return _merged(values_of(base), values_of_input(mine), values_of(theirs), decisions or {}, names)


def rebase(mine: EventInput, onto: EventInput, theirs: Event, names: Names = NO_NAMES) -> Merged:
    """Put what `mine` changes of `onto` onto `theirs`, as `merge` does: for what was to be sent some time ago."""
    return _merged(values_of_input(onto), values_of_input(mine), values_of(theirs), {}, names)


def changed_inputs(mine: EventInput, onto: EventInput) -> frozenset[str]:
    """The names of the merged fields that `mine` changes of `onto`."""
    was, want = values_of_input(onto), values_of_input(mine)
    return frozenset(name for name in LABELS if not _same(was[name], want[name]))


def _merged(
    was: Mapping[str, Any], want: Mapping[str, Any], now: Mapping[str, Any], decisions: Decisions, names: Names
) -> Merged:
    chosen: dict[str, Any] = {}
    taken_over: list[str] = []
    clashes: list[Clash] = []
    for name, label in LABELS.items():
        old, wish, theirs_now = was[name], want[name], now[name]
        moved, wished = not _same(old, theirs_now), not _same(old, wish)
        side: Side = "mine" if wished else "theirs"
        if moved and wished and not _same(wish, theirs_now):
            decided = decisions.get(name)
            if decided is None:
                clashes.append(Clash(name, label, *(say(name, value, names) for value in (old, wish, theirs_now))))
            side = decided or "mine"
        if moved and side == "theirs":
            taken_over.append(f"{label}: {say(name, theirs_now, names)}")
        chosen[name] = wish if side == "mine" else theirs_now
    return Merged(input_of(chosen), tuple(taken_over), tuple(clashes))


def differing(event: Event, wanted: EventInput) -> frozenset[str]:
    """The names of the merged fields in which an event is not as wanted."""
    held, wishes = values_of(event), values_of_input(wanted)
    return frozenset(name for name in LABELS if not _same(held[name], wishes[name]))


def mismatches(
    meant: EventInput, event: Event, names: Names = NO_NAMES, *, only: frozenset[str] = frozenset(LABELS)
) -> tuple[str, ...]:
    """Say which meant values an event does not hold; what was left out of the request is not compared."""
    wanted, held = values_of_input(meant), values_of(event)
    compared = (only & differing(event, meant)) - _not_meant(meant)
    return tuple(
        f"{label} is {say(name, held[name], names)}, not {say(name, wanted[name], names)}"
        for name, label in LABELS.items()
        if name in compared
    )


def values_of(event: Event) -> dict[str, Any]:
    """The merged fields of an event, by name."""
    technical_break = event.technical_break or timedelta()
    return {
        "service_id": event.service_id,
        "team_member_id": event.team_member_id,
        "starts_at": event.starts_at,
        "length_minutes": (event.length or timedelta()) - technical_break,
        "break_minutes": technical_break,
        "capacity": event.capacity,
        "resource_ids": event.resource_ids or (),
        "tag_ids": event.tag_ids or (),
        "color": event.color,
        "comment": event.comment,
        "instructions": event.instructions,
        "stream_link": event.stream_link,
    }


def values_of_input(event: EventInput) -> dict[str, Any]:
    """The merged fields of what is to be sent, by name."""
    technical_break = event.technical_break if isinstance(event.technical_break, timedelta) else timedelta()
    return {
        "service_id": event.service_id,
        "team_member_id": event.team_member_id,
        "starts_at": event.starts_at,
        "length_minutes": event.length - technical_break,
        "break_minutes": technical_break,
        "capacity": event.capacity,
        "resource_ids": event.resource_ids,
        "tag_ids": event.tag_ids,
        "color": _text(event.color),
        "comment": _text(event.comment),
        "instructions": _text(event.instructions),
        "stream_link": _text(event.stream_link),
    }


def input_of(values: Mapping[str, Any]) -> EventInput:
    """A whole event to send from its merged fields: an empty text is null (contract 2.3)."""
    return EventInput(
        team_member_id=values["team_member_id"],
        service_id=values["service_id"],
        resource_ids=values["resource_ids"],
        tag_ids=values["tag_ids"],
        starts_at=values["starts_at"],
        length=values["length_minutes"] + values["break_minutes"],
        capacity=values["capacity"],
        technical_break=values["break_minutes"],
        comment=values["comment"] or None,
        color=values["color"] or None,
        instructions=values["instructions"] or None,
        stream_link=values["stream_link"] or None,
    )


def say(name: str, value: Any, names: Names) -> str:  # noqa: ANN401  the value of any field
    """Say a field's value in words; empty for nothing."""
    special: Mapping[str, Callable[[Any], str]] = {
        "service_id": names.service,
        "team_member_id": names.team_member,
        "resource_ids": lambda ids: ", ".join(names.room(resource_id) for resource_id in ids),
        "tag_ids": lambda ids: ", ".join(tag.title for tag in names.tags_of_event(ids)),
    }
    if name in special:
        return special[name](value)
    if isinstance(value, datetime):
        return f"{format_date(value.date())} {format_time(value)}"
    if isinstance(value, timedelta):
        return f"{minutes_of(value)} min"
    return "" if value is None else str(value)


def _not_meant(meant: EventInput) -> frozenset[str]:
    left_out = {
        name for name in ("color", "comment", "instructions", "stream_link") if getattr(meant, name) is LEFT_OUT
    }
    if not isinstance(meant.technical_break, timedelta):
        left_out |= {"break_minutes", "length_minutes"}
    return frozenset(left_out)


def _text(value: str | NotSent | None) -> str:
    return value if isinstance(value, str) else ""


def _same(one: object, other: object) -> bool:
    """Whether two values are the same to a person: lists in any order, texts without blanks at their ends."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return frozenset(one) == frozenset(other)
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return one == other
