"""The first moments: a line at once, and nothing lost of what is typed before there is a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.pty import FRONTDESK, Program, clean_environment
from tests.terminal.reading import A_DAY
from tui_app.greeting import LINE

if TYPE_CHECKING:
    from pathlib import Path


def test_a_line_is_the_first_thing_written(tmp_path: Path) -> None:
    with Program([*FRONTDESK, "demo"], clean_environment(tmp_path)) as program:
        program.expect(LINE)
        assert program.chunks[0].data.startswith(LINE.encode())
        program.expect(A_DAY)


@pytest.mark.parametrize("flags", [("--version",), ("--help",), ("--port",), ("doctor", "--help")])
def test_no_line_is_left_where_no_screen_opens(tmp_path: Path, flags: tuple[str, ...]) -> None:
    with Program([*FRONTDESK, *flags], clean_environment(tmp_path)) as program:
        program.end()
        assert LINE not in program.screen


def test_nothing_is_written_for_a_dumb_terminal(tmp_path: Path) -> None:
    with Program([*FRONTDESK, "--version"], clean_environment(tmp_path, TERM="dumb")) as program:
        assert program.end() == 0
        assert b"\x1b" not in program.output


def test_what_is_typed_during_the_start_stands_in_the_line(tmp_path: Path) -> None:
    with Program([*FRONTDESK, "demo"], clean_environment(tmp_path)) as program:
        program.expect(LINE)
        program.type("/vinyasa", "enter")
        program.expect(A_DAY)
        program.settled(quiet=1)
        assert "/vinyasa" in program.screen  # in the line, or already the filter in the header
