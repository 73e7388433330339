"""Printing: a roster or a day, to a file that is never lost or to the printer, phones only when asked."""

import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk.acting import book, day_of, refused, roomy
from tests.desk.builders import day_of as made_day
from tests.desk.builders import scheduled
from tests.desk.conftest import connected
from tests.screens.hosts import NOT_YET, Host
from tests.support.sandbox import Clock, opened
from tui_app.desk.booking_draft import BookingDraft
from tui_app.desk.desk import Desk
from tui_app.desk.model import Day, Roster, ScheduledEvent
from tui_app.desk.printing import SheetFormat
from tui_app.desk.trouble import CannotWrite
from tui_app.sandbox import Sandbox
from tui_app.screens.printing import PrintScreen, default_folder
from tui_app.screens.printing.job import PrintJob, shown_path, typed_path, with_ending
from tui_app.widgets.quiet_input import QuietInput

if TYPE_CHECKING:
    from textual.pilot import Pilot

FORMULA = "=HYPERLINK(1) [/x]"


# -------------------------------------------------------------------------------------------------------------- the job


def test_the_file_is_named_by_what_is_on_it_and_by_its_form() -> None:
    event = scheduled()
    roster = PrintJob(day=made_day(event), event=event)
    assert roster.file_name.startswith("Sun-22-Nov-2026-18-00")
    assert roster.file_name.endswith(".txt")
    assert PrintJob(day=made_day(event), form=SheetFormat.CSV).file_name == "Sun-22-Nov-2026.csv"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mine.txt", "folder/mine.txt"),
        ("  mine\n.txt ", "folder/mine.txt"),
        ("sub/mine", "folder/sub/mine"),
        ("there", "folder/there/name.txt"),
        ("new/", "folder/new/name.txt"),
        ("../mine", "folder/../mine"),
    ],
)
def test_a_typed_path_is_in_the_folder_unless_it_is_whole(tmp_path: Path, typed: str, meant: str) -> None:
    folder = tmp_path / "folder"
    (folder / "there").mkdir(parents=True)
    assert typed_path(typed, folder, "name.txt") == tmp_path / meant
    assert typed_path(str(tmp_path / "x"), folder, "name.txt") == tmp_path / "x"


@pytest.mark.parametrize("typed", ["", "   ", "~nobody-has-this-name/x"])
def test_what_names_no_file_is_refused_in_words(tmp_path: Path, typed: str) -> None:
    with pytest.raises(CannotWrite):
        typed_path(typed, tmp_path, "name.txt")


def test_another_form_changes_the_ending_of_a_typed_path_alone() -> None:
    assert with_ending("~/Week 3.TXT", SheetFormat.CSV) == "~/Week 3.csv"
    assert with_ending("~/roster", SheetFormat.CSV) == "~/roster"


def test_paths_are_shown_from_the_home_folder_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert shown_path(tmp_path / "home" / "a.txt") == "~/a.txt"
    assert shown_path(tmp_path / "a.txt") == str(tmp_path / "a.txt")


def test_without_a_folder_for_documents_files_go_to_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "Documents"))
    assert default_folder() == tmp_path
    (tmp_path / "Documents").mkdir()
    assert default_folder() == tmp_path / "Documents"


# ----------------------------------------------------------------------------------------------------------- the screen


@dataclass
class Shown:
    """The printing on a terminal, and the folder it writes into."""

    app: Host
    pilot: "Pilot[None]"
    sandbox: Sandbox
    desk: Desk
    event: ScheduledEvent
    day: Day
    folder: Path

    async def press(self, *keys: str) -> str:
        """Press keys, wait until nothing is read or written, or a question is open, and give what is shown."""
        await self.pilot.press(*keys)
        while True:
            await self.pilot.pause()
            under_way = [worker for worker in self.app.workers if not worker.is_finished]
            if not under_way or not isinstance(self.app.screen, PrintScreen):
                await self.pilot.pause()
                return " ".join(self.app.text().replace("│", " ").split())

    async def choose(self, field: str, *keys: str) -> str:
        """Press keys in a field."""
        self.app.screen.query_one(field).focus()
        return await self.press(*keys)

    async def type_path(self, text: str) -> None:
        await self.choose("#print-path", "end", "ctrl+u", *text)

    @property
    def path(self) -> str:
        return self.app.screen.query_one("#print-path", QuietInput).value

    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    async def roster(self) -> Roster:
        return await self.desk.rosters.load(self.event.id)


