"""What every full screen and every dialog has in common: its styles, its sizes, the notice of a terminal too small."""

from typing import ClassVar, TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState
from typing_extensions import override

from tui_app.intents import Unexpected
from tui_app.stylesheets import stylesheet

Result = TypeVar("Result")

MIN_COLUMNS = 60
MIN_ROWS = 16
WIDE_COLUMNS = 110
TALL_ROWS = 24

_WIDTHS: list[tuple[int, str]] = [(0, "-cramped"), (MIN_COLUMNS, "-narrow"), (WIDE_COLUMNS, "-wide")]
_HEIGHTS: list[tuple[int, str]] = [(0, "-low"), (MIN_ROWS, "-short"), (TALL_ROWS, "-tall")]


def too_small_notice() -> Static:
    """The line that stands alone on a terminal below 60x16; `base.tcss` shows and hides it."""
    text = f"Too small: this needs {MIN_COLUMNS} columns and {MIN_ROWS} rows. Nothing is lost: make the window larger."
    return Static(text, id="too-small", markup=False)


def size_classes(size: Size) -> dict[str, bool]:
    """The classes of a size, as the framework sets them by the breakpoints: of each kind the one that is reached."""
    reached = {
        max(point for point in points if point[0] <= extent)[1]
        for points, extent in ((_WIDTHS, size.width), (_HEIGHTS, size.height))
    }
    return {name: name in reached for _, name in (*_WIDTHS, *_HEIGHTS)}


def unexpected(event: Worker.StateChanged) -> Unexpected | None:
    """Tell of a worker that has failed without handling it: no error of a worker may end in silence (field notes)."""
    if event.state is WorkerState.ERROR and event.worker.error is not None:
        return Unexpected(event.worker.error)
    return None


class FeatureScreen(Screen[Result]):
    """A full screen of one feature; `STYLES` names its style sheets, `too_small_notice()` belongs into its compose."""

    STYLES: ClassVar[tuple[str, ...]] = ()
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget with the focus; unlike the framework's own, a change of it does not paint the whole screen again."""

    def __init__(
        self,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name, id, classes)
        self._parting: tuple[Result | None] | None = None
        self._is_new = True
        self.css_path = [stylesheet(name) for name in self.STYLES]

    def on_compose(self) -> None:
        """Take the classes of the size before there is a widget: the first resize need not style all again."""
        self.update_classes(size_classes(self.app.size), update=False)

    @on(Worker.StateChanged)
    def pass_on_failure(self, event: Worker.StateChanged) -> None:
        """Hand a failure that no handler took to the App."""
        message = unexpected(event)
        if message is not None:
            self.post_message(message)

    def paint_now(self) -> None:
        """Paint what has changed, where it would wait for the framework's next tick behind what was painted before."""
        self._on_timer_update()

    @override
    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        if self.app.screen is not self:  # Textual would take away whatever is on top instead
            self._parting = (result,)
            return AwaitComplete()
        return super().dismiss(result)

    @on(events.ScreenResume)
    def leave_now(self, event: events.ScreenResume) -> None:
        """Leave as was asked for while something stood above. A new screen was styled as it was mounted: not again."""
        event.refresh_styles = event.refresh_styles and not self._is_new
        self._is_new = False
        parting, self._parting = self._parting, None
        if parting is not None:
            self.dismiss(parting[0])


class DialogScreen(ModalScreen[Result], FeatureScreen[Result]):
    """A dialog over a screen, which stays visible around it."""

    STYLES = ("dialogs",)
