"""Help: the keys of a screen, the marks it shows, and where the tokens are (design 4.6)."""

from tui_app.screens.help.screen import HelpScreen

__all__ = ["HelpScreen"]
