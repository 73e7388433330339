"""A day as the schedule shows it, made where neither a screen nor a desk is."""

from datetime import date

from msgspec import Struct

from tui_app.widgets.rows import Row


class DayPicture(Struct, frozen=True, array_like=True):
    """The rows of a location's today, and what the header says of it; `cursor` is the event to select, by its id."""

    location: str
    zone: str
    today: date
    rows: tuple[Row, ...]
    cursor: int | None
