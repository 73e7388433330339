"""What the lists of the event form offer: pure."""

from collections.abc import Mapping
from datetime import timedelta

from tui_app.altegio.resources import EventService, Resource, TeamMember
from tui_app.desk.reference import Reference
from tui_app.desk.when import minutes_of
from tui_app.widgets.choices import Choice


def service_choices(reference: Reference) -> tuple[Choice[int], ...]:
    """Services that can run as events; where these could not be read, all services."""
    if reference.event_services:
        return tuple(
            Choice(service.id, service.title or f"service {service.id}", service.category_title)
            for service in sorted(reference.event_services, key=lambda service: service.title.casefold())
        )
    return tuple(
        Choice(service.id, service.title or f"service {service.id}")
        for service in sorted(reference.services, key=lambda service: service.title.casefold())
    )


def team_choices(reference: Reference, service: EventService | None) -> tuple[Choice[int], ...]:
    """Team members, those who hold the service first, with how long it takes with them."""
    held = {member.id: member.length for member in service.team_members} if service is not None else {}
    working = [member for member in reference.team_members if not member.fired and not member.deleted]
    return tuple(
        Choice(member.id, member.name or f"team member {member.id}", _beside(member, held))
        for member in sorted(working, key=lambda member: (member.id not in held, member.name.casefold()))
    )


def _beside(member: TeamMember, held: Mapping[int, timedelta | None]) -> str:
    length = held.get(member.id)
    return member.specialization or member.position if length is None else f"{minutes_of(length)} min"


def resource_choices(reference: Reference) -> tuple[Choice[int], ...]:
    """Rooms and other resources, with their group."""
    return tuple(
        Choice(resource.id, resource.title or f"resource {resource.id}", _group(resource))
        for resource in reference.resources
    )


def _group(resource: Resource) -> str:
    return resource.group_title if resource.group_title != resource.title else ""


def event_tag_choices(reference: Reference) -> tuple[Choice[int], ...]:
    """Tags of events."""
    return tuple(Choice(tag.id, tag.title or f"tag {tag.id}") for tag in reference.event_tags if not tag.deleted)


def service_of(reference: Reference, service_id: int | None) -> EventService | None:
    """The service with the defaults for a new event."""
    return next((service for service in reference.event_services if service.id == service_id), None)
