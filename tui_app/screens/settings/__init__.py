"""The settings: what is kept in the file, changed at once (design 4.6)."""

from tui_app.screens.settings.screen import SettingsScreen

__all__ = ["SettingsScreen"]
