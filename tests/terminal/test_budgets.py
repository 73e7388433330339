"""What a key may cost on the line: bytes and paints at 80x24 in 256 colours, which do not drift as times do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.terminal.reading import A_DAY

if TYPE_CHECKING:
    from tests.terminal.conftest import OpenDemo
    from tests.terminal.pty import Program

AT_ONCE_S = 0.1  # less than a roster takes to follow the cursor
REST_S = 0.6
OPENING = 10_000
MOVE = 300
ROSTER = 800
SCROLLED_ROW = 500
PAGE = 1_200
CHARACTER = 150
PREVIEW = 600
DIALOG = 7_000


class Cost(NamedTuple):
    """Bytes and paints."""

    bytes: int
    paints: int


@pytest.fixture
def desk(open_demo: OpenDemo) -> Program:
    """A demo in 256 colours, at rest."""
    program = open_demo(COLORTERM="")
    program.settled(quiet=1.5)  # the rest of the reference data comes a second after the day
    return program


def cost(program: Program, *keys: str, quiet: float = REST_S) -> Cost:
    """What keys in one burst cost until the terminal is quiet."""
    bytes_before, paints_before = program.bytes_written, program.terminal.paints
    program.press(*keys)
    program.settled(quiet=quiet)
    return Cost(program.bytes_written - bytes_before, program.terminal.paints - paints_before)


def test_a_day_on_the_screen_and_the_minute_after_it(desk: Program) -> None:
    assert desk.bytes_written <= OPENING


def test_a_move_is_one_paint_and_its_roster_follows_the_rest(desk: Program) -> None:
    desk.press("home")
    desk.settled(quiet=REST_S)
    for key in ("down", "down", "up", "down"):
        moved = cost(desk, key, quiet=AT_ONCE_S)
        followed = cost(desk)
        assert 0 < moved.bytes <= MOVE
        assert moved.paints == 1
        assert 0 < followed.bytes <= ROSTER


def test_a_page_and_a_scrolled_row(desk: Program) -> None:
    assert cost(desk, "end", quiet=AT_ONCE_S).bytes <= PAGE
    cost(desk)
    assert cost(desk, "pageup", quiet=AT_ONCE_S).bytes <= PAGE
    cost(desk)
    for _ in range(4):
        scrolled = cost(desk, "up", quiet=AT_ONCE_S)
        assert scrolled.bytes <= SCROLLED_ROW
        assert scrolled.paints <= 1
        cost(desk)


def test_a_character_and_its_preview(desk: Program) -> None:
    for typed in (*"18", "backspace", "backspace", *"c+1"):
        spent = cost(desk, typed)
        assert spent.bytes <= PREVIEW
        assert spent.paints <= 2
    assert cost(desk, "0").bytes <= CHARACTER


@pytest.mark.parametrize("place", ["home", "end"])
def test_a_letter_that_brings_candidates(desk: Program, place: str) -> None:
    desk.press(place)
    cost(desk)
    cost(desk, *"an")  # the first time it is read who comes to this service, and the candidates are put in their order
    cost(desk, "escape")
    assert cost(desk, "a").bytes <= CHARACTER
    brought = cost(desk, "n")
    assert "=9 " in desk.screen
    assert CHARACTER < brought.bytes <= PREVIEW
    assert brought.paints <= 2
    narrowed = cost(desk, "n")
    assert narrowed.bytes <= PREVIEW
    assert narrowed.paints <= 2


@pytest.mark.parametrize("key", ["f1", "f2", "f3", "f4", "f6", "ctrl+p"])
def test_a_dialog_or_a_form_is_drawn_once(desk: Program, key: str) -> None:
    opened = cost(desk, key)
    assert 0 < opened.bytes <= DIALOG
    assert opened.paints == 1


@pytest.mark.parametrize("opened", [(), ("f2",), ("f6",), ("ctrl+p",)])
def test_ten_seconds_of_rest_cost_nothing(desk: Program, opened: tuple[str, ...]) -> None:
    desk.press(*opened)
    desk.settled(quiet=1)
    assert desk.silent_for(3 if opened else 10) == 0


def test_a_held_arrow_paints_no_roster_on_its_way(desk: Program) -> None:
    desk.press("home")
    desk.settled(quiet=REST_S)
    held = cost(desk, *["down"] * 8, quiet=AT_ONCE_S)
    assert held.bytes <= 8 * MOVE
    desk.expect(A_DAY)
