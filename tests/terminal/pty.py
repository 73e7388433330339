"""A program in a real terminal of its own: what it writes goes to a screen, what a person would type goes to it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import queue
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import psutil

from tests.terminal.emulator import BRACKETED_PASTE, Emulator
from tests.terminal.keys import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

FRONTDESK: Final = (sys.executable, "-m", "tui_app")
PATIENCE_S: Final = 60.0
AT_REST_S: Final = 0.015
"""Processor time that a program at rest may take while it is watched: one tick of the kernel's clock, not two."""

# Makes the terminal the child's own, says when, and becomes the program: no Python runs between a fork and an exec.
_LAUNCHER: Final = """
import fcntl, os, sys, termios, time
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
clock = int(sys.argv[1])
os.write(clock, b"%d" % time.monotonic_ns())
os.close(clock)
os.execvp(sys.argv[2], sys.argv[2:])
"""


class Size(NamedTuple):
    """Columns and rows of a terminal."""

    columns: int
    rows: int


ORDINARY: Final = Size(80, 24)
NARROW: Final = Size(60, 16)
WIDE: Final = Size(160, 48)


class Chunk(NamedTuple):
    """Bytes that came in one read, and when: nanoseconds of the monotonic clock."""

    at_ns: int
    data: bytes


class NotOnScreen(AssertionError):
    """The screen did not come to show what was waited for."""


class Ended(AssertionError):
    """The program closed its terminal while something was waited for."""


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment with nothing of the machine's own but the path: folders under `home`, no keyring, no tokens."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    } | more


