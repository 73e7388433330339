"""The desk line: every key of a burst acts in its order, and none is lost."""

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.message import Message
from typing_extensions import override

from tui_app.widgets.desk_line import LONGEST, RECALL, DeskLine
from tui_app.widgets.line_history import LineHistory


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.history = LineHistory()

    @override
    def compose(self) -> ComposeResult:
        yield DeskLine({"f2": "edit_event", "question_mark": "help", "ctrl+r": RECALL}, self.history)

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


async def heard_of(sent: bytes) -> tuple[list[str], str]:
    """The same of the bytes of a terminal, all in one read."""
    app = Host()
    async with app.run_test() as pilot:
        parser = XTermParser()
        for message in (*parser.feed(sent.decode()), *parser.feed("")):
            assert isinstance(message, events.Key)
            app.post_message(message)
        await pilot.pause()
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


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (b"kim\x1ba", "a"), (b"kim\x1b5", "5"), (b"kim\x1bA1", "A1"), ("kim\x1bя".encode(), "я"), (b"kim\x1b=", "="),
        (b"kim\x1b", ""), (b"kim\x1b\x1ba", "a"), (b"kim li\x1bbx", "kim xli"), (b"kim\x1b[Dx", "kixm"),
    ],
)  # fmt: skip
async def test_escape_and_the_key_right_behind_it_are_two_keys(keys: bytes, left: str) -> None:
    _, line = await heard_of(keys)
    assert line == left


async def test_enter_right_behind_escape_enters_nothing_that_was_typed() -> None:
    assert await heard_of(b"5678\x1b\r") == (["entered "], "")


async def test_escape_and_a_long_burst_lose_nothing() -> None:
    assert await heard_of(b"kim\x1banna kim 7012345678; 5678; 1234; boris\r") == (
        ["entered anna kim 7012345678; 5678; 1234; boris"],
        "",
    )


async def test_escape_on_an_empty_line_leaves_before_the_letter_behind_it() -> None:
    assert await heard_of(b"\x1ba") == (["escaped"], "a")


async def test_a_real_alt_key_types_nothing() -> None:
    assert await heard_of(b"\x1b[97;3u") == ([], "")


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


@pytest.mark.parametrize("cells", [78, 79, 80, 81, 200])
async def test_a_short_line_after_a_long_one_is_shown_from_its_beginning(cells: int) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        line = app.query_one(DeskLine)
        app.post_message(events.Paste("x" * cells))
        await pilot.pause()
        await pilot.press("enter", "a", "b")
        assert line.value == "ab"
        assert line.scroll_offset.x == 0


async def test_a_page_of_text_is_cut_to_what_the_line_holds() -> None:
    app = Host()
    async with app.run_test() as pilot:
        line = app.query_one(DeskLine)
        line.insert_text_at_cursor("x" * 5_000)
        await pilot.pause()
        assert len(line.value) <= LONGEST


async def test_the_last_line_comes_back_and_then_the_one_before_it() -> None:
    assert await heard("a", "enter", "b", "enter", "ctrl+r") == (["entered a", "entered b"], "b")
    assert await heard("a", "enter", "b", "enter", "ctrl+r", "ctrl+r") == (["entered a", "entered b"], "a")


async def test_enter_right_behind_a_line_that_was_taken_back_enters_it() -> None:
    assert await heard("a", "enter", "ctrl+r", "1", "enter") == (["entered a", "entered a1"], "")


async def test_what_is_being_typed_is_never_replaced() -> None:
    assert await heard("a", "enter", "b", "ctrl+r") == (["entered a", RECALL], "b")


async def test_where_there_is_no_line_to_take_back_the_screen_says_so() -> None:
    assert await heard("ctrl+r") == ([RECALL], "")
