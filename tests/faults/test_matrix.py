"""Every write under every fault, over real sockets: nothing is doubled, and nothing is told that is not so.

`pytest -n 0 -s tests/faults/test_matrix.py` prints the tables, `python -m tests.faults` the whole one.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.faults.deeds import OPERATIONS, Preparation
from tests.faults.line import FAULTS
from tests.faults.matrix import Cell, Verdict, cells_of_operations, run, table
from tests.faults.services import SERVICES, cells_of_services
from tests.faults.studio import FIRST_PERSON, studio

SLICES = 6
"""Into how many tests the faults are dealt, so that they run side by side."""


ATTEMPTS = 3
"""A machine that is too busy may end a deed before its write: such a cell has proved nothing, and is done again."""


async def prove(deeds: Mapping[str, Preparation], cells: tuple[Cell, ...], folder: Path, *, loud: bool) -> None:
    verdicts, left = list[Verdict](), cells
    for attempt in range(ATTEMPTS):
        with studio() as place:
            seen = await run(place, made(folder / f"attempt-{attempt}"), deeds, left)
        verdicts += seen
        left = tuple(verdict.cell for verdict in seen if not verdict.met)
        if not left:
            break
    if loud:
        print(f"\n{table(verdicts)}")  # noqa: T201
    assert {verdict.cell: verdict.wrong for verdict in verdicts if verdict.wrong} == {}
    assert left == ()
    assert not any(FIRST_PERSON.encode() in kept for kept in everything_in(folder))


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def everything_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def loud(request: pytest.FixtureRequest) -> bool:
    return str(request.config.getoption("capture")) == "no"


@pytest.mark.parametrize("part", range(SLICES // 3))
async def test_no_operation_is_doubled_lost_or_told_wrongly(part: int, tmp_path: Path, loud: bool) -> None:
    await prove(OPERATIONS, cells_of_operations(list(FAULTS)[part :: SLICES // 3]), tmp_path, loud=loud)


@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.long
async def test_no_service_of_the_desk_doubles_loses_or_tells_wrongly(part: int, tmp_path: Path, loud: bool) -> None:
    turns = tuple(in_turn(list(FAULTS)[part::SLICES]))
    await prove(SERVICES, turns, tmp_path, loud=loud)


def in_turn(faults: list[str]) -> Iterator[Cell]:
    """Half of the services under each fault, the dialects in turns: the whole is for `python -m tests.faults`."""
    for cell in cells_of_services(faults):
        deed, fault = list(SERVICES).index(cell.deed), list(FAULTS).index(cell.fault)
        speaks_events = (deed // 2 + fault) % 2 == 0
        if (deed + fault) % 2 == 0 and (cell.dialect == "events") is speaks_events:
            yield cell