class Program:
    """A running program; a `with` block around it ends it for sure. All waiting is on its output, with a deadline."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        size: Size = ORDINARY,
        folder: Path | None = None,
    ) -> None:
        self.chunks: list[Chunk] = []
        self._arrived: queue.SimpleQueue[Chunk] = queue.SimpleQueue()
        self._ended = False
        self._master, slave = os.openpty()
        self._line = os.ttyname(slave)
        self.terminal = Emulator(*size, answer=self.write)
        self._set_window(size)
        clock_out, clock_in = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(clock_in), *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
            pass_fds=[clock_in],
        )
        os.close(slave)
        os.close(clock_in)
        with os.fdopen(clock_out, "rb") as clock:
            self.started_ns = int(clock.read())
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    @property
    def screen(self) -> str:
        """What the screen shows, line by line."""
        return self.terminal.text

    @property
    def output(self) -> bytes:
        """Every byte that was taken in so far."""
        return b"".join(chunk.data for chunk in self.chunks)

    @property
    def bytes_written(self) -> int:
        """How many bytes were taken in so far."""
        return sum(len(chunk.data) for chunk in self.chunks)

    @property
    def left_behind(self) -> set[str]:
        """What the program has not put back: modes of the terminal, and the line discipline that a shell expects."""
        local = termios.tcgetattr(self._master)[3]
        raw = {"raw keys"} if not (local & termios.ECHO and local & termios.ICANON and local & termios.ISIG) else set()
        return self.terminal.left_behind | raw

    @contextlib.contextmanager
    def taking_nothing(self) -> Iterator[None]:
        """The terminal takes nothing in while inside, as after Ctrl+S or on a line that hangs."""
        line = os.open(self._line, os.O_RDONLY | os.O_NOCTTY)
        try:
            termios.tcflow(line, termios.TCOOFF)
            yield
        finally:
            termios.tcflow(line, termios.TCOON)
            os.close(line)

    def line(self, pattern: str) -> str:
        """The first line on screen that holds `pattern`. Raises NotOnScreen."""
        for line in self.screen.split("\n"):
            if re.search(pattern, line):
                return line
        raise NotOnScreen(f"no line holds {pattern!r}:\n{self.screen}")

    def expect(self, pattern: str, timeout: float = PATIENCE_S) -> re.Match[str]:
        """Wait until the screen shows `pattern` (multi-line) in a finished frame. Raises NotOnScreen or Ended."""
        return self.expect_at(pattern, timeout)[0]

    def expect_at(self, pattern: str, timeout: float = PATIENCE_S) -> tuple[re.Match[str], int]:
        """As `expect`, and when the bytes came that completed it."""
        found = re.compile(pattern, re.MULTILINE)
        deadline = time.monotonic() + timeout
        came_ns = time.monotonic_ns()
        while True:
            match = None if self.terminal.updating else found.search(self.screen)
            if match is not None:
                return match, came_ns
            chunk = self._next(deadline - time.monotonic())
            if chunk is None:
                raise NotOnScreen(f"{pattern!r} did not come within {timeout:g} s:\n{self.screen}")
            came_ns = chunk.at_ns

    def expect_gone(self, pattern: str, timeout: float = PATIENCE_S) -> None:
        """Wait until no finished frame shows `pattern` any more. Raises NotOnScreen or Ended."""
        gone = re.compile(pattern, re.MULTILINE)
        deadline = time.monotonic() + timeout
        while self.terminal.updating or gone.search(self.screen):
            if self._next(deadline - time.monotonic()) is None:
                raise NotOnScreen(f"{pattern!r} did not go within {timeout:g} s:\n{self.screen}")

    def next_frame(self, timeout: float = PATIENCE_S) -> int | None:
        """Wait for the next finished frame; when its last bytes came, in nanoseconds, or None if none came."""
        deadline = time.monotonic() + timeout
        while (chunk := self._next(deadline - time.monotonic())) is not None:
            if not self.terminal.updating:
                return chunk.at_ns
        return None

    def settled(self, quiet: float = 0.25, timeout: float = PATIENCE_S) -> str:
        """Wait until nothing came for `quiet` seconds, and the screen. Raises NotOnScreen if it never rests.

        A program that is only slow, on a machine with much to do, is not quiet: it must not have worked meanwhile.
        """
        deadline = time.monotonic() + timeout
        while True:
            worked_s = self._worked_s()
            if self._next(quiet) is None and self._worked_s() - worked_s <= AT_REST_S:
                return self.screen
            if time.monotonic() > deadline:
                raise NotOnScreen(f"not at rest after {timeout:g} s:\n{self.screen}")

    def silent_for(self, seconds: float) -> int:
        """Take in what comes within `seconds`; how many bytes that was."""
        before = self.bytes_written
        deadline = time.monotonic() + seconds
        while self._next(deadline - time.monotonic()) is not None:
            pass
        return self.bytes_written - before

    def press(self, *names: str) -> int:
        """Press keys, all in one write; the time just before it, in nanoseconds."""
        return self.write(b"".join(map(key, names)))

    def type(self, text: str, *then: str) -> int:
        """Type a text, then press keys, all in one write; the time just before it, in nanoseconds."""
        return self.write(text.encode() + b"".join(map(key, then)))

    def paste(self, text: str) -> None:
        """Paste a text as a terminal does: bracketed if the program asked for it, line ends as Enter."""
        body = text.replace("\n", "\r").encode()
        asked = self.terminal.modes.get(BRACKETED_PASTE, False)
        self.write(b"\x1b[200~" + body + b"\x1b[201~" if asked else body)

    def write(self, data: bytes) -> int:
        """Send bytes as they are; the time just before that, in nanoseconds. Raises Ended where nobody reads them."""
        at_ns = time.monotonic_ns()
        with contextlib.suppress(OSError):  # a program that has just ended takes nothing in
            while data:
                if not select.select([], [self._master], [], PATIENCE_S)[1]:
                    raise Ended("the program does not read its terminal")
                data = data[os.write(self._master, data[:1024]) :]
        return at_ns

    def resize(self, size: Size) -> None:
        """Give the window another size; the kernel tells the program by SIGWINCH."""
        self.terminal.resize(*size)
        self._set_window(size)

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def end(self, timeout: float = PATIENCE_S) -> int:
        """Wait until the program has ended and its last byte is taken in; its exit status. Raises NotOnScreen."""
        deadline = time.monotonic() + timeout
        try:
            while self._next(deadline - time.monotonic()) is not None:
                pass
        except Ended:
            return self._process.wait(max(0.1, deadline - time.monotonic()))
        raise NotOnScreen(f"the program has not ended within {timeout:g} s:\n{self.screen}")

    def close(self) -> None:
        """End the program at once with all that it started in its terminal; an orderly end is for a test to ask."""
        if self._master < 0:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(5)
        os.close(self._master)
        self._master = -1

    def _worked_s(self) -> float:
        try:
            times = psutil.Process(self.pid).cpu_times()
        except psutil.Error:  # it has ended, which the next read says
            return 0.0
        return float(times.user + times.system)

    def _set_window(self, size: Size) -> None:
        packed = struct.pack("HHHH", size.rows, size.columns, size.columns * 8, size.rows * 16)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, packed)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:  # Linux says EIO where the last one has closed the other side
                data = b""
            self._arrived.put(Chunk(time.monotonic_ns(), data))
            if not data:
                return

    def _next(self, timeout: float) -> Chunk | None:
        if self._ended:
            raise Ended(f"the program has ended:\n{self.screen}")
        try:
            chunk = self._arrived.get(timeout=timeout) if timeout > 0 else self._arrived.get_nowait()
        except queue.Empty:
            return None
        if not chunk.data:
            self._ended = True
            raise Ended(f"the program has ended:\n{self.screen}")
        self.chunks.append(chunk)
        self.terminal.feed(chunk.data)
        return chunk