@asynccontextmanager
async def printing(
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    role: str = "owner",
    with_event: bool = True,
    find: Callable[[str], str | None] = lambda _: None,
) -> AsyncIterator[Shown]:
    clock = Clock()
    with opened(clock=clock) as sandbox:
        async with connected(sandbox, clock, "events") as owner:
            event = (await roomy(owner))[0]
            await book(owner, event.id, BookingDraft(visitor_name=FORMULA))
        async with connected(sandbox, clock, "events", role) as desk:
            day = await day_of(desk)
            screen = PrintScreen(desk, day, event if with_event else None, folder=folder, find=find)
            app = Host(lambda: screen)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield Shown(app, pilot, sandbox, desk, event, day, folder)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 48)])
async def test_all_choices_are_seen_and_phones_are_off(tmp_path: Path, size: tuple[int, int]) -> None:
    async with printing(tmp_path, size=size) as shown:
        text = await shown.press()
        for words in (
            "(•) the roster of",
            "(•) text",
            "(•) no phones",
            "(•) a file",
            "[ Print ]",
            "F8 print",
            "Esc back",
        ):
            assert words in text


async def test_f8_writes_the_roster_without_phones_and_says_where(tmp_path: Path) -> None:
    async with printing(tmp_path, size=(160, 48)) as shown:
        text = await shown.press("f8")
        (path,) = shown.files()
        assert f"Written to {path}" in text
        written = path.read_text("utf-8")
        roster = await shown.roster()
        assert all(entry.name in written for entry in roster.entries)
        assert not any(entry.phone and entry.phone in written for entry in roster.entries)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        await shown.press("escape", "escape")
        assert shown.app.answer == f"Written to {path}"


async def test_phones_stand_on_it_only_when_chosen(tmp_path: Path) -> None:
    async with printing(tmp_path) as shown:
        await shown.choose("#print-phones", "down")
        await shown.press("f8")
        phones = [entry.phone for entry in (await shown.roster()).entries if entry.phone]
        assert phones
        assert all(phone in shown.files()[0].read_text("utf-8") for phone in phones)


async def test_phones_are_refused_to_a_user_without_the_right(tmp_path: Path) -> None:
    async with printing(tmp_path, role="receptionist") as shown:
        await shown.choose("#print-phones", "down")
        assert "You have no right to see phones here" in await shown.press("f8")
        assert shown.files() == []


async def test_the_whole_day_is_printed_with_every_roster(tmp_path: Path) -> None:
    async with printing(tmp_path) as shown:
        await shown.choose("#print-what", "down")
        await shown.press("f8")
        assert [path.name for path in shown.files()] == ["Fri-27-Mar-2026.txt"]
        written = shown.files()[0].read_text("utf-8")
        assert all(event.service in written for event in shown.day.events)
        assert FORMULA in written


async def test_a_day_that_lacks_a_roster_is_not_printed(tmp_path: Path) -> None:
    async with printing(tmp_path, with_event=False) as shown:
        with refused(shown.sandbox, "GET", skip=3):
            text = await shown.press("f8")
        assert "! Could not" in text
        assert shown.files() == []
        assert "Written to" in await shown.press("f8")


