"""What the desk sees of a write whose outcome nobody knows: a banner, a list, three ways out of it."""

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.program import press, running, screen_text, session_over, type_line
from tests.support.sandbox import Clock, opened
from tui_app.app import FrontDeskApp
from tui_app.desk.journal.keeper import AT_ONCE
from tui_app.sandbox import Sandbox
from tui_app.sandbox.faults import Fault
from tui_app.screens.unconfirmed import UnconfirmedScreen
from tui_app.session import Session

PATIENCE_S = 30.0
"""Seconds after which a test gives up waiting for what should have happened at once."""

READ_BEFORE_BOOKING = 1
"""The roster of the event."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with opened(clock=Clock()) as sandbox:
        yield sandbox


async def book_visitor_unheard(
    pilot: Pilot[int], sandbox: Sandbox, *, carried_out: bool, name: str = "Anna Visitor"
) -> None:
    """Book a visitor while the answer is lost; all that is read afterwards fails too, so nothing settles it."""
    sandbox.faults.drop(handled=carried_out, method="POST", path="/records")
    sandbox.faults.add(Fault(status=503), method="GET", skip=READ_BEFORE_BOOKING, times=None)
    await type_line(pilot, f"w {name}")
    sandbox.faults.clear()
    await pilot.pause()


def visitors(app: FrontDeskApp, name: str = "Anna Visitor") -> int:
    """How many bookings of that visitor the screen shows."""
    return sum(entry.name == name for entry in app.schedule.roster_entries)


async def shown(app: FrontDeskApp, pilot: Pilot[int], words: str) -> None:
    """Wait until the screen says something: a look and a sending end when they end."""
    async with asyncio.timeout(PATIENCE_S):
        while words not in screen_text(app):
            await pilot.pause()


async def test_a_lost_answer_is_found_out_and_nothing_stays_open(sandbox: Sandbox) -> None:
    async with running(sandbox, clock=Clock()) as (app, pilot):
        sandbox.faults.drop(handled=True, method="POST", path="/records")
        await type_line(pilot, "w Anna Visitor")
        assert app.uncertain == ()
        assert visitors(app) == 1
        assert not app.schedule.banner.display


async def only_at_once(seconds: float) -> None:
    """No pause before the looks at once; those in the background never come."""
    if seconds > AT_ONCE[-1]:
        await asyncio.Event().wait()


def left_alone(sandbox: Sandbox) -> Session:
    """A session in which nothing settles behind the test's back."""
    return session_over(sandbox, Clock(), pause=only_at_once)


async def test_what_is_not_confirmed_stands_in_a_banner_until_it_is(sandbox: Sandbox) -> None:
    async with running(sandbox, session=left_alone(sandbox)) as (app, pilot):
        await book_visitor_unheard(pilot, sandbox, carried_out=True)
        await shown(app, pilot, "Not confirmed (F8 shows it)")
        await press(pilot, "f8", "c")
        await shown(app, pilot, "Everything is confirmed")
        await press(pilot, "escape")
        assert not app.schedule.banner.display
        assert "Not confirmed" not in screen_text(app)
        assert visitors(app) == 1


async def test_what_is_not_there_is_sent_again_once(sandbox: Sandbox) -> None:
    async with running(sandbox, session=left_alone(sandbox)) as (app, pilot):
        await book_visitor_unheard(pilot, sandbox, carried_out=False)
        await press(pilot, "f8", "c")
        await shown(app, pilot, "It is not there (yet)")
        await press(pilot, "s", "y")
        await shown(app, pilot, "Everything is confirmed")
        await press(pilot, "escape", "f5")
        assert visitors(app) == 1


async def test_what_is_there_is_not_sent_again(sandbox: Sandbox) -> None:
    async with running(sandbox, session=left_alone(sandbox)) as (app, pilot):
        await book_visitor_unheard(pilot, sandbox, carried_out=True)
        await press(pilot, "f8", "s", "y")
        await shown(app, pilot, "It was carried out already")
        await press(pilot, "escape", "f5")
        assert visitors(app) == 1


async def test_it_is_let_go_only_by_more_than_one_key(sandbox: Sandbox) -> None:
    async with running(sandbox, session=left_alone(sandbox)) as (app, pilot):
        await book_visitor_unheard(pilot, sandbox, carried_out=False)
        await press(pilot, "f8", "l", "enter")
        assert [row.kind for row in app.uncertain] == ["AddBooking"]
        await press(pilot, "l", "tab", "enter")
        await shown(app, pilot, "Everything is confirmed")
        assert list(app.uncertain) == []
        assert isinstance(app.screen, UnconfirmedScreen)


async def test_the_same_booking_is_not_sent_while_the_first_is_open(sandbox: Sandbox) -> None:
    async with running(sandbox, session=left_alone(sandbox)) as (app, pilot):
        await book_visitor_unheard(pilot, sandbox, carried_out=True)
        await type_line(pilot, "w Anna Visitor")
        await shown(app, pilot, "carried out after all")
        assert visitors(app) == 1


async def test_quitting_names_what_is_open(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    async with running(sandbox, session=left_alone(sandbox)) as (app, pilot):
        where = app.schedule.selected_event
        await book_visitor_unheard(pilot, sandbox, carried_out=False)
        await pilot.press("f10")
        await pilot.pause()
    assert where is not None
    said = f"book visitor Anna Visitor ({where.starts_at:%H:%M} {where.service}, "
    assert f"Not confirmed, the next start looks after it: {said}" in capsys.readouterr().err


async def test_a_write_that_ends_after_the_screen_is_gone_disturbs_nobody(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    gate, strays = asyncio.Event(), list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: strays.append(context))

    async def until_opened(_: float) -> None:
        await gate.wait()

    async with running(sandbox, session=session_over(sandbox, Clock(), pause=until_opened)) as (app, pilot):
        sandbox.faults.drop(handled=False, method="POST", path="/records")
        app.schedule.enter_text("w Anna Visitor")
        await shown(app, pilot, "Not confirmed")
        app.exit()
        await pilot.pause()
        gate.set()
    gc.collect()
    await asyncio.sleep(0)
    assert strays == []
    assert "Traceback" not in capsys.readouterr().err


async def test_a_letter_meant_for_the_line_does_not_send_what_is_not_protected(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "journal").write_text("a file where the folder should be")
    session = session_over(sandbox, Clock(), journal=lambda: tmp_path / "journal")
    async with running(sandbox, session=session) as (app, pilot):
        app.schedule.enter_text("w Anna Visitor")
        await shown(app, pilot, "Not protected")
        await pilot.press("y")
        await pilot.pause()
        assert "Not protected" in screen_text(app)
        await pilot.press("tab", "enter")
        await shown(app, pilot, "Booked visitor Anna Visitor")
        assert visitors(app) == 1
