"""What is told of a booking that the form has sent, whether the form is still open or not."""

from collections.abc import Callable
from typing import Any

from textual.app import App

from tui_app.desk.booking import Made
from tui_app.desk.naming import name_of_booking
from tui_app.desk.undo import Booked, UndoDesk
from tui_app.desk.writes import Write, WriteState
from tui_app.intents import EventTouched


def teller(app: App[Any], event_id: int, undo: UndoDesk | None) -> Callable[[Write[Any]], None]:
    """Keep what can be undone, and tell the schedule what the booking has made of the roster, or to read it again."""

    def tell(write: Write[Any]) -> None:
        made = write.result if isinstance(write.result, Made) else None
        if undo is not None and made is not None:
            undo.remember(Booked(event_id, made.booking), f"Booked {_name(made)}")
        if write.state is not WriteState.REFUSED:
            app.post_message(EventTouched(event_id, change=made.change if made is not None else None))

    return tell


def _name(made: Made) -> str:
    """Who was booked: the answer itself names nobody."""
    added = made.change.added if made.change is not None else None
    return added.name if added is not None else name_of_booking(made.booking)
