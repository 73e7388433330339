"""What the schedule shows of an event and of a booking, cell by cell: pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from tui_app.altegio.resources import Attendance
from tui_app.desk.model import EventPhase, RosterEntry, ScheduledEvent
from tui_app.widgets.rows import Cell, Row

ATTENDANCE: Final = {
    Attendance.ARRIVED: Cell("● arrived", "good"),
    Attendance.CONFIRMED: Cell("◐ confirmed"),
    Attendance.WAITING: Cell("○ waiting"),
    Attendance.NO_SHOW: Cell("✗ no-show", "alert"),
}

SERIES, ONLINE, PAID, COMMENT, VISITOR = "≈", "@", "P", "…", "v"

MARKS_IN_WORDS: Final = (
    ("▸", "the selected row; ▹ in the list that the keys do not move"),
    ("*", "changed since you last looked at it"),
    ("≈", "part of a series"),
    ("@", "online, with a stream link"),
    ("7/11/12", "7 arrived, 11 places booked, 12 places in all; · where it is not known"),
    ("● ◐ ○ ✗", "arrived, confirmed, waiting, no-show"),
    ("P", "paid"),
    ("…", "has a comment"),
    ("v", "a visitor without a card"),
)
"""The glyphs of the schedule and what they mean, for the help."""


def event_row(event: ScheduledEvent, now: datetime, *, changed: bool) -> Row:
    """An event on one line; `now` is the location's wall clock."""
    phase = event.phase(now)
    cancelled = event.event.deleted
    places = f"{_count(event.arrived)}/{_count(event.booked)}/{_count(event.capacity)}"
    return Row(
        key=event.id,
        cells=(
            ("bar", Cell("▌" if event.event.color else " ", color=event.event.color)),
            ("time", event.starts_at.strftime("%H:%M")),
            ("service", f"cancelled: {event.service}" if cancelled else event.service),
            ("team_member", event.team_member),
            ("rooms", ", ".join(event.rooms or ())),
            ("places", places),
            ("free", _free(event.free)),
            ("marks", marks_of(event)),
        ),
        tone="gone" if cancelled else {EventPhase.OVER: "dim", EventPhase.RUNNING: "now"}.get(phase, ""),
        changed=changed,
    )


def _count(number: int | None) -> str:
    return "·" if number is None else str(number)


def _free(free: int | None) -> str | Cell:
    if free is None:
        return "·"
    return Cell("full", "alert") if free == 0 else str(free)


def title_of(event: ScheduledEvent) -> str:
    """An event in a few words."""
    return f"{event.starts_at:%H:%M} {event.service}"


def marks_of(event: ScheduledEvent) -> str:
    """Series, online and the first letters of the tags."""
    letters = "".join(tag.title[:1].upper() for tag in event.tags or ())
    return (SERIES if event.in_series else "") + (ONLINE if event.online else "") + letters


def roster_row(entry: RosterEntry, *, phone_shown: bool, changed: bool) -> Row:
    """A booking on one line; the phone is masked unless asked for."""
    booking = entry.booking
    marks = (
        (PAID if booking.paid else "") + (COMMENT if booking.comment else "") + (VISITOR if entry.is_visitor else "")
    )
    return Row(
        key=booking.id,
        cells=(
            ("number", str(entry.number)),
            ("name", entry.name),
            ("phone", entry.phone if phone_shown and entry.phone else entry.masked_phone),
            ("places", str(booking.places)),
            ("attendance", ATTENDANCE[booking.attendance]),
            ("marks", marks),
            ("comment", booking.comment.replace("\n", " ")),
        ),
        changed=changed,
    )


def event_rows(events: Iterable[ScheduledEvent], now: datetime, changed: frozenset[int]) -> tuple[Row, ...]:
    """The rows of a day."""
    return tuple(event_row(event, now, changed=event.id in changed) for event in events)


def roster_rows(entries: Iterable[RosterEntry], changed: frozenset[int], *, phones: bool) -> tuple[Row, ...]:
    """The rows of a roster."""
    return tuple(roster_row(entry, phone_shown=phones, changed=entry.booking.id in changed) for entry in entries)
