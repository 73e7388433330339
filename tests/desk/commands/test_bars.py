"""The keystroke bars of design 5: Enter and Shift counted, on the shortest lines that mean the task."""

from itertools import combinations

import pytest
from msgspec.structs import replace

from tests.desk.commands.test_questions import HITS, Desk
from tests.desk.commands.views import EVENING, LATER, NAMES, VIEW, intent, roster
from tui_app.desk.commands.intents import (
    Book,
    CancelEvent,
    MoveBooking,
    NewClient,
    OnClass,
    SetAttendance,
    SetCapacity,
    SetTeamMember,
    Which,
)
from tui_app.desk.commands.view import View

SHIFTED = set('*+":?<>_()!@#$%^&{}|~')
ELSEWHERE = replace(VIEW, selected_id=LATER, roster=roster(LATER))
ALONE_AT_19 = replace(VIEW, events=VIEW.events[:3])


def keys(line: str) -> int:
    """The keys of a line, with ⏎ for Enter: Shift is one of its own."""
    return sum(2 if char in SHIFTED or char.isupper() else 1 for char in line)


def run(line: str, view: View = VIEW, **found: tuple[object, ...]) -> Desk:
    """Type what stands before each ⏎."""
    return Desk(view, found={name.strip("_"): HITS for name in found}).type(*line.split("⏎")[:-1])


@pytest.mark.parametrize(
    ("line", "view", "bar"), [("5678⏎", VIEW, 7), ("18⏎5678⏎", ELSEWHERE, 10), ("18 5678⏎", ELSEWHERE, 10)]
)
def test_booking_by_the_last_digits(line: str, view: View, bar: int) -> None:
    booking = run(line, view).ran[-1]
    assert isinstance(booking, Book)
    assert booking.event_id == EVENING
    assert keys(line) <= bar


def test_booking_by_digits_that_two_share() -> None:
    line = "5678⏎=2⏎"
    booking = run(line, _5678=()).ran[-1]
    assert isinstance(booking, Book)
    assert booking.who == HITS[1]
    assert keys(line) <= 7 + 3


def test_booking_a_new_client() -> None:
    line, content = "anna kim 7012345678⏎⏎", "annakim7012345678"
    booking = run(line).ran[-1]
    assert isinstance(booking, Book)
    assert isinstance(booking.who, NewClient)
    assert keys(line) <= len(content) + 6


@pytest.mark.parametrize(
    ("line", "view", "bar"),
    [("c14⏎", VIEW, 5), ("c+1⏎", VIEW, 5), ("18⏎c14⏎", ELSEWHERE, 8), ("18⏎c+1⏎", ELSEWHERE, 8)],
)
def test_changing_the_capacity(line: str, view: View, bar: int) -> None:
    edit = run(line, view).ran[-1]
    assert isinstance(edit, SetCapacity)
    assert edit.event_id == EVENING
    assert keys(line) <= bar


@pytest.mark.parametrize("line", ["t ann⏎", "t oleg⏎", "t an⏎"])
def test_a_substitute(line: str) -> None:
    assert isinstance(run(line).ran[-1], SetTeamMember)
    assert keys(line) <= 7


@pytest.mark.parametrize(
    ("line", "bar"), [("m3 19⏎", 7), ("m11 19⏎", 7), ("m3 tu 19⏎", 9), ("m3 tue19⏎", 9), ("m11 tu19⏎", 9)]
)
def test_moving_a_booking(line: str, bar: int) -> None:
    assert isinstance(run(line, ALONE_AT_19).ran[-1], MoveBooking)
    assert keys(line) <= bar


def shortest(exceptions: tuple[int, ...]) -> str:
    """The shortest line that marks all but these as arrived."""
    spans: list[tuple[int, int]] = []
    for number in exceptions:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    pieces = [min((",".join(map(str, range(a, b + 1))), f"{a}-{b}"), key=len) if a < b else str(a) for a, b in spans]
    return f"a-{','.join(pieces)}" if pieces else "a"


def test_marking_twelve_as_arrived_whoever_is_missing() -> None:
    view = replace(VIEW, roster=roster(names=(*NAMES, "Nina Tyan")))
    for count in range(12):
        for exceptions in combinations(range(1, 13), count):
            line = shortest(exceptions)
            marked = intent(line, view)
            assert isinstance(marked, SetAttendance)
            assert [entry.number for entry in marked.left_out] == list(exceptions)
            assert marked.which is (Which.ALL_BUT if exceptions else Which.ALL)
            assert keys(line + "⏎") <= 4 + 2 * count, line


@pytest.mark.parametrize("booked", [0, 9, 11, 120])
def test_cancelling_a_class(booked: int) -> None:
    line = f"x⏎={booked}⏎"
    view = replace(VIEW, roster=roster(names=tuple(f"Client {number}" for number in range(booked))))
    assert isinstance(run(line, view).ran[-1], CancelEvent)
    assert 4 <= keys(line) <= 8


@pytest.mark.parametrize("booked", [0, 9, 11, 99])
def test_cancelling_a_class_from_anywhere(booked: int) -> None:
    line = f"18x⏎={booked}⏎"
    assert run(line.partition("=")[0], ELSEWHERE).ran == [OnClass(EVENING, "x")]
    assert 4 <= keys(line) <= 8


@pytest.mark.parametrize("line", ["x⏎", "x⏎⏎", "x⏎=⏎", "x⏎1⏎", "xx⏎", "x0⏎", "x⏎x⏎", "cancel⏎⏎⏎"])
def test_no_shorter_line_cancels_a_class(line: str) -> None:
    assert not [ran for ran in run(line).ran if isinstance(ran, CancelEvent)]
