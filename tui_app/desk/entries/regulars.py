"""Who has come to a service lately: they stand first among candidates (design 5)."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.requests import EventQuery
from tui_app.altegio.resources import Event
from tui_app.desk.desk import Desk
from tui_app.desk.together import attempt, every

LOOK_BACK: Final = timedelta(weeks=3)
CLASSES: Final = 2
"""So many of the last classes of a service are read: a request each, and with the search five in all, which is what a
server takes in a second (contract 1)."""

KEPT_FOR: Final = timedelta(minutes=30)


class Regulars:
    """Reads, once in a while for each service, who was in its last classes; what cannot be read orders nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[int, tuple[frozenset[int], datetime]] = {}
        self._reading: dict[int, asyncio.Task[None]] = {}

    def known(self, event: Event | None) -> frozenset[int]:
        """The ids of clients as far as they have been read."""
        service_id = event.service_id if event is not None else None
        return self._known[service_id][0] if service_id in self._known else frozenset()

    async def load(self, event: Event) -> None:
        """Read who came to the service of an event; raises `TokenRefused` and `LicenceExpired` alone."""
        service_id = event.service_id
        if service_id is None or self._fresh(service_id):
            return
        reading = self._reading.get(service_id)
        if reading is None:
            reading = asyncio.create_task(self._learn(service_id), name="who comes")
            reading.add_done_callback(_look_at_error)
            self._reading[service_id] = reading
        await asyncio.shield(reading)  # the Enter wants what the preview has begun to read

    def known_of(self, event: Event) -> bool:
        """Whether `load` has nothing to read."""
        return event.service_id is None or self._fresh(event.service_id)

    async def _learn(self, service_id: int) -> None:
        try:
            found = await attempt(lambda: self._read(service_id))
            ids = frozenset[int]() if isinstance(found, AltegioError) else found
            self._known[service_id] = (ids, self._desk.clock.instant())
        finally:
            del self._reading[service_id]

    def _fresh(self, service_id: int) -> bool:
        _, read_at = self._known.get(service_id, (None, None))
        return read_at is not None and abs(self._desk.clock.instant() - read_at) < KEPT_FOR

    async def _read(self, service_id: int) -> frozenset[int]:
        now, here = self._desk.clock.now(), self._desk.location.id
        query = EventQuery(starts_from=now - LOOK_BACK, starts_to=now, service_ids=(service_id,), with_deleted=True)
        events = [event for event in await self._desk.api.events.list(here, query) if not event.deleted]
        last = sorted(events, key=lambda event: event.starts_at)[-CLASSES:]
        rosters = await every(self._desk.api.bookings.list(here, event_id=event.id) for event in last)
        return frozenset(
            booking.client_id
            for bookings in rosters
            for booking in bookings
            if booking.client_id is not None and not booking.deleted
        )


def _look_at_error(task: asyncio.Task[None]) -> None:
    """Keep an error that nobody waited for from being reported as lost."""
    if not task.cancelled():
        task.exception()
