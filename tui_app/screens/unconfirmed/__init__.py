"""Writes of which nobody knows whether they were carried out: check again, send again, let go (design 4, 6)."""

from tui_app.screens.unconfirmed.screen import UnconfirmedScreen

__all__ = ["UnconfirmedScreen"]
