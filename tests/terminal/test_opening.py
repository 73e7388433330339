"""The program opens on today, whatever the window's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.pty import NARROW, ORDINARY, WIDE, Size
from tests.terminal.reading import A_DAY, event_lines, selected

if TYPE_CHECKING:
    from tests.terminal.conftest import OpenDemo

CRAMPED = Size(50, 12)


@pytest.mark.parametrize("size", [NARROW, ORDINARY, WIDE], ids=str)
def test_it_opens_on_today_with_an_event_selected(open_demo: OpenDemo, size: Size) -> None:
    screen = open_demo(size).settled()
    header, *_, hints = screen.split("\n")
    assert "today" in header
    assert "DEMO" in header
    assert "F1 help" in hints
    assert len(event_lines(screen)) >= 3
    assert selected(screen) is not None


def test_a_window_too_small_says_so_and_growing_brings_the_screen_back(open_demo: OpenDemo) -> None:
    demo = open_demo(ORDINARY)
    before = demo.settled()
    demo.resize(CRAMPED)
    demo.expect("Too small")
    demo.expect_gone(A_DAY)
    demo.resize(ORDINARY)
    demo.expect(A_DAY)
    assert demo.settled() == before


def test_the_roster_moves_beside_the_events_in_a_wide_window(open_demo: OpenDemo) -> None:
    demo = open_demo(ORDINARY)
    stacked = demo.settled().split("\n")
    demo.resize(WIDE)
    demo.expect(r"In/bkd/cap.*│.*booked")
    assert not any("In/bkd/cap" in line and "booked" in line for line in stacked)
