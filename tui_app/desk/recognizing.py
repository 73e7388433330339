"""Whether a booking that was read can be the one that was sent: one answer for all who look, and for the answer."""

from tui_app.altegio.requests import BookingInput, ClientInput
from tui_app.altegio.resources import Booking
from tui_app.desk.booking_draft import same_phone
from tui_app.desk.folding import fold
from tui_app.desk.naming import name_of_booking, phone_of_booking
from tui_app.desk.phones import is_withheld


def is_what_was_booked(booking: Booking, sent: BookingInput) -> bool:
    """Whether a booking can be the one that was sent: the same places, and the same client, phone or name."""
    if booking.places != sent.places:
        return False
    if sent.client.id is not None:
        return booking.client_id == sent.client.id
    phone = phone_of_booking(booking)
    if sent.client.phone and not is_withheld(phone):
        return same_phone(phone, sent.client.phone)
    visitor = sent.visitor_name if isinstance(sent.visitor_name, str) else ""
    return is_named(booking, visitor, full_name(sent.client))


def is_named(booking: Booking, *names: str) -> bool:
    """Whether a booking goes under one of these names; empty ones are nobody's."""
    return fold(name_of_booking(booking)) in {fold(name) for name in names if name}


def full_name(client: ClientInput) -> str:
    """Name and surname, as they are read out at the desk."""
    return " ".join(part for part in (client.name, client.surname) if part)
