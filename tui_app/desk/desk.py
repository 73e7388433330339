"""All services of one connected location, bundled for the screens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui_app.altegio.resources import Location
from tui_app.desk.booking import BookingDesk
from tui_app.desk.clients import ClientFinder
from tui_app.desk.clock import LocationClock
from tui_app.desk.editing import EventEditor
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.roster import RosterDesk
from tui_app.desk.schedule import ScheduleDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The services for one location; `notes` say in words what of the location is not known, such as its zone."""

    api: "AltegioApi"
    location: Location
    region: str
    clock: LocationClock
    reference: ReferenceDesk
    schedule: ScheduleDesk
    rosters: RosterDesk
    editor: EventEditor
    booking: BookingDesk
    clients: ClientFinder
    notes: tuple[str, ...] = ()


async def open_desk(api: "AltegioApi", location_id: int, clock: Callable[[], datetime]) -> Desk:
    """Read the location and put its services together; raises `AltegioError` where it cannot be read."""
    raise NotImplementedError
