"""What the schedule shows, and what is chosen in it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tui_app.desk.model import RosterEntry, ScheduledEvent
    from tui_app.screens.schedule.board import Board


class Chosen:
    """Answers for a screen what its board shows; before there is a board, nothing."""

    board: "Board | None"

    @property
    def shown_day(self) -> "date | None":
        """The day on the screen."""
        return self.board.state.shown if self.board is not None else None

    @property
    def events(self) -> "tuple[ScheduledEvent, ...]":
        """The events on the screen."""
        return self.board.state.events if self.board is not None else ()

    @property
    def roster_entries(self) -> "tuple[RosterEntry, ...]":
        """The bookings on the screen."""
        roster = self.board.state.roster if self.board is not None else None
        return roster.entries if roster is not None else ()

    @property
    def selected_event(self) -> "ScheduledEvent | None":
        """The event under the cursor."""
        return self.board.selected_event if self.board is not None else None

    @property
    def selected_entry(self) -> "RosterEntry | None":
        """The booking under the roster's cursor."""
        return self.board.selected_entry if self.board is not None else None
