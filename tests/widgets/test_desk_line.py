"""The desk line: every key of a burst acts in its order, and none is lost."""

from textual.app import App, ComposeResult
from textual.message import Message
from typing_extensions import override

from tui_app.widgets.desk_line import LONGEST, DeskLine


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    @override
    def compose(self) -> ComposeResult:
        yield DeskLine({"f2": "edit_event", "question_mark": "help"})

    def on_desk_line_entered(self, message: DeskLine.Entered) -> None:
        self.heard.append(f"entered {message.text}")

    def on_desk_line_moved(self, message: DeskLine.Moved) -> None:
        self.heard.append(message.where)

    def on_desk_line_asked(self, message: DeskLine.Asked) -> None:
        self.heard.append(message.action_id)

    def on_desk_line_escaped(self, message: Message) -> None:
        self.heard.append(type(message).__name__.lower())


async def heard(*keys: str) -> tuple[list[str], str]:
    """What the host hears of these keys, pressed without a pause, and what is left in the line."""
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        return app.heard, app.query_one(DeskLine).value


async def test_arrows_move_in_the_list_and_in_time_while_the_line_is_empty() -> None:
    assert await heard("down", "up", "right", "left", "end", "home") == (
        ["down", "up", "day_on", "day_back", "last", "first"],
        "",
    )


async def test_left_and_right_belong_to_the_text_once_there_is_some() -> None:
    assert await heard("a", "c", "left", "b", "home", "x") == ([], "xabc")


async def test_backspace_acts_before_the_letter_behind_it() -> None:
    assert await heard("a", "b", "backspace", "c") == ([], "ac")


async def test_enter_hands_over_the_line_and_what_follows_begins_another() -> None:
    assert await heard(*"yoga", "enter", *"kim") == (["entered yoga"], "kim")


async def test_escape_clears_first_and_leaves_then() -> None:
    assert await heard("a", "escape", "escape") == (["escaped"], "")


async def test_a_question_mark_asks_for_help_only_on_an_empty_line() -> None:
    assert await heard("question_mark") == (["help"], "")
    assert await heard("w", "h", "o", "question_mark") == ([], "who?")


async def test_action_keys_work_whatever_is_in_the_line() -> None:
    assert await heard("a", "f2") == (["edit_event"], "a")


async def test_tab_goes_to_the_other_pane_and_the_focus_stays() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("tab", "x")
        assert app.heard == ["other_pane"]
        assert app.query_one(DeskLine).value == "x"


async def test_a_page_of_text_is_cut_to_what_the_line_holds() -> None:
    app = Host()
    async with app.run_test() as pilot:
        line = app.query_one(DeskLine)
        line.insert_text_at_cursor("x" * 5_000)
        await pilot.pause()
        assert len(line.value) <= LONGEST
