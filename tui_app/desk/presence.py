"""Whether an event has been cancelled: a direct read may answer for a deleted one without saying so (contract 2.2)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from tui_app.altegio.errors import Missing
from tui_app.altegio.requests import EventQuery

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


async def is_cancelled(api: "AltegioApi", location_id: int, event_id: int) -> bool:
    """Whether an event is gone: where it can be read still, the listing tells. Raises `AltegioError`."""
    try:
        event = await api.events.get(location_id, event_id)
    except Missing:
        return True
    if event.deleted:
        return True
    query = EventQuery(starts_from=event.starts_at, starts_to=event.starts_at + timedelta(minutes=1))
    listed = await api.events.list(location_id, query)
    return not any(one.id == event_id and not one.deleted for one in listed)
