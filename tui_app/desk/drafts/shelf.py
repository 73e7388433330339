"""Where drafts lie: one small file each in a folder of their own, or in memory. Nothing here knows a loop."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from tui_app.desk.drafts.codec import MOST_BYTES, Unreadable, pack, unpack
from tui_app.desk.drafts.model import Draft
from tui_app.desk.run_lock import RUN_ID, RunLock
from tui_app.private_file import write_private

LIFE: Final = timedelta(days=1)
"""How long a draft is kept (design 6)."""

MOST_FILES: Final = 200
"""Drafts that are looked at; whoever has more has no desk but a broken disk."""

NAME: Final = re.compile(rf"({RUN_ID.pattern})-({RUN_ID.pattern})\.json")
"""The id of the draft, then that of the run that holds it: so a draft is taken over by a new name, at once or not."""

HALF: Final = re.compile(rf"\.{RUN_ID.pattern}-({RUN_ID.pattern})\.json\.[0-9a-f]+")
"""A file that a run was writing when it ended."""

_HOW: Final[int] = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Found(Struct, frozen=True):
    """The drafts that nobody else is working on, newest first, and how many files were dropped as unreadable."""

    drafts: tuple[Draft, ...]
    unreadable: int = 0


class Shelf(Protocol):
    """A place for drafts. All of it raises OSError where the disk does not do as told."""

    def put(self, draft: Draft) -> None:
        """Keep a draft in place of the older one of the same id; raises `TooLarge`."""
        ...

    def drop(self, draft_id: str) -> None:
        """Wipe a draft of this run; one that is not there is gone already."""
        ...

    def look(self, now: datetime) -> Found:
        """Find the drafts of this run and of runs that have ended; those a day old are wiped."""
        ...

    def take(self, draft_id: str) -> bool:
        """Take a draft over from a run that has ended; False where another program was quicker."""
        ...

    def close(self) -> None:
        """Leave the drafts to whoever comes next."""
        ...


class MemoryShelf:
    """Drafts of this run alone, which end with it."""

    def __init__(self) -> None:
        self._drafts: dict[str, Draft] = {}

    def put(self, draft: Draft) -> None:
        """Keep a draft."""
        self._drafts[draft.id] = draft

    def drop(self, draft_id: str) -> None:
        """Wipe a draft."""
        self._drafts.pop(draft_id, None)

    def look(self, now: datetime) -> Found:
        """Find them all; those a day old are wiped."""
        self._drafts = {draft.id: draft for draft in self._drafts.values() if not is_old(draft, now)}
        return Found(newest_first(self._drafts.values()))

    def take(self, draft_id: str) -> bool:
        """They are this run's own."""
        return draft_id in self._drafts

    def close(self) -> None:
        """Forget them."""
        self._drafts.clear()


class FolderShelf:
    """Drafts in a folder (files 0600, folder 0700) that several running programs share.

    Raises OSError where the folder cannot be made or written.
    """

    def __init__(self, folder: Path, lock: Callable[[Path], RunLock] = RunLock) -> None:
        self._folder = folder
        self._lock = lock(folder)

    def put(self, draft: Draft) -> None:
        """Keep a draft, written whole or not at all."""
        write_private(self._path(draft.id), pack(draft))

    def drop(self, draft_id: str) -> None:
        """Wipe a draft."""
        self._path(draft_id).unlink(missing_ok=True)

    def look(self, now: datetime) -> Found:
        """Read what may be read; what is old, torn, huge or of another version is wiped."""
        drafts: list[Draft] = []
        unreadable = 0
        for path, draft_id in self._free_files():
            try:
                draft = _draft_in(path, draft_id)
            except Unreadable:
                unreadable += _wiped(path)
                continue
            except OSError:  # gone meanwhile, or the disk is in trouble: that is no reason to wipe it
                continue
            if is_old(draft, now):
                path.unlink(missing_ok=True)
            else:
                drafts.append(draft)
        return Found(newest_first(drafts), unreadable)

    def take(self, draft_id: str) -> bool:
        """Give the file this run's name: only one program can."""
        if self._path(draft_id).exists():
            return True
        for path, found_id in self._free_files():
            if found_id == draft_id:
                try:
                    path.rename(self._path(draft_id))
                except FileNotFoundError:
                    return False
                return True
        return False

    def close(self) -> None:
        """Let go of the lock: the drafts are for the next run."""
        self._lock.release()

    def _path(self, draft_id: str) -> Path:
        return self._folder / f"{draft_id}-{self._lock.run_id}.json"

    def _free_files(self) -> Iterator[tuple[Path, str]]:
        """The files that no other living run holds, with the ids of their drafts; half-written ones are wiped."""
        with os.scandir(self._folder) as entries:
            names = sorted(entry.name for entry in entries)
        free: dict[str, bool] = {}
        seen = 0
        for name in names:
            found, half = NAME.fullmatch(name), HALF.fullmatch(name)
            match = found or half
            if match is None or seen >= MOST_FILES:
                continue
            run_id = match[match.lastindex or 1]
            if run_id not in free:
                free[run_id] = run_id == self._lock.run_id or not self._lock.is_alive(run_id)
            if not free[run_id]:
                continue
            seen += 1
            if found is not None:
                yield self._folder / name, found[1]
            elif run_id != self._lock.run_id:
                _wiped(self._folder / name)


def is_old(draft: Draft, now: datetime) -> bool:
    """Whether a draft has lived its day. A time that lies ahead, by a clock that was set back, counts like one past."""
    return abs(now - draft.saved_at) > LIFE


def newest_first(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Sort drafts."""
    return tuple(sorted(drafts, key=lambda draft: draft.saved_at, reverse=True))


def _draft_in(path: Path, draft_id: str) -> Draft:
    draft = unpack(_read(path))
    if draft.id != draft_id:
        raise Unreadable
    return draft


def _read(path: Path) -> bytes:
    descriptor = os.open(path, _HOW)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable
        return os.read(descriptor, MOST_BYTES + 1)
    finally:
        os.close(descriptor)


def _wiped(path: Path) -> bool:
    """Wipe a file that is no use; False where it is none, or cannot be."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
