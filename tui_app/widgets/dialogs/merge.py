"""The dialog for fields that somebody else has changed meanwhile (design 6, «Never overwrite»)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from tui_app.widgets.dialogs.base import Answer, Dialog
from tui_app.widgets.dialogs.button import LineButton

if TYPE_CHECKING:
    from tui_app.desk.editing import Clash

Side = Literal["mine", "theirs"]
Decisions = Mapping[str, Side]

_WORDS: dict[Side, str] = {"mine": "yours", "theirs": "theirs"}


class MergeDialog(Dialog[Decisions | None]):
    """Asks field by field whose value stays, then shows the choices once more; None: nothing was decided."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,н", "decide('mine')", "Yours", show=False),
        Binding("t,е", "decide('theirs')", "Theirs", show=False),
    ]
    HINT: ClassVar[str] = "Enter choose  t theirs  y yours  Esc one back"
    AUTO_FOCUS = "#theirs"

    def __init__(self, clashes: Sequence["Clash"]) -> None:
        answers: tuple[Answer[Decisions | None], ...] = (
            Answer("theirs", "Keep theirs", None),
            Answer("mine", "Keep yours", None),
        )
        super().__init__("Changed by somebody else, too", answers, harmless=None)
        self._clashes = tuple(clashes)
        self._decided: dict[str, Side] = {}
        self._place = 0

    @override
    def body(self) -> Iterable[Widget]:
        for part in ("field", "base", "theirs", "mine"):
            yield Static("", id=f"merge-{part}", classes="dialog-line", markup=False)

    def on_mount(self) -> None:
        """Show the first field."""
        self._show()

    @property
    def _at_review(self) -> bool:
        return self._place == len(self._clashes)

    def _show(self) -> None:
        lines = self._review() if self._at_review else self._one(self._clashes[self._place])
        for part, line in zip(("field", "base", "theirs", "mine"), lines, strict=True):
            self.query_one(f"#merge-{part}", Static).update(Content(line))
        self.query_one("#theirs", LineButton).label = "Back to the fields" if self._at_review else "Keep theirs"
        self.query_one("#mine", LineButton).label = "Save this" if self._at_review else "Keep yours"
        self.query_one("#theirs", LineButton).focus()
        self.query_one(".dialog-body").scroll_home(animate=False)
        self.call_after_refresh(self._settle)

    def _one(self, clash: "Clash") -> tuple[str, str, str, str]:
        shown = [
            str(value) if value not in {"", None} else "(empty)" for value in (clash.base, clash.theirs, clash.mine)
        ]
        heading = f"{clash.label} ({self._place + 1} of {len(self._clashes)})"
        return heading, f"It was  {shown[0]}", f"Theirs  {shown[1]}", f"Yours   {shown[2]}"

    def _review(self) -> tuple[str, str, str, str]:
        chosen = "\n".join(f"{clash.label}: {_WORDS[self._decided[clash.field]]}" for clash in self._clashes)
        return "This will be saved:", chosen, "", ""

    @override
    def chosen(self, answer: Answer[Decisions | None]) -> None:
        if not self._at_review:
            self.action_decide("mine" if answer.id == "mine" else "theirs")
        elif answer.id == "mine":
            self.answer(dict(self._decided))
        else:
            self._place = 0
            self._show()

    def action_decide(self, side: Side) -> None:
        """Keep one side of the field shown and go to the next."""
        if not self._at_review:
            self._decided[self._clashes[self._place].field] = side
            self._place += 1
            self._show()

    @override
    def action_back(self) -> None:
        if self._place == 0:
            self.answer(None)
        else:
            self._place -= 1
            self._show()
