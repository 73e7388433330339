"""The week: free places day by day, and the way to a day (design 4.1)."""

from tui_app.screens.week.screen import WeekScreen

__all__ = ["WeekScreen"]
