"""Dialogs: the harmless answer is the easy one, nothing typed is taken for markup, every key answers once."""

from collections.abc import Callable
from typing import Any, Self

import pytest
from textual.events import Key
from textual.geometry import Region
from textual.widgets import Input
from typing_extensions import override

from tests.screens.hosts import NOT_YET, Host
from tui_app.desk.editing import Clash
from tui_app.desk.wording import Words
from tui_app.widgets.dialogs import (
    AskDialog,
    ChoiceDialog,
    ConfirmDialog,
    ConflictDialog,
    CountDialog,
    Dialog,
    ErrorDialog,
    LineButton,
    MergeDialog,
    UnknownOutcomeDialog,
)

SMALL = (60, 16)
HOSTILE = "[/x] [bold]Anna[/] =HYPERLINK(1) 王芳 Ольга"
WORDS = Words(
    title="The booking was not sent",
    what="The server could not be reached.",
    saved="What was typed is still here.",
    next_step="Press F8 to send it again.",
    detail="connection refused",
)
CAPACITY = Clash(field="capacity", label="Places", base="12", mine="14", theirs="10")
COMMENT = Clash(field="comment", label="Comment", base="", mine="Bring a mat", theirs="王芳 " * 200 + "end")

MakeDialog = Callable[[], Dialog[Any]]


def confirm(*, danger: bool = False) -> ConfirmDialog:
    return ConfirmDialog("Cancel the booking of Anna?", ["2 places in 18:00 Vinyasa."], "Cancel it", danger=danger)


def count(places: int = 11) -> CountDialog:
    return CountDialog("Cancel 18:00 Vinyasa?", [f"{places} bookings go."], places, "cancel the event")


DIALOGS: dict[str, tuple[MakeDialog, object]] = {
    "confirm": (confirm, False),
    "danger": (lambda: confirm(danger=True), False),
    "count": (count, False),
    "conflict": (lambda: ConflictDialog("Busy", "The team member is busy", ["Vera: 18:30 Yin"]), "back"),
    "merge": (lambda: MergeDialog([CAPACITY]), None),
    "error": (lambda: ErrorDialog(WORDS, again="Try again"), "close"),
    "unknown": (lambda: UnknownOutcomeDialog(WORDS), "look"),
    "choice": (lambda: ChoiceDialog("Location", [("1", "Mitte"), ("2", "Almaty")], "2"), None),
    "ask": (lambda: AskDialog("Go to a date", "Date", "24.12"), None),
}


async def press(make: MakeDialog, *keys: str) -> object:
    app = Host(make)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return app.answer


@pytest.mark.parametrize("name", DIALOGS)
async def test_esc_is_the_harmless_answer(name: str) -> None:
    make, harmless = DIALOGS[name]
    assert await press(make, "escape") == harmless


@pytest.mark.parametrize("name", DIALOGS)
async def test_a_second_key_in_the_same_burst_does_not_close_the_screen_below(name: str) -> None:
    make, _ = DIALOGS[name]
    app = Host(make)
    async with app.run_test(size=SMALL) as pilot:
        app.post_message(Key("escape", None))
        app.post_message(Key("escape", None))
        await pilot.pause()
        assert len(app.answers) == 1
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("name", ["confirm", "danger", "conflict", "error", "unknown"])
async def test_enter_at_once_is_the_harmless_answer(name: str) -> None:
    make, harmless = DIALOGS[name]
    assert await press(make, "enter") == harmless


@pytest.mark.parametrize("key", ["y", "н"])
async def test_y_confirms_in_both_layouts(key: str) -> None:
    assert await press(confirm, key) is True


@pytest.mark.parametrize("key", ["n", "т"])
async def test_n_refuses_in_both_layouts(key: str) -> None:
    assert await press(confirm, key) is False


async def test_y_alone_never_confirms_damage() -> None:
    assert await press(lambda: confirm(danger=True), "y", "y", "н") is NOT_YET


async def test_damage_is_confirmed_by_choosing_its_button() -> None:
    assert await press(lambda: confirm(danger=True), "tab", "enter") is True


async def test_arrows_go_round_the_buttons() -> None:
    assert await press(confirm, "right", "right", "left", "enter") is True


async def test_a_button_can_be_clicked() -> None:
    app = Host(confirm)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.click("#yes")
        await pilot.pause()
        assert app.answer is True


@pytest.mark.parametrize(("places", "typed"), [(11, "11"), (0, "0"), (7, "=7"), (7, " 7 ")])
async def test_the_right_number_confirms(places: int, typed: str) -> None:
    assert await press(lambda: count(places), *("space" if char == " " else char for char in typed), "enter") is True


@pytest.mark.parametrize("typed", ["", "1", "111", "1 1", "y", "-11"])
async def test_a_wrong_number_says_so_and_stays(typed: str) -> None:
    app = Host(count)
    async with app.run_test(size=SMALL) as pilot:
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert app.answer is NOT_YET
        assert "type 11 to cancel the event" in app.text().replace("│", "").replace("\n", " ")


async def test_a_busy_team_member_can_be_overruled_only_by_choice() -> None:
    make, _ = DIALOGS["conflict"]
    assert await press(make, "y", "tab", "enter") == "force"


