"""The header of the schedule, which fits itself into the width of the screen."""

from textual.content import Content

from tui_app.screens.schedule.words import Heading, header
from tui_app.widgets.line import Line

UNCONNECTED = Heading(location="Front desk", day=None, today=None, zone="", state="connecting")


class HeaderLine(Line):
    """Location, day, zone, server and connection in one line."""

    def __init__(self) -> None:
        super().__init__(id="header")
        self._heading = UNCONNECTED

    def show(self, heading: Heading) -> None:
        """Tell something else."""
        self._heading = heading
        self._fit()

    def on_resize(self) -> None:
        """Fit into the new width."""
        self._fit()

    def _fit(self) -> None:
        self.say(header(self._heading, self.size.width) if self.size.width else Content())
