"""The desk line of one desk: what is typed, previewed, entered and told. Imported only once a desk is there."""

from typing import TYPE_CHECKING, Final

from tui_app.desk.commands.preview import Preview, Tone
from tui_app.desk.entries.finding import Matcher
from tui_app.desk.entries.preview import LinePreview
from tui_app.desk.entries.runner import LineRunner
from tui_app.desk.entries.surface import Step
from tui_app.desk.services import LineServices, line_services
from tui_app.desk.writes import WriteDesk
from tui_app.screens.schedule.board import Board
from tui_app.screens.schedule.stage import LineStage
from tui_app.screens.schedule.surface import ScheduleSurface

if TYPE_CHECKING:
    from tui_app.screens.schedule.screen import ScheduleScreen

TONES: Final = {Tone.ACTS: "⏎", Tone.ASKS: "?", Tone.WAITS: "…", Tone.STOPS: "!"}
"""A glyph for what Enter will do."""


class Entries:
    """The runner of the entries, the preview and the stage, put together over one board."""

    def __init__(self, screen: "ScheduleScreen", board: Board, writes: WriteDesk) -> None:
        self._screen = screen
        self.services: LineServices = line_services(board.desk)
        self._stage = LineStage(screen, board, self.services.caller, self.preview_again)
        matcher = Matcher(board.desk)
        surface = ScheduleSurface(board, self._stage)
        self._runner = LineRunner(board.desk, writes, surface, self.services, matcher)
        self._preview = LinePreview(self._runner.look, matcher, self._show)

    @property
    def busy(self) -> bool:
        """Whether entries wait or are worked on."""
        return self._runner.busy

    async def stop(self) -> None:
        """Stop looking and working for this desk; writes under way go on."""
        await self._preview.stop()
        await self._runner.stop()

    def abandon(self) -> None:
        """Tell nobody anything any more: the screen is about to go."""
        self._preview.abandon()
        self._runner.abandon()

    def move(self, where: str) -> None:
        """Take a key that moves, by the name that the desk line gives it, or Esc on an empty line."""
        self._runner.step(Step(where))

    def enter(self, text: str) -> None:
        """Take a line."""
        self._runner.enter(text)

    def typed(self, text: str) -> None:
        """Say what Enter will do with what is typed so far."""
        self._preview.typed(text)

    def all_confirmed(self) -> None:
        """Tell no more of any entry that it is not confirmed."""
        self._stage.drop_unconfirmed()

    def preview_again(self) -> None:
        """Say it again, for what it rests on has changed."""
        self._preview.again()

    def open_menu(self) -> None:
        """List the actions of the selected row."""
        self._stage.open_menu()

    def _show(self, told: Preview | None) -> None:
        self._stage.show_preview(() if told is None else told.items)
        self._screen.show_hint(f"{TONES[told.tone]} {told.line}" if told is not None else "")
