"""The palette: every action that applies here, found by its name."""

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input
from typing_extensions import override

from tui_app.actions import Action, actions_of
from tui_app.screens.schedule import ScheduleScreen


class QuietPalette(CommandPalette):
    """The palette with a cursor that does not blink: a link at rest carries nothing."""

    def on_mount(self) -> None:
        """Hold the cursor still."""
        self.query_one(Input).cursor_blink = False


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
