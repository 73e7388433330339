"""Which part loads what, seen in a fresh process: the arrows of the layout (design 3) and the start's budget."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import tui_app
from tests.terminal.loopback import sandbox_process
from tests.terminal.pty import Program, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"httpx", "pydantic", "keyring", "phonenumbers", "sqlite3", "starlette", "uvicorn"}
LATER = {
    "click",
    "tomllib",
    "textual.widgets._text_area",
    "tui_app.altegio.resources",
    "tui_app.altegio.transport",
    "tui_app.desk.desk",
    "tui_app.desk.model",
    "tui_app.desk.wording",
    "tui_app.palette",
    "tui_app.screens.lock.screen",
    "tui_app.screens.schedule.board",
    "tui_app.screens.schedule.entries",
    "tui_app.widgets.dialogs",
}
"""What is imported only once the first frame is out."""
MOST_MODULES = 460
"""At the first frame, with Textual's own, which are 365."""

AFTER_THE_DAY = {
    "phonenumbers",
    "tui_app.desk.commands",
    "tui_app.desk.entries",
    "tui_app.screens.schedule.entries",
    "tui_app.widgets.dialogs",
}
"""What is imported only once a day is on the screen."""

WATCH_IMPORTS = """
import builtins
original = builtins.__import__

def watched(name, globals=None, *rest, **more):
    importer = (globals or {}).get("__name__", "")
    if importer.startswith("tui_app"):
        print(importer, name.partition(".")[0])
    return original(name, globals, *rest, **more)

builtins.__import__ = watched
"""
TELL_WHEN_FIRST_FRAME_IS_OUT = """
import pathlib, sys
import tui_app.app
from tui_app.launch import run_demo
from tui_app.options import DemoOptions

class Telling(tui_app.app.FrontDeskApp):
    def connect_desk(self):
        pathlib.Path(sys.argv[1]).write_text(" ".join(sys.modules))
        super().connect_desk()

tui_app.app.FrontDeskApp = Telling
sys.exit(run_demo(DemoOptions()))
"""

TELL_WHEN_THE_DAY_CAME = """
import pathlib, sys
from tui_app.launch import run_demo
from tui_app.options import DemoOptions
from tui_app.screens.schedule.board import Board

def take_day(self, message, original=Board.take_day):
    original(self, message)
    if not pathlib.Path(sys.argv[1]).exists():
        pathlib.Path(sys.argv[1]).write_text(" ".join(sys.modules))

Board.take_day = take_day
sys.exit(run_demo(DemoOptions()))
"""


TELL_WHEN_THE_PICTURE_SHOWS = """
import os, pathlib, sys
from tui_app import cli
from tui_app.scout.scout import send_scout
from tui_app.screens.schedule.before_desk import BeforeDesk

told = pathlib.Path(sys.argv.pop())

async def show(self, *picture, original=BeforeDesk.show, **more):
    await original(self, *picture, **more)
    told.write_text(" ".join(sys.modules))

BeforeDesk.show = show
sys.exit(cli.main(scout=send_scout([], os.environ)))
"""

TELL_WHEN_A_REAL_DAY_CAME = """
import os, pathlib, sys
from tui_app import cli
from tui_app.screens.schedule.board import Board
from tui_app.scout.scout import send_scout

told = pathlib.Path(sys.argv.pop())

def take_day(self, message, original=Board.take_day):
    original(self, message)
    if not told.exists():
        told.write_text(" ".join(sys.modules))

Board.take_day = take_day
sys.exit(cli.main(scout=send_scout([], os.environ)))
"""


def modules_of(package: str) -> list[str]:
    """The dotted names of a package of ours and of all that is in it; nothing is imported for that."""
    prefix = f"tui_app.{package}"
    folders = [f"{folder}/{package}" for folder in tui_app.__path__]
    found = [prefix]
    waiting = [(folders, prefix + ".")]
    while waiting:
        paths, dotted = waiting.pop()
        for module in pkgutil.iter_modules(paths, dotted):
            found.append(module.name)
            if module.ispkg:
                waiting.append(([f"{path}/{module.name.rpartition('.')[2]}" for path in paths], module.name + "."))
    return [name for name in found if not name.endswith(".__main__")]


def loaded_by(modules: list[str]) -> set[str]:
    """What a fresh interpreter holds in `sys.modules` once these are imported: whole names and their first parts."""
    code = f"import sys\nfor name in {modules!r}: __import__(name)\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = ran.stdout.split()
    return {*names, *(name.partition(".")[0] for name in names)}


