"""Dialogs that ask for a value: one of a list, or a line of text."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from typing_extensions import override

from tui_app.widgets.dialogs.base import Dialog

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
        Binding("up", "move('cursor_up')", "Up", show=False),
        Binding("down", "move('cursor_down')", "Down", show=False),
        Binding("pageup", "move('page_up')", "Page up", show=False),
        Binding("pagedown", "move('page_down')", "Page down", show=False),
    ]
    AUTO_FOCUS = "Input"
    HINT: ClassVar[str] = "↑↓ move  Enter choose  Esc back"

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], current: str | None = None) -> None:
        super().__init__(title, (), harmless=None)
        self._choices = tuple(choices)
        self._shown = self._choices
        self._current = current

    @override
    def middle(self) -> Widget:
        options = OptionList(*self._options(), id="choices", classes="dialog-body", compact=True, markup=False)
        options.can_focus = False
        return options

    @override
    def inputs(self) -> Iterable[Widget]:
        field = Input(id="narrow", compact=True, placeholder="type to narrow the list")
        field.cursor_blink = False
        yield field

    def on_mount(self) -> None:
        """Put the cursor on what is chosen now."""
        values = [value for value, _label in self._shown]
        options = self.query_one(OptionList)
        options.highlighted = values.index(self._current) if self._current in values else (0 if values else None)
        if not values:
            self.say("There is nothing to choose from.")

    def _options(self) -> list[Option]:
        return [Option(Content(f"{'•' if value == self._current else ' '} {label}")) for value, label in self._shown]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what fits."""
        event.stop()
        self._shown = fitting(self._choices, event.value)
        options = self.query_one(OptionList)
        options.set_options(self._options())
        options.highlighted = 0 if self._shown else None
        self.say("" if self._shown else f"Nothing fits «{event.value[:30]}».")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what the cursor is on."""
        event.stop()
        self._choose(self.query_one(OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose with the mouse."""
        event.stop()
        self._choose(event.option_index)

    def _choose(self, place: int | None) -> None:
        if place is not None:
            self.answer(self._shown[place][0])

    def action_move(self, how: str) -> None:
        """Move the cursor of the list while the focus stays where letters go."""
        options = self.query_one(OptionList)
        getattr(options, f"action_{how}")()


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
        if self._explained:
            yield Static(Content(self._explained), classes="dialog-line", markup=False)

    @override
    def inputs(self) -> Iterable[Widget]:
        yield Static(Content(self._label), classes="dialog-label", markup=False)
        field = Input(self._value, id="ask", compact=True)
        field.cursor_blink = False
        yield field

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
