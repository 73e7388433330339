"""Dialogs for what went wrong: an error, and a write whose end nobody knows (design 4.5)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from tui_app.widgets.dialogs.base import Answer, Dialog, Result, paragraphs

if TYPE_CHECKING:
    from tui_app.desk.wording import Words

ErrorAnswer = Literal["again", "close"]
OutcomeAnswer = Literal["look", "send_again", "let_go"]


class _WordsDialog(Dialog[Result]):
    """Says an error as `desk.wording` words it; the detail is folded behind `d`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("d,в", "detail", "Detail", show=False)]
    HINT: ClassVar[str] = "Enter choose  Tab next  Esc back  d detail"

    def __init__(self, words: "Words", answers: tuple[Answer[Result], ...], *, harmless: Result) -> None:
        super().__init__(words.title, answers, harmless=harmless)
        self._words = words

    @override
    def body(self) -> Iterable[Widget]:
        words = self._words
        yield from paragraphs([line for line in (words.what, words.saved, words.next_step) if line])
        yield Static(Content(words.detail), id="detail", classes="dialog-line", markup=False)

    def action_detail(self) -> None:
        """Unfold the detail, or fold it again."""
        detail = self.query_one("#detail", Static)
        if not self._words.detail:
            self.say("There is no more detail.")
            return
        detail.toggle_class("-shown")
        self.call_after_refresh(self._settle)
        if detail.has_class("-shown"):
            self.call_after_refresh(detail.scroll_visible, animate=False)


class ErrorDialog(_WordsDialog[ErrorAnswer]):
    """What happened, what is saved and what comes next; `again` is the label of a button that tries once more."""

    def __init__(self, words: "Words", again: str | None = None) -> None:
        answers: list[Answer[ErrorAnswer]] = [Answer("close", "Close", "close")]
        if again is not None:
            answers.append(Answer("again", again, "again"))
        super().__init__(words, tuple(answers), harmless="close")


class UnknownOutcomeDialog(_WordsDialog[OutcomeAnswer]):
    """A write may or may not have been carried out: look, which is harmless, send it again, or let it go."""

    HINT: ClassVar[str] = "Enter choose  Tab next  Esc look  d detail"

    def __init__(self, words: "Words") -> None:
        answers: tuple[Answer[OutcomeAnswer], ...] = (
            Answer("look", "Look again", "look"),
            Answer("send_again", "Send again", "send_again", danger=True),
            Answer("let_go", "Let it go", "let_go", danger=True),
        )
        super().__init__(words, answers, harmless="look")
