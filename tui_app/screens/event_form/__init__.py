"""The form of an event: create one, or edit one without losing or overwriting anything (design 4.2)."""

from tui_app.screens.event_form.drafting import subject_of
from tui_app.screens.event_form.screen import EventFormScreen
from tui_app.screens.event_form.subject import CreateSubject, EditSubject, EventFormResult, Subject

__all__ = ["CreateSubject", "EditSubject", "EventFormResult", "EventFormScreen", "Subject", "subject_of"]
