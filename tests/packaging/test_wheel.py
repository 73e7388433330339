"""What is given to people is the wheel: it is built, looked into, installed into an empty environment, and opened."""

from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.packaging.fresh import ROOT, build_wheel, person_environment, run
from tests.terminal.pty import WIDE, Program, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_it_holds_the_package_with_its_styles_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    styles = {f"tui_app/styles/{path.name}" for path in (ROOT / "styles").glob("*.tcss")}
    assert styles <= set(names)
    assert "tui_app/py.typed" in names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"tui_app", "altegio_frontdesk"}


def test_it_opens_from_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = person_environment(tmp_path)
    run([sys.executable, "-m", "venv", "new"], folder=tmp_path, environment=environment)
    programs = tmp_path / "new" / "bin"
    pinned = ["install", "--quiet", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    run([str(programs / "pip"), *pinned], folder=tmp_path, environment=environment)
    run([str(programs / "pip"), "check"], folder=tmp_path, environment=environment)
    command = [str(programs / "frontdesk"), "demo"]
    with Program(command, clean_environment(tmp_path / "home"), size=WIDE, folder=tmp_path) as program:
        program.expect(r"\b\d\d:\d\d\b.*\d+/\d+/\d+")
        program.press("f10")
        assert program.end() == 0
