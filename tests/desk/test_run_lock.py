"""A lock that a run holds while it lives, seen from other runs: threads, processes, a killed one, no locks at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tui_app.desk import run_lock
from tui_app.desk.run_lock import CannotLock, RunLock

if TYPE_CHECKING:
    from pathlib import Path

HOLD_UNTIL_KILLED = """
import pathlib, sys
from tui_app.desk.run_lock import RunLock
lock = RunLock(pathlib.Path(sys.argv[1]))
print(lock.run_id, flush=True)
sys.stdin.read()
"""


def other_run(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Another process that holds a lock, and the name of its run."""
    command = [sys.executable, "-c", HOLD_UNTIL_KILLED, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def no_locks(descriptor: int, *, shared: bool) -> bool:
    raise CannotLock(descriptor, shared)


def test_a_run_is_alive_for_another_until_it_lets_go(tmp_path: Path) -> None:
    with RunLock(tmp_path) as mine:
        theirs = RunLock(tmp_path)
        assert mine.is_alive(theirs.run_id)
        assert theirs.is_alive(mine.run_id)
        theirs.release()
        assert not mine.is_alive(theirs.run_id)
        assert not theirs.is_alive(theirs.run_id)
        assert mine.is_alive(mine.run_id)
        theirs.release()


def test_a_run_in_another_process_is_alive_until_it_is_killed(tmp_path: Path) -> None:
    with RunLock(tmp_path) as mine:
        process, theirs = other_run(tmp_path)
        try:
            assert mine.is_alive(theirs)
        finally:
            end(process)
        assert not mine.is_alive(theirs)


def test_what_a_killed_run_leaves_is_removed_by_the_next(tmp_path: Path) -> None:
    process, theirs = other_run(tmp_path)
    end(process)
    assert (tmp_path / f"{theirs}.lock").exists()
    with RunLock(tmp_path) as mine:
        assert [path.stem for path in tmp_path.iterdir()] == [mine.run_id]
    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "runs"
    with RunLock(folder) as mine:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / f"{mine.run_id}.lock").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0123456789abcdef", "0123456789ABCDEF", "0" * 17])
def test_what_was_never_a_run_is_not_alive(tmp_path: Path, name: str) -> None:
    with RunLock(tmp_path) as mine:
        assert not mine.is_alive(name)


def test_what_is_no_lock_of_ours_is_left_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.lock").write_text("keep", "utf-8")
    (tmp_path / "0000000000000001.lock").mkdir()
    (tmp_path / "0000000000000002.lock").symlink_to(tmp_path / "notes.lock")
    with RunLock(tmp_path):
        assert (tmp_path / "notes.lock").read_text("utf-8") == "keep"
        assert (tmp_path / "0000000000000001.lock").is_dir()
        assert (tmp_path / "0000000000000002.lock").is_symlink()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError, match="file"):
        RunLock(tmp_path / "file" / "runs")


def test_many_that_start_at_once_all_hold_their_own(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        locks = list(pool.map(lambda _: RunLock(tmp_path), range(64)))
    try:
        assert len({lock.run_id for lock in locks}) == 64
        assert all(one.is_alive(other.run_id) for one in locks[:4] for other in locks)
    finally:
        for lock in locks:
            lock.release()


def test_without_locks_the_process_itself_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process, theirs = other_run(tmp_path)
    monkeypatch.setattr(run_lock, "_lock", no_locks)
    try:
        with RunLock(tmp_path) as mine:
            assert mine.is_alive(theirs)
            end(process)
            assert not mine.is_alive(theirs)
    finally:
        end(process)


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="only Linux tells when a process began")  # noqa: PTH110
def test_without_locks_a_number_given_to_another_process_is_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_lock, "_lock", no_locks)
    with RunLock(tmp_path) as mine:
        path = tmp_path / "0123456789abcdef.lock"
        named = (tmp_path / f"{mine.run_id}.lock").read_text("utf-8").split("\n")
        path.write_text("\n".join([named[0], named[1], "an earlier start 1"]), "utf-8")
        assert not mine.is_alive(path.stem)
        path.write_text("\n".join(["another machine", *named[1:]]), "utf-8")
        assert mine.is_alive(path.stem)
        path.write_text("\n".join([named[0], "9" * 300, ""]), "utf-8")
        assert not mine.is_alive(path.stem)
