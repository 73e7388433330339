"""A form whose content outlives it: kept as a draft a second after the last key, and whenever something goes wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final, TypeVar

from msgspec.structs import replace
from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui_app.desk.drafts.form import FormDrafts
from tui_app.desk.drafts.model import Content
from tui_app.desk.writes import Write, WriteState
from tui_app.widgets.feature import FeatureScreen
from tui_app.widgets.fields import Field, LineField
from tui_app.widgets.first_paint import PaintedOnce
from tui_app.widgets.form_line import LONGEST
from tui_app.widgets.list_field import ListField
from tui_app.widgets.rest import Rests

Result = TypeVar("Result")

REST: Final = 1.0
"""Seconds without a key after which a form is kept."""

AT_LAST: Final = 5.0
"""Seconds after which it is kept while somebody goes on typing."""


class KeptForm(FeatureScreen[Result], PaintedOnce[Result]):
    """Keeps what it holds through `drafts`; without them it keeps nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o,ctrl+щ", "take_over", "Bring back", show=False)]

    def __init__(self, drafts: FormDrafts | None) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._drafts = drafts
        self._on_its_way = False
        self._draft_left = False
        self._draft_rests = Rests(self)

    # ------------------------------------------------------------ what a form must tell

    def subject(self) -> tuple[object, ...]:
        """What the form is about, as `Work.subject` says it."""
        return ()

    def content(self) -> Content | None:
        """What the form holds, to be kept; None: nothing that differs from what it was opened with."""
        return None

    def put_back(self, content: Content) -> None:
        """Put a draft into the fields of a form in which nothing was typed yet."""

    @property
    def keeps(self) -> bool:
        """Whether what the form holds is what was typed into it."""
        return True

    def can_take_over(self) -> bool:
        """Whether a draft can be put into the fields without losing what stands in them."""
        return False

    def message(self, lines: Sequence[str]) -> None:
        """Say at the top what belongs to no field."""

    def status(self, words: str) -> None:
        """Say what is going on."""

    # ------------------------------------------------------------ keeping

    @on(Field.Typed)
    @on(Field.Changed)
    def keep_soon(self) -> None:
        """Keep the form once the hand rests, and now and then while it does not."""
        if self._drafts is None or self._draft_left:
            return
        self._draft_rests.after("draft", REST, self.keep_now)
        if not self._draft_rests.waits("at last"):
            self._draft_rests.after("at last", AT_LAST, self.keep_now)

    def keep_now(self) -> None:
        """Keep the form as it is."""
        self._draft_rests.drop("draft")
        self._draft_rests.drop("at last")
        if self._drafts is None or self._draft_left or not self.keeps or not self.fields:
            return
        content = self.content()
        self._drafts.keep(replace(content, sent=True) if content is not None and self._on_its_way else content)

    def begin_write(self) -> None:
        """Note in the draft that it is on its way: should the program end now, it may have been carried out."""
        self._on_its_way = True
        self.keep_now()

    def told_first(self, then: Callable[[Write[Any]], None]) -> Callable[[Write[Any]], None]:
        """Hear of the end of a write before somebody else does, also when the form is gone."""

        def ended(write: Write[Any]) -> None:
            self._write_ended(write)
            then(write)

        return ended

    def _write_ended(self, write: Write[Any]) -> None:
        """Wipe what was sent, keep what was not."""
        self._on_its_way = write.state is WriteState.UNKNOWN
        if self._drafts is None:
            return
        if write.state is WriteState.DONE:
            self._drafts.wipe()
        elif not self._draft_left:
            self.keep_now()
        elif self._drafts.leave(sent=self._on_its_way) and not self._on_its_way:
            self._drafts.tell_left()

    def not_carried_out(self) -> None:
        """Take note that what had ended unknown was not carried out."""
        self._on_its_way = False

    def leave_draft(self, *, stays: bool) -> None:
        """Leave the form: what it held is wiped, unless it `stays`, as while it is sent."""
        if self._drafts is None or self._draft_left:
            return
        if not stays:
            self._drafts.wipe()
        elif not self._on_its_way:
            self._drafts.leave(sent=False)
        self._draft_left = True

    # ------------------------------------------------------------ bringing back

    def put_back_restored(self) -> None:
        """Show the draft that the form was opened with."""
        if self._drafts is not None and self._drafts.restored is not None:
            self._bring_back(self._drafts.restored.content)

    def _bring_back(self, content: Content) -> None:
        self.put_back(content)
        self.call_after_refresh(self._show_from_start)

    def _show_from_start(self) -> None:
        """Show each line from its beginning: one that is filled before it has a width has scrolled past its text."""
        for field in self.fields.values():
            if isinstance(field, LineField) and not field.line.has_focus:
                field.line.scroll_to(x=0, animate=False, immediate=True)

    async def draft_words(self) -> str:
        """What to say of drafts at the top of the form."""
        return await self._drafts.words(self.subject()) if self._drafts is not None else ""

    async def action_take_over(self) -> None:
        """Bring back what was left of the same thing, as long as nothing else was typed here."""
        if self._drafts is None or not self.keeps:
            return
        if not self.can_take_over():
            self.status("Something is typed here already: Esc leaves it, then drafts⏎ has what was left.")
            return
        content = await self._drafts.take_left()
        if content is None:
            self.status("Nothing was left of this form.")
            return
        self._bring_back(content)
        self.message((await self.draft_words(),))

    def typed_texts(self) -> Mapping[str, str]:
        """What stands in the fields with a list without having been chosen."""
        return {key: field.typed for key, field in self.fields.items() if isinstance(field, ListField) and field.typed}

    def put_typed(self, typed: Mapping[str, str]) -> None:
        """Put it back."""
        for key, text in typed.items():
            field = self.fields.get(key)
            if isinstance(field, ListField):
                field.line.value = text[:LONGEST]

    # ------------------------------------------------------------ the fields

    def field_of(self, widget: Widget) -> Field | None:
        """The field that a widget belongs to."""
        return next((node for node in widget.ancestors_with_self if isinstance(node, Field)), None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the whole field in view, its note too."""
        field = self.field_of(event.widget)
        if field is not None:
            field.scroll_visible(animate=False)
