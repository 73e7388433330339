"""Reading the terminal so that no byte can end the program, and so that one which has gone is noticed."""

import codecs
import os
import selectors
from typing import Any, Final, cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from typing_extensions import override

from tui_app.celldiff.outlet import Outlet

LOOK: Final = 0.1
"""Seconds between two looks at whether reading is over, or a sequence that was begun is complete as it is."""

MOST: Final = 4_096
"""Bytes that are read at once."""


INPUT_THREAD: Final = "textual-input"
"""The name that the framework gives to the thread that reads."""


class TerminalGone(Message):
    """Nobody is at the other end of the terminal any more: a window was closed, a line was dropped."""


class SteadyInput(LinuxDriver):
    """A driver's input that takes bytes which are no UTF-8 for unknown characters: the stock one ends with a traceback.

    A terminal that has gone is told once, where the stock one reads nothing from it for ever as fast as it can; what is
    written to it then is lost, and holds nobody up.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        file = cast("Any", self._file)
        self._file = cast("Any", file if isinstance(file, Outlet) else Outlet(file, _nothing))

    @override
    def _run_input_thread(self) -> None:
        self.run_input_thread()  # an error is for the thread's hook: the stock one has a traceback made of it

    @override
    def run_input_thread(self) -> None:
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(LOOK):
                    data = _read(self.fileno)
                    if not data:
                        self.send_message(TerminalGone())
                        return
                    for message in parser.feed(decode(data)):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)


def steady(driver: type[Driver]) -> type[Driver]:
    """The same driver with steady input, where it reads a terminal as those of Linux and macOS do."""
    if not issubclass(driver, LinuxDriver) or issubclass(driver, SteadyInput):
        return driver
    return cast("type[Driver]", type(f"Steady{driver.__name__}", (SteadyInput, driver), {}))


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, MOST)
    except OSError:  # a terminal that has gone
        return b""


def _nothing() -> None:
    """Be told of nothing: the stock driver does not wait for its terminal."""
