"""Dialogs that ask before something is done: a plain yes or no, and a number that must be typed."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input
from typing_extensions import override

from tui_app.widgets.dialogs.base import Answer, Dialog, paragraphs, typed_line


class ConfirmDialog(Dialog[bool]):
    """A yes or no that names the object and the damage; no has the focus (design 4).

    `y` and `n`, and the letters on their keys in a Cyrillic layout, answer too. With `danger` a `y` is not enough.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,н", "yes", "Yes", show=False),
        Binding("n,т", "back", "No", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[str], yes: str, no: str = "Back", *, danger: bool = False) -> None:
        super().__init__(title, (Answer("no", no, False), Answer("yes", yes, True, danger)), harmless=False)
        self._lines = tuple(lines)
        self._danger = danger

    @override
    def body(self) -> Iterable[Widget]:
        return paragraphs(self._lines)

    def action_yes(self) -> None:
        """Answer yes, unless that does damage."""
        if self._danger:
            self.say("This needs more than y: choose it with Tab, then Enter.")
        else:
            self.answer(True)


class CountDialog(Dialog[bool]):
    """A yes that is given by typing how many go with it; zero is typed as well (design 5, the cancelling of an event).

    `verb` says what is done, as «cancel the event».
    """

    AUTO_FOCUS = "Input"
    HINT: ClassVar[str] = "Enter go on  Tab next  Esc back"

    def __init__(self, title: str, lines: Sequence[str], count: int, verb: str) -> None:
        do_it = Answer("yes", verb[:1].upper() + verb[1:], True, danger=True)
        super().__init__(title, (Answer("no", "Back", False), do_it), harmless=False)
        self._lines = tuple(lines)
        self._count = count
        self._verb = verb

    @override
    def body(self) -> Iterable[Widget]:
        return paragraphs(self._lines)

    @override
    def inputs(self) -> Iterable[Widget]:
        yield typed_line(f"Type {self._count} to {self._verb}:", Input(id="count", compact=True))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Check the number."""
        event.stop()
        self._check()

    @override
    def chosen(self, answer: Answer[bool]) -> None:
        if answer.result:
            self._check()
        else:
            self.answer(False)

    def _check(self) -> None:
        field = self.query_one(Input)
        typed = field.value.strip().removeprefix("=").strip()
        if typed == str(self._count):
            self.answer(True)
            return
        said = f"{typed[:20]} is not the number" if typed else "Nothing was typed"
        self.say(f"{said}: type {self._count} to {self._verb}, or Esc to go back.")
        field.focus()
