"""What a location has: team members, services, rooms, tags, fields, rights. Read once and kept."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError, Missing, NoRights
from tui_app.altegio.resources import (
    CustomField,
    EventService,
    Permissions,
    Resource,
    Service,
    Tag,
    TeamMember,
)
from tui_app.desk.together import attempt, every
from tui_app.desk.wording import why

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "team_members": "team members",
        "services": "services",
        "event_services": "services of events",
        "resources": "rooms",
        "event_tags": "tags of events",
        "booking_tags": "tags of bookings",
        "custom_fields": "custom fields",
        "permissions": "rights that you have",
    }
)
"""The parts of a `Reference` in words, in the order in which they are asked for."""

NAMES: Final = frozenset({"team_members", "services"})
"""The parts that a day cannot be read out without."""

DAY_NAMES: Final = frozenset({"team_members"})
"""Those of them that a listing of events does not tell itself (contract 2.1)."""

ROW_NAMES: Final = frozenset({"resources", "event_tags"})
"""The parts that complete the rows of a day."""


class Reference(Struct, frozen=True, kw_only=True):
    """One reading of all that; what could not be read is empty, and named in `problems`.

    `missing` names the parts that have not been asked for yet.
    """

    team_members: tuple[TeamMember, ...] = ()
    services: tuple[Service, ...] = ()
    event_services: tuple[EventService, ...] = ()
    resources: tuple[Resource, ...] = ()
    event_tags: tuple[Tag, ...] = ()
    booking_tags: tuple[Tag, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()
    permissions: Permissions = field(default_factory=Permissions)
    problems: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether every part has been asked for."""
        return not self.missing


class ReferenceDesk:
    """Reads the reference data, all parts at once, each failure taking away its part alone."""

    def __init__(self, api: "AltegioApi", location_id: int) -> None:
        self._api = api
        self._location_id = location_id
        self._current = Reference(missing=frozenset(PARTS))
        self._failed: dict[str, AltegioError] = {}
        self._wanted = frozenset(PARTS)
        self._asked: frozenset[str] = frozenset()
        self._reading = asyncio.Lock()

    @property
    def current(self) -> Reference:
        """The last reading; empty before the first."""
        return self._current

    async def load_names(self, parts: frozenset[str] = NAMES) -> Reference:
        """Read who teaches and what, if that was not done yet: a day needs no more to be shown. Raises as `load`."""
        async with self._reading:
            return await self._read(self._wanted & parts)

    async def load(self) -> Reference:
        """Read what was not read yet, and what failed for a passing reason; raises `TokenRefused`, `LicenceExpired`."""
        async with self._reading:
            return await self._read(self._wanted)

    async def refresh(self) -> Reference:
        """Read everything again; a part that fails keeps what it had. Raises as `load` does."""
        async with self._reading:
            return await self._read(frozenset(PARTS))

    async def _read(self, parts: frozenset[str]) -> Reference:
        readers = self._readers()
        names = [name for name in PARTS if name in parts]
        results = await every(attempt(readers[name]) for name in names)
        for name, result in zip(names, results, strict=True):
            if isinstance(result, AltegioError):
                self._failed[name] = result
            else:
                self._failed.pop(name, None)
                self._current = replace(self._current, **{name: result})
        self._asked |= parts
        passing = {name for name, error in self._failed.items() if not isinstance(error, NoRights | Missing)}
        self._wanted = frozenset(PARTS) - self._asked | passing
        problems = tuple(f"Could not read the {words}: {why(self._failed[name])}" for name, words in self._failing())
        self._current = replace(self._current, problems=problems, missing=frozenset(PARTS) - self._asked)
        return self._current

    def _failing(self) -> list[tuple[str, str]]:
        return [(name, words) for name, words in PARTS.items() if name in self._failed]

    def _readers(self) -> Mapping[str, Callable[[], Coroutine[Any, Any, Any]]]:
        location, read = self._location_id, self._api.reference
        return {
            "team_members": lambda: read.team_members(location),
            "services": lambda: read.services(location),
            "event_services": lambda: read.event_services(location),
            "resources": lambda: read.resources(location),
            "event_tags": lambda: read.tags(location, "event"),
            "booking_tags": lambda: read.tags(location, "booking"),
            "custom_fields": lambda: read.custom_fields(location),
            "permissions": lambda: self._api.account.permissions(location),
        }
