"""All services of one connected location, bundled for the screens."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from tui_app.altegio.resources import Location
from tui_app.desk.booking import BookingDesk
from tui_app.desk.clients import ClientFinder
from tui_app.desk.clock import LocationClock, zone_or_fallback
from tui_app.desk.editing import EventEditor
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.regions import region_of
from tui_app.desk.roster import RosterDesk
from tui_app.desk.schedule import ScheduleDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi
    from tui_app.desk.first_readings import FirstReadings
    from tui_app.desk.journal.keeper import WriteKeeper


class Desk(Struct, frozen=True, kw_only=True):
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
    keeper: "WriteKeeper | None" = None
    notes: tuple[str, ...] = ()


async def open_desk(
    api: "AltegioApi", location_id: int, clock: Callable[[], datetime], keeper: "WriteKeeper | None" = None
) -> Desk:
    """Read the location and put its services together, as `desk_of`; raises `AltegioError` where it cannot be read."""
    return desk_of(api, await api.account.location(location_id), clock, keeper)


def desk_of(
    api: "AltegioApi",
    location: Location,
    clock: Callable[[], datetime],
    keeper: "WriteKeeper | None" = None,
    first: "FirstReadings | None" = None,
) -> Desk:
    """Put the services of a location together.

    `clock` gives aware instants; `keeper` is the guard of the API; `first` is what reads already. Without a usable zone
    the desk works in UTC and says so.
    """
    from tui_app.desk.journal.looks import Looks

    location_id = location.id
    where, notes = zone_or_fallback(location)
    wall = LocationClock(clock, where, first.ticks if first is not None else None)
    reference = first.reference if first is not None else ReferenceDesk(api, location_id)
    schedule = first.schedule if first is not None else ScheduleDesk(api, location_id, wall.instant, wall.tick)
    looks = Looks(api)
    rosters = RosterDesk(api, location_id, wall, reference, looks.saw)
    clients = ClientFinder(api, location_id, wall.instant)
    if keeper is not None:
        keeper.use(api, looks, wall)
    return Desk(
        api=api,
        location=location,
        region=region_of(location),
        clock=wall,
        reference=reference,
        schedule=schedule,
        rosters=rosters,
        editor=EventEditor(api, location_id, wall, reference, touched=schedule.forget),
        booking=BookingDesk(api, location_id, rosters, reference, made=clients.forget, booked=schedule.bookings.note),
        clients=clients,
        keeper=keeper,
        notes=notes,
    )
