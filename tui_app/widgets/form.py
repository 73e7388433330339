"""The base of every form: fields in a column, one way to save, to leave and to say what is wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar, Generic, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState
from typing_extensions import override

from tui_app.altegio.errors import AltegioError, Invalid, TokenRefused
from tui_app.desk.drafts.form import FormDrafts
from tui_app.desk.trouble import DeskError, NotReady
from tui_app.desk.wording import explain
from tui_app.desk.writes import Write, WriteDesk, WriteState
from tui_app.intents import OpenHelp, TokensRefused
from tui_app.widgets.dialogs import ConfirmDialog, LineButton, UnknownOutcomeDialog
from tui_app.widgets.feature import too_small_notice
from tui_app.widgets.fields import Field
from tui_app.widgets.form_line import ONLY_SHOWN, FormAsked, Wish
from tui_app.widgets.kept_form import KeptForm
from tui_app.widgets.line import Line

Result = TypeVar("Result")
Sent = TypeVar("Sent")

KEPT = "What you typed is kept here."
HINT = "Esc back  Enter next field  F1 help"


class FormState(Enum):
    """What a form is doing: `SHOWING` can only be read, `SENDING` waits for an answer."""

    READING = "reading"
    READY = "ready"
    SENDING = "sending"
    SHOWING = "showing"


class UnknownEnd(Exception):
    """A write of this form ended so that nobody knows whether it was carried out."""

    def __init__(self, write: Write[Any]) -> None:
        super().__init__(write.words)
        self.write = write


class Settled(Struct, Generic[Sent], frozen=True):
    """What became of a write of unknown end: it is there, as `found` tells, or it was let go."""

    how: Literal["found", "let_go"]
    found: Sent | None = None


class FormScreen(KeptForm[Result | None], Generic[Result]):
    """Shows fields and collects what they hold; `held` is that as one frozen value, against which changes are told.

    Saving runs in a worker of the screen and waits for a write that the App owns: leaving the form does not stop it.
    Every failure leaves the form as it was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8,ctrl+s,ctrl+ы", "save", "Save", show=False),
        Binding("escape", "leave", "Back", show=False),
        Binding("f1", "help", "Help", show=False),
    ]
    STYLES: ClassVar[tuple[str, ...]] = ("dialogs", "fields")
    AUTO_FOCUS = ".field-line, .field-area"
    SAVE: ClassVar[str] = "Save"

    def __init__(self, writes: WriteDesk, drafts: FormDrafts | None = None) -> None:
        super().__init__(drafts)
        self.writes = writes
        self.result: Result | None = None
        self._state = FormState.READING
        self._start: object = None
        self._read_failed = False
        self._left = False
        self._leaves_sending = False
        self._said: tuple[str, ...] = ()

    # ------------------------------------------------------------ what a form must tell

    def heading(self) -> str:
        """What the form is about, in one line."""
        return ""

    def build(self) -> Iterable[Field]:
        """The fields, top to bottom."""
        return ()

    def held(self) -> object:
        """What the form holds now, as one value that can be compared."""
        return None

    def key_of(self, name: str) -> str:
        """The field of the form that a field of the request comes from."""
        return name

    def prepare(self) -> None:
        """Put into the fields what is known before anything is read."""

    async def read(self) -> None:
        """Read what the form begins from; runs in a worker, errors are said."""

    async def save(self) -> None:
        """Check, send and leave with a result; runs in a worker, errors are said."""

    # ------------------------------------------------------------ the screen

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Line(self.heading(), id="form-heading")
        yield Static("", id="form-message", markup=False)
        with VerticalScroll(id="form-body", can_focus=False):
            for field in self.build():
                self.fields[field.key] = field
                yield field
            yield LineButton(self.SAVE, id="save")
        yield Line("", id="form-status")
        yield Line(f"F8 {self.SAVE.lower()}  {HINT}", id="form-hint")

    def on_mount(self) -> None:
        """Begin to read; the form can be typed into at once."""
        self.prepare()
        self.remember()
        self.put_back_restored()
        self.paint_when_read()
        self.begin_reading()

    def begin_reading(self) -> None:
        """Read what the form begins from, again if it failed."""
        self._read_failed = False
        self.state = FormState.READING
        self.message(())
        self.status("Reading...")
        self._read_in_worker()

    @work(group="form-read", exclusive=True, exit_on_error=False)
    async def _read_in_worker(self) -> None:
        try:
            await self.read()
        except (AltegioError, DeskError) as error:
            self._read_failed = True
            self.fail(error, kept="")
        else:
            self.read_done()
            if words := await self.draft_words():
                self.message((*self._said, words))
        finally:
            self.reading_ended()

    def read_done(self) -> None:
        """Take keys that save from now on."""
        if self.state is FormState.READING:
            self.state = FormState.READY
        self.status("")

    def on_screen_resume(self) -> None:
        """Read again what failed, as after new tokens."""
        if self._read_failed:
            self.begin_reading()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what no worker has foreseen, so that the form never waits for ever."""
        error = event.worker.error if event.state is WorkerState.ERROR else None
        if error is not None and event.worker.node is self and not self._left:
            self.fail(error)

    # ------------------------------------------------------------ the state

    @property
    def state(self) -> FormState:
        """What the form is doing."""
        return self._state

    @state.setter
    def state(self, state: FormState) -> None:
        self._state = state
        self.set_locked(state in {FormState.SENDING, FormState.SHOWING})
        if self.has_class(ONLY_SHOWN) is not (state is FormState.SHOWING):
            self.toggle_class(ONLY_SHOWN)
            self.refresh()

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001 - the state itself
        """Show only, or take typing again."""
        for field in self.fields.values():
            field.set_locked(locked)

    @property
    def changed(self) -> bool:
        """Whether anything differs from what the form began with."""
        return self._start != self.held() or any(field.unsettled for field in self.fields.values())

    @property
    @override
    def keeps(self) -> bool:
        return self.state is not FormState.SHOWING

    @override
    def can_take_over(self) -> bool:
        return self.state is FormState.READY and not self.changed

    def remember(self) -> None:
        """Take what the form holds now as what it began with."""
        self._start = self.held()

    # ------------------------------------------------------------ what is said

    def title_line(self, words: str) -> None:
        """Say what the form is about."""
        self.query_one("#form-heading", Line).say(words)

    @override
    def status(self, words: str) -> None:
        """Say what is going on, in the line above the keys."""
        self.query_one("#form-status", Line).say(words)

    @override
    def message(self, lines: Sequence[str]) -> None:
        """Say at the top what belongs to no field; nothing takes it away."""
        box = self.query_one("#form-message", Static)
        self._said = kept = tuple(line for line in lines if line)
        box.update(Content("\n".join(f"! {line}" if place == 0 else f"  {line}" for place, line in enumerate(kept))))
        box.set_class(bool(kept), "-said")

    def show_problems(self, problems: Mapping[str, str], *, go_there: bool = True) -> None:
        """Say each problem at its field, the rest at the top, and put the cursor on the first unless told not to."""
        for key, field in self.fields.items():
            field.problem = problems.get(key, "")
        wrong = [field for key, field in self.fields.items() if key in problems and field.display]
        seen = {field.key for field in wrong}
        self.message([words for key, words in problems.items() if key not in seen])
        if wrong and go_there:
            wrong[0].take_focus()
            wrong[0].scroll_visible(animate=False)
        count = len(problems)
        self.status(f"Not saved: {count} fields need a look." if count > 1 else "Not saved: see the mark !")

    def fail(self, error: BaseException, *, kept: str = KEPT) -> None:
        """Say what went wrong; the form is as it was, and can be saved again."""
        if self.state is not FormState.SHOWING:
            self.state = FormState.READY
        self.keep_now()
        if isinstance(error, TokenRefused):
            self.post_message(TokensRefused())
        if isinstance(error, NotReady):
            self.show_problems(error.problems)
            return
        words = explain(error, saved=kept)
        if isinstance(error, Invalid) and error.fields:
            self.show_problems({self.key_of(name): "; ".join(said) for name, said in error.fields.items()})
            return
        self.message((words.title, words.what, " ".join(part for part in (words.saved, words.next_step) if part)))
        self.status("Not read." if self._read_failed else "Not saved.")

    # ------------------------------------------------------------ the wishes

    def on_form_asked(self, event: FormAsked) -> None:
        """Do what a key in a field asks of the whole form."""
        event.stop()
        self.wish(event.wish)

    def wish(self, wish: Wish) -> None:
        """Save, leave or help."""
        if wish == "save":
            self.action_save()
        elif wish == "leave":
            self.action_leave()
        else:
            self.action_help()

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        """Save by the button at the end."""
        event.stop()
        self.action_save()

    def action_help(self) -> None:
        """Ask for the help of forms."""
        self.post_message(OpenHelp("form"))

    def action_save(self) -> None:
        """Save once: while it is on its way nothing more happens."""
        if self.state is FormState.SENDING or self._left:
            return
        if self.state is FormState.SHOWING:
            self.status("This form can only be read: see the top.")
        elif self.state is FormState.READING:
            self.status("Still reading: press F8 again in a moment.")
        elif self._read_failed:
            self.begin_reading()
        else:
            self._save_in_worker()

    @work(group="form-save", exit_on_error=False)
    async def _save_in_worker(self) -> None:
        if self.state is not FormState.READY:
            return
        self.state = FormState.SENDING
        try:
            await self.save()
        except (AltegioError, DeskError) as error:
            self.fail(error)
        finally:
            if self.state is FormState.SENDING and not self._left:
                self.state = FormState.READY

    async def sent(
        self, words: str, send: Callable[[], Awaitable[Sent]], *, key: str, then: Callable[[Write[Any]], None]
    ) -> Sent:
        """Hand a write over to the App and wait for its end; `then` hears of it even when the form is gone.

        Raises the write's error, and `UnknownEnd` where nobody knows whether it was carried out.
        """
        self.message(())
        self.status(f"sending: {words}")
        self.begin_write()
        write = self.writes.start(words, send, self.told_first(then), key=key)
        waiting = asyncio.ensure_future(write.wait())
        try:
            await asyncio.wait((waiting,))
        finally:
            waiting.cancel()
        if write.state is WriteState.UNKNOWN:
            waiting.exception()
            raise UnknownEnd(write)
        return waiting.result()

    async def settle(self, end: UnknownEnd, look: Callable[[], Awaitable[Sent | None]]) -> Settled[Sent]:
        """Ask what to do after an unknown end, until it is there or let go; `look` reads what was sent."""
        words = explain(end.write.error or end, saved=KEPT)
        while True:
            answer = await self.app.push_screen_wait(UnknownOutcomeDialog(words))
            if answer == "let_go":
                await self.writes.let_go(end.write)
                self.not_carried_out()
                return Settled("let_go")
            self.status("Looking...")
            try:
                if answer == "send_again":
                    await self.writes.send_again(end.write)
                elif not await self.writes.confirm(end.write):
                    words = replace(words, what="It is not there (yet).")
                    continue
                return Settled("found", await look())
            except (AltegioError, DeskError) as error:
                words = explain(error, saved=KEPT)

    async def ask(self, title: str, lines: Sequence[str], yes: str) -> bool:
        """Ask before something that may not be meant; no is the answer of Esc."""
        return await self.app.push_screen_wait(ConfirmDialog(title, lines, yes))

    def leave(self, result: Result | None) -> None:
        """Leave once with a result."""
        if not self._left:
            self._left = True
            self.leave_draft(stays=self._leaves_sending or self.state is FormState.SHOWING)
            self.dismiss(result)

    def action_leave(self) -> None:
        """Leave, and ask before anything typed would be lost."""
        if self._left:
            return
        if self.state is FormState.SENDING:
            sending = ("It is on its way and will be finished.", "What comes of it is said on the schedule.")
            self.app.push_screen(ConfirmDialog("Leave while it is sent?", sending, "Leave"), self._leave_if)
        elif self.changed and self.state is not FormState.SHOWING:
            lost = ("What was typed here is lost.",)
            self.app.push_screen(ConfirmDialog("Leave without saving?", lost, "Leave"), self._leave_if)
        else:
            self.leave(self.result)

    def _leave_if(self, leave: bool | None) -> None:  # noqa: FBT001 - the dialog's answer
        if leave:
            self._leaves_sending = self.state is FormState.SENDING
            self.leave(self.result)

    def unsettled_fields(self) -> dict[str, str]:
        """What is typed but not chosen, field by field."""
        return {key: field.unsettled for key, field in self.fields.items() if field.display and field.unsettled}
