"""What the booking forms answer."""

from msgspec import Struct


class BookingFormResult(Struct, frozen=True):
    """The booking that was made or saved, and its event; whether the schedule shows it already."""

    event_id: int
    booking_id: int
    shown: bool = False
