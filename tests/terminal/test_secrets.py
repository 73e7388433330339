"""After a whole run no secret is anywhere but in the memory of the process: not on the disk, the screen, in a log."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from tests.terminal.pty import Program, clean_environment
from tests.terminal.reading import A_DAY, A_ROSTER
from tests.terminal.studio import EVENING, Studio, studio

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
MISTYPED: Final = "mistyped-token-91f3"


@dataclass
class Watch:
    """What others could see of a running program, gathered as it works."""

    home: Path
    program: Program
    seen: dict[str, bytes] = field(default_factory=dict)

    def look(self, when: str) -> None:
        """Take in what `ps` would show, of the program and of what it has started, and all that is on the disk now."""
        process = psutil.Process(self.program.pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess, FileNotFoundError):
                for name in ("cmdline", "environ"):
                    self.seen[f"{when}: {each.pid} {name}"] = Path(f"/proc/{each.pid}/{name}").read_bytes()
        self.keep_disk(when)

    def keep_disk(self, when: str) -> None:
        """Take in every file below the folders of this run."""
        for path in self.home.rglob("*"):
            if path.is_file():
                self.seen[f"{when}: {path.relative_to(self.home)}"] = path.read_bytes()


def at(program: Program, shown: str) -> None:
    """Wait until a step of Connect is shown, and takes keys."""
    program.expect(shown)
    program.settled(0.15)


def connect(program: Program, place: Studio, password: str, code: str) -> None:
    """Sign in through the form, as somebody does who has no token."""
    at(program, "step 1 of 5")
    program.press("f8")
    at(program, "step 2 of 5")
    for text in (place.sandbox.partner_token, "", place.sandbox.users["guarded"].login, password):
        program.paste(text)
        program.settled(0.1)
        program.press("tab")
        program.settled(0.1)
    program.press("f8")
    at(program, "A code was sent to")
    program.paste(code)
    program.press("f8")
    for step in "345":
        at(program, f"step {step} of 5")
        program.press("f8")


def work(program: Program, place: Studio) -> Iterator[str]:
    """Book, edit, be refused a token, make pictures, and fail; each step by its name once it is done."""
    program.expect(A_DAY)
    program.expect(A_ROSTER)
    yield "connected"
    program.type(str(EVENING), "enter")
    program.expect(f"▸.*{EVENING}:00")
    program.type("5678", "enter")
    program.expect("(?i)booked.*Anna|Anna Kim.*booked")
    program.type("c+1", "enter")
    program.expect("(?i)saved|21")
    program.press("f11")
    yield "booked and edited"
    place.sandbox.change_password("guarded", "another")
    program.press("f5")
    at(program, "step 2 of 5")
    program.paste(MISTYPED)
    program.press("f11")
    program.settled(0.1)
    yield "token refused"
    program.press("f12")


def test_no_secret_is_left_anywhere_after_a_whole_run(tmp_path: Path) -> None:
    home, pictures = tmp_path / "home", tmp_path / "pictures"
    (home / "tmp").mkdir(parents=True)
    pictures.mkdir()
    with studio() as place:
        guarded = place.sandbox.users["guarded"]
        secrets = [place.sandbox.partner_token, guarded.token, guarded.password, MISTYPED]
        environment = clean_environment(home, ALTEGIO_BASE_URL=place.base_url, TMPDIR=str(home / "tmp"))
        command = (sys.executable, "-m", "tests.terminal.watched", str(pictures))
        with Program(command, environment, folder=ROOT) as program:
            watch = Watch(tmp_path, program)
            connect(program, place, guarded.password, guarded.second_factor or "")
            for step in work(program, place):
                watch.look(step)
            assert program.end() == 1
            watch.keep_disk("after the end")
            watch.seen["every byte on the terminal"] = program.output
    assert {Path(name).name for name in watch.seen} >= {"debug.log", "shown.svg", "crash.log", "settings.toml"}
    assert b"DEBUG" in watch.seen["after the end: pictures/debug.log"]
    found = {name: secret for name, data in watch.seen.items() for secret in secrets if secret.encode() in data}
    assert found == {}
