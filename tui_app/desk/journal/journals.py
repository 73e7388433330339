"""Where the journal of this run is, and the keeper of each place that the program works at."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from tui_app.desk.journal.audit import Audit
from tui_app.desk.journal.keeper import WriteKeeper, WriteWatch
from tui_app.desk.journal.store import JournalStore
from tui_app.desk.run_lock import RunLock


class Journals:
    """The journal and the audit in one folder (0700), shared by all runs; `folder` None keeps them in memory.

    Where the folder cannot be written, every write asks (`WriteWatch.allow_unprotected`).
    """

    def __init__(self, folder: Path | None) -> None:
        self._lock = _held(folder)
        run = self._lock.run_id if self._lock is not None else os.urandom(8).hex()
        self._store = JournalStore(folder / "journal.sqlite" if folder is not None else None, run)
        self._audit = Audit(folder / "audit.log" if folder is not None else None)

    def keeper(
        self,
        watch: WriteWatch,
        *,
        place: str,
        clock: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> WriteKeeper:
        """The keeper of one place: a server and a location."""
        return WriteKeeper(self._store, watch, place=place, clock=clock, audit=self._audit, pause=pause)

    def is_alive(self, run: str) -> bool:
        """Whether a run still goes on; where it cannot be told it does, and its writes are left alone."""
        return self._lock is None or self._lock.is_alive(run)

    @property
    def note(self) -> str:
        """What people should know of the journal, in a sentence; empty for nothing."""
        if self._store.damaged is not None:
            return f"The journal of writes was damaged: a new one was begun, the old one is {self._store.damaged}"
        return "The audit file cannot be written" if self._audit.failed else ""

    def close(self) -> None:
        """Close the files, and leave what is open to the next start."""
        self._store.close()
        if self._lock is not None:
            self._lock.release()


def _held(folder: Path | None) -> RunLock | None:
    try:
        return RunLock(folder / "runs") if folder is not None else None
    except OSError:
        return None
