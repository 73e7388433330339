"""The schedule: a day's events, the roster of the selected one, and the desk line."""

from tui_app.screens.schedule.rows import MARKS_IN_WORDS
from tui_app.screens.schedule.screen import ScheduleScreen

__all__ = ["MARKS_IN_WORDS", "ScheduleScreen"]
