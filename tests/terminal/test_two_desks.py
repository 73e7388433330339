"""Two desks at one server: what one of them changes, the other comes to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.loopback import sandbox_process
from tests.terminal.pty import FRONTDESK, Program, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER, selected

if TYPE_CHECKING:
    from pathlib import Path

AT_LAST_S = 30.0


def open_tomorrow(program: Program) -> None:
    """Go to the first event of tomorrow, which is not over whenever this runs."""
    program.expect(A_DAY)
    program.press("right")
    program.expect_gone(r"\btoday\b")
    program.expect(A_DAY)
    program.press("home")
    program.expect(A_ROSTER)
    program.settled()


@pytest.mark.long
@pytest.mark.parametrize("dialect", ["activities", "events"])
def test_an_edit_at_one_desk_shows_at_the_other(tmp_path: Path, dialect: str) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("refresh_seconds = 5\n", "utf-8")
    command = [*FRONTDESK, "--config", str(settings)]
    with sandbox_process(tmp_path, "--rate", "off") as server:
        environment = clean_environment(tmp_path, **server, ALTEGIO_DIALECT=dialect)
        with Program(command, environment) as editing, Program(command, environment) as watching:
            open_tomorrow(editing)
            open_tomorrow(watching)
            before = selected(watching.screen)
            assert before is not None
            editing.press("f2")
            editing.expect(r"Capacity.*" + before.capacity)
            editing.expect(r"\d+ free")
            editing.press(*["enter"] * 6)  # service, team member, date, time, length, break
            editing.settled()
            editing.type("77", "f8")
            for desk in (editing, watching):
                desk.expect(rf"^.{{0,6}}{before.time}.*/77\b", AT_LAST_S)
