"""The week: free places day by day, one request a week, and Enter goes to the selected day."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.desk.acting import refused
from tests.desk.builders import scheduled, wall
from tests.desk.conftest import connected
from tests.screens.hosts import NOT_YET, Host
from tests.support.sandbox import Clock, opened
from tui_app.desk.desk import Desk
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.next_free import DAYS, Week, week_day
from tui_app.intents import TokensRefused
from tui_app.sandbox import Sandbox
from tui_app.sandbox.faults import Fault
from tui_app.screens.week import WeekScreen
from tui_app.screens.week import screen as week_screen
from tui_app.screens.week.view import (
    FIRST,
    LAST,
    WeekView,
    begin_of_week,
    class_lines,
    classes_heading,
    empty_words,
    heading,
    moved,
    narrowed,
    rows,
)
from tui_app.settings_values import Weekday
from tui_app.widgets.rows import Cell

if TYPE_CHECKING:
    from textual.pilot import Pilot

TODAY = date(2026, 3, 27)
MONDAY = date(2026, 3, 23)
NOON = wall("2026-03-27 12:00")
SMALL = (60, 16)


# ------------------------------------------------------------------------------------------------------------- the view


@pytest.mark.parametrize(
    ("first", "begins"), [("monday", MONDAY), ("sunday", date(2026, 3, 22)), ("saturday", date(2026, 3, 21))]
)
def test_a_week_begins_on_the_day_of_the_settings(first: Weekday, begins: date) -> None:
    assert begin_of_week(TODAY, first) == begins
    assert begin_of_week(begins, first) == begins


def test_the_weeks_end_where_the_calendar_ends() -> None:
    assert moved(MONDAY, 1) == date(2026, 3, 30)
    assert moved(MONDAY, -1) == date(2026, 3, 16)
    assert moved(FIRST, -1) == FIRST
    assert moved(LAST - timedelta(days=7), 1) == LAST - timedelta(days=7)


def at(event_id: int, when: str, *, booked: int | None = 3) -> ScheduledEvent:
    return replace(scheduled(event_id, when), booked=booked)


def week_of(*events: ScheduledEvent) -> Week:
    days = [MONDAY + timedelta(days=ahead) for ahead in range(DAYS)]
    found = tuple(week_day(day, [event for event in events if event.starts_at.date() == day], NOON) for day in days)
    return Week(MONDAY, found, as_of=wall("2026-03-27 11:00"))


def view_of(*events: ScheduledEvent, text: str = "") -> WeekView:
    return WeekView(
        begins=MONDAY, today=TODAY, days=narrowed(week_of(*events), text, NOON), as_of=wall("2026-03-27 11:58")
    )


def cells(view: WeekView, place: int) -> dict[str, str]:
    found = rows(view, NOON)[place].cells
    return {key: cell.text if isinstance(cell, Cell) else cell for key, cell in found}


def test_a_day_tells_its_classes_its_free_places_and_the_first_that_can_be_booked() -> None:
    view = view_of(
        at(1, "2026-03-28 09:00", booked=12), at(2, "2026-03-28 18:00"), at(3, "2026-03-28 20:00", booked=11)
    )
    assert cells(view, 5) == {
        "day": "Sat 28 Mar",
        "classes": "3",
        "free": "10",
        "next": "18:00 Vinyasa (9), 20:00 Vinyasa (1)",
    }


def test_today_is_marked_in_words_and_what_runs_is_not_offered() -> None:
    view = view_of(at(1, "2026-03-27 11:30"), at(2, "2026-03-27 18:00"))
    assert cells(view, 4)["day"] == "Fri 27 Mar  today"
    assert cells(view, 4)["next"] == "18:00 Vinyasa (9)"
    assert [row.tone for row in rows(view, NOON)] == ["dim"] * 4 + ["now", "", ""]


def test_days_that_are_over_full_empty_or_not_told_say_so() -> None:
    view = view_of(
        at(1, "2026-03-25 18:00"), at(2, "2026-03-28 18:00", booked=12), at(3, "2026-03-29 18:00", booked=None)
    )
    assert cells(view, 2)["free"] == "over"
    assert cells(view, 5)["free"] == "full"
    assert cells(view, 6)["free"] == "·"
    assert (cells(view, 0)["classes"], cells(view, 0)["free"]) == ("none", "")


def test_a_week_that_is_not_read_yet_shows_its_days() -> None:
    view = WeekView(begins=MONDAY, today=TODAY)
    assert [cells(view, place)["free"] for place in range(DAYS)] == ["·"] * DAYS
    assert classes_heading(view, 0) == "Mon 23 Mar: reading"
    assert class_lines(view, 0, NOON) == ()
    assert empty_words(view, "") == ""


def test_the_filter_counts_only_what_fits_and_says_where_nothing_does() -> None:
    yin = replace(at(2, "2026-03-28 20:00"), service="Yin")
    view = view_of(at(1, "2026-03-28 18:00"), yin, text="yin")
    assert (cells(view, 5)["classes"], cells(view, 5)["next"]) == ("1", "20:00 Yin (9)")
    assert "only «yin»" in heading(view, text=" yin ", stale=False)
    assert empty_words(view_of(yin, text="[b]x"), "[b]x") == "No class of this week fits «[b]x»."


def test_the_heading_tells_this_week_and_after_a_missed_refresh_its_age() -> None:
    assert heading(view_of(), text="", stale=False) == "Week  Mon 23 Mar 2026 to Sun 29 Mar 2026  this week"
    assert heading(view_of(), text="", stale=True).endswith("! as of 11:58")


def test_the_classes_of_a_day_are_told_with_their_places() -> None:
    view = view_of(at(1, "2026-03-27 09:00"), at(2, "2026-03-27 18:00", booked=12), at(3, "2026-03-27 20:00"))
    assert class_lines(view, 4, NOON) == (
        ("1 class is over", True),
        ("18:00     full  Vinyasa, Алёна Ковалёва", False),
        ("20:00   9 free  Vinyasa, Алёна Ковалёва", False),
    )


def test_a_day_that_is_over_still_lists_its_classes() -> None:
    view = view_of(at(1, "2026-03-25 09:00"))
    assert class_lines(view, 2, NOON) == (("09:00   9 free  Vinyasa, Алёна Ковалёва", True),)


# ----------------------------------------------------------------------------------------------------------- the screen


@dataclass
class Shown:
    """The week on a terminal."""

    app: Host
    pilot: "Pilot[None]"
    screen: WeekScreen
    sandbox: Sandbox
    desk: Desk

    async def press(self, *keys: str) -> str:
        """Press keys, wait until the hand has rested and nothing is being read, and give what is shown."""
        await self.pilot.press(*keys)
        while True:
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
            if not self.screen.is_resting:
                await self.pilot.pause()
                return self.app.text()

    @property
    def listings(self) -> int:
        """How many weeks were asked for."""
        return len(self.sandbox.requests.matching("GET", "/activity")) + len(
            self.sandbox.requests.matching("GET", "/events")
        )


@asynccontextmanager
async def week(
    *, size: tuple[int, int] = (80, 24), text: str = "", first: Weekday = "monday", day: date = TODAY
) -> AsyncIterator[Shown]:
    clock = Clock()
    with opened(clock=clock) as sandbox:
        async with connected(sandbox, clock, "events") as desk:
            await desk.reference.load_names()
            sandbox.requests.clear()
            screen = WeekScreen(desk, day, first, text=text)
            app = Host(lambda: screen)
            async with app.run_test(size=size) as pilot:
                shown = Shown(app, pilot, screen, sandbox, desk)
                await shown.press()
                yield shown


@pytest.mark.parametrize("size", [SMALL, (80, 24), (160, 48)])
async def test_seven_days_and_the_classes_of_today_are_shown_at_every_size(size: tuple[int, int]) -> None:
    async with week(size=size) as shown:
        text = shown.app.text()
        assert "Mon 23 Mar 2026 to Sun 29 Mar 2026  this week" in text
        for day in ("Mon 23 Mar", "Fri 27 Mar  today", "Sun 29 Mar"):
            assert day in text
        assert "▸ Fri 27 Mar" in text
        assert "classes, " in text
        assert "Esc back" in text
        assert shown.listings == 1


async def test_enter_answers_the_selected_day_once() -> None:
    async with week() as shown:
        await shown.press("down", "enter", "enter")
        assert shown.app.answer == date(2026, 3, 28)


async def test_esc_answers_nothing() -> None:
    async with week() as shown:
        await shown.press("escape")
        assert shown.app.answer is None


async def test_a_held_key_asks_only_for_the_week_where_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week_screen, "REST", 1.0)  # a busy machine takes no key for a rest
    async with week() as shown:
        text = await shown.press("right", "pagedown", "right", "left", "right")
        assert "Mon 13 Apr 2026 to Sun 19 Apr 2026" in text
        assert shown.listings == 2
        await shown.press("enter")
        assert shown.app.answer == date(2026, 4, 17)


async def test_f7_comes_back_to_today() -> None:
    async with week() as shown:
        text = await shown.press("pagedown", "home", "f7")
        assert "▸ Fri 27 Mar  today" in text


async def test_the_week_can_begin_on_sunday() -> None:
    async with week(first="sunday") as shown:
        assert "Sun 22 Mar 2026 to Sat 28 Mar 2026" in shown.app.text()
        await shown.press("home", "enter")
        assert shown.app.answer == date(2026, 3, 22)


async def test_an_empty_week_says_so() -> None:
    async with week() as shown:
        assert "No classes this week: → goes to the next." in await shown.press(*["right"] * 3)


async def test_a_failed_reading_is_said_and_the_last_good_one_stays_with_its_age() -> None:
    async with week() as shown:
        before = shown.app.text().splitlines()[1:9]
        with refused(shown.sandbox, "GET"):
            text = await shown.press("f5")
        assert text.splitlines()[1:9] == before
        assert "! as of 12:00" in text
        assert "! Could not" in text
        assert "as of" not in await shown.press("f5")


async def test_a_refused_token_is_passed_on() -> None:
    asked: list[TokensRefused] = []

    class Listening(Host):
        def on_tokens_refused(self, message: TokensRefused) -> None:
            asked.append(message)

    clock = Clock()
    with opened(clock=clock) as sandbox:
        async with connected(sandbox, clock, "events") as desk:
            await desk.reference.load_names()
            sandbox.faults.add(Fault(status=401, body=b"{}"), method="GET")
            app = Listening(lambda: WeekScreen(desk, TODAY))
            async with app.run_test(size=SMALL) as pilot:
                await pilot.pause()
                await app.workers.wait_for_complete()
                await pilot.pause()
                assert len(asked) == 1
                assert app.answer is NOT_YET


async def test_the_filter_of_the_schedule_is_kept() -> None:
    async with week(text="yoga") as shown:
        text = shown.app.text()
        assert "only «yoga»" in text
        lines = [line for line in text.splitlines() if re.match(r" +\d\d:\d\d ", line)]
        assert lines
        assert all("yoga" in line.lower() for line in lines)


async def test_a_day_can_be_clicked_and_clicked_again() -> None:
    async with week() as shown:
        await shown.pilot.click("#week-days", offset=(5, 2))
        await shown.press()
        await shown.pilot.click("#week-days", offset=(5, 2))
        await shown.press()
        assert shown.app.answer == date(2026, 3, 24)


async def test_below_the_smallest_size_a_notice_stands_alone() -> None:
    async with week(size=(50, 12)) as shown:
        assert "Too small" in shown.app.text()
        await shown.pilot.resize_terminal(80, 24)
        assert "today" in await shown.press("down", "up")
