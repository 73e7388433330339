"""The two commands of the README are the door to the project: one is run here, the other runs these tests.

What else it names is there: files, what can be typed, the places on the disk.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from scripts.readme import first_command
from tests.desk.builders import scheduled
from tests.desk.commands.views import VIEW
from tests.packaging.fresh import ROOT, copy_checkout, person_environment, run
from tests.terminal.pty import WIDE, Program
from tests.terminal.reading import A_DAY
from tui_app.crash import default_crash_log
from tui_app.credentials.file_store import default_token_file
from tui_app.desk.commands.parse import read_line
from tui_app.desk.commands.view import Refused
from tui_app.drafting import default_drafts_folder
from tui_app.launch import default_journal_folder
from tui_app.settings import default_config_path

TEXT = (ROOT / "README.md").read_text("utf-8")
BUSY_DAY = replace(VIEW, events=(*VIEW.events, scheduled(5, "2026-11-22 18:30")))


def section(heading: str) -> str:
    """The text under a heading."""
    _, _, behind = TEXT.partition(f"\n## {heading}\n")
    return behind.partition("\n## ")[0]


def typed() -> list[str]:
    """What the table of the desk line has people type."""
    rows = [line.split(" | ")[0] for line in section("The desk line").splitlines() if line.startswith("| `")]
    return [entry for row in rows for entry in re.findall(r"`([^`]+)`", row)]


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


@pytest.mark.parametrize("entry", typed())
def test_what_the_readme_has_people_type_is_understood(entry: str) -> None:
    assert not isinstance(read_line(entry, BUSY_DAY), Refused)


def test_every_file_that_the_readme_names_is_there() -> None:
    named = set(re.findall(r"\b(?:tests|tui_app|screenshots|scripts)/[\w./-]*\w|\btest_\w+\.py\b", TEXT))
    assert len(named) > 20
    missing = {name for name in named if not ((ROOT / name).exists() or [*(ROOT / "tests").rglob(name)])}
    assert missing == set()


@pytest.mark.skipif(sys.platform != "linux", reason="the table names the folders of Linux")
def test_what_is_kept_on_the_disk_is_where_the_readme_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    places = (
        default_config_path(),
        default_token_file(),
        default_journal_folder() / "journal.sqlite",
        default_drafts_folder(),
        default_crash_log(),
    )
    for place in places:
        assert f"`~/{place.relative_to(Path.home())}`" in section("What is on the disk")
