"""A desk that nobody touches writes nothing, also while it reads the day again and finds nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.loopback import sandbox_process
from tests.terminal.pty import FRONTDESK, Program, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER

if TYPE_CHECKING:
    from pathlib import Path

REFRESH_S = 5


@pytest.mark.long
def test_a_refresh_that_brings_nothing_new_writes_nothing(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(f"refresh_seconds = {REFRESH_S}\n", "utf-8")
    command = [*FRONTDESK, "--config", str(settings)]
    with (
        sandbox_process(tmp_path, "--rate", "off") as server,
        Program(command, clean_environment(tmp_path, **server)) as program,
    ):
        program.expect(A_DAY)
        program.press("right")  # tomorrow, where no event begins or ends meanwhile
        program.expect_gone(r"\btoday\b")
        program.expect(A_DAY)
        program.expect(A_ROSTER)
        program.settled(quiet=1)
        assert program.silent_for(REFRESH_S + 1) == 0
