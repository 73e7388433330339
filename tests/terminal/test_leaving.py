"""However the program ends, or stands aside for a while, the terminal is what it was; and it is gone within 3 s."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Final

import psutil
import pytest

from tests.terminal.pty import FRONTDESK, Program, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER
from tests.terminal.studio import EVENING, studio

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import OpenDemo

STOCK: Final = {"TEXTUAL_DRIVER": "textual.drivers.linux_driver:LinuxDriver"}
DRIVERS: Final = pytest.mark.parametrize("driver", [STOCK, {}], ids=["stock", "own"])
GONE_S: Final = 3.0 + 1.0
"""Seconds from a signal to the end (design 6), and what a busy machine takes for itself."""


@pytest.mark.parametrize("keys", [("f10",), ("ctrl+q",)], ids="+".join)
def test_a_key_ends_it(demo: Program, keys: tuple[str, ...]) -> None:
    assert "alternate screen" in demo.left_behind
    demo.press(*keys)
    assert demo.end() == 0
    assert demo.left_behind == set()


@pytest.mark.parametrize(
    ("number", "opened", "driver"),
    [
        (signal.SIGTERM, "", STOCK),
        (signal.SIGHUP, "f2", {}),
        (signal.SIGINT, "f4", STOCK),
        (signal.SIGTERM, "lock", {}),
    ],
    ids=["SIGTERM", "SIGHUP over a form", "SIGINT over another", "SIGTERM while locked"],
)
def test_a_signal_ends_it_in_order(
    open_demo: OpenDemo, number: signal.Signals, opened: str, driver: dict[str, str]
) -> None:
    demo = open_demo(**driver)
    if opened == "lock":
        demo.type("lock", "enter")
        demo.expect("PIN")
    elif opened:
        demo.press(opened)
        demo.expect("F8 (save|book)")
    demo.send_signal(number)
    assert demo.end(GONE_S) == 0
    assert demo.left_behind == set()


def test_a_signal_ends_it_in_time_though_a_write_hangs_and_it_is_told(tmp_path: Path) -> None:
    with studio() as place:
        environment = clean_environment(tmp_path, **place.variables)
        with Program([*FRONTDESK], environment) as program:
            program.expect(A_DAY)
            program.expect(A_ROSTER)
            program.type(str(EVENING), "enter")
            program.expect(f"▸.*{EVENING}:00")
            place.sandbox.faults.delay(4.5, method="POST", path="/records")
            program.type("5678", "enter")
            program.expect("sending: book Anna Kim")
            started = time.monotonic()
            program.send_signal(signal.SIGTERM)
            assert program.end() == 0
            assert time.monotonic() - started < GONE_S
            assert program.left_behind == set()
            assert "Not confirmed, " in program.screen
            assert "book Anna Kim" in program.screen


@DRIVERS
def test_a_terminal_that_is_closed_ends_it_also_without_a_signal(tmp_path: Path, driver: dict[str, str]) -> None:
    master, slave = os.openpty()
    environment = clean_environment(tmp_path, **driver)
    pid = os.posix_spawn(
        sys.executable,
        [*FRONTDESK, "demo", "--seed", "7"],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, slave, number) for number in range(3)],
        setsid=True,  # and no controlling terminal: nobody sends SIGHUP
    )
    os.close(slave)
    shown = b""
    while b"online" not in shown:
        shown += os.read(master, 1 << 16)
    started = time.monotonic()
    os.close(master)
    os.waitpid(pid, 0)
    assert time.monotonic() - started < GONE_S
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("driver", "opened", "shown"),
    [(STOCK, "", "kept"), ({}, "f4", r"Book \(.*(free|full)\)")],
    ids=["stock", "own, over a form"],
)
def test_a_shell_gets_the_terminal_at_ctrl_z_and_fg_brings_all_of_it_back(
    tmp_path: Path, driver: dict[str, str], opened: str, shown: str
) -> None:
    environment = clean_environment(tmp_path, **driver, PS1="$ ")
    with Program(["bash", "--norc", "--noprofile", "--noediting", "-i"], environment) as shell:
        shell.type(f"{sys.executable} -m tui_app demo --seed 7", "enter")
        shell.expect(A_ROSTER)
        if opened:
            shell.press(opened)
        else:
            shell.type("kept")
        shell.expect(shown)
        before = shell.settled()
        shell.press("ctrl+z")
        shell.expect("Stopped")
        assert shell.left_behind == set()
        shell.type("clear; fg", "enter")
        shell.expect(shown)
        assert shell.settled() == before
        assert "mouse" in shell.left_behind
        shell.press("escape")
        shell.expect("F10 quit")
        shell.press("f10")
        shell.expect(r"^\s*\$$")
        assert shell.left_behind == set()


def test_a_terminal_that_takes_nothing_in_does_not_hold_it_up(open_demo: OpenDemo) -> None:
    demo = open_demo()
    with demo.taking_nothing():
        started = time.monotonic()
        demo.press("right")
        demo.send_signal(signal.SIGTERM)
        while psutil.Process(demo.pid).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() - started < GONE_S
            time.sleep(0.02)
    assert demo.end() == 0
    assert "raw keys" not in demo.left_behind


def test_without_a_shell_behind_it_ctrl_z_says_so(demo: Program) -> None:
    demo.press("ctrl+z")
    demo.expect("There is no shell here to go back to")


def test_bytes_that_are_no_text_are_taken_for_unknown_characters(demo: Program) -> None:
    demo.write(b"M\xfcller \xff\xfe\x80 \xf0\x9f")
    demo.type("!")
    demo.expect("M\ufffdller.*!")


def test_ctrl_c_does_not_end_it(demo: Program) -> None:
    demo.press("ctrl+c", "right")
    demo.expect_gone(r"\btoday\b")


def test_the_demo_leaves_no_file_behind(demo: Program, tmp_path: Path) -> None:
    demo.press("f10")
    assert demo.end() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
