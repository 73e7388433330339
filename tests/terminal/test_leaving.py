"""However the program ends, the terminal is what it was."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.pty import Program


@pytest.mark.parametrize("keys", [("f10",), ("ctrl+q",)], ids="+".join)
def test_a_key_ends_it(demo: Program, keys: tuple[str, ...]) -> None:
    assert "alternate screen" in demo.left_behind
    demo.press(*keys)
    assert demo.end() == 0
    assert demo.left_behind == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_in_order(demo: Program, number: signal.Signals) -> None:
    demo.send_signal(number)
    assert demo.end() == 0
    assert demo.left_behind == set()


def test_a_signal_ends_it_with_a_form_open(demo: Program) -> None:
    demo.press("f2")
    demo.expect("F8 save")
    demo.send_signal(signal.SIGTERM)
    assert demo.end() == 0
    assert demo.left_behind == set()


def test_ctrl_c_does_not_end_it(demo: Program) -> None:
    demo.press("ctrl+c", "right")
    demo.expect_gone(r"\btoday\b")


def test_the_demo_leaves_no_file_behind(demo: Program, tmp_path: Path) -> None:
    demo.press("f10")
    assert demo.end() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
