"""Dialogs that ask for a value: one of a list, or a line of text."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input
from typing_extensions import override

from tui_app.widgets.dialogs.base import Dialog, paragraphs, typed_line
from tui_app.widgets.dialogs.choices import ChoiceList

Check = Callable[[str], str | None]


def fitting(choices: Sequence[tuple[str, str]], typed: str) -> tuple[tuple[str, str], ...]:
    """The choices whose label holds every typed word, in any case and order, ё as е."""
    words = _plain(typed).split()
    return tuple(choice for choice in choices if all(word in _plain(choice[1]) for word in words))


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


class ChoiceDialog(Dialog[str | None]):
    """One of several `(value, label)`; letters narrow the list, arrows and Enter choose; None: none was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "page(-1000)", "First", show=False),
        Binding("ctrl+end", "page(1000)", "Last", show=False),
    ]
    AUTO_FOCUS = "Input"
    HINT: ClassVar[str] = "↑↓ move  letters narrow  Enter choose  Esc back"
    MORE: ClassVar[str] = ""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], current: str | None = None) -> None:
        super().__init__(title, (), harmless=None)
        self._choices = tuple(choices)
        self._list = ChoiceList(self._choices, current, classes="dialog-body")

    @override
    def middle(self) -> Widget:
        return self._list

    @override
    def inputs(self) -> Iterable[Widget]:
        yield typed_line("Find:", Input(id="narrow", compact=True))

    def on_mount(self) -> None:
        """Say so where there is nothing to choose."""
        if not self._choices:
            self.say("There is nothing to choose from.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what fits."""
        event.stop()
        self._list.show(fitting(self._choices, event.value))
        self.say("" if self._list.shown else f"Nothing fits «{event.value[:30]}».")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what the cursor is on."""
        event.stop()
        if self._list.value is not None:
            self.answer(self._list.value)

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Choose with the mouse."""
        event.stop()
        self.answer(event.value)

    @override
    def action_scroll(self, lines: int) -> None:
        self._list.move(lines)

    @override
    def action_page(self, pages: int) -> None:
        self._list.move_page(pages)


class AskDialog(Dialog[str | None]):
    """A line of text; `check` answers what is wrong with it, or None; the result is what was typed, or None on Esc."""

    AUTO_FOCUS = "Input"
    HINT: ClassVar[str] = "Enter done  Esc back"

    def __init__(self, title: str, label: str, value: str = "", check: Check | None = None, hint: str = "") -> None:
        super().__init__(title, (), harmless=None)
        self._label = label
        self._value = value
        self._check = check
        self._explained = hint

    @override
    def body(self) -> Iterable[Widget]:
        return paragraphs([self._explained] if self._explained else [])

    @override
    def inputs(self) -> Iterable[Widget]:
        yield typed_line(f"{self._label}:", Input(self._value, id="ask", compact=True))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the problem away as soon as the text changes."""
        event.stop()
        self.say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Check the text and leave with it."""
        event.stop()
        problem = self._check(event.value) if self._check is not None else None
        if problem is None:
            self.answer(event.value)
        else:
            self.say(problem)
