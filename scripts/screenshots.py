"""Makes the pictures of the README from the running program: `python -m scripts.screenshots [FOLDER]`.

The real App runs over the sandbox in this process, at a clock that stands still, so the same code gives the same bytes.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scripts.scenes import SCENES, Scene
from scripts.svg import lines, settle
from tui_app.app import FrontDeskApp
from tui_app.credentials import default_credentials
from tui_app.demo import Demo
from tui_app.options import DemoOptions
from tui_app.sandbox import Fault
from tui_app.session import Session
from tui_app.settings import LoadedSettings, Profile, Settings
from tui_app.settings_file import SettingsFile

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(__file__).parent.parent / "screenshots"
NOW: Final = datetime(2026, 11, 18, 17, 5, tzinfo=UTC)  # five past six in the evening at the demo's location
PATIENCE_S: Final = 20.0
NEVER_S: Final = 3_600.0
OPENED: Final = {"demo": "▹", "connect": "Server|server"}


def still() -> datetime:
    """A clock that stands."""
    return NOW


async def take(scene: Scene) -> str:
    """Run the program to a scene and draw it. Raises TimeoutError where it never comes to show what it should."""
    with _session(scene) as session, tempfile.TemporaryDirectory() as scratch:
        crash_log = Path(scratch) / "crash.log"
        settings = SettingsFile(
            LoadedSettings(Settings()), Path("~/.config/altegio-frontdesk/settings.toml"), kept=False
        )
        app = FrontDeskApp(session, settings, still, crash_log)
        async with app.run_test(size=(scene.columns, scene.rows)) as pilot:
            svg = await _shown(app, OPENED[scene.opens])
            for step in scene.steps:
                await pilot.press(*step.keys)
                svg = await _shown(app, step.shows)
        await app.finish()
    return svg


@contextmanager
def _session(scene: Scene) -> Iterator[Session]:
    if scene.opens == "connect":
        yield Session(Profile(), lambda: default_credentials({}), still)
        return
    demo = Demo(DemoOptions(), still)
    if scene.lost:
        demo.sandbox.faults.drop(handled=False, method="POST", path="/records")
    if scene.marks_answered is not None:
        silence = Fault(delay=NEVER_S, handled=False)
        demo.sandbox.faults.add(silence, method="POST", path="/attendance", skip=scene.marks_answered, times=None)
    try:
        yield demo.session
    finally:
        demo.close()


async def _shown(app: FrontDeskApp, pattern: str) -> str:
    """Draw once the pattern is there and nothing changes any more."""
    deadline = time.monotonic() + PATIENCE_S
    before = ""
    while time.monotonic() < deadline:
        await asyncio.sleep(0.3)  # longer than the roster takes to follow the selection
        svg = settle(app.export_screenshot(title="frontdesk"))
        if svg == before and re.search(pattern, "\n".join(lines(svg))):
            return svg
        before = svg
    raise TimeoutError(f"{pattern!r} did not come:\n" + "\n".join(lines(before)))


def main(folder: Path = FOLDER) -> None:
    """Draw every scene into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        (folder / f"{scene.name}.svg").write_text(asyncio.run(take(scene)), "utf-8")
        sys.stdout.write(f"{scene.name}: {scene.words}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
