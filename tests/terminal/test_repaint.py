"""What something else has written to the terminal goes away when it is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.pty import FRONTDESK, Program, clean_environment
from tests.terminal.reading import A_DAY

if TYPE_CHECKING:
    from pathlib import Path

SCRIBBLE = b"\x1b[5;1Hsomebody wrote a message to all terminals"


@pytest.mark.parametrize("driver", ["celldiff", "stock"])
@pytest.mark.parametrize("key", ["ctrl+l", "f5"])
def test_a_key_paints_all_of_it_again(tmp_path: Path, driver: str, key: str) -> None:
    with Program([*FRONTDESK, "demo", "--driver", driver], clean_environment(tmp_path)) as program:
        program.expect(A_DAY)
        before = program.settled(quiet=1.5)
        program.terminal.feed(SCRIBBLE)
        program.expect("somebody wrote")
        program.press(key)
        program.expect_gone("somebody wrote")
        if key == "ctrl+l":
            assert program.settled() == before
