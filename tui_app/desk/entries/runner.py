"""The entries of the desk line, worked off one after another in the order in which they came (design 5)."""

from tui_app.desk.commands.questions import Questions
from tui_app.desk.commands.view import View
from tui_app.desk.desk import Desk
from tui_app.desk.entries.services import LineServices
from tui_app.desk.entries.surface import Step, Surface
from tui_app.desk.writes import WriteDesk


class LineRunner:
    """Takes what the desk line hands over, in order, and works it off: a burst does the same as typing slowly.

    Nothing here waits for a key, and the line stays usable while calls run. `services` are shared with the forms, so
    that what they save can be undone here.
    """

    def __init__(self, desk: Desk, writes: WriteDesk, surface: Surface, services: LineServices | None = None) -> None:
        raise NotImplementedError

    @property
    def busy(self) -> bool:
        """Whether entries wait or are worked on."""
        raise NotImplementedError

    @property
    def questions(self) -> Questions:
        """The questions as they stand now."""
        raise NotImplementedError

    def look(self) -> View:
        """The screen's look with the questions and the undo of now: what a preview reads."""
        raise NotImplementedError

    def enter(self, text: str) -> tuple[int, ...]:
        """Take a line on which Enter was pressed, an empty one too; gives the numbers of its entries."""
        raise NotImplementedError

    def step(self, step: Step) -> None:
        """Take a key that moves: at once where nothing waits before it, else in its turn."""
        raise NotImplementedError

    async def idle(self) -> None:
        """Wait until all that was handed over has ended."""
        raise NotImplementedError

    async def stop(self) -> tuple[str, ...]:
        """Stop working; writes under way go on. Gives the texts that never got their turn, to be kept."""
        raise NotImplementedError
