"""What the call list shows: a row for each booking, whom to ring next, and what is said of it: pure."""

from datetime import date
from typing import Final

from msgspec.structs import replace

from tui_app.desk.caller import CallLine, CallList
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.phones import mask_phone
from tui_app.desk.when import format_day, format_time
from tui_app.widgets.columns import Column
from tui_app.widgets.rows import Cell, Row

COLUMNS: Final = (
    Column(key="number", title="#", width=3, align="right"),
    Column(key="name", title="Name", width=14, flex=1),
    Column(key="phone", title="Phone", width=20),
    Column(key="reached", title="Reached", width=9),
)


def heading(event: ScheduledEvent, today: date) -> str:
    """For which class these phones are."""
    when = f"{format_day(event.starts_at.date(), today)} {format_time(event.starts_at)}"
    return f"Call  {when} {event.service}, {event.team_member}"


def withheld(calls: CallList) -> CallList:
    """The list for a user who may not see phones, should the server have told them all the same."""
    lines = (
        replace(line, phone=mask_phone(line.phone), can_ring=False) if line.can_ring else line for line in calls.lines
    )
    return replace(calls, lines=tuple(lines))


def call_rows(calls: CallList) -> tuple[Row, ...]:
    """A row for each booking, by its number; who cannot be rung is dimmed, and says why in place of a phone."""
    return tuple(
        Row(
            key=line.number,
            cells=(
                ("number", str(line.number)),
                ("name", line.name),
                ("phone", line.phone),
                ("reached", Cell("✓ reached", "good") if line.reached else ""),
            ),
            tone="" if line.can_ring else "dim",
        )
        for line in calls.lines
    )


def next_to_ring(calls: CallList, after: int | None) -> int | None:
    """The next number behind `after`, round to the first, that was not reached; None: there is nobody left."""
    left = [line.number for line in calls.lines if line.can_ring and not line.reached]
    behind = [number for number in left if after is not None and number > after]
    return next(iter(behind or left), None)


def line_of(calls: CallList, number: int | None) -> CallLine | None:
    """The line with a number; None: nobody has it."""
    return next((line for line in calls.lines if line.number == number), None)


def summary(calls: CallList) -> str:
    """How far one has got, and what is missing."""
    everybody = any(line.can_ring for line in calls.lines) and next_to_ring(calls, None) is None
    return ". ".join((calls.words + (": that was everybody" if everybody else ""), *calls.notes))
