"""Rows of the journal for tests: somebody with a name and a phone that must not stay on disk."""

from datetime import UTC, datetime
from itertools import count

from tui_app.altegio.operations import AddBooking, Operation
from tui_app.altegio.requests import BookingInput, ClientInput
from tui_app.desk.journal.rows import JournalRow

NOW = datetime(2026, 3, 27, 11, tzinfo=UTC)
NAME, PHONE = "Wilhelmina", "+4915155512345"
PERSONAL = (NAME.encode(), PHONE.lstrip("+").encode())
PLACE = "sandbox 1"
IDS = count(1)


def booking(name: str = NAME, phone: str = PHONE, event_id: int = 5) -> AddBooking:
    wanted = BookingInput(client=ClientInput(id=None, name=name, phone=phone), places=1)
    return AddBooking(location_id=1, event_id=event_id, booking=wanted)


def row(operation: Operation | None = None, *, place: str = PLACE, row_id: str = "") -> JournalRow:
    return JournalRow(
        id=row_id or f"row {next(IDS)}",
        place=place,
        operation=operation or booking(),
        words=f"book {NAME}",
        operator="AK",
        begun_at=NOW,
    )
