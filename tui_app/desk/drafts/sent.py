"""Drafts whose write the journal knows to be carried out: offering them would invite to send it twice. Pure."""

from collections.abc import Iterable

from tui_app.altegio.operations import AddBooking, AddBookings, CreateEvent, Operation, UpdateBooking, UpdateEvent
from tui_app.desk.drafts.model import BookingWork, ChangeWork, Content, EventWork


def was_carried_out(content: Content, operations: Iterable[Operation]) -> bool:
    """Whether a draft that was on its way when its run ended is one of these writes, which have been carried out."""
    return content.sent and any(_is_of(content.work, operation) for operation in operations)


def _is_of(work: object, operation: Operation) -> bool:
    match work:
        case BookingWork():
            return isinstance(operation, AddBooking | AddBookings) and operation.event_id == work.event_id
        case EventWork(event_id=None):
            wanted = (work.draft.service_id, work.draft.team_member_id)
            return isinstance(operation, CreateEvent) and wanted == (
                operation.event.service_id,
                operation.event.team_member_id,
            )
        case EventWork():
            return isinstance(operation, UpdateEvent) and operation.event_id == work.event_id
        case ChangeWork():
            return isinstance(operation, UpdateBooking) and operation.booking_id == work.booking_id
    return False
