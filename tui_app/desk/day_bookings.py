"""Who is booked on the day that was read last: it tells without a request what else a client has."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from tui_app.altegio.resources import Booking

_NOBODY: Final[Mapping[int, frozenset[int | None]]] = MappingProxyType({})


class DayBookings:
    """The bookings of one day by client; what this desk books itself is noted, for no reading tells it yet."""

    def __init__(self, tick: Callable[[], int]) -> None:
        self._tick = tick
        self._day: date | None = None
        self._events: Mapping[int, frozenset[int | None]] = _NOBODY
        self._own: dict[int, int] = {}

    def take(self, day: date, bookings: Iterable[Booking], tick: int) -> None:
        """Take in a reading of a day, begun at a tick."""
        events: dict[int, frozenset[int | None]] = {}
        for booking in bookings:
            if booking.client_id is not None and not booking.deleted:
                events[booking.client_id] = events.get(booking.client_id, frozenset()) | {booking.event_id}
        self._day, self._events = day, events
        self._own = {client_id: since for client_id, since in self._own.items() if since > tick}

    def drop(self) -> None:
        """Let go of the day: it could not be read."""
        self._day, self._events = None, _NOBODY

    def note(self, client_id: int) -> None:
        """Take note that this desk has booked a client, or may have."""
        self._own[client_id] = self._tick()

    def events_of(self, client_id: int, day: date) -> frozenset[int | None] | None:
        """The events that a client was in when a day was last read, None among them for an appointment without one.

        None instead: it is not known, or not any more.
        """
        if day != self._day or client_id in self._own:
            return None
        return self._events.get(client_id, frozenset())
