"""What the booking forms answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookingFormResult:
    """The booking that was made or saved, and its event."""

    event_id: int
    booking_id: int
