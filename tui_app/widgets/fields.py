"""A field of a form: its label, what is typed, and beside or below it the problem, or what was understood."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from typing_extensions import override

from tui_app.widgets.form_line import FormLine

LABEL_COLUMNS: Final = 16
"""Cells of a label, as in `fields.tcss`; a longer one stands in the empty line as well."""


class FieldNote(Widget):
    """The words of a field: `!` before a problem, `=` before what was understood.

    The form is laid out again only where the words need another number of lines, for that paints all of it.
    """

    def __init__(self) -> None:
        super().__init__(classes="field-note")
        self._content = Content("")
        self._words = ""

    @property
    def text(self) -> str:
        """What the note says, without its mark."""
        return self._words

    def say(self, mark: str, words: str, color: str = "") -> None:
        """Show other words, after a swatch of a colour; the same again cost nothing."""
        swatch = Content.styled("██ ", color) if color else Content("")
        content = Content.assemble(f"{mark} ", swatch, words) if words else Content("")
        if content.is_same(self._content):
            return
        fits = max(content.cell_length, self._content.cell_length) <= self.size.width
        self._content, self._words = content, words
        self.set_class(bool(words), "-said")
        self.set_class(mark == "!" and bool(words), "-problem")
        self.refresh(layout=not fits)

    @override
    def render(self) -> Content:
        return self._content


class Field(Vertical):
    """The base of all fields: `key` is its name in the form; a `short` one has room for its note beside it.

    Text from outside is data here: labels, values, problems and hints are never parsed as markup.
    """

    class Changed(Message):
        """What the field holds has changed, by a key or by the form itself."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

        @property
        @override
        def control(self) -> "Field":
            return self.field

    class Typed(Message):
        """The text of a field has changed, whether it is a value yet or not."""

    def __init__(self, key: str, label: str, *, short: bool = False, required: bool = False) -> None:
        super().__init__(classes="-short-value" if short else "")
        self.key = key
        self.label = label
        self.required = required
        self._problem = ""
        self._hint: tuple[str, str] = ("", "")
        self._note = FieldNote()

    @override
    def compose(self) -> ComposeResult:
        with Grid(classes="field-row"):
            yield Static(Content(f"{self.label}{' *' if self.required else ''}"), classes="field-label", markup=False)
            yield from self.body()
            yield self._note
        yield from self.overlays()

    def body(self) -> Iterable[Widget]:
        """What takes the typing: one widget."""
        return ()

    def overlays(self) -> Iterable[Widget]:
        """What floats over the form, under the field."""
        return ()

    # ------------------------------------------------------------ what is said

    @property
    def problem(self) -> str:
        """What is wrong with the field, in words; empty: nothing."""
        return self._problem

    @problem.setter
    def problem(self, words: str) -> None:
        self._problem = words
        self.set_class(bool(words), "-wrong")
        self._say()

    @property
    def note(self) -> str:
        """What stands beside the field: its problem, else its hint."""
        return self._note.text

    def hint(self, words: str, color: str = "") -> None:
        """Say what was understood, or what the field is for; a problem hides it."""
        self._hint = (words, color)
        self._say()

    def _say(self) -> None:
        if self._problem:
            self._note.say("!", self._problem)
        else:
            self._note.say("=", *self._hint)

    # ------------------------------------------------------------ the typing

    @property
    def locked(self) -> bool:
        """Whether the field only shows what it holds."""
        return self.has_class("-locked")

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001 - the state itself
        """Show only, or take typing again."""
        self.set_class(locked, "-locked")

    def get_value(self) -> Any:  # noqa: ANN401 - as many types as kinds of fields
        """What the field holds, whatever its kind."""
        return None

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Put a value into the field, whatever its kind."""

    @property
    def unsettled(self) -> str:
        """Why what was typed is not a value yet, in words; empty: it is one."""
        return ""

    def take_focus(self) -> None:
        """Put the cursor into the field and the field into view."""

    def changed(self) -> None:
        """Take the problem away, for it was about what stood there before, and tell the form."""
        if self._problem:
            self.problem = ""
        self.post_message(self.Changed(self))

    def on_descendant_focus(self) -> None:
        """Mark the label."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Unmark the label."""
        self.remove_class("-here")
        self.left()

    def left(self) -> None:
        """Do what a kind of field does when the cursor has gone elsewhere."""

    def on_click(self, event: events.Click) -> None:
        """Take the focus for a click on the label, too."""
        if isinstance(event.widget, Static):
            self.take_focus()


class LineField(Field):
    """A field with one line of text; `width` of a short one is in cells."""

    def __init__(
        self,
        key: str,
        label: str,
        *,
        short: bool = False,
        required: bool = False,
        placeholder: str = "",
        keys: Callable[[str], bool] | None = None,
    ) -> None:
        super().__init__(key, label, short=short, required=required)
        placeholder = placeholder or (label if cell_len(label) > LABEL_COLUMNS - 2 * required else "")
        self.line = FormLine(placeholder=placeholder, keys=keys)
        self.line.add_class("field-line")

    @override
    def body(self) -> Iterable[Widget]:
        yield self.line

    @override
    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        self.line.locked = locked

    @override
    def take_focus(self) -> None:
        self.line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look at the text."""
        event.stop()
        self.post_message(self.Typed())
        self.line_changed()

    def line_changed(self) -> None:
        """Do what a kind of field does when its line has changed."""
        self.changed()


class TextField(LineField):
    """A plain text in one line."""

    @property
    def value(self) -> str:
        """What is typed, without blanks at the ends."""
        return self.line.value.strip()

    @value.setter
    def value(self, value: str) -> None:
        self.line.value = value

    @override
    def get_value(self) -> str:
        return self.value

    @override
    def set_value(self, value: Any) -> None:
        self.value = value