@pytest.mark.parametrize(("downs", "ending", "holds"), [(1, ".html", "<td"), (2, ".csv", "'=HYPERLINK")])
async def test_the_form_decides_the_ending_and_how_it_is_written(
    tmp_path: Path, downs: int, ending: str, holds: str
) -> None:
    async with printing(tmp_path) as shown:
        await shown.choose("#print-form", *["down"] * downs)
        assert shown.path.endswith(ending)
        await shown.press("f8")
        (path,) = shown.files()
        assert path.suffix == ending
        written = path.read_text("utf-8")
        assert holds in written


async def test_a_file_that_is_there_is_written_over_only_after_asking(tmp_path: Path) -> None:
    async with printing(tmp_path) as shown:
        (tmp_path / "mine.txt").write_text("dear diary")
        await shown.type_path("mine.txt")
        assert "Write over the file?" in await shown.press("f8")
        assert "Nothing was written" in await shown.press("enter")
        assert (tmp_path / "mine.txt").read_text() == "dear diary"
        await shown.press("f8")
        assert "Written to" in await shown.press("y")
        assert "dear diary" not in (tmp_path / "mine.txt").read_text("utf-8")


async def test_a_path_typed_by_hand_stays_when_another_choice_is_made(tmp_path: Path) -> None:
    async with printing(tmp_path) as shown:
        await shown.type_path("mine.txt")
        await shown.choose("#print-what", "down")
        assert shown.path == "mine.txt"
        await shown.choose("#print-form", "down")
        assert shown.path == "mine.html"


@pytest.mark.parametrize("typed", ["nowhere/at/all.txt", "~nobody-has-this-name/x", " "])
async def test_a_path_that_cannot_be_written_is_said_and_stays(tmp_path: Path, typed: str) -> None:
    async with printing(tmp_path) as shown:
        await shown.type_path(typed)
        assert "! " in await shown.press("f8")
        assert shown.path == typed
        assert shown.files() == []
        assert shown.app.answer is NOT_YET


async def test_enter_goes_from_field_to_field_and_prints_at_the_end(tmp_path: Path) -> None:
    async with printing(tmp_path) as shown:
        assert "Written to" in await shown.press(*["enter"] * 6)
        assert len(shown.files()) == 1


async def test_esc_leaves_and_nothing_is_written(tmp_path: Path) -> None:
    async with printing(tmp_path) as shown:
        await shown.press("escape", "escape", "f8")
        assert shown.app.answer is None
        assert shown.files() == []


# ---------------------------------------------------------------------------------------------------------- the printer


@pytest.fixture
def lp(tmp_path: Path) -> Path:
    """A program that keeps what it is to print."""
    program = tmp_path / "lp"
    program.write_text(f"#!/bin/sh\ncat > '{tmp_path}/paper'\necho 'request id is desk-1'\n")
    program.chmod(0o700)
    return program


async def test_the_printer_gets_text_and_its_answer_is_said(tmp_path: Path, lp: Path) -> None:
    (tmp_path / "folder").mkdir()
    async with printing(tmp_path / "folder", find=lambda _: str(lp)) as shown:
        await shown.choose("#print-form", "down", "down")
        await shown.choose("#print-to", "down")
        assert "request id is desk-1" in await shown.press("f8")
        paper = (tmp_path / "paper").read_text("utf-8")
        assert FORMULA in paper
        assert "<td" not in paper
        assert shown.files() == []
        await shown.press("escape")
        assert shown.app.answer == "Sent to the printer: request id is desk-1"


async def test_without_a_printer_the_way_to_a_file_is_said(tmp_path: Path) -> None:
    async with printing(tmp_path) as shown:
        await shown.choose("#print-to", "down")
        assert "Save it to a file instead." in await shown.press("f8")
        await shown.choose("#print-to", "up")
        assert "Written to" in await shown.press("f8")


async def test_without_an_event_only_the_day_is_offered(tmp_path: Path) -> None:
    async with printing(tmp_path, with_event=False) as shown:
        text = await shown.press()
        assert "the roster of" not in text
        assert "(•) the whole day, Fri 27 Mar" in text
        assert shown.day.date == date(2026, 3, 27)
