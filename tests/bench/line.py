"""A slow line between a terminal and a program: `python -m tests.bench.line 9600 300 COMMAND...`.

Bytes a second and milliseconds there and back. Each way has its own rate and half of the delay; what a buffer cannot
hold waits in the program, as behind a real line.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import sys
import termios
import time
import tty
from collections import deque
from typing import Final

BUFFER: Final = 65_536
PIECE_S: Final = 0.02
"""Seconds of the line that one piece fills: small ones, so that it delivers as it goes."""


class Lane:
    """One way: what is put in comes out at the rate, and later by the delay."""

    def __init__(self, rate: float, delay: float) -> None:
        self._rate, self._delay, self._free = rate, delay, 0.0
        self._due: deque[tuple[float, bytes]] = deque()
        self._held = 0

    @property
    def has_room(self) -> bool:
        """Whether it takes more."""
        return self._held < BUFFER

    def put(self, data: bytes, now: float) -> None:
        """Send data on its way."""
        piece = max(1, int(self._rate * PIECE_S))
        for start in range(0, len(data), piece):
            part = data[start : start + piece]
            self._free = max(self._free, now) + len(part) / self._rate
            self._due.append((self._free + self._delay, part))
            self._held += len(part)

    def take(self, now: float) -> bytes:
        """What has arrived by now."""
        arrived = b""
        while self._due and self._due[0][0] <= now:
            part = self._due.popleft()[1]
            self._held -= len(part)
            arrived += part
        return arrived

    def wait(self, now: float) -> float:
        """Seconds until more arrives."""
        return max(0.0, self._due[0][0] - now) if self._due else 3_600.0


def relay(master: int, rate: float, delay: float) -> None:
    """Carry bytes between this process's terminal and the program's until the program has ended."""
    up, down = Lane(rate, delay), Lane(rate, delay)
    ended = False
    while not ended or down.wait(0) < 3_600:
        now = time.monotonic()
        sources = [0, *([master] if down.has_room and not ended else [])]
        ready, _, _ = select.select(sources, [], [], min(up.wait(now), down.wait(now), 1))
        now = time.monotonic()
        if 0 in ready:
            up.put(os.read(0, 4096), now)
        if master in ready:
            data = _read(master)
            ended = not data
            down.put(data, now)
        if not ended:
            os.write(master, up.take(now))
        os.write(1, down.take(now))


def _read(master: int) -> bytes:
    try:
        return os.read(master, 4096)
    except OSError:  # the program has ended
        return b""


def main(arguments: list[str]) -> int:
    """Run a command behind the line; answers its exit status."""
    rate, delay, command = float(arguments[0]), float(arguments[1]) / 2000, arguments[2:]
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))
    pid, master = pty.fork()
    if not pid:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        os.execvp(command[0], command)  # noqa: S606 - the caller's own command
    signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))
    before = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        relay(master, rate, delay)
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
