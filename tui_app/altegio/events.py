"""Group events: list, read, create, replace, delete, repeat (contract 2.1 to 2.3, 2.6)."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

from tui_app.altegio.calls import Call, Json, Method, includes
from tui_app.altegio.dialects import LISTED, Speech, only_in_events
from tui_app.altegio.envelope import BrokenAnswer, Envelope, unreadable
from tui_app.altegio.operations import CreateEvent, DeleteEvent, RepeatEvent, UpdateEvent
from tui_app.altegio.paging import read_pages
from tui_app.altegio.requests import EventInput, EventQuery, RepeatStrategyInput
from tui_app.altegio.resources import Event, RepeatStrategy
from tui_app.altegio.service import Service
from tui_app.altegio.walltime import disagrees
from tui_app.altegio.wire.bodies import fetch_bodies
from tui_app.altegio.wire.events import read_event, read_strategy
from tui_app.altegio.wire.items import read_all

LIST: Final = "list the events"
STRATEGIES: Final = "duplication_strategies"

logger = logging.getLogger(__name__)


class EventsApi:
    """The operations on events."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def list(self, location_id: int, query: EventQuery) -> tuple[Event, ...]:
        """List the events of a range, sorted by time, without the deleted ones unless asked.

        Reads all pages. `activities` cannot filter by resource: a listing there holds the others too (contract 2.1).
        """
        speech = await self._service.speech(location_id)
        found = await read_pages(
            LIST,
            self._page(speech, location_id, query),
            read_event,
            page_size=speech.page_size,
            notes=self._service.notes,
        )
        self._hold_against_zone(location_id, found)
        kept = (event for event in found if query.with_deleted or not event.deleted)
        return tuple(sorted(kept, key=lambda event: (event.starts_at, event.id)))

    async def get(self, location_id: int, event_id: int) -> Event:
        """Read one event with resources, tags and technical break; a deleted one comes too, and may not say so."""
        speech = await self._service.speech(location_id)
        call = Call(operation="read the event", path=speech.event(location_id, event_id), params=includes(*LISTED))
        event = await self._service.one(call, read_event)
        self._hold_against_zone(location_id, (event,))
        return event

    async def create(self, location_id: int, event: EventInput) -> Event:
        """Create an event. Raises Invalid before sending, Busy, Missing."""
        operation = CreateEvent(location_id=location_id, event=event)
        return await self._service.guard.carry_out(operation, lambda: self._create(operation))

    async def update(
        self, location_id: int, event_id: int, event: EventInput, *, onto: EventInput | None = None
    ) -> Event:
        """Replace an event whole: what the lists do not hold is lost. Raises Invalid before sending, Busy, Missing.

        By `onto`, what the event held before, it can be told later which of it is meant to change.
        """
        operation = UpdateEvent(location_id=location_id, event_id=event_id, event=event, onto=onto)
        return await self._service.guard.carry_out(operation, lambda: self._update(operation))

    async def delete(self, location_id: int, event_id: int) -> None:
        """Delete an event; its bookings are cancelled with it, and nothing brings it back."""
        operation = DeleteEvent(location_id=location_id, event_id=event_id)
        await self._service.guard.carry_out(operation, lambda: self._delete(operation))

    async def duplicate(
        self, location_id: int, event_id: int, starts: Sequence[datetime], *, with_bookings: bool, force: bool
    ) -> tuple[Event, ...]:
        """Repeat an event at 1 to 100 wall-clock times; `events` only, else Unsupported."""
        operation = RepeatEvent(
            location_id=location_id, event_id=event_id, starts=tuple(starts), with_bookings=with_bookings, force=force
        )
        await self._events_only("repeat the event", location_id)
        return await self._service.guard.carry_out(operation, lambda: self._repeat(operation))

    async def send(self, operation: CreateEvent | UpdateEvent | DeleteEvent | RepeatEvent) -> object:
        """Send a write past the guard."""
        await fetch_bodies()
        match operation:
            case CreateEvent():
                return await self._create(operation)
            case UpdateEvent():
                return await self._update(operation)
            case DeleteEvent():
                await self._delete(operation)
            case RepeatEvent():
                return await self._repeat(operation)
        return None

    async def list_repeat_strategies(self, location_id: int) -> tuple[RepeatStrategy, ...]:
        """List the stored ways to repeat an event; `events` only, else Unsupported."""
        operation = "list the ways to repeat"
        speech = await self._events_only(operation, location_id)
        call = Call(operation=operation, path=f"{speech.events(location_id)}/{STRATEGIES}")
        return await self._service.all(call, read_strategy)

    async def create_repeat_strategy(self, location_id: int, strategy: RepeatStrategyInput) -> RepeatStrategy:
        """Store a way to repeat an event; `events` only, else Unsupported."""
        return await self._save_strategy("store a way to repeat", "POST", location_id, "", strategy)

    async def update_repeat_strategy(
        self, location_id: int, strategy_id: int, strategy: RepeatStrategyInput
    ) -> RepeatStrategy:
        """Replace a stored way to repeat an event; `events` only, else Unsupported."""
        return await self._save_strategy("save a way to repeat", "PUT", location_id, f"/{strategy_id}", strategy)

    async def delete_repeat_strategy(self, location_id: int, strategy_id: int) -> None:
        """Forget a stored way to repeat an event; `events` only, else Unsupported."""
        operation = "forget a way to repeat"
        speech = await self._events_only(operation, location_id)
        path = f"{speech.events(location_id)}/{STRATEGIES}/{strategy_id}"
        await self._service.transport.send(Call(operation=operation, method="DELETE", path=path, write=True))

    def _page(self, speech: Speech, location_id: int, query: EventQuery) -> Callable[[int], Awaitable[Envelope]]:
        def fetch(page: int) -> Awaitable[Envelope]:
            params = speech.list_params(query, page)
            return self._service.transport.send(Call(operation=LIST, path=speech.events(location_id), params=params))

        return fetch

    async def _create(self, create: CreateEvent) -> Event:
        from tui_app.altegio.wire.event_bodies import event_body

        operation = "create the event"
        body = event_body(operation, create.event, new=True)
        speech = await self._service.speech(create.location_id)
        return await self._save(operation, "POST", speech.events(create.location_id), body)

    async def _update(self, update: UpdateEvent) -> Event:
        from tui_app.altegio.wire.event_bodies import event_body

        operation = "save the event"
        body = event_body(operation, update.event, new=False)
        speech = await self._service.speech(update.location_id)
        return await self._save(operation, "PUT", speech.event(update.location_id, update.event_id), body)

    async def _delete(self, delete: DeleteEvent) -> None:
        speech = await self._service.speech(delete.location_id)
        path = speech.event(delete.location_id, delete.event_id)
        await self._service.transport.send(Call(operation="cancel the event", method="DELETE", path=path, write=True))

    async def _repeat(self, repeat: RepeatEvent) -> tuple[Event, ...]:
        from tui_app.altegio.wire.event_bodies import duplicate_body

        operation = "repeat the event"
        speech = await self._events_only(operation, repeat.location_id)
        body = duplicate_body(operation, repeat.starts, with_bookings=repeat.with_bookings, force=repeat.force)
        path = f"{speech.event(repeat.location_id, repeat.event_id)}/duplicate"
        envelope = await self._service.transport.send(
            Call(operation=operation, method="POST", path=path, body=body, write=True)
        )
        return self._created(operation, envelope)

    async def _save(self, operation: str, method: Method, path: str, body: Json) -> Event:
        call = Call(operation=operation, method=method, path=path, params=includes(*LISTED), body=body, write=True)
        return await self._service.one(call, read_event)

    async def _save_strategy(
        self, operation: str, method: Method, location_id: int, tail: str, strategy: RepeatStrategyInput
    ) -> RepeatStrategy:
        from tui_app.altegio.wire.event_bodies import strategy_body

        speech = await self._events_only(operation, location_id)
        body = strategy_body(operation, strategy)
        path = f"{speech.events(location_id)}/{STRATEGIES}{tail}"
        call = Call(operation=operation, method=method, path=path, body=body, write=True)
        return await self._service.one(call, read_strategy)

    async def _events_only(self, operation: str, location_id: int) -> Speech:
        speech = await self._service.speech(location_id)
        only_in_events(operation, speech)
        return speech

    def _created(self, operation: str, envelope: Envelope) -> tuple[Event, ...]:
        try:
            created, broken = read_all(envelope, read_event)
        except BrokenAnswer as error:
            raise unreadable(operation, str(error), status=None, write=True) from None
        if broken:
            raise unreadable(operation, "a part of the answer cannot be read", status=None, write=True)
        return created

    def _hold_against_zone(self, location_id: int, events: Sequence[Event]) -> None:
        zone = self._service.zones.get(location_id)
        if zone is None:
            return
        wrong = [e.id for e in events if e.timestamp and disagrees(e.starts_at, e.timestamp, zone)]
        if wrong:
            logger.warning("%d events tell two different times, the first is event %d", len(wrong), wrong[0])
