"""What was typed and not sent, to be taken up again or dismissed."""

from tui_app.screens.drafts.screen import DraftsScreen

__all__ = ["DraftsScreen"]
