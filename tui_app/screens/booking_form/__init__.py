"""The forms of a booking: book a client or a visitor into an event, and edit what can be edited (design 4.3)."""

from tui_app.screens.booking_form.edit import BookingEditScreen
from tui_app.screens.booking_form.result import BookingFormResult
from tui_app.screens.booking_form.screen import BookingFormScreen

__all__ = ["BookingEditScreen", "BookingFormResult", "BookingFormScreen"]
