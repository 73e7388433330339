"""A real app in a real terminal, on the stock driver and on ours side by side: both must come to show the same."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pytest

from tests.celldiff.glass import Glass, same_to_the_eye, seen
from tests.terminal.pty import ORDINARY, Program, Size, clean_environment

if TYPE_CHECKING:
    from types import TracebackType

ROOT: Final = Path(__file__).parents[2]
STEPS: Final = int(os.environ.get("CELLDIFF_KEYS", "24"))
KEYS: Final = (
    *("up", "down", "down", "pagedown", "pageup", "home", "end", "tab", "shift+tab", "left", "right", "backspace"),
    *("a", "ж", "王", "space", "enter", "f2", "escape", "f3", "f4", "f5", "f7"),
)
SIZES: Final = (ORDINARY, Size(60, 16), Size(100, 30), Size(81, 24))
PATIENCE_S: Final = 60.0


class Watched:
    """An app in a terminal, and what a strict terminal makes of its bytes."""

    def __init__(self, driver: str, home: Path, **variables: str) -> None:
        command = (sys.executable, "-m", "tests.celldiff.screens", driver)
        self.program = Program(command, clean_environment(home, **variables), folder=ROOT)
        self.glass = Glass(*ORDINARY)
        self._taken = 0

    def __enter__(self) -> Self:
        self.program.expect("type here")
        self.look()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.program.close()

    def look(self, quiet: float = 0.12) -> list[str]:
        """Wait for a rest, then what the terminal shows."""
        self.program.settled(quiet)
        output = self.program.output
        self.glass.feed(output[self._taken :].decode())
        self._taken = len(output)
        return ["".join(spot.text for spot in line) for line in self.glass.lines]

    def resize(self, size: Size) -> None:
        """Give the window another size, with rubbish on it; no program hears of the size it has."""
        self.look()
        if size == (self.program.terminal.columns, self.program.terminal.rows):
            return
        self.glass.resize(*size)
        self.program.resize(size)

    def until_left(self) -> None:
        """Wait until nothing of the program is left in the terminal."""
        deadline = time.monotonic() + PATIENCE_S
        while self.program.left_behind:
            assert time.monotonic() < deadline, self.program.left_behind
            self.look()

    def until(self, text: str) -> None:
        """Wait until a text is shown."""
        deadline = time.monotonic() + PATIENCE_S
        while not any(text in line for line in self.look()):
            assert time.monotonic() < deadline, self.look()


def assert_same(stock: Watched, own: Watched, where: str) -> int:
    """Wait until both show the same; how many cells that were."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        stock.look()
        own.look()
        pairs = [*zip(stock.glass.lines, own.glass.lines, strict=True)]
        if all(same_to_the_eye(theirs, mine) for theirs, mine in pairs):
            assert (own.glass.row, own.glass.column) == (stock.glass.row, stock.glass.column), where
            return own.glass.columns * own.glass.rows
        if time.monotonic() > deadline:
            theirs, mine = next(pair for pair in pairs if not same_to_the_eye(*pair))
            pytest.fail(f"{where}:\n{seen(theirs)}\n{seen(mine)}")


def do_something(choice: random.Random, both: tuple[Watched, Watched]) -> str:
    """One thing that a person may do, to both."""
    kind = choice.choice(("key", "key", "key", "key", "keys", "paste", "mouse", "resize"))
    if kind == "resize":
        size = choice.choice(SIZES)
        for watched in both:
            watched.resize(size)
        return f"resize {size}"
    keys = [choice.choice(KEYS) for _ in range(8 if kind == "keys" else 1)]
    row, column = choice.randint(3, 12), choice.randint(2, 50)
    for watched in both:
        if kind == "paste":
            watched.program.paste("line one\nпривет 王")
        elif kind == "mouse":
            watched.program.write(b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (column, row, column, row))
        else:
            watched.program.press(*keys)
    return f"{kind} {keys}"


