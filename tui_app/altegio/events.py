"""Group events: list, read, create, replace, delete, repeat (contract 2.1 to 2.3, 2.6)."""

from collections.abc import Sequence
from datetime import datetime

from tui_app.altegio.requests import EventInput, EventQuery, RepeatStrategyInput
from tui_app.altegio.resources import Event, RepeatStrategy


class EventsApi:
    """The operations on events."""

    async def list(self, location_id: int, query: EventQuery) -> tuple[Event, ...]:
        """List the events of a range, sorted by time, without the deleted ones unless asked."""
        raise NotImplementedError

    async def get(self, location_id: int, event_id: int) -> Event:
        """Read one event with its resources, tags and technical break; a deleted one is answered too."""
        raise NotImplementedError

    async def create(self, location_id: int, event: EventInput) -> Event:
        """Create an event."""
        raise NotImplementedError

    async def update(self, location_id: int, event_id: int, event: EventInput) -> Event:
        """Replace an event whole."""
        raise NotImplementedError

    async def delete(self, location_id: int, event_id: int) -> None:
        """Delete an event; its bookings are cancelled with it."""
        raise NotImplementedError

    async def duplicate(
        self, location_id: int, event_id: int, starts: Sequence[datetime], *, with_bookings: bool, force: bool
    ) -> tuple[Event, ...]:
        """Repeat an event at up to 100 times."""
        raise NotImplementedError

    async def list_repeat_strategies(self, location_id: int) -> tuple[RepeatStrategy, ...]:
        """List the stored ways to repeat an event."""
        raise NotImplementedError

    async def create_repeat_strategy(self, location_id: int, strategy: RepeatStrategyInput) -> RepeatStrategy:
        """Store a way to repeat an event."""
        raise NotImplementedError

    async def update_repeat_strategy(
        self, location_id: int, strategy_id: int, strategy: RepeatStrategyInput
    ) -> RepeatStrategy:
        """Replace a stored way to repeat an event."""
        raise NotImplementedError

    async def delete_repeat_strategy(self, location_id: int, strategy_id: int) -> None:
        """Forget a stored way to repeat an event."""
        raise NotImplementedError
