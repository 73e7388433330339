"""The keystroke bars of design 5, held in a terminal: a task's keys are counted, its effect is read off the server.

Each task runs slowly with its class selected, from anywhere as one burst, and behind an arrow that a slow link cuts in
two; then again with 150 ms on every call. One form takes a key more than the bar has: `test_what_is_over_the_bar`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.terminal.pty import ORDINARY
from tests.terminal.studio import studio
from tests.terminal.tasks import TASKS, Task, choose, desk_at, pressed, send, send_slowly, send_split

if TYPE_CHECKING:
    from pathlib import Path

LATENCY_MS: Final = 150
OVER_SSH: Final = "192.0.2.1 50000 192.0.2.2 22"

each_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)


@each_task
def test_a_task_stays_within_its_bar(task: Task, tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        choose(program, task)
        keys = task.keys(at)
        assert pressed(keys) <= task.bar
        send_slowly(program, keys)
        program.expect(task.says)
        assert task.effect(at)


@each_task
def test_a_task_from_anywhere_in_one_burst(task: Task, tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        keys = task.keys(at, choosing=True)
        assert pressed(keys) <= task.most
        send(program, keys)
        program.expect(task.says)
        assert task.effect(at)


ARROWS: Final = tuple(task for task in TASKS if task.name in {"book by the last digits", "move", "cancel a class"})


@pytest.mark.parametrize("gap_ms", [120, 200, 300])
@pytest.mark.parametrize("task", ARROWS, ids=lambda task: task.name)
def test_an_arrow_cut_in_two_over_ssh_still_chooses_the_class(task: Task, gap_ms: int, tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path, size=ORDINARY, SSH_CONNECTION=OVER_SSH) as program:
        keys = "↓" + task.keys(at)
        assert pressed(keys) <= task.bar + 1
        send_split(program, keys, gap_ms / 1000)
        program.expect(task.says)
        assert task.effect(at)


def test_an_arrow_cut_in_two_over_ssh_picks_a_candidate(tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path, SSH_CONNECTION=OVER_SSH) as program:
        send_split(program, "18⏎9999⏎↓↓⏎", 0.12)
        program.expect("Booked Nadia")
        assert len({"Nadia Voss", "Nadia Wolf"} & set(at.roster("evening"))) == 1


@pytest.mark.parametrize("line", ["18x⏎=12⏎", "19x⏎=0⏎"])
def test_a_class_is_cancelled_from_anywhere_by_its_hour_and_x(line: str, tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        assert 4 <= pressed(line) <= 8
        send(program, line)
        program.expect(r"Cancelled.*1[89]:00")
        assert not at.is_listed("evening" if line.startswith("18") else "later")


def test_what_is_over_the_bar_to_mark_a_class_that_has_not_begun(tmp_path: Path) -> None:
    """The bar, 8 for two exceptions, is for a class that has begun; before it, the second Enter is a ninth key."""
    line = "a-10,11⏎⏎"
    assert pressed(line) == 8 + 1
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, "18⏎" + line)
        program.expect("10/10")
        assert {who for who, state in at.roster("evening").items() if state == "waiting"} == {"Juri", "Kaja"}


@pytest.mark.parametrize("line", ["x⏎⏎⏎⏎", "x⏎12⏎⏎", "x⏎=⏎=11⏎", "xx⏎⏎", "18x⏎⏎⏎"])
def test_nothing_short_or_careless_cancels_a_class(line: str, tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, f"18⏎{line}w last⏎")
        program.expect("Booked visitor.*Last")
        assert at.is_listed("evening")
        assert at.is_listed("noon")


@each_task
def test_a_task_over_a_slow_link(task: Task, tmp_path: Path) -> None:
    with studio(latency_ms=LATENCY_MS) as at, desk_at(at, tmp_path) as program:
        send(program, task.keys(at, choosing=True))
        program.expect(task.says)
        assert task.effect(at)


def test_a_whole_day_in_one_burst_over_a_slow_link(tmp_path: Path) -> None:
    with studio(latency_ms=LATENCY_MS) as at, desk_at(at, tmp_path) as program:
        send(program, f"12⏎a-3,7⏎18⏎5678⏎uta lind 015123456789⏎⏎t jon⏎c15⏎m3 19⏎m11 {at.weekday}19⏎19⏎x⏎=1⏎")
        program.expect_gone(r"^[▸▹ ] .*19:00")
        evening = at.roster("evening")
        assert {"Anna Kim", "Uta Lind"} <= set(evening)
        assert {"Cleo", "Kaja"}.isdisjoint(evening)
        assert "Kaja" in at.roster("other day")
        assert (at.event("evening")["capacity"], at.event("evening")["staff_id"] % 1000) == (15, 3)
        assert {who for who, state in at.roster("noon").items() if state == "waiting"} == {"Cleo", "Gesa"}
        assert not at.is_listed("later")


def test_the_line_takes_typing_while_calls_run(tmp_path: Path) -> None:
    with studio(latency_ms=LATENCY_MS) as at, desk_at(at, tmp_path) as program:
        send(program, "a⏎")
        program.expect(r"\b[1-6]/12\b")
        send(program, "5678")
        program.expect(r"^ ?› ?5678")
        assert at.posts("/attendance") < 12
        program.expect("Book Anna Kim")
        send(program, "⏎")
        program.expect("Booked Anna Kim")
        assert "Anna Kim" in at.roster("noon")
        assert set(at.roster("noon").values()) == {"arrived", "waiting"}
