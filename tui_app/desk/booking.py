"""Booking into events: new bookings, their edit, attendance, cancelling."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError, Missing, Refused, Unsupported
from tui_app.altegio.requests import LEFT_OUT, BookingInput, BookingUpdate, BulkEntry, ClientInput
from tui_app.altegio.resources import Attendance, Booking, Client, ClientHit, Event, PriceItem
from tui_app.desk.booking_draft import BookingDraft, CheckedBooking, check_booking, draft_for, entry_of
from tui_app.desk.model import Roster, RosterEntry
from tui_app.desk.own_changes import OwnChange, as_booked
from tui_app.desk.phones import digits, is_withheld
from tui_app.desk.presence import is_cancelled
from tui_app.desk.recognizing import is_what_was_booked
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.rights import told_to_see_phones
from tui_app.desk.roster import RosterDesk
from tui_app.desk.together import attempt, both
from tui_app.desk.trouble import BookingRefused, CannotBook, CannotEdit, DeskError, EventCancelled, NotReady

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

T = TypeVar("T")

__all__ = [
    "BookingDesk",
    "BookingDraft",
    "BookingEdit",
    "BookingRefused",
    "CannotBook",
    "CannotEdit",
    "CheckedBooking",
    "Made",
    "NotReady",
    "Prepared",
    "already_booked",
    "check_booking",
    "draft_for",
]


_CANCELLED: Final = "This event has been cancelled"

_NO_PRICE: Final = PriceItem(cost_per_unit=0.0, discount_percent=0.0, manual_cost=0.0)
"""Stands where no price is sent: the update in `activities` carries none."""


class Prepared(Struct, frozen=True):
    """An event and its roster, just read."""

    event: Event
    roster: Roster


class Made(Struct, frozen=True):
    """A booking that was made, and what its roster has become by it; None: that must be read."""

    booking: Booking
    change: OwnChange | None


class BookingEdit(Struct, frozen=True, kw_only=True):
    """A booking as it was read for its edit: everything that its update sends back whole (contract 2.5).

    `tags_editable` is false in `activities`, whose update of a booking carries no tags.
    """

    event_id: int
    booking: Booking
    price_item: PriceItem
    places: int
    comment: str
    tag_ids: tuple[int, ...]
    tags_editable: bool = True


class BookingDesk:
    """Books into the events of one location.

    `made` is told when a booking may have made a client, `booked` which client has been booked, or may have been.
    """

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        rosters: RosterDesk,
        reference: ReferenceDesk,
        *,
        made: Callable[[], None] = lambda: None,
        booked: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._rosters = rosters
        self._reference = reference
        self._made = made
        self._heard = booked
        self._bulk_answers = True

    async def prepare(self, event_id: int, previous: Roster | None = None, *, held: Event | None = None) -> Prepared:
        """Read the event and its roster; raises `EventCancelled` and `AltegioError`.

        An event that is `held` already is not read again: its free places are counted from the roster.
        """
        if held is not None:
            roster = await self._rosters.load(event_id, previous)
            return Prepared(replace(held, taken=roster.places), roster)
        event, roster = await both(
            self._api.events.get(self._location_id, event_id), self._rosters.load(event_id, previous)
        )
        if event.deleted:
            raise EventCancelled(_CANCELLED)
        return Prepared(event, roster)

    async def book(self, event_id: int, checked: CheckedBooking) -> Booking:
        """Send a booking once; raises `NotReady`, `CannotBook`, `BookingRefused`, `EventCancelled` and `AltegioError`.

        A known client is booked by the id alone where the server knows that way, else with the whole card as it was
        read: nothing of it is overwritten (contract 2.6). In `events` tags need a second call (contract 2.4): where
        that fails the booking stands, and its `tag_ids` are None.
        """
        try:
            return await self._booked(event_id, checked)
        except Missing as error:
            await self._look_for_event(event_id, error)
            raise

    async def book_onto(
        self, roster: Roster, checked: CheckedBooking, *, made: Callable[[Booking], None] = lambda _: None
    ) -> Made:
        """As `book`, into the event of a roster just read; `made` hears of the booking before anything else is done."""
        booking = await self.book(roster.event_id, checked)
        made(booking)
        return Made(booking, await self._shown(roster, checked, booking))

    async def _shown(self, roster: Roster, checked: CheckedBooking, made: Booking) -> OwnChange | None:
        """What the roster that was read before a booking has become by it: told by the answer, where that tells enough.

        Else the roster is read once more; None where that fails, for the booking stands whatever comes of it.
        """
        whole = as_booked(made, roster.event_id, checked.input) if checked.input is not None else None
        if whole is not None:
            return self._rosters.with_new(roster, whole)
        try:
            return self._rosters.read_after(await self._rosters.load(roster.event_id, roster), (made.id,))
        except AltegioError:
            return None

    async def _booked(self, event_id: int, checked: CheckedBooking) -> Booking:
        if checked.input is None:
            raise NotReady(checked.problems)
        wanted = checked.input
        client_id = wanted.client.id
        if client_id is None:
            try:
                booking = await self._api.bookings.add(self._location_id, event_id, wanted)
            finally:
                self._made()
            if booking.client_id is not None:
                self._heard(booking.client_id)
        else:
            try:
                booking = await self._add_known(event_id, wanted, client_id)
            finally:
                self._heard(client_id)
        if not isinstance(wanted.tag_ids, tuple):
            return booking
        if self._api.spoken == "events":
            return await self._tagged(event_id, booking, wanted.tag_ids)
        return booking if booking.tag_ids is not None else replace(booking, tag_ids=wanted.tag_ids)

    async def look_for(self, event_id: int, checked: CheckedBooking, before: Roster | None) -> Booking | None:
        """Look, after an unknown outcome, for the booking that was sent; None: it is not there.

        Entries that stood in `before` do not count. Raises `NotReady` and `AltegioError`.
        """
        if checked.input is None:
            raise NotReady(checked.problems)
        roster = await self._rosters.load(event_id, before)
        old = {entry.booking.id for entry in before.entries} if before is not None else set()
        return next(
            (
                entry.booking
                for entry in reversed(roster.entries)
                if entry.booking.id not in old and is_what_was_booked(entry.booking, checked.input)
            ),
            None,
        )

    async def open_booking(self, event_id: int, booking: Booking) -> BookingEdit:
        """Read a booking for its edit; raises `CannotEdit` with the reason, and `AltegioError`."""
        read = await self._api.bookings.get_for_edit(self._location_id, event_id, booking.id)
        if read.deleted:
            raise CannotEdit("This booking has been cancelled")
        activities = self._api.spoken == "activities"
        if not activities:
            _refuse_what_would_be_lost(read)
        return BookingEdit(
            event_id=event_id,
            booking=read,
            price_item=read.price_items[0] if read.price_items else _NO_PRICE,
            places=read.places,
            comment=read.comment,
            tag_ids=read.tag_ids or (),
            tags_editable=not activities,
        )

    async def save_booking(self, edit: BookingEdit, *, places: int, comment: str, tag_ids: tuple[int, ...]) -> Booking:
        """Send a booking whole with the new values, on top of what it holds now.

        Raises `CannotEdit` where somebody else has changed one of my fields meanwhile, and `AltegioError`.
        """
        now = await self.open_booking(edit.event_id, edit.booking)
        if not edit.tags_editable and frozenset(tag_ids) != frozenset(edit.tag_ids):
            raise CannotEdit("This server cannot change the tags of a booking")
        merged_places = _mine_or_theirs("places", edit.places, places, now.places)
        merged_comment = _mine_or_theirs("comment", edit.comment, comment.strip(), now.comment)
        merged_tags = _mine_or_theirs("tags", frozenset(edit.tag_ids), frozenset(tag_ids), frozenset(now.tag_ids))
        onto = BookingUpdate(
            places=now.places,
            comment=now.comment or None,
            tag_ids=tuple(sorted(now.tag_ids)),
            price_item=now.price_item,
            color=now.booking.color or LEFT_OUT,
        )
        update = replace(onto, places=merged_places, comment=merged_comment or None, tag_ids=tuple(sorted(merged_tags)))
        return await self._api.bookings.update(self._location_id, edit.event_id, edit.booking.id, update, onto=onto)

    async def cancel_booking(self, booking: Booking) -> None:
        """Cancel a booking; raises `AltegioError`."""
        await self._api.bookings.cancel(self._location_id, booking.id, event_id=booking.event_id)

    async def set_attendance(self, booking: Booking, attendance: Attendance) -> None:
        """Set the attendance of a booking; raises `AltegioError`."""
        await self._api.bookings.set_attendance(self._location_id, booking.id, attendance, event_id=booking.event_id)

    async def _add_known(self, event_id: int, wanted: BookingInput, client_id: int) -> Booking:
        if self._may_go_by_id(wanted):
            try:
                return await self._add_by_id(event_id, client_id, wanted.places)
            except Unsupported:
                self._bulk_answers = False
            except Missing as error:
                await self._look_for_event(event_id, error)
                self._bulk_answers = False  # the event is there: the call is not
            except Refused as error:
                if error.status != HTTPStatus.METHOD_NOT_ALLOWED:
                    raise
                self._bulk_answers = False
        card = await self._api.clients.get(self._location_id, client_id)
        whole = replace(wanted, client=self._whole(card))
        return await self._api.bookings.add(self._location_id, event_id, whole)

    async def _look_for_event(self, event_id: int, missing: Missing) -> None:
        """Find out whether it is the event that a server misses; raises `EventCancelled`."""
        gone = await attempt(lambda: is_cancelled(self._api, self._location_id, event_id))
        if gone is True:
            raise EventCancelled(_CANCELLED) from missing

    def _may_go_by_id(self, wanted: BookingInput) -> bool:
        """Whether the id alone says it all: no visitor beside the client (contract 2.6)."""
        return self._bulk_answers and wanted.visitor_name is LEFT_OUT and wanted.visitor_id in {LEFT_OUT, None}

    async def _add_by_id(self, event_id: int, client_id: int, places: int) -> Booking:
        entry = BulkEntry(places=places, client_id=client_id)
        result = await self._api.bookings.add_many(self._location_id, event_id, (entry,))
        if result.booked:
            return result.booked[0]
        reason = result.refused[0].reason if result.refused else ""
        raise BookingRefused(reason or "The server did not make the booking and does not say why")

    def _whole(self, card: Client) -> ClientInput:
        """The whole card to send back; raises `CannotBook` where a part that must be sent is withheld."""
        if not card.name:
            raise CannotBook("The client's name is withheld from you, so the card cannot be sent back whole")
        withheld = is_withheld(card.phone) and not (
            card.phone == "" and told_to_see_phones(self._reference.current.permissions)
        )
        if withheld:
            raise CannotBook("The client's phone is withheld from you, so the card cannot be sent back whole")
        return client_input_of(card)

    async def _tagged(self, event_id: int, booking: Booking, tag_ids: tuple[int, ...]) -> Booking:
        """Put tags on a booking that was just made; where that fails it stands without them."""
        try:
            edit = await self.open_booking(event_id, booking)
            await self.save_booking(edit, places=edit.places, comment=edit.comment, tag_ids=tag_ids)
        except (DeskError, AltegioError):
            return replace(booking, tag_ids=None)
        return replace(booking, tag_ids=tag_ids)


def already_booked(roster: Roster, client: ClientHit | Client) -> RosterEntry | None:
    """Find the client's own entry in a roster, by id, else by phone; None: the client is not in it."""
    return entry_of(roster, client_id=client.id, phone=client.phone)


