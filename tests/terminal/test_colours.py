"""No terminal is sent colours that it has not got, and none where none are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import OpenDemo

PLAIN = {"", "0", "1", "2", "3", "4", "7", "9", "22", "23", "24", "27", "29", "39", "49"}  # no colour but the default


def numbers(styles: set[bytes]) -> set[str]:
    return {number for style in styles for number in style.decode().split(";")}


@pytest.mark.parametrize("terminal", ["xterm", "screen"])
def test_a_terminal_of_16_colours_gets_no_others(open_demo: OpenDemo, terminal: str) -> None:
    demo = open_demo(TERM=terminal, COLORTERM="")
    demo.settled()
    assert not numbers(demo.terminal.styles) & {"38", "48"}


def test_a_terminal_of_256_colours_gets_no_true_colour(open_demo: OpenDemo) -> None:
    demo = open_demo(TERM="xterm-256color", COLORTERM="")
    demo.settled()
    assert [style for style in demo.terminal.styles if b"8;2;" in style] == []


def test_no_color_is_obeyed(open_demo: OpenDemo) -> None:
    demo = open_demo(NO_COLOR="1")
    demo.settled()
    demo.press("f2")
    demo.expect("F8 save")
    demo.settled()
    assert numbers(demo.terminal.styles) <= PLAIN
