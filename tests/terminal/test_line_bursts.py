"""A burst does what slow typing does, in order; what is asked waits by name; strangers' texts stay words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.pty import WIDE
from tests.terminal.studio import Studio, studio
from tests.terminal.tasks import desk_at, send, send_slowly
from tests.terminal.test_hostile import JOINERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.pty import Program

HOSTILE = "Mallory\x1b]52;c;cm0=\x07\x1b]0;owned\x07\x1b[2J\x00\x07\u202eevil\u2066 [red]x[/red][/nothing]"
THREE = "18⏎5678⏎1234⏎kim⏎"
ASKS = r"kim: which one"


def told(program: Program) -> list[str]:
    """What the screen says of each entry: lines that begin with the glyph of a result."""
    return [line.strip() for line in program.settled(0.5).split("\n") if line.strip()[:1] in set("✓?!‼")]


def booked(at: Studio) -> list[object]:
    """Whom the server was asked to book, in the order in which it was."""
    asked = [each.body for each in at.sandbox.requests.matching("POST", "/records")]
    return [body["client"]["name"] for body in asked if isinstance(body, dict)]


def outcome(how: Callable[[Program, str], None], home: Path) -> tuple[list[str], list[object]]:
    """Type three callers into a fresh studio; the last question and whom the server was asked to book."""
    with studio() as at, desk_at(at, home) as program:
        how(program, THREE)
        program.expect(ASKS)
        return told(program)[-1:], booked(at)


def test_one_write_equals_slow_typing(tmp_path: Path) -> None:
    burst, slow = outcome(send, tmp_path), outcome(send_slowly, tmp_path)
    assert burst == slow
    assert burst[1] == ["Anna", "Boris"]


def test_what_is_ambiguous_waits_by_name_and_the_later_ones_run(tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, "18⏎9999⏎5678⏎1234⏎")
        program.expect("Booked Boris")
        assert {"Anna Kim", "Boris Petrov"} <= set(at.roster("evening"))
        assert not {"Nadia Voss", "Nadia Wolf"} & set(at.roster("evening"))
        send(program, "=⏎")
        program.expect("9999: which one")
        send(program, "=1⏎")
        program.expect("Booked Nadia")
        assert len({"Nadia Voss", "Nadia Wolf"} & set(at.roster("evening"))) == 1


def test_a_chain_books_each_and_refuses_what_fits_nobody(tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, "18 5678; 1234; zzyzx⏎")
        program.expect("zzyzx: Nobody fits")
        assert {"Anna Kim", "Boris Petrov"} <= set(at.roster("evening"))


def test_the_ambiguous_one_of_a_chain_waits_by_name_and_the_help_says_how_to_come_back(tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, "18⏎5678; 9999; 1234⏎")
        program.expect("Booked Boris")
        program.expect("9999: waits; = shows it again")
        assert {"Anna Kim", "Boris Petrov"} <= set(at.roster("evening"))
        send(program, "?")
        program.expect("comes back to a question that waits")
        program.press("escape")
        program.expect(r"F1 help.*F10 quit")
        send(program, "=⏎")
        program.expect("9999: which one")
        send(program, "=2⏎")
        program.expect("Booked Nadia")
        assert len({"Nadia Voss", "Nadia Wolf"} & set(at.roster("evening"))) == 1


def test_a_line_that_failed_is_mended_and_entered_again_in_one_burst(tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, "18⏎567⏎")
        program.expect("567: ")
        program.write(b"\x12")
        program.expect("› ?567")
        send(program, "8⏎")
        program.expect("Booked Anna Kim")


def test_pasted_lines_are_text_until_enter(tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, "18⏎")
        program.expect("^▸.*18:00")
        program.paste("x\n=12\n5678\n")
        program.expect("› ?x")
        program.settled()
        assert at.sandbox.requests.matching("DELETE") == []
        assert booked(at) == []
        program.press("escape")
        program.expect_gone("› ?x")
        send(program, "1234⏎")
        program.expect("Booked Boris")
        assert booked(at) == ["Boris"]


def test_lines_from_a_terminal_that_does_not_mark_a_paste_run_in_order(tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path) as program:
        send(program, "18⏎")
        program.write(b"5678\r1234\r")
        program.expect("Booked Boris")
        assert booked(at) == ["Anna", "Boris"]


@pytest.mark.parametrize("over_ssh", ["", "192.0.2.1 50000 192.0.2.2 22"])
def test_escape_in_the_same_bytes_as_the_key_behind_it_clears_the_line(over_ssh: str, tmp_path: Path) -> None:
    with studio() as at, desk_at(at, tmp_path, SSH_CONNECTION=over_ssh) as program:
        send(program, "18⏎")
        program.expect("^▸.*18:00")
        program.write(b"5678\x1b\r")
        program.expect("Enter does it|Edit the event")
        program.write(b"\x1b1234\x1bw last\r")
        program.expect("Booked visitor.*Last")
        assert len(booked(at)) == 1
        assert not {"Anna Kim", "Boris Petrov"} & set(at.roster("evening"))


@pytest.mark.parametrize("confirm", ["=1⏎", "↓⏎"])
def test_hostile_names_are_words_in_the_candidates_too(confirm: str, tmp_path: Path) -> None:
    with studio() as at:
        for phone in ("4915170034444", "4915170044444"):
            at.book("cards", HOSTILE, phone)
        with desk_at(at, tmp_path, size=WIDE) as program:
            own = set(program.terminal.strings)
            send(program, "18⏎4444")
            program.expect(r"=2 .*Mallory")
            send(program, "⏎")
            program.expect("4444: which one")
            send(program, confirm)
            program.expect("Booked Mallory")
            program.settled()
            assert program.terminal.stray <= JOINERS
            assert program.terminal.malformed == []
            assert set(program.terminal.strings) <= own | {b"]22;default", b"]22;pointer", b"]22;text"}
            assert at.places("evening") == 13
