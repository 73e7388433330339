"""A checkout and an environment as somebody else would have them: nothing that this machine's own ones hold besides."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
_PRIVATE: Final = ("ALTEGIO_", "PYTHON", "PYTEST", "COV_", "VIRTUAL_ENV", "NO_COLOR", "COLUMNS", "LINES")
_NOT_SOURCE: Final = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist")


def tracked_files() -> list[str]:
    """The paths of the files that git knows and that are there; empty where this is no clone."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def copy_checkout(target: Path) -> Path:
    """Copy what a clone would hold, or the whole folder where it came without git."""
    names = tracked_files()
    if not names:
        return Path(shutil.copytree(ROOT, target, ignore=_NOT_SOURCE))
    for name in names:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, path)
    return target


def person_environment(home: Path) -> dict[str, str]:
    """This machine's environment, for pip's sake, without what is ours; the program's files go under `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_PRIVATE)}
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "STATE")}
    return kept | folders | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


def run(command: list[str], *, folder: Path, environment: dict[str, str]) -> None:
    """Run a command to its end. Raises AssertionError with all that it said where it failed."""
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{command}: {ran.returncode}\n{ran.stdout}\n{ran.stderr}"


def build_wheel(target: Path) -> Path:
    """Build the wheel of this checkout with the tools that are installed."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    run(command, folder=ROOT, environment=dict(os.environ))
    (wheel,) = target.glob("*.whl")
    return wheel
