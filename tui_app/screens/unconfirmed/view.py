"""What the list of unconfirmed writes shows: a row for each, and the banner over the schedule: pure."""

from collections.abc import Sequence
from typing import Final

from tui_app.altegio.operations import AddBooking
from tui_app.desk.clock import LocationClock
from tui_app.desk.journal.rows import JournalRow
from tui_app.desk.phones import is_withheld, mask_phone
from tui_app.desk.when import format_day, format_time
from tui_app.widgets.columns import Column
from tui_app.widgets.rows import Row

COLUMNS: Final = (
    Column(key="when", title="Sent", width=12),
    Column(key="what", title="What", width=30, flex=1),
    Column(key="operator", title="By", width=4, drop=1),
)


def write_rows(unconfirmed: Sequence[JournalRow], clock: LocationClock) -> tuple[Row, ...]:
    """A row for each write, by its place in the list."""
    return tuple(
        Row(key=place, cells=(("when", sent_at(row, clock)), ("what", what(row)), ("operator", row.operator)))
        for place, row in enumerate(unconfirmed)
    )


def sent_at(row: JournalRow, clock: LocationClock) -> str:
    """When it was sent, by the location's wall clock, with its day whenever that is not today."""
    at = clock.wall(row.begun_at)
    day = "" if at.date() == clock.today() else f"{format_day(at.date(), clock.today())} "
    return f"{day}{format_time(at)}"


def what(row: JournalRow) -> str:
    """What it was to do; the end of a new client's phone tells namesakes apart."""
    if not isinstance(row.operation, AddBooking):
        return row.words
    phone = row.operation.booking.client.phone
    if is_withheld(phone) or phone[-4:] in row.words:
        return row.words
    return f"{row.words} {mask_phone(phone)}"


def summary(unconfirmed: Sequence[JournalRow]) -> str:
    """How many there are, in words."""
    if not unconfirmed:
        return "Everything is confirmed."
    return "1 is not confirmed." if len(unconfirmed) == 1 else f"{len(unconfirmed)} are not confirmed."
