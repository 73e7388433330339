"""The call list: whom to ring about a class, with a mark for whom one has reached (design 5, `call`)."""

from tui_app.screens.calls.screen import CallsScreen

__all__ = ["CallsScreen"]
