"""A mistake of the program, wherever it is, becomes words and a log of places; no value of it is seen anywhere."""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.terminal.crashing import PLACES, PLANTED
from tests.terminal.pty import WIDE, Program, clean_environment
from tests.terminal.reading import A_ROSTER

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
TOKEN: Final = "user-token-3f1c77"
LAST_WORDS: Final = r"frontdesk has ended by an error of its own \(ValueError\)"
DIALOG: Final = r"The program has made a mistake of its own \(ValueError\)"
SURVIVED: Final = "behind_the_screen"


def started(place: str, home: Path) -> Program:
    command = (sys.executable, "-m", "tests.terminal.crashing", place)
    return Program(command, clean_environment(home, **{PLANTED: TOKEN}), size=WIDE, folder=ROOT)


def kept(home: Path) -> Iterator[tuple[str, str]]:
    for path in home.rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0
            yield path.name, path.read_bytes().decode("utf-8", "replace")


def assert_told(program: Program, home: Path) -> None:
    """One line at the end, a log, and neither a traceback nor the token in either."""
    assert program.end() == 1
    assert re.search(LAST_WORDS, program.screen)
    assert program.left_behind == set()
    files = dict(kept(home))
    assert "builtins.ValueError" in files["crash.log"]
    assert "crashing.py" in files["crash.log"]
    for text in (program.output.decode(), *files.values()):
        assert TOKEN not in text
        assert "Traceback" not in text


def test_wherever_it_fails_it_says_so_in_words_and_shows_no_value(tmp_path: Path) -> None:
    with ExitStack() as running:  # side by side: most of their time is starting
        programs = {place: running.enter_context(started(place, tmp_path / place)) for place in PLACES}
        survivor = programs.pop(SURVIVED)
        survivor.expect(A_ROSTER)
        for key in ("f11", "f12", "insert"):
            survivor.press(key)
            survivor.expect(DIALOG)
            survivor.press("escape")
            survivor.expect_gone(DIALOG)
            survivor.press("escape")
        survivor.press("f10")
        for place, program in (*programs.items(), (SURVIVED, survivor)):
            assert_told(program, tmp_path / place)
