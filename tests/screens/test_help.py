"""Help: every action of the table is in it, it can be read on the smallest terminal, and Esc closes it."""

import pytest

from tests.screens.hosts import NOT_YET, Host
from tui_app.actions import ACTIONS, actions_of
from tui_app.desk.journal.keeper import AT_ONCE, LATER
from tui_app.screens.help import HelpScreen
from tui_app.screens.help.topics import WIDEST, sections, stacked
from tui_app.screens.schedule.guide import help_lines

AREAS = ("schedule", "form", "connect", "settings", "week", "calls", "drafts", "unconfirmed")
MARKS = (("≈", "part of a series"), ("[x]", "a mark in brackets"))


def words(area: str) -> str:
    return "\n".join(f"{key} {meaning}" for section in sections(area, MARKS) for key, meaning in section.lines)


def test_the_help_of_the_schedule_names_every_action_with_its_keys() -> None:
    for action in ACTIONS:
        if action.area != "form":
            assert f"{action.label}. {action.help}" in words("schedule")


def test_actions_of_forms_stand_in_the_help_of_forms() -> None:
    assert all(action.help in words("form") for action in actions_of("form"))


def test_actions_that_do_harm_say_that_they_ask() -> None:
    lines = words("schedule").splitlines()
    harmful = [line for line in lines if any(action.danger and action.help in line for action in ACTIONS)]
    assert harmful
    assert all(line.endswith("It asks first.") for line in harmful)


@pytest.mark.parametrize(
    ("area", "word"),
    [
        ("week", "free places"),
        ("calls", "reached"),
        ("schedule", "comes back"),
        ("schedule", "Ctrl+L"),
        ("schedule", "Ctrl+Z"),
        ("drafts", "dismisses"),
        ("unconfirmed", "lets it go"),
    ],
)
def test_a_screen_of_its_own_has_words_of_its_own(area: str, word: str) -> None:
    assert word in words(area)


@pytest.mark.parametrize("area", [*AREAS, "an area of tomorrow"])
def test_every_help_says_how_to_go_back_and_where_the_tokens_are(area: str) -> None:
    titles = [section.title for section in sections(area)]
    assert titles[-1] == "Where the tokens are"
    assert "Esc" in words(area)


def test_the_help_tells_when_an_answer_that_was_lost_is_looked_for() -> None:
    *first, last = (f"{seconds:g}" for seconds in (*AT_ONCE, *LATER))
    assert f"{', '.join(first)} and {last} seconds" in words("unconfirmed")


def test_forms_that_are_wide_together_stand_under_one_another() -> None:
    assert stacked("a · a3 · a -3,7") == "a · a3 · a -3,7"
    assert stacked("dup mon,wed 4w · dup daily 10d") == "dup mon,wed 4w\ndup daily 10d"
    assert stacked("18 c14 · 18 t an · 18 a") == "18 c14 · 18 t an\n18 a"


def test_what_can_be_typed_leaves_two_thirds_of_a_narrow_terminal_to_its_meaning() -> None:
    keys = [key for section in sections("schedule", MARKS, help_lines()) for key, _ in section.lines]
    assert max(len(line) for key in keys for line in key.splitlines()) <= WIDEST


async def test_every_form_can_be_read_on_the_smallest_terminal() -> None:
    app = Host(lambda: HelpScreen("schedule", commands=help_lines()))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        seen = app.text()
        for _ in range(30):
            await pilot.press("pagedown")
            seen += app.text()
    for forms, _ in help_lines():
        assert all(form in seen for form in forms.split(" · "))


@pytest.mark.parametrize("area", AREAS)
async def test_all_of_it_can_be_read_by_paging_on_the_smallest_terminal(area: str) -> None:
    app = Host(lambda: HelpScreen(area, marks=MARKS))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        seen = app.text()
        for _ in range(30):
            await pilot.press("pagedown")
            seen += app.text()
        for section in sections(area, MARKS):
            assert section.title in seen
            assert all(key in seen for key, _meaning in section.lines)


@pytest.mark.parametrize("key", ["escape", "f1", "question_mark"])
async def test_a_key_closes_it_once(key: str) -> None:
    app = Host(lambda: HelpScreen("schedule"))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app.answer is None
        assert len(app.screen_stack) == 1


def read(app: Host) -> list[str]:
    """The words on the screen without the scroll bar beside them."""
    return [line[:-2].rstrip() for line in app.text().splitlines()]


async def test_arrows_scroll_by_a_line() -> None:
    app = Host(lambda: HelpScreen("schedule"))
    async with app.run_test(size=(60, 16)) as pilot:
        before = read(app)
        await pilot.press("down")
        await pilot.pause()
        assert read(app) != before
        await pilot.press("up")
        await pilot.pause()
        assert read(app) == before
        assert app.answer is NOT_YET
