"""Which lines come back, and in which order."""

from tui_app.widgets.line_history import MOST_LINES, LineHistory


def taken_back(history: LineHistory) -> list[str]:
    """Every line that comes back, one after another."""
    lines, typed = list[str](), ""
    while (line := history.back(typed)) is not None:
        lines.append(typed := line)
    return lines


def after(*lines: str) -> LineHistory:
    history = LineHistory()
    for line in lines:
        history.entered(line)
    return history


def test_the_newest_comes_first_and_each_once() -> None:
    assert taken_back(after("18", "5678", "18")) == ["18", "5678"]


def test_what_failed_comes_before_what_went_well() -> None:
    history = after("5678; 9999; kim", "u")
    history.ended(2, "9999")
    history.ended(3, "kim")
    assert taken_back(history) == ["kim", "9999", "u", "5678; 9999; kim"]


def test_what_failed_and_was_entered_again_or_went_well_later_has_no_precedence() -> None:
    history = after("9999", "u")
    history.ended(1, "9999")
    history.entered("9999")
    history.entered("18")
    assert taken_back(history) == ["18", "9999", "u"]
    history.ended(2, "u")
    history.ended(2, "")
    assert taken_back(history)[0] == "18"


def test_answers_and_bare_enters_do_not_come_back() -> None:
    assert taken_back(after("x", "=12", "", " ")) == ["x"]


def test_an_edited_line_is_not_replaced() -> None:
    history = after("18", "5678")
    assert history.back("") == "5678"
    assert history.back("5678 *2") is None
    assert history.back("5678") == "18"


def test_only_so_many_are_kept_and_none_once_it_was_cleared() -> None:
    history = after(*(f"{number}" for number in range(1_000)))
    for number in range(1_000):
        history.ended(number, f"failed {number}")
    assert len(taken_back(history)) == MOST_LINES
    history.clear()
    assert taken_back(history) == []
    assert history.back("failed 999") is None