def importers_of(package: str, modules: list[str]) -> set[str]:
    """Which of our modules ask for a foreign package while these are imported, however many others they stand on."""
    code = WATCH_IMPORTS + f"for name in {modules!r}: original(name)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    asked = (line.split() for line in ran.stdout.splitlines())
    return {importer for importer, asked_for in asked if asked_for == package}


@pytest.mark.parametrize("package", ["altegio", "desk", "credentials", "sandbox"])
def test_what_is_not_a_screen_works_without_textual(package: str) -> None:
    modules = modules_of(package)
    assert "textual" not in loaded_by(modules)
    assert importers_of("rich", modules) == set()  # httpx brings it, for a command line of its own


@pytest.mark.parametrize("package", ["altegio", "desk", "credentials", "sandbox", "screens"])
def test_only_the_transport_asks_for_httpx(package: str) -> None:
    assert importers_of("httpx", modules_of(package)) <= {"tui_app.altegio.transport"}


@pytest.mark.parametrize("package", ["credentials", "sandbox"])
def test_the_sandbox_and_the_credentials_stand_alone(package: str) -> None:
    others = {f"tui_app.{other}" for other in ("altegio", "desk", "screens", "widgets", "app")}
    assert not loaded_by(modules_of(package)) & others


def test_altegio_knows_no_desk() -> None:
    assert not loaded_by(modules_of("altegio")) & {"tui_app.desk", "tui_app.screens", "tui_app.widgets", "tui_app.app"}


def test_the_keyring_is_not_looked_for_by_importing_the_credentials() -> None:
    assert "keyring" not in loaded_by(modules_of("credentials"))


def test_help_and_version_load_nothing_heavy() -> None:
    assert not loaded_by(["tui_app.cli"]) & (HEAVY | {"textual", "rich"})


def test_the_first_frame_waits_for_nothing_heavy(tmp_path: Path) -> None:
    told = tmp_path / "modules"
    command = [sys.executable, "-c", TELL_WHEN_FIRST_FRAME_IS_OUT, str(told)]
    with Program(command, clean_environment(tmp_path)) as program:
        program.expect(A_DAY)  # by then the program works, so what it loads later is what it needs
        program.press("f10")
        assert program.end() == 0
    loaded = set(told.read_text("utf-8").split())
    assert "tui_app.screens.schedule.screen" in loaded
    assert not loaded & (HEAVY | LATER)
    assert len(loaded) < MOST_MODULES


def test_the_first_day_waits_for_nothing_that_reads_a_line(tmp_path: Path) -> None:
    told = tmp_path / "modules"
    command = [sys.executable, "-c", TELL_WHEN_THE_DAY_CAME, str(told)]
    with Program(command, clean_environment(tmp_path)) as program:
        program.expect(A_DAY)
        program.type("a -3")
        program.expect("All arrived|arrived")  # by then the line is read, so what it loads later is what it needs
        program.press("ctrl+u", "f10")
        assert program.end() == 0
    loaded = set(told.read_text("utf-8").split())
    assert "tui_app.altegio.wire.events" in loaded
    assert not loaded & AFTER_THE_DAY


def loaded_with_a_scout(program_text: str, folder: Path) -> set[str]:
    """What a program that works at a server of its own, with a scout out, tells to be imported."""
    told = folder / "modules"
    command = [sys.executable, "-c", program_text, str(told)]
    with (
        sandbox_process(folder, "--rate", "off") as served,
        Program(command, {**clean_environment(folder), **served}) as program,
    ):
        program.expect(A_ROSTER)
        program.press("f10")
        assert program.end() == 0
    return set(told.read_text("utf-8").split())


def test_the_first_day_waits_for_nothing_that_the_scout_has_loaded(tmp_path: Path) -> None:
    loaded = loaded_with_a_scout(TELL_WHEN_A_REAL_DAY_CAME, tmp_path)
    assert "tui_app.altegio.wire.events" in loaded
    assert not loaded & {*AFTER_THE_DAY, "httpx", "httpcore", "anyio", "keyring", "pydantic"}


def test_the_scouts_picture_of_the_day_needs_no_more_than_the_first_frame(tmp_path: Path) -> None:
    loaded = loaded_with_a_scout(TELL_WHEN_THE_PICTURE_SHOWS, tmp_path)
    assert "tui_app.scout.report" in loaded
    assert not loaded & {*HEAVY, *LATER}


def test_the_check_itself_sees_who_asks_for_what() -> None:
    assert "tui_app.altegio.transport" in modules_of("altegio")
    assert importers_of("httpx", modules_of("altegio")) == {"tui_app.altegio.transport"}
    assert {"tui_app.altegio.transport", "httpx"} <= loaded_by(["tui_app.altegio.transport"])
