"""Finding out what came of a write of unknown outcome: each operation has its own way, and none sends anything."""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.operations import (
    AddBooking,
    AddBookings,
    CancelBooking,
    CreateEvent,
    DeleteEvent,
    MarkAttendance,
    MoveBooking,
    Operation,
    RepeatEvent,
    UpdateBooking,
    UpdateEvent,
)
from tui_app.altegio.requests import (
    LEFT_OUT,
    BookingUpdate,
    BulkEntry,
    EventInput,
    EventQuery,
)
from tui_app.altegio.resources import Booking, BulkResult, Event
from tui_app.desk.event_merge import LABELS, changed_inputs, input_of, mismatches, rebase, values_of
from tui_app.desk.presence import is_cancelled
from tui_app.desk.recognizing import is_named, is_what_was_booked
from tui_app.desk.trouble import NotSentAgain

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

SKEW: Final = timedelta(minutes=10)
"""How far the server's clock may be behind this one: what it made earlier than that was made before the write."""

FRESH_S: Final = 2.0
"""Seconds for which a roster that was read tells what stood there before a booking: other desks book, too."""


class Found(Struct, frozen=True):
    """A write was carried out: its answer as the API would have given it, and what it has made, such as `booking:7`."""

    answer: object
    makes: str | None = None


class Sent(Struct, frozen=True):
    """A write and what was known when it was sent: the ids that stood there, and the wall clock of the location."""

    operation: Operation
    before: tuple[int, ...]
    since: datetime


