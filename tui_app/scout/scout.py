"""Sends the scout out and takes its report. Imports nothing heavy: it is the first thing that a start does."""

import os
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui_app.scout.report import Report

ERRAND: Final = "from tui_app.scout.errand import main; main()"
PATIENCE: Final = 2.0
"""Seconds to wait for the report of a scout that has its tokens: after them it is better to ask oneself."""

_READ_ONCE: Final = ("ALTEGIO_PARTNER_TOKEN_FILE", "ALTEGIO_USER_TOKEN_FILE")


class Scout:
    """A process that is out, `back` the end of the pipe that its report comes through."""

    def __init__(self, pid: int, back: int) -> None:
        self._pid: int | None = pid
        self._back = back
        self._told = bytearray()

    async def report(self) -> "Report | None":
        """Wait for the report; None: there is none. The process is gone afterwards.

        While it looks for tokens it may have asked the operator for a password: for that there is no limit.
        """
        import asyncio

        from tui_app.scout.report import FOUND, unpack

        try:
            if not await self._read(enough=len(FOUND)):
                return None
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._read()
                    return unpack(bytes(self._told[len(FOUND) :]))
            return None
        finally:
            self.recall()

    def recall(self) -> None:
        """End the process, whatever it does, and forget it."""
        import signal

        if self._pid is not None:
            pid, self._pid = self._pid, None
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
            os.close(self._back)

    async def _read(self, enough: int | None = None) -> bool:
        """Read to the end, or until there is enough; whether there is anything."""
        import asyncio

        from tui_app.scout.report import LARGEST

        loop = asyncio.get_running_loop()
        most = enough or LARGEST
        readable = asyncio.Event()
        os.set_blocking(self._back, False)
        loop.add_reader(self._back, readable.set)
        try:
            while len(self._told) < most:
                try:
                    piece = os.read(self._back, 1 << 20)
                except BlockingIOError:
                    readable.clear()
                    await readable.wait()
                    continue
                if not piece:
                    break
                self._told += piece
        finally:
            loop.remove_reader(self._back)
        return bool(self._told)


def send_scout(arguments: Sequence[str], environ: Mapping[str, str]) -> Scout | None:
    """Send a scout out with the program's own arguments; None where there is none to be had."""
    if not hasattr(os, "posix_spawn") or not sys.executable or _is_read_once(environ):
        return None
    back, out = os.pipe()
    command = [sys.executable, "-P", "-c", ERRAND, *arguments]  # -P: nothing is imported from where one stands
    try:
        pid = os.posix_spawn(
            sys.executable,
            command,
            environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, out, 1),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
    except OSError:
        os.close(back)
        return None
    finally:
        os.close(out)
    return Scout(pid, back)


def _is_read_once(environ: Mapping[str, str]) -> bool:
    """Whether a token comes out of a pipe: the scout would leave nothing in it."""
    for name in _READ_ONCE:
        path = environ.get(name)
        with suppress(OSError):
            if path and not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  a Path takes longer to import
                return True
    return False