@pytest.mark.parametrize(
    "variables",
    [{}, {"COLORTERM": "", "TERM": "xterm-256color"}, {"COLORTERM": "", "TERM": "xterm"}, {"NO_COLOR": "1"}],
    ids=["true colours", "256 colours", "16 colours", "no colours"],
)
def test_random_keys_show_the_same_on_both_drivers(tmp_path: Path, variables: dict[str, str]) -> None:
    seed = 1 if "CELLDIFF_KEYS" not in os.environ else random.randrange(1 << 30)  # noqa: S311 - nothing secret
    choice = random.Random(seed)  # noqa: S311
    steps = STEPS if not variables else STEPS // 4
    with Watched("stock", tmp_path, **variables) as stock, Watched("own", tmp_path, **variables) as own:
        cells = assert_same(stock, own, "first")
        for number in range(steps):
            did = do_something(choice, (stock, own))
            cells += assert_same(stock, own, f"seed {seed}, step {number}, {did}")
        before, after = stock.program.bytes_written, own.program.bytes_written
    sys.stdout.write(f"{steps} steps, {cells} cells compared, {before} bytes became {after}\n")
    assert after < before / 2


@pytest.fixture
def own(tmp_path: Path) -> Watched:
    return Watched("own", tmp_path)


def test_a_character_is_one_small_paint(own: Watched) -> None:
    with own:
        own.look(0.6)
        costs = [cost_of_a_key(own, char) for char in "xyz"]
        assert min(costs) <= (1, 60)  # the first may meet what is left of the start


def cost_of_a_key(own: Watched, name: str) -> tuple[int, int]:
    """How many paints and bytes it takes to show what a key does."""
    before, paints = own.program.bytes_written, own.program.terminal.paints
    own.program.press(name)
    own.program.next_frame()
    own.look(0.3)
    return own.program.terminal.paints - paints, own.program.bytes_written - before


def test_a_paint_that_changes_nothing_is_not_sent(own: Watched) -> None:
    with own:
        own.program.press("f7")
        own.until("saved")
        own.program.press("f8")  # refreshes everything
        assert own.program.silent_for(0.5) == 0


def test_a_suspended_app_leaves_the_terminal_and_comes_back_whole(own: Watched) -> None:
    with own:
        own.program.type("kept")
        own.until("kept")
        before = [*map(seen, own.glass.lines)]
        own.program.press("f6")
        own.until_left()
        own.program.send_signal(signal.SIGCONT)
        own.until("kept")
        assert [*map(seen, own.glass.lines)] == before
        own.program.type("!")
        own.until("kept!")


def test_a_signal_from_outside_suspends_too(own: Watched) -> None:
    with own:
        own.program.send_signal(signal.SIGTSTP)
        own.until_left()
        own.program.send_signal(signal.SIGCONT)
        own.until("type here")


def test_a_stop_that_no_program_sees_is_seen_when_it_goes_on(own: Watched) -> None:
    with own:
        own.program.send_signal(signal.SIGSTOP)
        own.glass.resize(*ORDINARY)  # a shell has written over everything since
        own.program.send_signal(signal.SIGCONT)
        own.until("type here")
        assert not any("#" in line for line in own.look())
        own.program.type("!")
        own.until("!")


def test_a_window_that_gets_its_old_size_back_is_painted_again(own: Watched) -> None:
    with own:
        own.program.terminal.resize(60, 16)
        own.program.resize(Size(60, 16))
        own.resize(ORDINARY)
        own.until("type here")
        assert not any("#" in line for line in own.look(0.4))


def test_the_clipboard_and_the_bell_come_through_in_order(own: Watched) -> None:
    with own:
        own.program.press("f3")
        own.program.next_frame(1)
        own.look(0.3)
        apart = "".join(own.glass.apart)
        assert "\x1b]52;c;a2VwdA==\x07\x07" in apart


def test_hostile_text_reaches_the_terminal_as_with_the_stock_driver(tmp_path: Path) -> None:
    with Watched("stock", tmp_path) as stock, Watched("own", tmp_path) as own:
        for name in ("f5", "tab", "down", "f2", "escape"):
            stock.program.press(name)
            own.program.press(name)
            assert_same(stock, own, name)


def test_a_line_that_takes_nothing_gets_one_paint_when_it_takes_again(own: Watched) -> None:
    typed = "abcdefghijklmnopqrstuvwxyz0123456789"
    with own:
        paints, before = own.program.terminal.paints, own.program.bytes_written
        with own.program.taking_nothing():
            for char in typed:
                own.program.press(char)
                own.program.silent_for(0.03)
            assert own.program.bytes_written == before
        own.until(typed)
        assert own.program.terminal.paints - paints <= 3


def test_nothing_is_left_behind_at_the_end(own: Watched) -> None:
    with own:
        own.program.press("f10")
        assert own.program.end() == 0
        assert own.program.left_behind == set()
