"""One run of one program, watched from outside: times from just before its exec, bytes as they leave the terminal."""

from __future__ import annotations

import math
import os
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import psutil

from tests.terminal.pty import Program, Size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

START_QUIET_S: Final = 0.5
HELD_QUIET_S: Final = 1.5
REPEATS: Final = 30  # keys a second of a key held down
SILENT_S: Final = 1.0  # a key that has drawn nothing by then draws nothing
KEY_QUIET_S: Final = 0.4  # longer than a roster takes to follow the selection, so that it counts with its key


@dataclass(frozen=True, slots=True)
class Step:
    """A key to be measured: `prepare` is pressed before each and `undo` after, neither counted; `shows` ends a wait.

    `held_s` holds the keys down for so many seconds instead, as a keyboard repeats them.
    """

    name: str
    keys: tuple[str, ...]
    prepare: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    shows: str = ""
    held_s: float = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A program to measure: how it is started, what its first frame and its first data look like, what is pressed.

    `line` says that it stands behind a slow one: what is at rest there is told only after a while.
    """

    name: str
    command: Sequence[str]
    frame: str
    data: str = ""
    steps: tuple[Step, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    leave: tuple[str, ...] = ("f10",)
    line: bool = False


def measure(subject: Subject, environment: Mapping[str, str], size: Size, idle_s: float) -> dict[str, float]:
    """Run a program once; figures by name, whose last word is the unit (`ms`, `bytes`, `mb`, `percent`)."""
    noise = Noise()
    with Program(subject.command, {**environment, **subject.variables}, size=size) as program:
        figures = _start(program, subject)
        figures["memory mb"] = _memory_mb(program.pid)
        if subject.steps:
            program.press("home")  # late in the day the cursor is at the end of a list
        for step in subject.steps:
            figures |= _held(program, step) if step.held_s else _step(program, step)
        if idle_s and subject.steps and not subject.line:
            program.settled(START_QUIET_S)
            used_s = _cpu_s(program.pid)
            figures[f"idle {idle_s:g} s bytes"] = program.silent_for(idle_s)
            figures["idle percent"] = (_cpu_s(program.pid) - used_s) / idle_s * 100
        pressed_ns = program.press(*subject.leave)
        program.end()
        figures["quit ms"] = (time.monotonic_ns() - pressed_ns) / 1e6
    figures["others percent"] = noise.others_percent()
    return figures


def _start(program: Program, subject: Subject) -> dict[str, float]:
    figures: dict[str, float] = {}
    _, came_ns = program.expect_at(r"\S")
    figures["something to read ms"] = (came_ns - program.started_ns) / 1e6
    for name, pattern in (("first frame", subject.frame), ("first data", subject.data)):
        if pattern:
            _, came_ns = program.expect_at(pattern)
            figures[f"{name} ms"] = (came_ns - program.started_ns) / 1e6
    program.settled(START_QUIET_S)
    figures["settled bytes"] = program.bytes_written
    figures["settled paints"] = program.terminal.paints
    return figures


def _held(program: Program, step: Step) -> dict[str, float]:
    """Hold keys down, and see how long after the last of them the screen goes on changing."""
    program.settled(HELD_QUIET_S)
    before = program.bytes_written
    pressed_ns = time.monotonic_ns()
    ends_ns = pressed_ns + int(step.held_s * 1e9)
    while pressed_ns < ends_ns:
        for name in step.keys:
            pressed_ns = program.press(name)
            program.silent_for(1 / REPEATS)
    program.settled(HELD_QUIET_S)
    behind_s = max(0, program.chunks[-1].at_ns - pressed_ns) / 1e9
    return {f"{step.name} behind s": behind_s, f"{step.name} bytes": program.bytes_written - before}


def _step(program: Program, step: Step) -> dict[str, float]:
    times: list[float] = []
    sizes: list[float] = []
    for name in step.keys:
        if step.prepare:
            program.press(*step.prepare)
        program.settled(KEY_QUIET_S)
        before = program.bytes_written
        pressed_ns = program.press(name)
        shown_ns = program.next_frame(SILENT_S)
        if step.shows:
            shown_ns = max(shown_ns or 0, program.expect_at(step.shows)[1])
        program.settled(KEY_QUIET_S)
        times.append(((shown_ns or pressed_ns) - pressed_ns) / 1e6)
        sizes.append(program.bytes_written - before)
        if step.undo:
            program.press(*step.undo)
    program.settled(KEY_QUIET_S)
    # a mean of the bytes: of some letters only the first repaints the list, and the line carries that one too
    slowest = sorted(times)[max(0, math.ceil(len(times) * 0.95) - 1)]
    return {
        f"{step.name} ms": statistics.median(times),
        f"{step.name} p95 ms": slowest,
        f"{step.name} bytes": statistics.fmean(sizes),
    }


def _cpu_s(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _memory_mb(pid: int) -> float:
    process = psutil.Process(pid)
    return float(sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))) / 2**20


class Noise:
    """Processor time that others have used since this was made: all that was busy, less ours and our children's."""

    def __init__(self) -> None:
        self._wall, self._busy, self._own = time.monotonic(), self._busy_s(), self._own_s()

    def others_percent(self) -> float:
        """In percent of one core; our children count once they have ended."""
        others = (self._busy_s() - self._busy) - (self._own_s() - self._own)
        return max(0.0, others) / (time.monotonic() - self._wall) * 100

    @staticmethod
    def _busy_s() -> float:
        times = psutil.cpu_times()
        return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))

    @staticmethod
    def _own_s() -> float:
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system
