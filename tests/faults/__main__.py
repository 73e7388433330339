"""The proofs at their full size, for people to read.

python -m tests.faults                 the fault matrix of all operations and all services
python -m tests.faults --crowd 400     so many bookings from two programs at once, two writes in five failing
python -m tests.faults --soak 20000    so many actions at one desk: memory, handles, tasks
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults.crowd import crowd
from tests.faults.deeds import OPERATIONS, Preparation
from tests.faults.line import FAULTS
from tests.faults.matrix import Cell, cells_of_operations, run, table
from tests.faults.services import SERVICES, cells_of_services
from tests.faults.soak import soak
from tests.faults.studio import studio


def main(argv: Sequence[str] | None = None) -> int:
    """Run one proof and print it; gives 1 where it fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="The proofs under faults.")
    parser.add_argument("--crowd", type=int, metavar="N", help="so many bookings from two programs at once")
    parser.add_argument("--soak", type=int, metavar="N", help="so many actions at one desk")
    parser.add_argument("--traced", action="store_true", help="trace the memory of the soak, too")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        if options.crowd:
            return _crowd(Path(folder), options.crowd, options.seed)
        if options.soak:
            return _soak(Path(folder), options.soak, seed=options.seed, traced=options.traced)
        return _matrix(Path(folder))


def _matrix(folder: Path) -> int:
    failed = 0
    proofs: tuple[tuple[str, Mapping[str, Preparation], tuple[Cell, ...]], ...] = (
        ("Operations, each one call", OPERATIONS, cells_of_operations(FAULTS)),
        ("Services of the desk", SERVICES, cells_of_services(FAULTS)),
    )
    for title, deeds, cells in proofs:
        with studio() as place:
            verdicts = asyncio.run(run(place, folder, deeds, cells))
        _tell(f"{title}\n{table(verdicts)}\n")
        for verdict in verdicts:
            if verdict.wrong or not verdict.met:
                failed = 1
                _tell(f"{verdict.cell}: {'; '.join(verdict.wrong) or 'the fault was not met'}")
    return failed


def _crowd(folder: Path, bookings: int, seed: int) -> int:
    failed = 0
    for shared in (True, False):
        with studio() as place:
            report = asyncio.run(crowd(place, folder / str(shared), bookings, shared=shared, seed=seed))
        _tell(f"{'One journal' if shared else 'A journal each'}: {report.words}")
        failed |= any(report.zeros)
    return failed


def _soak(folder: Path, actions: int, *, seed: int, traced: bool) -> int:
    early = min(1_000, actions // 2)
    ended = asyncio.run(soak(folder, actions, early=early, seed=seed, traced=traced, tell=_tell))
    _tell(ended.words)
    return 0 if ended.is_lean and ended.is_clean else 1


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