class Looks:
    """Reads what tells the outcome of a write at one server."""

    def __init__(self, api: "AltegioApi", monotonic: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._monotonic = monotonic
        self._rosters: dict[int, tuple[float, tuple[int, ...]]] = {}

    def saw(self, event_id: int, bookings: Iterable[Booking]) -> None:
        """Hear of a roster that was just read, which saves reading it again before a booking."""
        now = self._monotonic()
        fresh = {known: seen for known, seen in self._rosters.items() if now - seen[0] < FRESH_S}
        self._rosters = {**fresh, event_id: (now, tuple(booking.id for booking in bookings))}

    async def before(self, operation: Operation) -> tuple[int, ...]:
        """The ids that stand where the operation will make something new; raises `AltegioError`."""
        match operation:
            case AddBooking() | AddBookings():
                return await self._ids_in(operation)
            case CreateEvent():
                return tuple(event.id for event in await self._like(operation.location_id, operation.event))
            case RepeatEvent():
                return tuple(event.id for event in await self._repeats(operation))
        return ()

    async def look(self, sent: Sent, taken: frozenset[str] = frozenset(), rivals: int = 0) -> Found | None:
        """Look what came of a write; None: it has not been carried out yet, or it cannot be told.

        What `taken` names was made by another write; of `rivals` other writes, each of which may have made the same,
        nobody knows the outcome either: then there must be enough for all. Raises `AltegioError`.
        """
        match sent.operation:
            case AddBooking() | AddBookings():
                return await self._added(sent, taken, rivals)
            case CreateEvent():
                return await self._created(sent, taken, rivals)
            case _:
                return await self._changed(sent)

    async def _changed(self, sent: Sent) -> Found | None:
        match sent.operation:
            case UpdateBooking() as update:
                return await self._updated(update)
            case MoveBooking() as move:
                roster = await self._roster(move.location_id, move.move.to_event_id)
                return next((Found(one) for one in roster if one.id == move.booking_id), None)
            case CancelBooking() as cancel:
                return None if await self._in_roster(cancel) is not None else self._gone(cancel)
            case MarkAttendance() as mark:
                booking = await self._in_roster(mark)
                return Found(None) if booking is not None and booking.attendance is mark.attendance else None
            case UpdateEvent() as save:
                event = await self._api.events.get(save.location_id, save.event_id)
                meant = changed_inputs(save.event, save.onto) if save.onto is not None else frozenset(LABELS)
                return Found(event) if not event.deleted and not mismatches(save.event, event, only=meant) else None
            case DeleteEvent() as delete:
                return await self._deleted(delete)
            case RepeatEvent() as repeat:
                return await self._repeated(repeat, sent.before)
        return None

    async def _added(self, sent: Sent, taken: frozenset[str], rivals: int) -> Found | None:
        operation = sent.operation
        if not isinstance(operation, AddBooking | AddBookings):
            return None
        new = [
            booking
            for booking in await self._roster(operation.location_id, operation.event_id)
            if booking.id not in sent.before
            and f"booking:{booking.id}" not in taken
            and (booking.created_at is None or booking.created_at >= sent.since - SKEW)
        ]
        if isinstance(operation, AddBooking):
            mine = _those(new, lambda booking: is_what_was_booked(booking, operation.booking), rivals)
            return None if mine is None else Found(mine, f"booking:{mine.id}")
        found: list[Booking] = []
        for entry in operation.entries:
            left = [booking for booking in new if booking not in found]
            one = _those(left, partial(_is_entry, entry), rivals)
            if one is None:
                return None
            found.append(one)
        makes = f"booking:{found[0].id}" if len(found) == 1 else None
        return Found(BulkResult(booked=tuple(found), refused=()), makes)

    async def _created(self, sent: Sent, taken: frozenset[str], rivals: int) -> Found | None:
        operation = sent.operation
        if not isinstance(operation, CreateEvent):
            return None
        new = [
            event
            for event in await self._like(operation.location_id, operation.event)
            if event.id not in sent.before and f"event:{event.id}" not in taken
        ]
        if len(new) <= rivals:
            return None
        event = await self._api.events.get(operation.location_id, min(one.id for one in new))
        return Found(event, f"event:{event.id}")

    async def _updated(self, update: UpdateBooking) -> Found | None:
        booking = await self._api.bookings.get_for_edit(update.location_id, update.event_id, update.booking_id)
        tags = self._api.spoken == "events"
        return Found(booking) if _holds(booking, update, tags=tags) else None

    async def renewed(self, operation: Operation) -> Operation:
        """What to send instead of an operation now: changes are put onto what others have saved since.

        Raises `NotSentAgain` where they have changed the same, or where it is not known what was changed, and
        `AltegioError`.
        """
        match operation:
            case UpdateEvent() as save:
                return await self._renewed_event(save)
            case UpdateBooking() as change:
                return await self._renewed_booking(change)
        return operation

    async def _renewed_event(self, save: UpdateEvent) -> Operation:
        event = await self._api.events.get(save.location_id, save.event_id)
        if save.onto is None or event.deleted or not event.complete:
            raise NotSentAgain("It is not known what others have changed since: open the class and save it again")
        merged = rebase(save.event, save.onto, event)
        _refuse_clashes([clash.label for clash in merged.clashes], "class")
        wanted = replace(merged.input, force=save.event.force)
        return replace(save, event=wanted, onto=input_of(values_of(event)))

    async def _renewed_booking(self, change: UpdateBooking) -> Operation:
        booking = await self._api.bookings.get_for_edit(change.location_id, change.event_id, change.booking_id)
        if change.onto is None:
            raise NotSentAgain("It is not known what others have changed since: open the booking and save it again")
        tags = self._api.spoken == "events"
        was, want = _values(change.onto, tags=tags), _values(change.update, tags=tags)
        now = _values_now(booking, tags=tags)
        mine = {name for name in want if want[name] != was[name]}
        _refuse_clashes([name for name in mine if now[name] not in (was[name], want[name])], "booking")
        price = booking.price_items[0] if booking.price_items else change.update.price_item
        update = BookingUpdate(
            places=booking.places if "places" not in mine else change.update.places,
            comment=(change.update.comment if "comment" in mine else booking.comment) or None,
            tag_ids=change.update.tag_ids if "tags" in mine or not tags else booking.tag_ids or (),
            price_item=price,
            color=booking.color or LEFT_OUT,
        )
        return replace(change, update=update)

    async def _in_roster(self, operation: CancelBooking | MarkAttendance) -> Booking | None:
        if operation.event_id is None:
            return None
        roster = await self._roster(operation.location_id, operation.event_id)
        return next((booking for booking in roster if booking.id == operation.booking_id), None)

    def _gone(self, cancel: CancelBooking) -> Found | None:
        return Found(None) if cancel.event_id is not None else None

    async def _deleted(self, delete: DeleteEvent) -> Found | None:
        return Found(None) if await is_cancelled(self._api, delete.location_id, delete.event_id) else None

    async def _repeated(self, repeat: RepeatEvent, before: tuple[int, ...]) -> Found | None:
        new = {event.starts_at: event for event in await self._repeats(repeat) if event.id not in before}
        return Found(tuple(new[at] for at in repeat.starts)) if set(new) == set(repeat.starts) else None

    async def _ids_in(self, operation: AddBooking | AddBookings) -> tuple[int, ...]:
        seen = self._rosters.get(operation.event_id)
        if seen is not None and self._monotonic() - seen[0] < FRESH_S:
            return seen[1]
        return tuple(booking.id for booking in await self._roster(operation.location_id, operation.event_id))

    async def _roster(self, location_id: int, event_id: int) -> tuple[Booking, ...]:
        return await self._api.bookings.list(location_id, event_id=event_id)

    async def _like(self, location_id: int, wanted: EventInput) -> tuple[Event, ...]:
        """The events at the same time with the same service and team member."""
        query = EventQuery(
            starts_from=wanted.starts_at,
            starts_to=wanted.starts_at,
            team_member_ids=(wanted.team_member_id,),
            service_ids=(wanted.service_id,),
        )
        key = (wanted.starts_at, wanted.service_id, wanted.team_member_id)
        listed = await self._api.events.list(location_id, query)
        return tuple(one for one in listed if (one.starts_at, one.service_id, one.team_member_id) == key)

    async def _repeats(self, repeat: RepeatEvent) -> tuple[Event, ...]:
        """The events at the times of a repeat that are of the same service and team member."""
        event = await self._api.events.get(repeat.location_id, repeat.event_id)
        query = EventQuery(starts_from=min(repeat.starts), starts_to=max(repeat.starts))
        key = (event.service_id, event.team_member_id)
        listed = await self._api.events.list(repeat.location_id, query)
        return tuple(
            one for one in listed if one.starts_at in repeat.starts and (one.service_id, one.team_member_id) == key
        )


def _is_entry(entry: BulkEntry, booking: Booking) -> bool:
    if booking.places != entry.places:
        return False
    if entry.client_id is not None:
        return booking.client_id == entry.client_id
    return is_named(booking, entry.name)


def _holds(booking: Booking, change: UpdateBooking, *, tags: bool) -> bool:
    """Whether a booking holds what an update meant to change; `activities` carries no tags (contract 2.5)."""
    want, now = _values(change.update, tags=tags), _values_now(booking, tags=tags)
    was = _values(change.onto, tags=tags) if change.onto is not None else {}
    return all(now[name] == value for name, value in want.items() if was.get(name) != value)


def _values(update: BookingUpdate, *, tags: bool) -> dict[str, object]:
    values: dict[str, object] = {"places": update.places, "comment": update.comment or ""}
    return values | ({"tags": frozenset(update.tag_ids)} if tags else {})


def _values_now(booking: Booking, *, tags: bool) -> dict[str, object]:
    values: dict[str, object] = {"places": booking.places, "comment": booking.comment}
    return values | ({"tags": frozenset(booking.tag_ids or ())} if tags else {})


def _refuse_clashes(fields: Sequence[str], what: str) -> None:
    if fields:
        named = ", ".join(field.lower() for field in fields)
        raise NotSentAgain(f"Somebody has changed its {named} since: open the {what} and save it again")


def _those(new: list[Booking], fits: Callable[[Booking], bool], rivals: int) -> Booking | None:
    """The oldest that fits, where there is one for each who may have made it."""
    fitting = sorted((booking for booking in new if fits(booking)), key=lambda booking: booking.id)
    return fitting[0] if len(fitting) > rivals else None
