"""The call list: whom to ring about a class, and whom one has reached."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.desk.acting import book, refused, roomy
from tests.desk.builders import scheduled, wall
from tests.desk.conftest import connected
from tests.screens.hosts import NOT_YET, Host
from tests.support.sandbox import Clock, opened
from tui_app.desk.booking_draft import BookingDraft
from tui_app.desk.caller import CallerDesk, CallLine, CallList
from tui_app.desk.desk import Desk
from tui_app.desk.model import ScheduledEvent
from tui_app.sandbox import Sandbox
from tui_app.screens.calls import CallsScreen
from tui_app.screens.calls.view import heading, next_to_ring, summary, withheld
from tui_app.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.pilot import Pilot

PHONE = "+7 701 234 56 78"
VISITOR = "Bo [/x] Li"


def line(number: int, *, reached: bool = False, can_ring: bool = True) -> CallLine:
    return CallLine(number, 100 + number, f"Anna {number}", PHONE if can_ring else "no phone", can_ring, reached)


# ------------------------------------------------------------------------------------------------------------- the view


def test_the_heading_names_the_class_with_its_day() -> None:
    today = wall("2026-11-21").date()
    assert heading(scheduled(), today) == "Call  Sun 22 Nov 18:00 Vinyasa, Алёна Ковалёва"


@pytest.mark.parametrize(("after", "following"), [(None, 2), (2, 4), (4, 2), (9, 2)])
def test_the_next_to_ring_is_behind_the_last_one_and_goes_round(after: int | None, following: int) -> None:
    calls = CallList(1, (line(1, reached=True), line(2), line(3, can_ring=False), line(4)))
    assert next_to_ring(calls, after) == following


def test_when_everybody_is_reached_nobody_is_next() -> None:
    calls = CallList(1, (line(1, reached=True), line(2, can_ring=False)), ("1 of 2 phones are not shown to you",))
    assert next_to_ring(calls, None) is None
    assert summary(calls) == "1 of 1 reached: that was everybody. 1 of 2 phones are not shown to you"
    assert summary(CallList(1, ())) == "Nobody is booked"


def test_who_may_not_see_phones_gets_the_last_digits_alone() -> None:
    masked = withheld(CallList(1, (line(1), line(2, can_ring=False))))
    assert [one.phone for one in masked.lines] == ["•• 5678", "no phone"]
    assert summary(masked) == "Nobody here can be rung"


# ----------------------------------------------------------------------------------------------------------- the screen


def caller_of(desk: Desk) -> CallerDesk:
    here, clock = desk.location.id, desk.clock
    return CallerDesk(desk.api, here, clock, rosters=desk.rosters, reference=desk.reference, region=desk.region)


@dataclass
class Shown:
    """The call list on a terminal."""

    app: Host
    pilot: "Pilot[None]"
    sandbox: Sandbox
    desk: Desk
    caller: CallerDesk
    event: ScheduledEvent

    async def press(self, *keys: str) -> str:
        """Press keys, wait until nothing is being read, and give what is shown."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        return self.app.text()

    async def calls(self) -> CallList:
        return await self.caller.call_list(self.event.id)

    def selected(self) -> str:
        return next(row for row in self.app.text().splitlines() if row.startswith("▸"))


@asynccontextmanager
async def calling(*, size: tuple[int, int] = (80, 24), role: str = "owner") -> AsyncIterator[Shown]:
    clock = Clock()
    with opened(clock=clock) as sandbox:
        async with connected(sandbox, clock, "events") as owner:
            event = (await roomy(owner))[0]
            await book(owner, event.id, BookingDraft(visitor_name=VISITOR))
        async with connected(sandbox, clock, "events", role) as desk:
            caller = caller_of(desk)
            app = Host(lambda: CallsScreen(desk, caller, event))
            async with app.run_test(size=size) as pilot:
                shown = Shown(app, pilot, sandbox, desk, caller, event)
                await shown.press()
                yield shown


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 48)])
async def test_names_and_whole_phones_are_shown_for_a_named_class(size: tuple[int, int]) -> None:
    async with calling(size=size) as shown:
        text = shown.app.text()
        first = next(one for one in (await shown.calls()).lines if one.can_ring)
        assert f"{shown.event.starts_at:%H:%M} {shown.event.service}" in text
        assert first.phone in text
        assert first.name in text
        assert "Esc back" in text


async def test_space_marks_and_goes_on_to_the_next_not_reached() -> None:
    async with calling() as shown:
        ring = [one for one in (await shown.calls()).lines if one.can_ring]
        assert ring[0].name in shown.selected()
        text = await shown.press("space")
        assert f"1 of {len(ring)} reached" in text
        assert f"{ring[0].name}: reached" in text
        assert ring[1].name in shown.selected()
        assert f"2 of {len(ring)} reached" in await shown.press("enter")


async def test_a_mark_can_be_taken_back_and_the_cursor_stays() -> None:
    async with calling() as shown:
        first = next(one for one in (await shown.calls()).lines if one.can_ring)
        await shown.press("space", "home")
        shown.app.screen.query_one(RowList).move_to(first.number)
        text = await shown.press("space")
        assert "0 of" in text
        assert "not reached yet" in text
        assert first.name in shown.selected()


async def test_marks_are_kept_for_this_run() -> None:
    async with calling() as shown:
        await shown.press("space")
        assert [one.reached for one in (await shown.calls()).lines].count(True) == 1
        assert "1 of" in await shown.press("f5")


async def test_who_has_no_phone_cannot_be_marked_and_that_is_said() -> None:
    async with calling() as shown:
        visitor = next(one for one in (await shown.calls()).lines if one.name == VISITOR)
        await shown.press("home", *["down"] * ((await shown.calls()).lines.index(visitor)))
        assert f"{VISITOR} cannot be rung: no phone." in await shown.press("enter")
        assert not any(one.reached for one in (await shown.calls()).lines)


async def test_a_user_without_the_right_sees_no_phone_and_is_told() -> None:
    async with calling(role="receptionist") as shown:
        text = shown.app.text()
        assert "You have no right to see phones here" in text
        assert "Nobody here can be rung" in text
        assert "+" not in text


async def test_a_failed_reading_is_said_and_f5_tries_again() -> None:
    async with calling() as shown:
        before = shown.app.text().splitlines()[1:8]
        with refused(shown.sandbox, "GET"):
            text = await shown.press("f5")
        assert "! Could not" in text
        assert text.splitlines()[1:8] == before
        assert "! Could not" not in await shown.press("f5")


async def test_without_a_first_reading_the_list_says_how_to_go_on() -> None:
    clock = Clock()
    with opened(clock=clock) as sandbox:
        async with connected(sandbox, clock, "events") as desk:
            event = (await roomy(desk))[0]
            with refused(sandbox, "GET"):
                app = Host(lambda: CallsScreen(desk, caller_of(desk), event))
                async with app.run_test(size=(60, 16)) as pilot:
                    await pilot.pause()
                    await app.workers.wait_for_complete()
                    await pilot.pause()
                    assert "F5 tries again" in app.text()
                    await pilot.press("space", "enter")
                    assert app.answer is NOT_YET


async def test_esc_closes_it_once() -> None:
    async with calling() as shown:
        await shown.press("escape", "escape")
        assert shown.app.answer is None
        assert len(shown.app.screen_stack) == 1
