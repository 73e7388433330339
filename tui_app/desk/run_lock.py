"""Tells which runs of the program are still alive, so that none takes what another one is working on (design 6)."""

import os
import platform
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

from tui_app.private_file import make_private_folder

SUFFIX: Final = ".lock"
RUN_ID: Final = re.compile(r"[0-9a-f]{16}")
"""How a run is named: at random, so that no name comes twice."""

NO_FOLLOW: Final[int] = getattr(os, "O_NOFOLLOW", 0)
ATTEMPTS: Final = 20
"""How often a lock is tried under another name, where somebody else's look at the file came in between."""

READ: Final = 400
"""Bytes of a lock file that are looked at."""


class CannotLock(Exception):
    """This system, or the place of the files, knows no locks."""


class RunLock:
    """A file `<run id>.lock` that is locked as long as this run lives, however it ends.

    The system lets go of the lock with the process, so a run that was killed is seen as gone at once. Where there are
    no locks (some network folders), the process that the file names is looked for instead. Raises OSError where the
    folder cannot be written. Files of runs that are gone are removed. Safe from any thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        make_private_folder(folder)
        self._sweep()
        self.run_id, self._descriptor = self._hold()
        self._released = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def is_alive(self, run_id: str) -> bool:
        """Whether that run still goes on; True as well where it cannot be told, for then it is left alone."""
        if run_id == self.run_id:
            return not self._released
        if RUN_ID.fullmatch(run_id) is None:
            return False
        return not _is_gone(self._path(run_id), remove=False)

    def release(self) -> None:
        """Let go: what this run left behind is for others from now on. Doing it twice changes nothing."""
        if not self._released:
            self._released = True
            with suppress(OSError):
                self._path(self.run_id).unlink()
            os.close(self._descriptor)

    def _path(self, run_id: str) -> Path:
        return self._folder / f"{run_id}{SUFFIX}"

    def _sweep(self) -> None:
        for path in self._folder.glob(f"*{SUFFIX}"):
            if RUN_ID.fullmatch(path.stem) is not None:
                _is_gone(path, remove=True)

    def _hold(self) -> tuple[str, int]:
        for _ in range(ATTEMPTS):
            run_id = os.urandom(8).hex()
            descriptor = os.open(self._path(run_id), os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_FOLLOW, 0o600)
            try:
                os.write(descriptor, _this_process().encode())
                if _is_ours(descriptor) and _is_still(self._path(run_id), descriptor):
                    return run_id, descriptor
            except OSError:
                os.close(descriptor)
                raise
            os.close(descriptor)
        raise OSError(f"no lock in {self._folder} could be held")


def _is_ours(descriptor: int) -> bool:
    try:
        return _lock(descriptor, shared=False)
    except CannotLock:
        return True  # the process that is named in it has to do


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether the name still leads to the file: a sweep may have taken it away before it was locked."""
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _is_gone(path: Path, *, remove: bool) -> bool:
    """Whether the run of a lock file has ended; the file is removed, where asked, while nobody else can lock it."""
    try:
        with _opened(path) as descriptor:
            gone = stat.S_ISREG(os.fstat(descriptor).st_mode) and _has_ended(descriptor)
            if gone and remove:
                path.unlink(missing_ok=True)
            return gone
    except FileNotFoundError:
        return True
    except OSError:
        return False


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | NO_FOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _has_ended(descriptor: int) -> bool:
    try:
        return _lock(descriptor, shared=True)
    except CannotLock:
        return not _process_lives(os.read(descriptor, READ).decode("utf-8", "replace"))


if sys.platform == "win32":
    import msvcrt

    FAR: Final = 1 << 30
    """The byte that is locked: past the text, which stays readable for others."""

    def _lock(descriptor: int, *, shared: bool) -> bool:
        """Lock a file without waiting; False where somebody else has. Windows knows no shared lock."""
        del shared
        position = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        except OSError as error:
            raise CannotLock from error
        finally:
            os.lseek(descriptor, position, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> bool:
        """Lock a file without waiting; False where somebody else has. Those who only look may look at once: shared."""
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise CannotLock from error
        return True


def _this_process() -> str:
    pid = os.getpid()
    return "\n".join((platform.node(), str(pid), _started(pid)))


def _process_lives(named: str) -> bool:
    """Whether the process that a lock file names lives; True for one of another machine, which cannot be seen."""
    node, _, rest = named.partition("\n")
    pid, _, started = rest.partition("\n")
    if node != platform.node():
        return True
    if not pid.isascii() or not pid.isdigit() or len(pid) > len(str(2**32)):
        return False
    return _exists(int(pid)) and _started(int(pid)) == started


def _exists(pid: int) -> bool:
    if pid == 0:
        return False
    if sys.platform != "win32":  # there a signal would end it, and locks work
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
    return True


def _started(pid: int) -> str:
    """When a process began, counted from which start of the machine; empty where the system does not tell."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return f"{boot} {fields[19]}"
