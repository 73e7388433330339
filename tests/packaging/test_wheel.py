"""What is given to people is the wheel: it is built, looked into, unpacked, and opened."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.packaging.fresh import ROOT, build_wheel, person_environment, run
from tests.terminal.pty import WIDE, Program, clean_environment
from tests.terminal.reading import A_DAY

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


def test_it_opens_from_its_own_files(wheel: Path, tmp_path: Path) -> None:
    """With the packages of these tests; `test_readme` opens it where there is nothing but what it asks for."""
    installed = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target"]
    run([*install, str(installed), str(wheel)], folder=tmp_path, environment=person_environment(tmp_path))
    environment = clean_environment(tmp_path / "home", PYTHONPATH=str(installed))
    found = subprocess.run(
        [sys.executable, "-c", "import tui_app; print(tui_app.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()).is_relative_to(installed)
    with Program([str(installed / "bin" / "frontdesk"), "demo"], environment, size=WIDE, folder=tmp_path) as program:
        program.expect(A_DAY)
        program.press("f10")
        assert program.end() == 0
