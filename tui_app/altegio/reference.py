"""What events and bookings refer to: team members, services, tags, custom fields, resources (contract 3, 4)."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Final, Literal

from tui_app.altegio.calls import Call
from tui_app.altegio.envelope import Envelope
from tui_app.altegio.paging import read_pages
from tui_app.altegio.resources import CustomField, EventService, Occupation, Resource, Service, Tag, TeamMember
from tui_app.altegio.service import Service as Caller
from tui_app.altegio.text import clean
from tui_app.altegio.walltime import format_wall_t
from tui_app.altegio.wire.reference import (
    ENTITIES,
    read_custom_field,
    read_event_service,
    read_occupation,
    read_resource_group,
    read_service,
    read_tag,
    read_team_member,
)

TagEntity = Literal["event", "booking", "client"]

PAGE: Final = 250


class ReferenceApi:
    """The operations on what changes seldom."""

    def __init__(self, service: Caller) -> None:
        self._service = service

    async def team_members(self, location_id: int) -> tuple[TeamMember, ...]:
        """List the team members who work here now."""
        params = (("filter[fired]", "0"), ("filter[deleted]", "0"))
        call = Call(operation="list the team members", path=f"locations/{location_id}/team_members", params=params)
        found = await self._service.all(call, read_team_member)
        return tuple(member for member in found if not member.fired and not member.deleted)

    async def services(self, location_id: int) -> tuple[Service, ...]:
        """List all services."""
        operation = "list the services"

        def fetch(page: int) -> Awaitable[Envelope]:
            params = (("page", str(page)), ("limit", str(PAGE)))
            return self._service.transport.send(
                Call(operation=operation, path=f"locations/{location_id}/services", params=params)
            )

        return await read_pages(operation, fetch, read_service, page_size=PAGE, notes=self._service.notes)

    async def event_services(
        self, location_id: int, *, team_member_id: int | None = None, text: str = ""
    ) -> tuple[EventService, ...]:
        """List the services that can run as events, with the defaults for a new one."""
        member = () if team_member_id is None else (("staff_id", str(team_member_id)),)
        call = Call(
            operation="list the services of events",
            version="v1",
            path=f"locations/{location_id}/events/services",
            params=(*member, *((("term", clean(text)),) if text else ())),
            later=True,
        )
        return await self._service.all(call, read_event_service)

    async def tags(self, location_id: int, entity: TagEntity) -> tuple[Tag, ...]:
        """List the tags of events, of bookings or of clients; those that were deleted are left out."""
        call = Call(
            operation="list the tags",
            path=f"locations/{location_id}/tags",
            params=(("entity", ENTITIES[entity]),),
            later=True,
        )
        return tuple(tag for tag in await self._service.all(call, read_tag) if not tag.deleted)

    async def custom_fields(self, location_id: int) -> tuple[CustomField, ...]:
        """List the custom fields of clients, in the order of their weights."""
        call = Call(
            operation="list the custom fields",
            path=f"locations/{location_id}/custom_fields",
            params=(("filter[parent_entity_type]", "client"),),
            later=True,
        )
        found = await self._service.all(call, read_custom_field)
        return tuple(sorted(found, key=lambda one: (one.weight, one.id)))

    async def resources(self, location_id: int) -> tuple[Resource, ...]:
        """List the rooms and other resources: every instance of every group."""
        call = Call(operation="list the resources", version="v1", path=f"resources/{location_id}", later=True)
        groups = await self._service.all(call, read_resource_group)
        return tuple(resource for group in groups for resource in group)

    async def occupations(self, location_id: int, starts_from: datetime, starts_to: datetime) -> tuple[Occupation, ...]:
        """List which resources are taken in a stretch of time."""
        call = Call(
            operation="list the occupied resources",
            path=f"locations/{location_id}/resource_occupations",
            params=(
                ("filter[date_intersect_from_strict]", format_wall_t(starts_from)),
                ("filter[date_intersect_to_strict]", format_wall_t(starts_to)),
            ),
        )
        return await self._service.all(call, read_occupation)
