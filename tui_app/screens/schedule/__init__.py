"""The schedule: a day's events, the roster of the selected one, and the desk line."""

from tui_app.screens.schedule.screen import ScheduleScreen

__all__ = ["ScheduleScreen"]
