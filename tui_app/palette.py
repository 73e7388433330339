"""The palette: every action that applies here, found by its name."""

from textual import on
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input
from textual.worker import Worker, WorkerState
from typing_extensions import override

from tui_app.actions import Action, actions_of
from tui_app.screens.schedule.screen import ScheduleScreen
from tui_app.widgets.first_paint import PaintedOnce


class QuietPalette(CommandPalette, PaintedOnce[None]):
    """The palette painted once with its first answers, and with a cursor that does not blink."""

    def __init__(self) -> None:
        super().__init__(id="--command-palette")

    def on_mount(self) -> None:
        """Hold the cursor still, and the first paint back."""
        self.query_one(Input).cursor_blink = False
        self.paint_when_read()

    @on(Worker.StateChanged)
    def lay_out_answers(self, event: Worker.StateChanged) -> None:
        """Let the answers be seen: laid out before the first paint, for only then is it known whether they scroll."""
        if event.worker.group == self._GATHER_COMMANDS_GROUP and event.state is WorkerState.SUCCESS:
            if self.opening:
                self._refresh_layout()
            self.call_later(self.reading_ended)


class ActionProvider(Provider):
    """Offers the actions of the table while the schedule is on top; forms name their few keys themselves."""

    @override
    async def discover(self) -> Hits:
        for action in self._offered():
            yield DiscoveryHit(action.label, lambda action=action: self._perform(action), help=action.help)

    @override
    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action in self._offered():
            score = matcher.match(f"{action.label} {action.help}")
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(action.label),
                    lambda action=action: self._perform(action),
                    help=action.help,
                )

    def _offered(self) -> tuple[Action, ...]:
        if not isinstance(self.screen, ScheduleScreen):
            return ()
        offered = actions_of("event", "booking", "schedule", "everywhere")
        return tuple(action for action in offered if action.id != "palette")

    def _perform(self, action: Action) -> None:
        if isinstance(self.screen, ScheduleScreen):
            self.screen.perform(action.id)
