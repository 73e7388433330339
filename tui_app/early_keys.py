"""Keys that come before there is anything to take them: the framework would drop them."""

from textual import events, on
from textual.app import App
from typing_extensions import override


class EarlyKeys(App[int]):
    """An App that keeps what is typed during its start until the first screen has its focus."""

    _early: list[events.Key | events.Paste] | None = None
    _ready_for_keys = False

    @on(events.Mount)
    def wait_for_focus(self) -> None:
        """Wait for the first frame: by then the focus is where it belongs."""
        self.call_after_refresh(self._release_keys)

    def _release_keys(self) -> None:
        self._ready_for_keys = True
        kept, self._early = self._early, None
        for event in kept or ():
            self.post_message(event)

    @override
    async def on_event(self, event: events.Event) -> None:
        if not self._ready_for_keys and isinstance(event, events.Key | events.Paste):
            self._early = [*(self._early or ()), event]
            return
        await super().on_event(event)
