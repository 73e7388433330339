"""The lock: it covers everything and takes every key until the PIN is right."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.getters import query_one
from textual.widgets import Input, Static
from typing_extensions import override

from tui_app.desk.privacy import PinHash, check_new_pin, hash_pin, opens, read_pin_hash
from tui_app.desk.trouble import BadPin
from tui_app.screens.lock.guard import Lock
from tui_app.screens.lock.pin_input import PinInput
from tui_app.screens.lock.steps import ABOUT, HINTS, PROMPTS, Attempts, LockStep, wait_words, wrong_words
from tui_app.settings_values import SettingsError
from tui_app.widgets.feature import FeatureScreen, too_small_notice
from tui_app.widgets.line import Line
from tui_app.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from tui_app.secret import SecretStr

TITLE: Final = "Locked"


class LockScreen(Lock, FeatureScreen[bool]):
    """Asks for the PIN; without one it asks for a new one first, twice, hands its hash to `keep`, and locks.

    Answers True once opened, False where no PIN was chosen. `pin_hash` is the text of the settings; `keep` is called
    off the loop and may raise SettingsError or OSError; `clock` gives instants, for the pauses after wrong PINs. No key
    of the App works while it is up, and no toast shows.
    """

    STYLES = ("lock",)
    AUTO_FOCUS = "PinInput"
    TITLE = TITLE
    SUB_TITLE = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    pin = query_one("#lock-pin", PinInput)
    prompt = query_one("#lock-prompt", Line)
    about = query_one("#lock-about", Static)
    message = query_one("#lock-message", MessageLine)
    hint = query_one("#lock-hint", Line)

    def __init__(self, pin_hash: str, *, clock: Callable[[], datetime], keep: Callable[[str], object]) -> None:
        super().__init__()
        self._kept = read_pin_hash(pin_hash)
        self._clock = clock
        self._keep = keep
        self._step = LockStep.CHOOSE if self._kept is None else LockStep.OPEN
        self._chosen: SecretStr | None = None
        self._attempts = Attempts()
        self._checking = False
        self._answered = False

    @property
    @override
    def is_answered(self) -> bool:
        """Whether it is being left: by the PIN, or because none was chosen."""
        return self._answered

    @property
    def step(self) -> LockStep:
        """What the next Enter is taken for."""
        return self._step

    @property
    @override
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        # the palette and the quit key of the App are bound with priority, above every screen: not above a lock
        return [(node, bindings) for node, bindings in super()._binding_chain if node is not self.app]

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Line(TITLE, id="lock-heading")
        with Vertical(id="lock-body"):
            yield Static(id="lock-about", markup=False)
            with Horizontal(id="lock-line"):
                yield Line(id="lock-prompt")
                yield PinInput(id="lock-pin")
            yield MessageLine(id="lock-message")
        yield Line(id="lock-hint")

    def on_mount(self) -> None:
        """Ask."""
        self._go(self._step)

    def on_resize(self) -> None:
        """Give the focus back where a window too small took it."""
        self.call_after_refresh(self._focus_pin)

    def _focus_pin(self) -> None:
        if self.focused is None and not self._answered:
            self.pin.focus()

    def _go(self, step: LockStep, said: str = "", *, alert: bool = False) -> None:
        self._step = step
        self.query_one("#lock-heading", Line).say("Set a PIN" if step is not LockStep.OPEN else TITLE)
        self.prompt.say(PROMPTS[step])
        self.about.update(Content(ABOUT[step]))
        self.hint.say(HINTS[step])
        self.message.tell(said, alert=alert)

    # ------------------------------------------------------------------ keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the last words away, except those that ask to wait."""
        event.stop()
        if not self._attempts.wait(self._clock()):
            self.message.tell("")

    def on_pin_input_entered(self, event: PinInput.Entered) -> None:
        """Take what was typed for what the step asks; while a PIN is being checked, for nothing."""
        event.stop()
        typed = event.pin
        if self._checking or self._answered:
            return
        match self._step:
            case LockStep.CHOOSE:
                self._choose(typed)
            case LockStep.REPEAT:
                self._repeat(typed)
            case LockStep.OPEN:
                self._open(typed)

    def action_back(self) -> None:
        """Empty the line; while a PIN is being set, go back a step."""
        self.pin.clear_typed()
        if self._checking or self._step is LockStep.OPEN:
            return
        self._chosen = None
        if self._step is LockStep.CHOOSE:
            self._answer(opened=False)
        else:
            self._go(LockStep.CHOOSE)

    # ------------------------------------------------------------- a new PIN

    def _choose(self, typed: "SecretStr") -> None:
        try:
            check_new_pin(typed)
        except BadPin as error:
            self.message.tell(f"{error.words}.", alert=True)
            return
        self._chosen = typed
        self._go(LockStep.REPEAT)

    def _repeat(self, typed: "SecretStr") -> None:
        if self._chosen != typed:
            self._chosen = None
            self._go(LockStep.CHOOSE, "The two were not the same. Choose the PIN again.", alert=True)
            return
        self._checking = True
        self.message.tell("Locking")
        self._set(typed)

    @work(group="lock", exit_on_error=False)
    async def _set(self, pin: "SecretStr") -> None:
        try:
            self._kept = await asyncio.to_thread(hash_pin, pin)
        finally:
            self._chosen, self._checking = None, False
        self._go(LockStep.OPEN, "Locked. The PIN is set.")
        try:
            await asyncio.to_thread(self._keep, self._kept.as_text())
        except (SettingsError, OSError):
            self.message.tell("Locked. The PIN holds for this run: the settings file is not written.", alert=True)

    # ------------------------------------------------------------ the opening

    def _open(self, typed: "SecretStr") -> None:
        wait = self._attempts.wait(self._clock())
        if wait:
            self.message.tell(f"Wait {wait_words(wait)}, then type the PIN.", alert=True)
        elif self._kept is not None and typed.get_secret_value():
            self._checking = True
            self.message.tell("Checking")
            self._check(typed, self._kept)

    @work(group="lock", exit_on_error=False)
    async def _check(self, pin: "SecretStr", kept: PinHash) -> None:
        """Compare off the loop: it takes long on purpose."""
        try:
            right = await asyncio.to_thread(opens, pin, kept)
        finally:
            self._checking = False
        if right:
            self._answer(opened=True)
            return
        now = self._clock()
        self._attempts = self._attempts.failed(now)
        self.message.tell(wrong_words(self._attempts, now), alert=True)
        if wait := self._attempts.wait(now):
            self.set_timer(wait.total_seconds(), self._say_ready)

    def _say_ready(self) -> None:
        if not self._answered and not self._checking and not self._attempts.wait(self._clock()):
            self.message.tell("Type the PIN.")

    def _answer(self, *, opened: bool) -> None:
        if not self._answered:
            self._answered = True
            self.dismiss(opened)
