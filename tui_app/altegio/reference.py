"""What events and bookings refer to: team members, services, tags, custom fields, resources (contract 3, 4)."""

from datetime import datetime
from typing import Literal

from tui_app.altegio.resources import CustomField, EventService, Occupation, Resource, Service, Tag, TeamMember

TagEntity = Literal["event", "booking", "client"]


class ReferenceApi:
    """The operations on what changes seldom."""

    async def team_members(self, location_id: int) -> tuple[TeamMember, ...]:
        """List the team members who work here now."""
        raise NotImplementedError

    async def services(self, location_id: int) -> tuple[Service, ...]:
        """List all services."""
        raise NotImplementedError

    async def event_services(
        self, location_id: int, *, team_member_id: int | None = None, text: str = ""
    ) -> tuple[EventService, ...]:
        """List the services that can run as events, with the defaults for a new one."""
        raise NotImplementedError

    async def tags(self, location_id: int, entity: TagEntity) -> tuple[Tag, ...]:
        """List the tags of events, of bookings or of clients."""
        raise NotImplementedError

    async def custom_fields(self, location_id: int) -> tuple[CustomField, ...]:
        """List the custom fields of clients."""
        raise NotImplementedError

    async def resources(self, location_id: int) -> tuple[Resource, ...]:
        """List the rooms and other resources."""
        raise NotImplementedError

    async def occupations(self, location_id: int, starts_from: datetime, starts_to: datetime) -> tuple[Occupation, ...]:
        """List which resources are taken in a stretch of time."""
        raise NotImplementedError
