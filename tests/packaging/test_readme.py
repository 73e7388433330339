"""The two commands of the README are the door to the project: one is run here, the other runs these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.readme import first_command
from tests.packaging.fresh import ROOT, copy_checkout, person_environment, run
from tests.terminal.pty import WIDE, Program
from tests.terminal.reading import A_DAY

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.long
@pytest.mark.timeout(600)
def test_try_it_opens_the_demo_from_a_fresh_checkout(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    environment = person_environment(tmp_path / "home")
    command = ["sh", "-c", first_command("Try it", TEXT)]
    with Program(command, environment, size=WIDE, folder=checkout) as program:
        program.expect("F10 quit", timeout=500)
        program.expect(A_DAY)
        program.press("f10")
        assert program.end() == 0
    run([".venv/bin/pip", "check"], folder=checkout, environment=environment)


def test_test_it_makes_an_environment_of_its_own_and_runs_all_tests() -> None:
    make, install, run = first_command("Test it", TEXT).split(" && ")
    assert make == "python3 -m venv .venv-test"
    assert install == '.venv-test/bin/pip install -c constraints.txt -e ".[test]"'
    assert run == ".venv-test/bin/pytest"


def test_the_check_of_the_whole_runs_the_line_that_the_readme_shows() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert 'line=$(python3 scripts/readme.py "Test it")' in script
    assert "pip install" not in script


@pytest.mark.parametrize("text", ["", "## Try it\n\nwords\n", "## Try it\n\n```sh\none\ntwo\n```\n"])
def test_a_readme_without_the_one_line_is_refused(text: str) -> None:
    with pytest.raises(LookupError, match="Try it"):
        first_command("Try it", text)
