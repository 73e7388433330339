"""What of Textual the driver rests on. A digest that differs says: read what changed, then write the new one here."""

from __future__ import annotations

import hashlib
import inspect
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from textual import _ansi_sequences
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.strip import Strip

from tests.celldiff.screens import OwnScreens
from tui_app.celldiff.driver import CellDiffDriver
from tui_app.celldiff.parse import SYNC_END, SYNC_START

if TYPE_CHECKING:
    from collections.abc import Callable

PINNED: dict[Callable[..., Any], str] = {
    LinuxDriver.__init__: "671887bbf938",
    LinuxDriver.write: "b78a34033db5",
    LinuxDriver.start_application_mode: "7c41f5ba11a8",
    LinuxDriver.stop_application_mode: "9a7e99c8d4bd",
    LinuxDriver.disable_input: "6154c5a7c174",
    LinuxDriver.close: "c32293a24c1a",
    LinuxDriver._get_terminal_size: "7e80e59356c6",
    LinuxDriver._sigtstp_application: "26c3c19ce181",
    LinuxDriver._sigcont_application: "1d7463a74df1",
    LinuxDriver.process_message: "685f4c56ecfc",
    Driver.suspend_application_mode: "20cef4924da3",
    Driver.resume_application_mode: "f223590ce241",
    Driver.flush: "f6f24ca88654",
    WriterThread: "411a9202bed5",
    App._display: "4b78dff6669a",
    App._begin_update: "74b869c65286",
    App._end_update: "1ecb7ab2a36d",
    App.action_suspend_process: "5f43f592ea2d",
    App._on_resize: "62d14429be32",
    LayoutUpdate.render_segments: "ff329c722506",
    ChopsUpdate.render_segments: "4c1cdb567e0b",
    Strip.render: "2ba7a4913a72",
    Strip.render_style: "749d890bb5c4",
}


@pytest.mark.parametrize("hook", PINNED, ids=lambda hook: hook.__qualname__)
def test_what_the_driver_rests_on_is_as_it_was(hook: Callable[..., Any]) -> None:
    assert hashlib.sha256(inspect.getsource(hook).encode()).hexdigest()[:12] == PINNED[hook]


def test_the_sequences_around_a_paint_are_those_of_textual() -> None:
    assert (SYNC_START, SYNC_END) == (_ansi_sequences.SYNC_START, _ansi_sequences.SYNC_END)


def test_the_package_knows_nothing_of_the_program() -> None:
    code = "import sys, tui_app.celldiff.driver\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {name for name in ran.stdout.split() if name.startswith("tui_app.")}
    assert {name for name in ours if not name.startswith("tui_app.celldiff")} == set()


def test_the_driver_can_be_chosen_for_an_app() -> None:
    assert OwnScreens().driver_class is CellDiffDriver
