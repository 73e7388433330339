"""The driver: what Textual writes in one turn of its loop reaches the terminal as one paint of the changed cells."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from typing_extensions import override

from tui_app.celldiff.outlet import Outlet
from tui_app.celldiff.painter import Painter
from tui_app.celldiff.parse import SYNC_END, SYNC_START, NotUnderstood, stands_apart

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from textual.app import App
    from textual.message import Message


class CellDiffDriver(LinuxDriver):
    """The stock driver of Linux and macOS, but that it keeps the screen and writes only what changed.

    What is not a paint (modes, queries, titles, the clipboard) passes as it is, after the paints before it. Where the
    terminal's content is in doubt (a resize, a suspension, data that is not understood) all is painted again.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        file = cast("TextIO", sys.__stderr__)
        self._cells_are_sure = file.encoding.lower().replace("-", "") == "utf8"
        self._outlet = Outlet(file, self._on_drained)
        self._file = cast("Any", self._outlet)
        self._painter = Painter(*self._get_terminal_size())
        self._home = threading.get_ident()
        self._painting = False  # between start and stop: the terminal is ours
        self._is_scheduled = False
        self._in_doubt = False  # set by a signal or another thread; seen to before the next paint
        self._has_sync = False
        self._told_size = self._painter.size
        self._stock_window_change: Callable[[int, FrameType | None], Any] | None = None

    def repaint(self) -> None:
        """Paint the whole screen again, whatever the terminal may show."""
        self._in_doubt = True
        self._schedule()

    @override
    def write(self, data: str) -> None:
        """Take data from Textual; paints wait for the end of this turn of the loop, all else goes at once."""
        if threading.get_ident() != self._home:
            self._write_from_another_thread(data)
        elif not (self._painting and self._cells_are_sure):
            self._send(data)
        elif data in {SYNC_START, SYNC_END}:
            self._has_sync = True
        elif stands_apart(data):
            self._paint()
            self._send(data)
        else:
            self._take(data)

    def _write_from_another_thread(self, data: str) -> None:
        """Pass what has no place among paints, as the input thread's answers to the terminal; let all else wait."""
        if stands_apart(data):
            self._send(data)
        else:
            self._loop.call_soon_threadsafe(self.write, data)

    def _take(self, data: str) -> None:
        if self._painter.size != self._app.size:
            self._painter.resize(*self._app.size)
        try:
            self._painter.take(data)
        except NotUnderstood:
            self._settle_doubt()
            self._send(self._painter.bypass(data))
        else:
            self._schedule()

    def _schedule(self) -> None:
        if self._painting and not self._is_scheduled:
            self._is_scheduled = True
            self._loop.call_soon(self._end_turn)

    def _end_turn(self) -> None:
        self._is_scheduled = False
        if self._painting and not self._outlet.wait():
            self._paint()

    def _on_drained(self) -> None:
        """Paint what came together while the terminal took in the last paint. Runs in the writer thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._schedule)

    def _paint(self) -> None:
        self._settle_doubt()
        output = self._painter.output()
        if output:
            self._send(f"{SYNC_START}{output}{SYNC_END}" if self._has_sync else output)

    def _settle_doubt(self) -> None:
        if self._in_doubt:
            self._in_doubt = False
            self._painter.forget()

    def _send(self, data: str) -> None:
        """Queue data for the terminal. Without a thread that writes there is no terminal to write to."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            self._outlet.announce()
            super().write(data)

    @override
    def start_application_mode(self) -> None:
        """Take the terminal over, and paint what is wanted on it, as after a suspension."""
        self._home = threading.get_ident()
        self._outlet.reset()
        self._told_size = self._get_terminal_size()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # the stock one has no annotations
        self._painting = self._writer_thread is not None and self._writer_thread.is_alive()
        handler = signal.getsignal(signal.SIGWINCH)
        if callable(handler) and handler != self._on_window_change:
            self._stock_window_change = handler
            signal.signal(signal.SIGWINCH, self._on_window_change)
        # The kernel may hand a signal to any thread; told of one by the loop, this one wakes up for all of them.
        self._loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)
        self.repaint()

    def _on_window_change(self, number: int, frame: FrameType | None) -> None:
        """Doubt what the terminal shows, and let Textual know. A signal handler."""
        self._doubt()
        if self._stock_window_change is not None:
            self._stock_window_change(number, frame)

    def _doubt(self) -> None:
        """See to a repaint where Textual will not: it lays out again only for another size than it last heard of."""
        self._in_doubt = True
        if self._painter.size == self._get_terminal_size():
            self._loop.call_soon_threadsafe(self._schedule)

    @override
    def process_message(self, message: Message) -> None:
        """Pass on what the terminal says. One that tells another size has changed what it shows.

        Runs in the input thread.
        """
        if isinstance(message, events.Resize) and message.size != self._told_size:
            self._told_size = message.size
            self._doubt()
        super().process_message(message)

    @override
    def stop_application_mode(self) -> None:
        """Give the terminal back. A paint that waits is dropped: what it would paint on goes away."""
        self._painting = False
        super().stop_application_mode()

    @override
    def _sigtstp_application(self, *arguments: object) -> None:
        """Suspend between two turns of the loop, not in the midst of a paint or of a queue's lock."""
        if self._auto_restart and self._painting and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(super()._sigtstp_application)
        else:
            super()._sigtstp_application(*arguments)

    @override
    def _sigcont_application(self, *arguments: object) -> None:
        """Take the terminal over again; also where a SIGSTOP came unseen, and a shell has had it since."""
        if self._auto_restart and self._painting and not self._loop.is_closed():
            self.suspend_application_mode()
            self.resume_application_mode()
        else:
            super()._sigcont_application(*arguments)
