"""Printing a roster or a day: to a file or to the printer, phones only when asked (design 5, `print`)."""

from tui_app.screens.printing.job import default_folder
from tui_app.screens.printing.screen import PrintScreen

__all__ = ["PrintScreen", "default_folder"]
