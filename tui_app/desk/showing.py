"""An event as it is shown outside a day: named from the reference data, its places as the event itself tells them."""

from tui_app.altegio.resources import Event
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.naming import Names


def shown_event(event: Event, names: Names) -> ScheduledEvent:
    """Put names to an event; who has arrived is not known."""
    return ScheduledEvent(
        event=event,
        service=names.service(event.service_id, event.service_title),
        team_member=names.team_member(event.team_member_id, event.team_member_name),
        rooms=None if event.resource_ids is None else tuple(names.room(one) for one in event.resource_ids),
        tags=None if event.tag_ids is None else names.tags_of_event(event.tag_ids),
        booked=event.taken,
    )
