"""Two programs that book at once while two writes in five fail; `python -m tests.faults --crowd 400` is the whole."""

from pathlib import Path

import pytest

from tests.faults.crowd import FAILING, crowd
from tests.faults.deeds import Told
from tests.faults.studio import studio

BOOKINGS = 60


@pytest.mark.parametrize("shared", [True, False], ids=["one journal", "a journal each"])
async def test_two_programs_at_once_double_and_lose_nobody(shared: bool, tmp_path: Path) -> None:
    with studio() as place:
        report = await crowd(place, tmp_path, BOOKINGS, shared=shared)
    assert report.zeros == (0, 0, 0, 0), report.words
    assert report.failed_writes > report.writes * FAILING / 2
    assert report.persons <= report.told[Told.UNKNOWN] < BOOKINGS / 2
