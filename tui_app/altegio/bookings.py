"""Bookings: list, add, change, move, cancel, attendance (contract 2.4 to 2.6, 3, 4)."""

from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import Final

from tui_app.altegio.calls import Call, Json, Params, includes
from tui_app.altegio.dialects import only_in_events
from tui_app.altegio.envelope import BrokenAnswer, Envelope, unreadable
from tui_app.altegio.errors import Missing
from tui_app.altegio.operations import (
    AddBooking,
    AddBookings,
    CancelBooking,
    MarkAttendance,
    MoveBooking,
    UpdateBooking,
)
from tui_app.altegio.paging import read_pages
from tui_app.altegio.requests import BookingInput, BookingMove, BookingUpdate, BulkEntry, VisitUpdate
from tui_app.altegio.resources import Attendance, Booking, BulkResult
from tui_app.altegio.service import Service
from tui_app.altegio.walltime import format_wall_t
from tui_app.altegio.wire.bodies import fetch_bodies
from tui_app.altegio.wire.bookings import read_booking, read_bulk

LIST: Final = "list the bookings"
PAGE: Final = 250
CHANGED_PAGE: Final = 300

_PEOPLE: Final = ("client", "comer", "labels")
_PRICES: Final = ("attendance_service_items", "attendance_good_items")


