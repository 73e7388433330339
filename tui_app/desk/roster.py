"""The roster of one event, with row numbers that stay."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui_app.altegio.resources import Booking
from tui_app.desk.clock import LocationClock
from tui_app.desk.folding import fold
from tui_app.desk.model import Roster, RosterEntry
from tui_app.desk.naming import Names, is_visitor, name_of_booking, names_of, phone_of_booking
from tui_app.desk.own_changes import OwnChange
from tui_app.desk.reference import ReferenceDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


class RosterDesk:
    """Reads rosters for one location; `listed` hears of the bookings of an event whenever they were read."""

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        clock: LocationClock,
        reference: ReferenceDesk,
        listed: Callable[[int, tuple[Booking, ...]], None] = lambda _, __: None,
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._reference = reference
        self._listed = listed

    async def load(self, event_id: int, previous: Roster | None = None) -> Roster:
        """Read the bookings of an event; entries keep the numbers that `previous` gave them. Raises `AltegioError`."""
        as_of, tick = self._clock.instant(), self._clock.tick()
        bookings = await self._api.bookings.list(self._location_id, event_id=event_id)
        self._listed(event_id, bookings)
        mine = [booking for booking in bookings if not booking.deleted and booking.event_id in {None, event_id}]
        entries, next_number = numbered(mine, names_of(self._reference.current), event_id, previous)
        return Roster(event_id=event_id, entries=entries, as_of=as_of, tick=tick, next_number=next_number)

    def with_new(self, roster: Roster, booking: Booking) -> OwnChange:
        """What a roster has become by a booking that was made just now."""
        entry = _entry(0, booking, names_of(self._reference.current))
        return OwnChange(roster=roster, tick=self._clock.tick(), added=entry, mine=frozenset({booking.id}))

    def without(self, roster: Roster, booking_id: int) -> OwnChange:
        """What a roster has become by a booking that was cancelled just now."""
        return OwnChange(roster=roster, tick=self._clock.tick(), removed=booking_id, mine=frozenset({booking_id}))

    def read_after(self, roster: Roster, booking_ids: Iterable[int]) -> OwnChange:
        """What a roster has become, read after a write on some of its bookings."""
        return OwnChange(roster=roster, tick=self._clock.tick(), mine=frozenset(booking_ids))


def numbered(
    bookings: Iterable[Booking], names: Names, event_id: int, previous: Roster | None
) -> tuple[tuple[RosterEntry, ...], int]:
    """Number the bookings: known ones as before, new ones by name from the first number that nobody ever had here.

    Returns the entries by number, and the next number that is free.
    """
    before = previous if previous is not None and previous.event_id == event_id else None
    known = {entry.booking.id: entry.number for entry in before.entries} if before is not None else {}
    next_number = before.next_number if before is not None else 1
    entries = []
    for booking in sorted(bookings, key=lambda booking: (fold(name_of_booking(booking)), booking.id)):
        number = known.get(booking.id)
        if number is None:
            number, next_number = next_number, next_number + 1
        entries.append(_entry(number, booking, names))
    return tuple(sorted(entries, key=lambda entry: entry.number)), next_number


def _entry(number: int, booking: Booking, names: Names) -> RosterEntry:
    return RosterEntry(
        number=number,
        booking=booking,
        name=name_of_booking(booking),
        phone=phone_of_booking(booking),
        tags=names.tags_of_booking(booking.tag_ids or ()),
        is_visitor=is_visitor(booking),
    )
