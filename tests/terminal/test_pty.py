"""What the terminal tests stand on is itself held to real programs: a shell, Python, and bare bytes."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal.emulator import CURSOR, Emulator
from tests.terminal.pty import ORDINARY, Ended, NotOnScreen, Program, Size, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

ECHO = """
import sys, termios, tty
tty.setraw(0)
print("ready", end="", flush=True)
while (byte := sys.stdin.buffer.raw.read(1)) != b"q":
    print(f" <{byte.hex()}>", end="", flush=True)
"""
SIZE = """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})
while True:
    print("size", *os.get_terminal_size(), flush=True)
    signal.sigwait({signal.SIGWINCH})
"""
DEAF = """
import signal
for each in (signal.SIGHUP, signal.SIGTERM):
    signal.signal(each, signal.SIG_IGN)
print("deaf", flush=True)
while True:
    signal.pause()
"""


def python(code: str, home: Path, size: Size = ORDINARY) -> Program:
    return Program([sys.executable, "-c", code], clean_environment(home), size=size)


def test_a_program_sees_a_terminal_of_the_size_asked_for(tmp_path: Path) -> None:
    with python("import os; print(os.isatty(0), *os.get_terminal_size())", tmp_path, Size(61, 17)) as program:
        assert program.end() == 0
        assert program.screen.startswith("True 61 17")


def test_keys_arrive_as_an_xterm_sends_them(tmp_path: Path) -> None:
    with python(ECHO, tmp_path) as program:
        program.expect("ready")
        program.press("up", "ctrl+p")
        program.expect("<1b> <5b> <41> <10>")
        program.type("я")
        program.expect("<d1> <8f>")
        program.press("q")
        assert program.end() == 0


def test_a_resize_reaches_the_program(tmp_path: Path) -> None:
    with python(SIZE, tmp_path) as program:
        program.expect("size 80 24")
        program.resize(Size(60, 16))
        program.expect("size 60 16")


def test_waiting_for_what_never_comes_says_what_is_there(tmp_path: Path) -> None:
    with python(ECHO, tmp_path) as program:
        program.expect("ready")
        with pytest.raises(NotOnScreen, match="ready"):
            program.expect("never", timeout=0.05)


def test_a_program_that_ends_early_is_told_from_a_slow_one(tmp_path: Path) -> None:
    with python("raise SystemExit(3)", tmp_path) as program:
        with pytest.raises(Ended):
            program.expect("never")
        assert program.end() == 3


def test_a_program_that_will_not_end_is_ended(tmp_path: Path) -> None:
    program = python(DEAF, tmp_path)
    program.expect("deaf")
    program.close()
    assert program.end() == -signal.SIGKILL


def test_a_frame_is_seen_only_when_it_is_finished() -> None:
    terminal = Emulator(20, 3)
    updating: list[bool] = []
    for chunk in (b"\x1b[?2026hhalf", b" and half\x1b[?2026l"):
        terminal.feed(chunk)
        updating.append(terminal.updating)
    assert updating == [True, False]
    assert terminal.paints == 1
    assert terminal.text.startswith("half and half")


def test_escapes_cut_anywhere_are_read_alike() -> None:
    stream = b"\x1b[?25l\x1b[31;1mred\x1b]0;title\x07\x1b[2;1Hn\xd1\x8f\x1b[?25h"
    whole, cut = Emulator(20, 3), Emulator(20, 3)
    whole.feed(stream)
    for byte in stream:
        cut.feed(bytes([byte]))
    assert whole.text == cut.text == "red\nnя\n"
    assert cut.styles == {b"31;1"}
    assert cut.strings == [b"]0;title"]
    assert cut.modes[CURSOR]


def test_what_a_program_leaves_behind_is_named() -> None:
    terminal = Emulator(20, 3)
    terminal.feed(b"\x1b[?1049h\x1b[?1000;1006h\x1b[?2004h\x1b[?25l\x1b[>1u\x1b[?2026h")
    left = {"alternate screen", "mouse", "bracketed paste", "hidden cursor", "keyboard protocol", "unfinished frame"}
    assert terminal.left_behind == left
    terminal.feed(b"\x1b[?2026l\x1b[<u\x1b[?25h\x1b[?2004l\x1b[?1006;1000l\x1b[?1049l")
    assert terminal.left_behind == set()


def test_keys_that_are_still_raw_are_named(tmp_path: Path) -> None:
    with python(ECHO, tmp_path) as program:
        program.expect("ready")
        assert program.left_behind == {"raw keys"}


def test_queries_are_answered() -> None:
    answers: list[bytes] = []
    terminal = Emulator(20, 3, answer=answers.append)
    terminal.feed(b"ab\x1b[6n\x1b[c\x1b[?2026$p\x1b[?2048$p\x1b]11;?\x07")
    assert answers == [
        b"\x1b[1;3R",
        b"\x1b[?62;22c",
        b"\x1b[?2026;2$y",
        b"\x1b[?2048;0$y",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    ]


def test_characters_that_no_text_should_hold_are_kept_apart() -> None:
    terminal = Emulator(20, 3)
    terminal.feed("a\x00b\u202ec\x9bd\r\n".encode())
    assert terminal.stray == {"\x00", "\u202e", "\x9b"}
