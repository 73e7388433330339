"""Booking somebody again as they were booked before: for a move in two steps and for undo."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.requests import LEFT_OUT, BookingInput, ClientInput
from tui_app.altegio.resources import Attendance, Booking
from tui_app.desk.booking import BookingDesk
from tui_app.desk.booking_draft import CheckedBooking
from tui_app.desk.naming import name_of_booking
from tui_app.desk.trouble import CannotBook, DeskError
from tui_app.desk.wording import reason

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


class Rebooked(Struct, frozen=True):
    """The new booking; `lost` says in words what of the old one could not be had again."""

    booking: Booking
    lost: tuple[str, ...] = ()


def as_it_was(booking: Booking) -> CheckedBooking:
    """The request that books the same people again; raises `CannotBook` where nothing tells who they are."""
    name = booking.client.name if booking.client is not None else ""
    visitor_name = booking.visitor_name
    if booking.client_id is not None:
        client = ClientInput(id=booking.client_id, name=name or name_of_booking(booking), phone="")
    else:
        visitor_name = visitor_name or booking.fictive_name
        if not visitor_name and booking.visitor_id is None:
            raise CannotBook("The name in this booking is withheld from you, so it cannot be made again")
        client = ClientInput(id=None, name=visitor_name or "visitor", phone="")
    wanted = BookingInput(
        client=client,
        places=booking.places,
        visitor_id=LEFT_OUT if booking.visitor_id is None else booking.visitor_id,
        visitor_name=visitor_name or LEFT_OUT,
        tag_ids=booking.tag_ids or LEFT_OUT,
    )
    return CheckedBooking(wanted)


class Rebooker:
    """Books again."""

    def __init__(self, api: "AltegioApi", booking: BookingDesk) -> None:
        self._api = api
        self._booking = booking

    async def book_like(self, event_id: int, former: Booking, *, with_attendance: bool = False) -> Rebooked:
        """Book into an event as `former` was booked: client, visitor, places, comment, tags; the attendance if asked.

        Raises `CannotBook`, `BookingRefused`, `AltegioError`; after `OutcomeUnknown` it may come yet, and nothing is
        sent twice.
        """
        wanted = as_it_was(former)
        made = await self._booking.book(event_id, wanted)
        return await self._restored(event_id, made, former, with_attendance=with_attendance)

    async def _restored(self, event_id: int, made: Booking, former: Booking, *, with_attendance: bool) -> Rebooked:
        """Give the new booking what the first call cannot carry; what fails is said, for the booking stands."""
        meant = {"comment": bool(former.comment), "tags": self._lacks_tags(made, former)}
        lost = []
        if any(meant.values()):
            try:
                made = await self._completed(event_id, made, former)
            except (AltegioError, DeskError) as error:
                lost = [f"its {name} ({reason(error)})" for name, wanted in meant.items() if wanted]
        if with_attendance and former.attendance is not Attendance.WAITING:
            try:
                await self._booking.set_attendance(made, former.attendance)
                made = replace(made, attendance=former.attendance)
            except (AltegioError, DeskError) as error:
                lost.append(f"its attendance ({reason(error)})")
        if former.paid:
            lost.append("its payment, which stays with the booking that was cancelled")
        if former.client_id is None and former.fictive_phone:
            lost.append("the phone of the visitor")
        return Rebooked(made, tuple(lost))

    def _lacks_tags(self, made: Booking, former: Booking) -> bool:
        """Whether tags are missing; in `activities` the first call has carried them (contract 2.4)."""
        if self._api.spoken == "activities" or not former.tag_ids:
            return False
        return frozenset(made.tag_ids or ()) != frozenset(former.tag_ids)

    async def _completed(self, event_id: int, made: Booking, former: Booking) -> Booking:
        """Put the comment and the tags on the new booking by one more call."""
        edit = await self._booking.open_booking(event_id, made)
        tag_ids = former.tag_ids if edit.tags_editable and former.tag_ids else edit.tag_ids
        return await self._booking.save_booking(edit, places=edit.places, comment=former.comment, tag_ids=tag_ids)
