"""A file that knows whether all that was queued for it is written: what a slow line cannot show is not painted."""

from __future__ import annotations

import contextlib
import threading
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Outlet:
    """Between Textual's writer thread and the terminal. `drained` is called in that thread, once for each `wait`.

    A terminal that is gone takes what is written and shows nothing: the queue before it never blocks a program that
    is about to end.
    """

    def __init__(self, file: IO[str], drained: Callable[[], None]) -> None:
        self._file = file
        self._drained = drained
        self._lock = threading.Lock()
        self._queued = 0
        self._waiting = False

    def announce(self) -> None:
        """Say that one more text is on its way."""
        with self._lock:
            self._queued += 1

    def wait(self) -> bool:
        """Whether something is still on its way; then `drained` will be called."""
        with self._lock:
            self._waiting = self._queued > 0
            return self._waiting

    def reset(self) -> None:
        """Expect nothing any more: the queue before it is a new one."""
        with self._lock:
            self._queued, self._waiting = 0, False

    def write(self, text: str) -> int:
        """Write and flush a text."""
        with contextlib.suppress(OSError):
            self._file.write(text)
            self._file.flush()
        self._arrived()
        return len(text)

    def _arrived(self) -> None:
        with self._lock:
            self._queued = max(0, self._queued - 1)
            tell = self._waiting and not self._queued
            self._waiting = self._waiting and not tell
        if tell:
            self._drained()

    def flush(self) -> None:
        """Do nothing: each text was flushed when it was written."""

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._file.fileno()
