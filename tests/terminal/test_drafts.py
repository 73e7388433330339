"""A program that is killed in mid-typing loses nothing: what it had is offered by the next, and is gone once sent."""

from __future__ import annotations

import signal
import stat
from typing import TYPE_CHECKING

from tests.terminal.pty import FRONTDESK, Program, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER
from tests.terminal.studio import studio

if TYPE_CHECKING:
    from pathlib import Path


def begun(environment: dict[str, str]) -> Program:
    program = Program(FRONTDESK, environment)
    program.expect(A_DAY)
    program.expect(A_ROSTER)
    return program


def drafts_on(home: Path) -> list[Path]:
    return list((home / "state" / "altegio-frontdesk" / "drafts").glob("*.json"))


def test_kill_9_in_a_booking_form_then_a_hang_up_in_the_line(tmp_path: Path) -> None:
    with studio() as made:
        environment = clean_environment(tmp_path, **made.variables)
        with begun(environment) as program:
            program.type("19", "enter")
            program.expect(r"0 of 20")
            program.press("f4")
            program.expect(r"20 places free")
            program.settled()
            program.press("tab")
            program.type("Zoe", "tab")
            program.type("Quill", "tab", "tab")
            program.type("030 9876543")
            program.expect(r"\+49 30 9876543")
            program.silent_for(1.5)  # the hand rests
            (kept,) = drafts_on(tmp_path)
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
            program.send_signal(signal.SIGKILL)
            program.end()
        with begun(environment) as program:
            program.expect(r"drafts⏎ opens the draft of .* booking of Zoe Quill")
            program.type("drafts", "enter")
            program.expect(r"This was typed at .* and not sent\. F8 sends it\.")
            program.press("f8")
            program.expect_gone("F8 book")
            program.expect(r"0/1/20")
            assert made.roster("later") == {"Zoe Quill": "waiting"}
            program.settled()
            assert drafts_on(tmp_path) == []
            program.type("19", "enter")
            program.expect(r"1 of 20")
            program.type("5678")
            program.expect("› 5678")
            program.send_signal(signal.SIGHUP)
            assert program.end() == 0
        with begun(environment) as program:
            program.expect(r"drafts⏎ opens .* «5678» at 19:00")
            program.type("drafts", "enter")
            program.expect("› 5678")
            assert made.roster("later") == {"Zoe Quill": "waiting"}  # nothing runs by itself
            program.press("escape", "f10")
            assert program.end() == 0
        assert drafts_on(tmp_path) == []
