"""Another program to measure beside: posting, installed into a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.bench.measure import Subject

if TYPE_CHECKING:
    from pathlib import Path

WHAT: Final = ("posting", "tree-sitter>=0.25,<0.26")  # with a newer one posting 2.11 dies at its first frame


def posting(folder: Path) -> Subject:
    """Install posting from the registry, if it is not there yet. Raises CalledProcessError where that fails."""
    program = folder / "bin" / "posting"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", *WHAT], check=True)
    return Subject("posting", (str(program),), frame="Collection", leave=("ctrl+c",))
