"""Drafts: what was typed and not sent outlives an error, a crash and a closed terminal, for a day (design 6)."""

from tui_app.desk.drafts.desk import DraftDesk, DraftPad, drafts_in, drafts_in_memory
from tui_app.desk.drafts.model import (
    BookingChange,
    BookingFields,
    BookingWork,
    ChangeWork,
    Content,
    Draft,
    EventWork,
    LineWork,
    Place,
    Work,
)

__all__ = [
    "BookingChange",
    "BookingFields",
    "BookingWork",
    "ChangeWork",
    "Content",
    "Draft",
    "DraftDesk",
    "DraftPad",
    "EventWork",
    "LineWork",
    "Place",
    "Work",
    "drafts_in",
    "drafts_in_memory",
]
