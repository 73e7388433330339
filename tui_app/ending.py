"""How the program ends, and what keeps it from ending: signals, a terminal that has gone, mistakes of its own."""

import asyncio
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

from rich.text import Text
from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.worker import Worker
from typing_extensions import override

from tui_app import intents
from tui_app.crash import keep, last_words
from tui_app.terminal_input import INPUT_THREAD, TerminalGone, steady
from tui_app.widgets.feature import unexpected

if TYPE_CHECKING:
    from tui_app.desk.journal.rows import JournalRow
    from tui_app.desk.writes import WriteDesk
    from tui_app.screens.schedule.screen import ScheduleScreen
    from tui_app.session import Session

FINISH: Final = 1.5
"""Seconds that writes under way are given to end before the program leaves; it is to be gone within 3 (design 6)."""

HANG_UP: Final = 0.3
"""Seconds that the connections are given to close."""

_GIVEN_BACK: Final = b"\x1b[?2026l\x1b[<u\x1b[?1000;1002;1003;1006;1004;2004l\x1b[?1049l\x1b[?7h\x1b[?25h\r\n"
"""Leaves every mode that the program enters."""


class OrderlyEnd(App[int]):
    """An App that finishes its writes before it leaves, whoever asks for it, and that never shows a traceback."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "put_aside", "Suspend", show=False, priority=True)]

    schedule: "ScheduleScreen"
    writes: "WriteDesk"
    _session: "Session"
    _clock: Callable[[], datetime]
    _crash_log: Path
    _leave_by: float | None = None

    @property
    def uncertain(self) -> "tuple[JournalRow, ...]":
        """The writes of which nobody knows whether they were carried out; an App without a journal has none."""
        return ()

    # ---------------------------------------------------------- leaving

    @override
    async def action_quit(self) -> None:
        """Finish what is on its way, then leave; what could not be finished is named on the way out."""
        self.leave()

    def leave(self) -> None:
        """Begin to leave; asking twice changes nothing. Signals come here as well."""
        if self._leave_by is None:
            self._leave_by = monotonic() + FINISH
            self._leave_in_order()

    @on(TerminalGone)
    def leave_for_good(self) -> None:
        """Leave when nobody is there any more."""
        self.leave()

    @work(group="leave", exit_on_error=False)
    async def _leave_in_order(self) -> None:
        if self.writes.under_way:
            self.schedule.say("Finishing what is on its way")
        await self.writes.drain(FINISH)
        rows = [row.words for row in self.uncertain]
        sending = [write.words for write in self.writes.under_way]  # the rows of these name the event as well
        unsure = dict.fromkeys([*(words for words in sending if not any(row.startswith(words) for row in rows)), *rows])
        warning = f"Not confirmed, the next start looks after it: {'; '.join(unsure)}" if unsure else None
        self.exit(0, message=Text(warning) if warning is not None else None)

    async def finish(self) -> None:
        """Close what is open once the terminal is back: writes first, in what is left of their time."""
        left = FINISH if self._leave_by is None else self._leave_by - monotonic()
        await self.writes.drain(max(0.0, left))
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(HANG_UP):
                    await self._session.aclose()
        finally:
            self._session.close_journal()

    def cut_off(self) -> NoReturn:
        """End at once: from another thread, when something holds up an end in order. The journal knows what was open.

        The terminal is given back as far as it takes anything in.
        """
        if self.is_running and self._driver is not None:
            attributes = getattr(self._driver, "attrs_before", None)
            with suppress(OSError, ValueError, termios.error):
                if attributes is not None:
                    termios.tcsetattr(0, termios.TCSANOW, attributes)
                os.set_blocking(2, False)
                os.write(2, _GIVEN_BACK)
        os._exit(self.return_code or 0)

    # ---------------------------------------------------------- standing aside

    def action_put_aside(self) -> None:
        """Give the terminal back to the shell until `fg`; in a text of several lines the key takes a change back."""
        from textual.widgets import TextArea

        if isinstance(self.focused, TextArea):
            self.focused.undo()
        elif not _has_shell():
            self.schedule.say("There is no shell here to go back to: F10 quits.")
        elif self._driver is not None and self._driver.can_suspend:
            self._suspend_signal()
            os.killpg(0, signal.SIGTSTP)  # as a terminal does it: whatever has started the program stops with it

    @on(Driver.SignalResume)
    def paint_all(self) -> None:
        """Paint everything again: a shell has had the terminal since."""
        self.refresh(layout=True)

    @override
    def get_driver_class(self) -> type[Driver]:
        return steady(super().get_driver_class())

    # ---------------------------------------------------------- mistakes of the program

    def take_stray(self, error: BaseException | None) -> None:
        """Take an error of a task or thread that nobody waited for: it would be told to nobody."""
        if isinstance(error, Exception) and not self.post_message(intents.Unexpected(error)):
            keep(error, self._crash_log, self._clock)  # the screen has gone

    def take_from_thread(self, failed: threading.ExceptHookArgs) -> None:
        """Take an error of a thread; without the one that reads keys nobody could answer a dialog, so that is the end.

        Runs in that thread.
        """
        error, thread = failed.exc_value, failed.thread
        if isinstance(error, Exception) and thread is not None and thread.name == INPUT_THREAD:
            self.call_later(self._handle_exception, error)
        else:
            self.take_stray(error)

    @on(Worker.StateChanged)
    def pass_on_failure(self, event: Worker.StateChanged) -> None:
        """Tell of a failed worker of the App's own; when leaving itself has failed, leave all the same."""
        failed = unexpected(event)
        if failed is not None and event.worker.group == "leave":
            keep(failed.error, self._crash_log, self._clock)
            self.exit(1)
        elif failed is not None:
            self.post_message(failed)

    @on(intents.Unexpected)
    def tell_unexpected(self, intent: intents.Unexpected) -> None:
        """Say a mistake of the program in words, log its places, and go on."""
        from tui_app.desk.wording import Words
        from tui_app.widgets.dialogs import ErrorDialog

        what = f"The program has made a mistake of its own ({type(intent.error).__name__})."
        noted = keep(intent.error, self._crash_log, self._clock)
        self.push_screen(
            ErrorDialog(Words("Something went wrong", what, saved=noted, next_step="F5 reads everything again."))
        )

    @override
    def panic(self, *renderables: Any) -> None:
        """End as after any other error: what Textual would show may be a traceback."""
        self._return_code = 1
        self._fatal_error()

    @override
    def _fatal_error(self) -> None:
        """Leave with one line: the stock crash screen shows local variables, and tokens would be among them."""
        error = self._exception or sys.exc_info()[1] or RuntimeError()
        self.bell()
        if not self._exit_renderables:
            self._exit_renderables.append(Text(last_words(error, keep(error, self._crash_log, self._clock))))
        self._close_messages_no_wait()

    @override
    def _print_error_renderables(self) -> None:
        """Write the last words as they are: Textual would show the first, and recommend its own developer's tools."""
        with suppress(OSError):  # the terminal has gone
            for words in self._exit_renderables:
                self.error_console.print(words, soft_wrap=True)
        self._exit_renderables.clear()


def _has_shell() -> bool:
    """Whether somebody would bring the program back once it is stopped: a parent that has this terminal as well."""
    try:
        return os.getsid(os.getppid()) == os.getsid(0)
    except OSError:
        return False
