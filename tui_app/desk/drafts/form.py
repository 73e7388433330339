"""The drafts as one open form sees them: its own, and one that was left of the same thing."""

from msgspec.structs import replace

from tui_app.desk.clock import LocationClock
from tui_app.desk.drafts.desk import DraftDesk, DraftPad
from tui_app.desk.drafts.model import Content, Draft, Place
from tui_app.desk.drafts.words import back_words, take_over_words


class FormDrafts:
    """What one form keeps. `restored` is the draft that it was opened with, under its own `pad`.

    `left` finds a draft of the same subject that nobody works on, and `take_left` takes it up instead of this form's.
    """

    def __init__(
        self,
        desk: DraftDesk,
        place: Place,
        clock: LocationClock,
        restored: Draft | None = None,
        pad: DraftPad | None = None,
    ) -> None:
        self.restored = restored
        self._desk = desk
        self._place = place
        self._clock = clock
        self._pad = pad or desk.pad(place)
        self._kept = restored.content if restored is not None else None
        self._left: Draft | None = None

    def keep(self, content: Content | None) -> None:
        """Keep what the form holds, where it differs from what is kept; None: there is nothing to keep."""
        if content == self._kept:
            return
        self._kept = content
        if content is None:
            self._pad.drop()
        else:
            self._pad.keep(content)

    def wipe(self) -> None:
        """Wipe what was kept: it was sent, or dismissed."""
        if self._kept is None:
            self._pad.let_go()
        else:
            self._kept = None
            self._pad.drop()

    def leave(self, *, sent: bool) -> bool:
        """Leave what was kept to be offered again; whether there is anything. `sent`: it may have been carried out."""
        if self._kept is not None:
            self.keep(replace(self._kept, sent=sent))
        self._pad.let_go()
        return self._kept is not None

    def tell_left(self) -> None:
        """Say that what a form had sent was refused after it was left."""
        self._desk.tell("What you typed is kept: drafts⏎ opens it.")

    async def words(self, subject: tuple[object, ...]) -> str:
        """What to say at the top of the form: where its content comes from, or that a draft of the same was left."""
        if self.restored is not None:
            return f"{back_words(self.restored, self._clock)} F8 sends it."
        offered = await self._desk.offered(self._place)
        self._left = next((draft for draft in offered if draft.content.work.subject == subject), None)
        return take_over_words(self._left, self._clock) if self._left is not None else ""

    async def take_left(self) -> Content | None:
        """Take up the draft that was left of the same thing; None where there is none, or another program has it."""
        left, self._left = self._left, None
        pad = await self._desk.take(left) if left is not None else None
        if left is None or pad is None:
            return None
        self._pad.drop()
        self._pad, self._kept, self.restored = pad, left.content, left
        return left.content
