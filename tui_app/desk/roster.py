"""The roster of one event, with row numbers that stay."""

from typing import TYPE_CHECKING

from tui_app.desk.clock import LocationClock
from tui_app.desk.model import Roster
from tui_app.desk.reference import ReferenceDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


class RosterDesk:
    """Reads rosters for one location."""

    def __init__(self, api: "AltegioApi", location_id: int, clock: LocationClock, reference: ReferenceDesk) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._reference = reference

    async def load(self, event_id: int, previous: Roster | None = None) -> Roster:
        """Read the bookings of an event; entries keep the numbers that `previous` gave them. Raises `AltegioError`."""
        raise NotImplementedError