async def test_merge_asks_field_by_field_and_shows_the_choices_before_they_count() -> None:
    app = Host(lambda: MergeDialog([CAPACITY, COMMENT]))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("y", "t")
        assert "Places: yours" in app.text()
        assert "Comment: theirs" in app.text()
        assert app.answer is NOT_YET
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert app.answer == {"capacity": "mine", "comment": "theirs"}


async def test_merge_by_enter_alone_never_overwrites() -> None:
    assert await press(lambda: MergeDialog([CAPACITY]), "enter", "enter", "enter", "enter") is NOT_YET


async def test_merge_goes_one_field_back_on_esc() -> None:
    assert await press(lambda: MergeDialog([CAPACITY]), "t", "escape", "y", "tab", "enter") == {"capacity": "mine"}


async def test_merge_shows_a_long_value_whole() -> None:
    app = Host(lambda: MergeDialog([COMMENT]))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        seen = app.text()
        assert "↑↓ more" in seen
        for _ in range(4):
            await pilot.press("pagedown")
            await pilot.pause()
            seen += app.text()
        assert "end" in seen
        assert "Yours   Bring a mat" in seen


async def test_the_detail_of_an_error_is_folded_until_asked() -> None:
    app = Host(lambda: ErrorDialog(WORDS))
    async with app.run_test(size=SMALL) as pilot:
        assert WORDS.detail not in app.text()
        await pilot.press("d")
        await pilot.pause()
        assert WORDS.detail in app.text()
        await pilot.press("в")
        await pilot.pause()
        assert WORDS.detail not in app.text()


async def test_an_error_offers_to_try_again_only_where_that_helps() -> None:
    assert await press(lambda: ErrorDialog(WORDS, again="Try again"), "tab", "enter") == "again"
    assert await press(lambda: ErrorDialog(WORDS), "tab", "enter") == "close"


@pytest.mark.parametrize(("tabs", "result"), [(1, "send_again"), (2, "let_go")])
async def test_an_unknown_outcome_is_settled_by_choice(tabs: int, result: str) -> None:
    assert await press(lambda: UnknownOutcomeDialog(WORDS), *["tab"] * tabs, "enter") == result


@pytest.mark.parametrize(("keys", "result"), [("", "b"), ("yolka", None), ("ЁЛКА", "c"), ("е [", "c"), ("a", "a")])
async def test_letters_narrow_a_choice(keys: str, result: str | None) -> None:
    choices = [("a", "Almaty"), ("b", "Mitte"), ("c", "[ёлка]")]
    app = Host(lambda: ChoiceDialog("Location", choices, "b"))
    async with app.run_test(size=SMALL) as pilot:
        app.screen.query_one(Input).value = keys
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == (NOT_YET if result is None else result)


@pytest.mark.parametrize(
    ("keys", "result"), [(("down",), "1"), (("up", "up"), "0"), (("pagedown", "pagedown"), "20"), (("ctrl+end",), "39")]
)
async def test_keys_move_in_a_choice_longer_than_the_screen(keys: tuple[str, ...], result: str) -> None:
    choices = [(str(number), f"Studio {number}") for number in range(40)]
    assert await press(lambda: ChoiceDialog("Location", choices), *keys, "enter") == result


async def test_a_choice_of_nothing_says_so() -> None:
    app = Host(lambda: ChoiceDialog("Location", []))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert app.answer is NOT_YET
        assert "nothing to choose from" in app.text()


async def test_a_checked_value_is_asked_until_it_is_right() -> None:
    app = Host(lambda: AskDialog("Go to a date", "Date", "x", lambda text: None if text == "fri" else "No date: fri"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "No date: fri" in app.text()
        await pilot.press("backspace", *"fri")
        await pilot.pause()
        assert "No date: fri" not in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == "fri"


@pytest.mark.parametrize("size", [SMALL, (80, 24), (160, 48)])
async def test_hostile_and_long_text_is_shown_as_it_is_and_the_buttons_stay(size: tuple[int, int]) -> None:
    app = Host(lambda: ConfirmDialog(HOSTILE, [HOSTILE, "long " * 600], f"Yes, {HOSTILE}"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = app.text()
        assert shown.count("[bold]Anna[/] =HYPERLINK(1)") == 3
        assert "[ Back ]" in shown
        assert "Esc back" in shown
        assert "↑↓ more" in shown


async def test_a_terminal_too_small_says_so_and_the_harmless_answer_has_the_focus_again_after() -> None:
    app = Host(confirm)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert "Too small" in app.text()
        await pilot.press("y")
        assert app.answer is NOT_YET
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert isinstance(app.focused, LineButton)
        assert app.focused.id == "no"


class CountingDialog(ConfirmDialog):
    """Counts how often the whole dialog is painted again."""

    painted = 0

    @override
    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        self.painted += repaint and not regions
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


async def test_going_from_button_to_button_does_not_paint_the_screen_again() -> None:
    dialog = CountingDialog("Cancel?", ["18:00 Vinyasa."], "Cancel it")
    async with Host(lambda: dialog).run_test(size=SMALL) as pilot:
        await pilot.pause()
        before = dialog.painted
        await pilot.press("tab", "tab", "tab")
        await pilot.pause()
        assert dialog.painted == before