class BookingsApi:
    """The operations on bookings."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def list(
        self,
        location_id: int,
        *,
        event_id: int | None = None,
        client_id: int | None = None,
        between: tuple[datetime, datetime] | None = None,
    ) -> tuple[Booking, ...]:
        """List bookings with their clients, visitors and tags: of an event, of a client, or of a stretch of time."""
        filters = _filters(event_id, client_id, between)
        return await self._all(LIST, location_id, (*filters, *includes(*_PEOPLE)))

    async def get_for_edit(self, location_id: int, event_id: int, booking_id: int) -> Booking:
        """Read one booking of an event with its price line and the number of its products. Raises Missing."""
        operation = "read the booking"
        params = (*_filters(event_id, None, None), *includes(*_PEOPLE, *_PRICES))
        found = await self._all(operation, location_id, params)
        booking = next((booking for booking in found if booking.id == booking_id), None)
        if booking is None or booking.deleted:
            raise Missing(operation, message="the event does not hold this booking any more")
        return booking

    async def add(self, location_id: int, event_id: int, booking: BookingInput) -> Booking:
        """Book a client or a visitor into an event. Raises Invalid before sending, Missing, Busy."""
        operation = AddBooking(location_id=location_id, event_id=event_id, booking=booking)
        return await self._service.guard.carry_out(operation, lambda: self._add(operation))

    async def add_many(self, location_id: int, event_id: int, entries: Sequence[BulkEntry]) -> BulkResult:
        """Book up to 50 at once; `events` only, else Unsupported. What was refused is told entry by entry."""
        only_in_events("add the bookings", await self._service.speech(location_id))
        operation = AddBookings(location_id=location_id, event_id=event_id, entries=tuple(entries))
        return await self._service.guard.carry_out(operation, lambda: self._add_many(operation))

    async def update(
        self,
        location_id: int,
        event_id: int,
        booking_id: int,
        update: BookingUpdate,
        *,
        onto: BookingUpdate | None = None,
    ) -> Booking:
        """Change a booking; in `activities` its places and comment alone (contract 2.5).

        `events` writes the price line, the tags and the products anew: read with `get_for_edit` first, and leave a
        booking with products alone. `onto` as for an event.
        """
        operation = UpdateBooking(
            location_id=location_id, event_id=event_id, booking_id=booking_id, update=update, onto=onto
        )
        return await self._service.guard.carry_out(operation, lambda: self._update(operation))

    async def move(self, location_id: int, event_id: int, booking_id: int, move: BookingMove) -> Booking:
        """Move a booking from its event to another; only while it is waiting and unpaid (contract 2.5)."""
        operation = MoveBooking(location_id=location_id, event_id=event_id, booking_id=booking_id, move=move)
        return await self._service.guard.carry_out(operation, lambda: self._move(operation))

    async def cancel(self, location_id: int, booking_id: int, *, event_id: int | None = None) -> None:
        """Cancel a booking; by `event_id` it can be found out later what came of it."""
        operation = CancelBooking(location_id=location_id, event_id=event_id, booking_id=booking_id)
        await self._service.guard.carry_out(operation, lambda: self._cancel(operation))

    async def set_attendance(
        self, location_id: int, booking_id: int, attendance: Attendance, *, event_id: int | None = None
    ) -> None:
        """Mark a booking's attendance; bookings linked by a visit change together (contract 4)."""
        operation = MarkAttendance(
            location_id=location_id, event_id=event_id, booking_id=booking_id, attendance=attendance
        )
        await self._service.guard.carry_out(operation, lambda: self._mark(operation))

    async def send(
        self, operation: AddBooking | AddBookings | UpdateBooking | MoveBooking | CancelBooking | MarkAttendance
    ) -> object:
        """Send a write past the guard."""
        await fetch_bodies()
        match operation:
            case AddBooking():
                return await self._add(operation)
            case AddBookings():
                return await self._add_many(operation)
            case UpdateBooking():
                return await self._update(operation)
            case MoveBooking():
                return await self._move(operation)
            case CancelBooking():
                await self._cancel(operation)
            case MarkAttendance():
                await self._mark(operation)
        return None

    async def set_visit(self, visit_id: int, booking_id: int, update: VisitUpdate) -> None:
        """Mark attendance in the older way, through the booking's visit (contract 4)."""
        body: dict[str, Json] = {
            "attendance": int(update.attendance),
            "comment": update.comment,
            "services": [dict(line) for line in update.services],
            "goods_transactions": [dict(line) for line in update.products],
        }
        path = f"visits/{visit_id}/{booking_id}"
        await self._service.transport.send(
            Call(operation="save the visit", method="PUT", version="v1", path=path, body=body, write=True)
        )

    async def changed_since(self, location_id: int, since: datetime) -> tuple[Booking, ...]:
        """List the bookings that anybody changed since a wall-clock time, cancelled ones among them (contract 4)."""
        operation = "look for changes"

        def fetch(page: int) -> Awaitable[Envelope]:
            paging = (("page", str(page)), ("count", str(CHANGED_PAGE)))
            params = (("changed_after", format_wall_t(since)), *cancelled_too(), *paging)
            return self._service.transport.send(
                Call(operation=operation, version="v1", path=f"records/{location_id}", params=params)
            )

        return await read_pages(operation, fetch, read_booking, page_size=CHANGED_PAGE, notes=self._service.notes)

    async def _add(self, add: AddBooking) -> Booking:
        from tui_app.altegio.wire.booking_bodies import booking_body

        operation = "add the booking"
        speech = await self._service.speech(add.location_id)
        body = booking_body(operation, add.booking, activities=speech.activities)
        path = speech.bookings(add.location_id, add.event_id)
        call = Call(operation=operation, method="POST", path=path, body=body, write=True)
        return await self._service.one(call, read_booking)

    async def _add_many(self, add: AddBookings) -> BulkResult:
        from tui_app.altegio.wire.booking_bodies import bulk_body

        operation = "add the bookings"
        speech = await self._service.speech(add.location_id)
        path = f"{speech.bookings(add.location_id, add.event_id)}/bulk"
        body = bulk_body(operation, add.entries)
        call = Call(operation=operation, method="POST", path=path, body=body, write=True)
        envelope = await self._service.transport.send(call)
        try:
            result, broken = read_bulk(envelope)
        except BrokenAnswer as error:
            raise unreadable(operation, str(error), status=None, write=True) from None
        if broken:
            raise unreadable(operation, "a part of the answer cannot be read", status=None, write=True)
        return result

    async def _update(self, change: UpdateBooking) -> Booking:
        from tui_app.altegio.wire.booking_bodies import update_body, update_in_place_body

        operation = "save the booking"
        speech = await self._service.speech(change.location_id)
        if speech.activities:
            body = update_in_place_body(operation, change.event_id, change.update)
        else:
            body = update_body(operation, change.update)
        path = speech.booking(change.location_id, change.event_id, change.booking_id)
        call = Call(operation=operation, method=speech.update_method, path=path, body=body, write=True)
        return await self._service.one(call, read_booking)

    async def _move(self, change: MoveBooking) -> Booking:
        from tui_app.altegio.wire.booking_bodies import move_body

        operation = "move the booking"
        speech = await self._service.speech(change.location_id)
        body = move_body(operation, change.move, activities=speech.activities)
        path = speech.booking(change.location_id, change.event_id, change.booking_id)
        call = Call(operation=operation, method="PATCH", path=path, body=body, write=True)
        return await self._service.one(call, read_booking)

    async def _cancel(self, change: CancelBooking) -> None:
        path = f"locations/{change.location_id}/appointments/{change.booking_id}"
        await self._service.transport.send(Call(operation="cancel the booking", method="DELETE", path=path, write=True))

    async def _mark(self, change: MarkAttendance) -> None:
        await self._service.transport.send(
            Call(
                operation="mark the attendance",
                method="POST",
                version="v1",
                path=f"company/{change.location_id}/records/{change.booking_id}/attendance",
                body=attendance_body(change.attendance),
                write=True,
            )
        )

    async def _all(self, operation: str, location_id: int, params: Params) -> tuple[Booking, ...]:
        path = f"locations/{location_id}/appointments"

        def fetch(page: int) -> Awaitable[Envelope]:
            paging = (("page", str(page)), ("limit", str(PAGE)))
            return self._service.transport.send(Call(operation=operation, path=path, params=(*params, *paging)))

        found = await read_pages(operation, fetch, read_booking, page_size=PAGE, notes=self._service.notes)
        return tuple(booking for booking in found if not booking.deleted)


def cancelled_too() -> Params:
    """Ask version 1 for cancelled bookings too, which is a change like any other; not in the contract."""
    return (("with_deleted", "1"),)


def attendance_body(attendance: Attendance) -> Json:
    """Build the body that marks attendance: not verified against a live location (contract 5)."""
    return {"attendance": int(attendance)}


def _filters(event_id: int | None, client_id: int | None, between: tuple[datetime, datetime] | None) -> Params:
    filters: list[tuple[str, str]] = []
    if event_id is not None:
        filters.append(("filter[activity_id]", str(event_id)))
    if client_id is not None:
        filters.append(("filter[client_id]", str(client_id)))
    if between is not None:
        filters.append(("filter[date_intersect_from]", format_wall_t(between[0])))
        filters.append(("filter[date_intersect_to]", format_wall_t(between[1])))
    return tuple(filters)
