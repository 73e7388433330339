"""Which rosters are older than the last write on their event: what is counted or listed must not come from them."""

from datetime import datetime

from msgspec.structs import replace

from tui_app.desk.commands.view import View
from tui_app.desk.model import Roster


class Freshness:
    """Remembers, for each event that a write has touched, the roster that was shown then."""

    def __init__(self) -> None:
        self._old: dict[int, tuple[Roster | None, datetime]] = {}

    def touched(self, event_id: int, shown: Roster | None, at: datetime) -> None:
        """A write on the event has ended at this instant, while `shown` was on the screen."""
        mine = shown if shown is not None and shown.event_id == event_id else None
        self._old[event_id] = (mine, at)

    def read_again(self, event_id: int | None) -> None:
        """The roster of an event has been read since."""
        if event_id is not None:
            self._old.pop(event_id, None)

    def without_outdated(self, view: View) -> View:
        """The look without a roster that does not count any more."""
        roster = view.roster
        old = self._old.get(roster.event_id) if roster is not None else None
        if roster is None or old is None:
            return view
        if roster is not old[0] and roster.as_of >= old[1]:
            self.read_again(roster.event_id)
            return view
        return replace(view, roster=None)
