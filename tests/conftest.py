"""How the suite is run: how many tests at a time, and which of them first."""

from __future__ import annotations

import gc
import os
import sys
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

WORKERS_PER_CORE: Final = 3
"""More than half of a test's time is waiting: for a program in its terminal, or for the pace that a server asks for."""

GARBAGE: Final = 20_000
"""So many new objects call the garbage collector: at its own 700 it takes a twentieth of the time of all tests."""

MOST_WORKERS: Final = 12
"""Each collects all tests for itself, so that more of them cost what they bring."""


def pytest_configure() -> None:
    """Say at once that sniffio is not there: httpx looks for it in every folder, at every call inside the process.

    None in the place of a module is how the import system itself has it.
    """
    if find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


def pytest_xdist_auto_num_workers() -> int:
    """How many workers `-n auto` means."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(WORKERS_PER_CORE * cores, MOST_WORKERS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long tests, so that none runs alone at the end; the others stay in their random order."""
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    items[:] = headed(long, others, getattr(config, "workerinput", {}).get("workercount", 1))


def headed(long: Sequence[pytest.Item], others: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """All in one list, which is cut into a piece for each worker: some of the long ones head each piece."""
    found: list[pytest.Item] = []
    rest = iter(others)
    left = len(long) + len(others)
    for number in range(workers):
        size = left // (workers - number)
        first = long[number::workers]
        found += [*first, *islice(rest, max(0, size - len(first)))]
        left -= size
    return [*found, *rest]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported and collected: all of that stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)
