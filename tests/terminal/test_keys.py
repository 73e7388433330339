"""Keys on the schedule, as bytes from a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.reading import A_DAY, A_ROSTER, event_lines, selected

if TYPE_CHECKING:
    from tests.terminal.pty import Program


def test_arrows_move_through_the_day(demo: Program) -> None:
    demo.press("home")
    first, second, *_ = event_lines(demo.settled())
    assert first.selected
    demo.press("down")
    assert selected(demo.settled()) == second._replace(selected=True)
    demo.press("up")
    assert selected(demo.settled()) == first


def test_left_and_right_change_the_day(demo: Program) -> None:
    today = demo.settled().split("\n")[0]
    demo.press("right")
    demo.expect_gone(r"\btoday\b")
    demo.expect(A_DAY)
    tomorrow = demo.settled().split("\n")[0]
    demo.press("left")
    demo.expect(r"\btoday\b")
    assert demo.settled().split("\n")[0] == today != tomorrow
    demo.press("right", "right", "f7")
    demo.expect(r"\btoday\b")


def test_a_slash_filters_and_esc_shows_all_again(demo: Program) -> None:
    demo.press("home")
    everything = event_lines(demo.settled())
    word = everything[0].words.split()[0]
    demo.type(f"/{word.lower()}")
    assert event_lines(demo.settled()) == everything  # nothing happens before Enter
    demo.press("enter")
    filtered = event_lines(demo.settled())
    assert 0 < len(filtered) < len(everything)
    assert all(word.lower() in event.words.lower() for event in filtered)
    demo.press("escape")
    assert [event.time for event in event_lines(demo.settled())] == [event.time for event in everything]


@pytest.mark.parametrize(
    ("key", "shows"),
    [("f1", r"Help|Keys"), ("f2", r"F8 save"), ("f3", r"F8 save"), ("f4", r"F8 book"), ("ctrl+p", r"Search")],
)
def test_a_key_opens_its_screen_and_esc_comes_back(demo: Program, key: str, shows: str) -> None:
    demo.press(key)
    demo.expect(shows)
    demo.settled()
    demo.press("escape")
    demo.expect(A_ROSTER)
    demo.expect(r"F1 help.*F10 quit")


def test_a_burst_acts_in_order(demo: Program) -> None:
    demo.press("home")
    second = event_lines(demo.settled())[1]
    demo.press("end", "home", "down", "enter")
    demo.expect(r"Enter does it|Edit the event")
    assert f"{second.time} " in demo.line(r"Key")
    demo.settled()
    demo.press("escape")
    demo.expect_gone("Edit the event")


def test_keys_behind_typed_text_wait_for_it(demo: Program) -> None:
    demo.press(*"xyz", "backspace", "backspace", "backspace", "right")
    demo.expect_gone(r"\btoday\b")
    demo.expect(A_DAY)


def test_a_page_of_pasted_text_does_nothing_by_itself(demo: Program) -> None:
    before = event_lines(demo.settled())
    demo.paste("Dear all,\nthe class at 18:30 is cancelled\nx\nq\n" * 80)
    demo.expect(r"› ?.*(Dear all|cancelled)")
    demo.settled()
    demo.press("escape")
    demo.expect_gone("Dear all")
    after = event_lines(demo.settled())
    assert [event.time for event in after] == [event.time for event in before]