def client_input_of(card: Client) -> ClientInput:
    """The client of a booking from a card, unchanged: every field is sent each time (contract 2.4)."""
    return ClientInput(
        id=card.id,
        name=card.name,
        phone=f"+{digits(card.phone)}" if card.phone else "",
        surname=card.surname or None,
        patronymic=card.patronymic or None,
        email=card.email or None,
        gender=card.gender,
        birthday=card.birthday,
        custom_values=card.custom_values,
        agreements=card.agreements,
        comment=card.comment or LEFT_OUT,
        national_id=card.national_id or LEFT_OUT,
    )


def _refuse_what_would_be_lost(booking: Booking) -> None:
    """Raise `CannotEdit` where an update would drop what cannot be sent back (contract 2.5)."""
    if booking.product_count is None or booking.price_items is None or booking.tag_ids is None:
        raise CannotEdit("The server does not tell all that this booking holds, which a save would lose")
    if booking.product_count:
        raise CannotEdit("This booking holds products, which a save here would drop")
    if len(booking.price_items) != 1:
        raise CannotEdit(f"This booking has {len(booking.price_items)} price lines, and a save here would drop some")


def _mine_or_theirs(words: str, base: T, mine: T, theirs: T) -> T:
    if mine in (base, theirs):
        return theirs
    if theirs != base:
        raise CannotEdit(f"Somebody else has changed the {words} of this booking meanwhile: open it again")
    return mine
