"""What a location has: team members, services, rooms, tags, fields, rights. Read once and kept."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui_app.altegio.resources import (
    CustomField,
    EventService,
    Permissions,
    Resource,
    Service,
    Tag,
    TeamMember,
)

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One reading of all that; what could not be read is empty, and named in `problems`."""

    team_members: tuple[TeamMember, ...] = ()
    services: tuple[Service, ...] = ()
    event_services: tuple[EventService, ...] = ()
    resources: tuple[Resource, ...] = ()
    event_tags: tuple[Tag, ...] = ()
    booking_tags: tuple[Tag, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()
    permissions: Permissions = field(default_factory=Permissions)
    problems: tuple[str, ...] = ()


class ReferenceDesk:
    """Reads the reference data, all parts at once, each failure taking away its part alone."""

    def __init__(self, api: "AltegioApi", location_id: int) -> None:
        self._api = api
        self._location_id = location_id
        self._current = Reference()

    @property
    def current(self) -> Reference:
        """The last reading; empty before the first."""
        return self._current

    async def load(self) -> Reference:
        """Read everything if that was not done yet; raises `TokenRefused` and `LicenceExpired`."""
        raise NotImplementedError

    async def refresh(self) -> Reference:
        """Read everything again; a part that fails keeps what it had. Raises as `load` does."""
        raise NotImplementedError
