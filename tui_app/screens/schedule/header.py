"""The header of the schedule, which fits itself into the width of the screen."""

from msgspec.structs import replace
from textual.content import Content

from tui_app.screens.schedule.words import Heading, header
from tui_app.widgets.line import Line

UNCONNECTED = Heading(location="Front desk", day=None, today=None, zone="", state="connecting")


class HeaderLine(Line):
    """Location, day, zone, server and connection in one line."""

    def __init__(self) -> None:
        super().__init__(id="header")
        self._heading = UNCONNECTED
        self._operator = ""

    def show(self, heading: Heading) -> None:
        """Tell something else."""
        self._heading = heading
        self._fit()

    def name_operator(self, initials: str) -> None:
        """Tell who is at the desk, beside the server."""
        self._operator = initials
        self._fit()

    def on_resize(self) -> None:
        """Fit into the new width."""
        self._fit()

    def _fit(self) -> None:
        where = "  ".join(part for part in (self._operator, self._heading.where) if part)
        self.say(header(replace(self._heading, where=where), self.size.width) if self.size.width else Content())
