"""The dialog for a team member or a resource that is busy (contract 1, 409)."""

from collections.abc import Iterable, Sequence
from typing import Literal

from textual.widget import Widget
from typing_extensions import override

from tui_app.widgets.dialogs.base import Answer, Dialog, paragraphs

ConflictAnswer = Literal["force", "back"]


class ConflictDialog(Dialog[ConflictAnswer]):
    """Says who is busy: change something, or save in spite of it."""

    def __init__(self, title: str, said: str, busy: Sequence[str]) -> None:
        answers: tuple[Answer[ConflictAnswer], ...] = (
            Answer("back", "Change something", "back"),
            Answer("force", "Save all the same", "force", danger=True),
        )
        super().__init__(title, answers, harmless="back")
        self._said = said
        self._busy = tuple(busy)

    @override
    def body(self) -> Iterable[Widget]:
        said = (f"The server says: {self._said}",) if self._said else ()
        busy = tuple(f"· {line}" for line in self._busy) or ("Who is busy could not be read.",)
        return paragraphs((*said, *busy, "Nothing has been saved yet."))
