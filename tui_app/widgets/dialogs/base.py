"""What every dialog has in common: a title, a body that scrolls, buttons, and a line that names the keys."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Input, Static
from typing_extensions import override

from tui_app.widgets.dialogs.button import LineButton, buttons_fit
from tui_app.widgets.feature import DialogScreen, too_small_notice

Result = TypeVar("Result")

COLUMNS_INSIDE = 54
"""The columns inside a dialog on the narrowest terminal."""


class Answer(Struct, Generic[Result], frozen=True):
    """One button of a dialog, and what choosing it answers."""

    id: str
    label: str
    result: Result
    danger: bool = False


class Dialog(DialogScreen[Result]):
    """A dialog of plain strings: Esc gives the harmless answer, and only the first answer counts.

    `harmless` is also what has the focus at first, when it is the result of one of the buttons and nothing is typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        Binding("left", "step(-1)", "Button before", show=False),
        Binding("right", "step(1)", "Next button", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]
    AUTO_FOCUS = ".-default"

    HINT: ClassVar[str] = "Enter choose  Tab next  Esc back"
    MORE: ClassVar[str] = "  ↑↓ more"

    def __init__(self, title: str, answers: Sequence[Answer[Result]], *, harmless: Result) -> None:
        super().__init__()
        self._title = title
        self._answers = tuple(answers)
        self._harmless = harmless
        self._answered = False

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog-title", markup=False)
            yield self.middle()
            with Vertical(classes="dialog-foot"):
                yield from self.inputs()
                yield Static("", classes="dialog-problem", markup=False)
                with self._button_row():
                    yield from self._buttons()
                yield Static(self.HINT, classes="dialog-hint", markup=False)

    def middle(self) -> Widget:
        """The part that scrolls when the terminal is too low for it; its class is `dialog-body`."""
        return VerticalScroll(*self.body(), classes="dialog-body", can_focus=False)

    def body(self) -> Iterable[Widget]:
        """What stands between the title and the buttons."""
        return ()

    def inputs(self) -> Iterable[Widget]:
        """What is typed into, above the buttons: it never scrolls away."""
        return ()

    def _button_row(self) -> Horizontal | Vertical:
        labels = [answer.label for answer in self._answers]
        if buttons_fit(labels, COLUMNS_INSIDE):
            return Horizontal(classes="dialog-buttons")
        return Vertical(classes="dialog-buttons")

    def _buttons(self) -> Iterable[LineButton]:
        for answer in self._answers:
            default = answer.result == self._harmless
            classes = "-default" if default else ""
            yield LineButton(answer.label, id=answer.id, danger=answer.danger, classes=classes)

    def answer(self, result: Result) -> None:
        """Leave with a result; a second one, by a key that came too fast, and one given blindly do nothing."""
        unseen = self.has_class("-cramped") or self.has_class("-low")
        if self._answered or (unseen and result != self._harmless):
            return
        self._answered = True
        self.dismiss(result)

    def say(self, problem: str) -> None:
        """Say in words, above the buttons, what keeps the dialog open; «» takes it away."""
        line = self.query_one(".dialog-problem", Static)
        line.update(Content(f"! {problem}" if problem else ""))
        line.set_class(bool(problem), "-shown")

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        """Take a button as the answer."""
        event.stop()
        self.chosen(next(answer for answer in self._answers if answer.id == event.button.id))

    def chosen(self, answer: Answer[Result]) -> None:
        """Act on a chosen button."""
        self.answer(answer.result)

    def action_back(self) -> None:
        """Give the harmless answer."""
        self.answer(self._harmless)

    def action_step(self, steps: int) -> None:
        """Go to the next button or the one before."""
        buttons = list(self.query(LineButton))
        if self.focused in buttons:
            place = buttons.index(self.focused) + steps
            buttons[place % len(buttons)].focus()
        elif buttons:
            buttons[0].focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the body by lines."""
        self.query_one(".dialog-body").scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll the body by pages."""
        body = self.query_one(".dialog-body")
        body.scroll_relative(y=pages * max(1, body.size.height - 1), animate=False)

    def on_resize(self, _event: Resize) -> None:
        """Give the focus back where a window too small took it, and look whether the body fits."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if not self.is_attached or self._answered:
            return
        if self.focused is None and self.AUTO_FOCUS:
            self.query(self.AUTO_FOCUS).first().focus()
        more = self.query_one(".dialog-body").max_scroll_y > 0
        self.query_one(".dialog-hint", Static).update(self.HINT + (self.MORE if more else ""))


def paragraphs(lines: Sequence[str]) -> Iterable[Static]:
    """Show lines of plain text, each wrapped on its own."""
    for line in lines:
        yield Static(Content(line), classes="dialog-line", markup=False)


def typed_line(label: str, field: Input) -> Horizontal:
    """Put a label and the input it names on one line."""
    field.cursor_blink = False
    return Horizontal(Static(Content(label), classes="dialog-label", markup=False), field, classes="dialog-field")
