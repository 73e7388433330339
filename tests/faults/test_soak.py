"""A short time at the desk leaves nothing behind; the whole day is `python -m tests.faults --soak 20000`."""

from pathlib import Path

from tests.faults.soak import soak

ACTIONS = 100


async def test_a_time_at_the_desk_leaves_no_handle_and_no_task_behind(tmp_path: Path) -> None:
    ended = await soak(tmp_path, ACTIONS, early=ACTIONS // 2)
    assert ended.is_clean, ended.words
    assert ended.bookings > ACTIONS / 10
