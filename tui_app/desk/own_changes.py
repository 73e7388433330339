"""What a confirmed write has made of a roster, as the server's answer tells it: shown at once, without a reading.

Readings and answers of one desk are told apart by their ticks: a reading with a lower one had begun before the answer
came, and may not hold what the write has made. All of it is pure.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.requests import BookingInput
from tui_app.altegio.resources import Booking, Client
from tui_app.desk.model import Roster, RosterEntry, ScheduledEvent
from tui_app.desk.recognizing import is_what_was_booked


class OwnChange(Struct, frozen=True, kw_only=True):
    """A write of this desk that the server has confirmed.

    `roster` was read right before the write, or after it; `tick` is of the moment when the answer was there. `added`
    has come into the roster by the write, `removed` has gone out of it. `mine` are the bookings that it was about.
    """

    roster: Roster
    tick: int
    added: RosterEntry | None = None
    removed: int | None = None
    mine: frozenset[int] = frozenset()

    @property
    def event_id(self) -> int:
        """The event whose roster was changed."""
        return self.roster.event_id


def with_own(roster: Roster, changes: Iterable[OwnChange]) -> Roster:
    """Put onto a reading what was confirmed after it had begun; what it holds of that already stays as it was read."""
    for change in changes:
        if change.event_id == roster.event_id and change.tick > roster.tick:
            roster = _changed(roster, change)
    return roster


def _changed(roster: Roster, change: OwnChange) -> Roster:
    entries, added = roster.entries, change.added
    if change.removed is not None:
        entries = tuple(entry for entry in entries if entry.booking.id != change.removed)
    if added is None or roster.by_booking(added.booking.id) is not None:
        return replace(roster, entries=entries)
    numbered = replace(added, number=roster.next_number)
    return replace(roster, entries=(*entries, numbered), next_number=roster.next_number + 1)


def renumbered(roster: Roster, shown: Roster | None) -> Roster:
    """Keep the numbers that are on the screen; who is new gets the next that nobody ever had there (design 5)."""
    if shown is None or shown.event_id != roster.event_id:
        return roster
    known = {entry.booking.id: entry.number for entry in shown.entries}
    next_number = shown.next_number
    entries = []
    for entry in roster.entries:
        number = known.get(entry.booking.id)
        if number is None:
            number, next_number = next_number, next_number + 1
        entries.append(replace(entry, number=number))
    return replace(roster, entries=tuple(sorted(entries, key=lambda entry: entry.number)), next_number=next_number)


def counted(event: ScheduledEvent, roster: Roster) -> ScheduledEvent:
    """An event with the places that its roster tells."""
    booked = roster.places
    return replace(event, event=replace(event.event, taken=booked), booked=booked, arrived=roster.arrived)


def as_booked(made: Booking, event_id: int, sent: BookingInput) -> Booking | None:
    """A new booking as a roster would tell it, from the answer and from what was sent.

    The answer names neither client nor visitor (contract 2.4). None: it tells too little, or not what was sent, so that
    the roster must be read to show the booking rightly.
    """
    tag_ids = () if made.tag_ids is None and not isinstance(sent.tag_ids, tuple) else made.tag_ids
    if made.deleted or made.event_id != event_id or tag_ids is None or _has_card(made) is not _needs_card(sent):
        return None
    visitor_name = made.visitor_name or (sent.visitor_name if isinstance(sent.visitor_name, str) else "")
    whole = replace(made, client=made.client or _card(made, sent), visitor_name=visitor_name, tag_ids=tag_ids)
    return whole if is_what_was_booked(whole, sent) else None


def _has_card(made: Booking) -> bool:
    return made.client_id is not None


def _needs_card(sent: BookingInput) -> bool:
    """Whether there must be a client behind the booking: a new one with a phone gets a card."""
    return sent.client.id is not None or bool(sent.client.phone)


def _card(made: Booking, sent: BookingInput) -> Client | None:
    """What is known of the client without the card."""
    if made.client_id is None:
        return None
    client = sent.client
    return Client(
        id=made.client_id,
        name=client.name,
        surname=client.surname or "",
        patronymic=client.patronymic or "",
        phone=client.phone,
    )
