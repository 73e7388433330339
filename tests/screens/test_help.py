"""Help: every action of the table is in it, it can be read on the smallest terminal, and Esc closes it."""

import pytest

from tests.screens.hosts import NOT_YET, Host
from tui_app.actions import ACTIONS, actions_of
from tui_app.screens.help import HelpScreen
from tui_app.screens.help.topics import sections

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


@pytest.mark.parametrize(("area", "word"), [("week", "free places"), ("calls", "reached"), ("schedule", "comes back")])
def test_a_screen_of_its_own_has_words_of_its_own(area: str, word: str) -> None:
    assert word in words(area)


@pytest.mark.parametrize("area", ["schedule", "form", "connect", "settings", "week", "calls", "an area of tomorrow"])
def test_every_help_says_how_to_go_back_and_where_the_tokens_are(area: str) -> None:
    titles = [section.title for section in sections(area)]
    assert titles[-1] == "Where the tokens are"
    assert "Esc" in words(area)


@pytest.mark.parametrize("area", ["schedule", "form", "connect", "settings", "week", "calls"])
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
