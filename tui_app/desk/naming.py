"""Names for ids: never empty on screen, «team member 123» where the name is not known."""

from typing import TYPE_CHECKING

from msgspec import Struct

from tui_app.altegio.resources import Booking, Resource, Tag

if TYPE_CHECKING:
    from tui_app.desk.reference import Reference


class Names(Struct, frozen=True):
    """The names of one reading of the reference data, by id."""

    team_members: dict[int, str]
    services: dict[int, str]
    resources: dict[int, Resource]
    event_tags: dict[int, Tag]
    booking_tags: dict[int, Tag]

    def team_member(self, team_member_id: int | None, told: str = "") -> str:
        """Name a team member; `told` is the name that the answer itself carried."""
        if team_member_id is None:
            return told or "no team member"
        return told or self.team_members.get(team_member_id) or f"team member {team_member_id}"

    def service(self, service_id: int | None, told: str = "") -> str:
        """Name a service; `told` is the title that the answer itself carried."""
        if service_id is None:
            return told or "no service"
        return told or self.services.get(service_id) or f"service {service_id}"

    def room(self, resource_id: int) -> str:
        """Name a resource."""
        known = self.resources.get(resource_id)
        return known.title if known is not None and known.title else f"resource {resource_id}"

    def tags_of_event(self, tag_ids: tuple[int, ...]) -> tuple[Tag, ...]:
        """The tags of an event."""
        return _tags(self.event_tags, tag_ids)

    def tags_of_booking(self, tag_ids: tuple[int, ...]) -> tuple[Tag, ...]:
        """The tags of a booking."""
        return _tags(self.booking_tags, tag_ids)


def names_of(reference: "Reference") -> Names:
    """Index the names of the reference data."""
    services = {service.id: service.title for service in reference.event_services}
    services.update((service.id, service.title) for service in reference.services)
    return Names(
        team_members={member.id: member.name for member in reference.team_members},
        services=services,
        resources={resource.id: resource for resource in reference.resources},
        event_tags={tag.id: tag for tag in reference.event_tags},
        booking_tags={tag.id: tag for tag in reference.booking_tags},
    )


def name_of_booking(booking: Booking) -> str:
    """Whose booking it is: the client, or the visitor, who is named with the client where there are both."""
    client = client_name(booking)
    if not booking.visitor_name:
        return client or "visitor"
    return (
        f"{booking.visitor_name} (for {client})" if client and client != booking.visitor_name else booking.visitor_name
    )


def client_name(booking: Booking) -> str:
    """The client's name as far as the user may see it; empty for a visitor alone."""
    told = (booking.client.full_name if booking.client is not None else "") or booking.fictive_name
    return told or (f"client {booking.client_id}" if booking.client_id is not None else "")


def phone_of_booking(booking: Booking) -> str:
    """The phone to ring, as far as the user may see it."""
    return (booking.client.phone if booking.client is not None else "") or booking.fictive_phone


def is_visitor(booking: Booking) -> bool:
    """Whether a visitor without a card comes."""
    return booking.client_id is None and booking.client is None


def _tags(known: dict[int, Tag], tag_ids: tuple[int, ...]) -> tuple[Tag, ...]:
    return tuple(known.get(tag_id) or Tag(id=tag_id, title=f"tag {tag_id}") for tag_id in tag_ids)
