"""The command line: what it understands, how it refuses, and that it is quick."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui_app import __version__, arguments, cli
from tui_app.options import LaunchOptions
from tui_app.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = {
    "textual",
    "rich",
    "httpx",
    "pydantic",
    "keyring",
    "sqlite3",
    "starlette",
    "uvicorn",
    "platformdirs",
    "asyncio",
}
SECRET = "user-token-51be20"


def run(*arguments: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
    start = ["-c", code] if code else ["-m", "tui_app", *arguments]
    return subprocess.run(
        [sys.executable, *start], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=30
    )


def options(*given: str) -> LaunchOptions:
    return arguments.launch_options(arguments.parse(given))


def test_importing_it_imports_nothing_heavy() -> None:
    found = run(code=f"import sys, tui_app.cli; print({HEAVY!r} & {{m.split('.')[0] for m in sys.modules}})")

    assert found.stdout == "set()\n"


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"frontdesk {__version__}\n"


def test_help_says_why_there_is_no_flag_for_tokens() -> None:
    text = run("--help").stdout

    assert "Tokens are never given as flags" in text
    assert "ALTEGIO_USER_TOKEN_FILE" in text
    assert re.findall(r"--\S*(?:token|password)", text) == []


@pytest.mark.parametrize("command", [(), ("doctor",)])
def test_flags_say_where_to_work(command: tuple[str, ...]) -> None:
    given = options(
        *command, "--base-url", "http://127.0.0.1:8080/api/", "--location", "7", "--dialect", "events",
        "--profile", "desk", "--config", "my.toml",
    )  # fmt: skip

    assert given == LaunchOptions("http://127.0.0.1:8080/api", 7, "events", "desk", Path("my.toml"))


def test_flags_may_stand_before_the_command_too() -> None:
    assert options("--location", "7", "doctor", "--profile", "desk") == LaunchOptions(location_id=7, profile="desk")


def test_nothing_given_is_nothing_set() -> None:
    assert options() == LaunchOptions()


def test_the_sandbox_keeps_the_rate_of_the_service_unless_told() -> None:
    usual = arguments.parse(["sandbox", "--port", "8080"])
    free = arguments.parse(["sandbox", "--rate", "off", "--latency", "150", "--bare-list", "--data", "kept.db"])

    assert (usual.port, usual.data, usual.latency, usual.rate, usual.bare_list) == (8080, None, 0, 5, False)
    assert (free.port, free.data, free.latency, free.rate, free.bare_list) == (0, Path("kept.db"), 150, None, True)


def test_the_demo_takes_a_file_and_a_seed() -> None:
    demo = arguments.parse(["demo", "--data", "kept.db", "--seed", "3"])

    assert (demo.data, demo.seed) == (Path("kept.db"), 3)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--colour red", "no such command"),
        ("demo --colour=red", "not understood: --colour"),
        ("doctor more", "more arguments than"),
        ("dem", "no such command; there are: demo, sandbox, doctor"),
        ("--loc 7", "no such command"),
        ("--location 0", "--location: a location is a whole number above 0"),
        ("--location", "--location: expected one argument"),
        ("--dialect Events", "--dialect: a dialect is one of activities, events, auto"),
        ("--base-url http://desk.example/api", "--base-url: http is for this machine alone"),
        ("sandbox --port 70000", "--port: this is a whole number from 0 to 65535"),
        ("sandbox --port -1", "--port: "),
        ("sandbox --rate 0", "--rate: "),
        ("sandbox --latency ١", "--latency: "),
        ("demo --seed x", "--seed: "),
    ],
)
def test_a_mistake_is_one_line_and_status_2(capsys: pytest.CaptureFixture[str], line: str, words: str) -> None:
    status = cli.main(line.split())

    said = capsys.readouterr()
    assert status == 2
    assert said.out == ""
    assert said.err.startswith("frontdesk: ")
    assert words in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "line",
    [
        f"--user-token {SECRET}",
        f"--user-token={SECRET}",
        f"--password={SECRET}",
        f"doctor --token {SECRET}",
        f"doctor --unknown={SECRET}",
        f"doctor {SECRET}",
        SECRET,
        f"--location {SECRET}",
        f"--dialect {SECRET}",
        f"--base-url https://me:{SECRET}@desk.example/api",
        f"sandbox --rate {SECRET}",
    ],
)
def test_a_token_typed_by_mistake_is_not_repeated(capsys: pytest.CaptureFixture[str], line: str) -> None:
    assert cli.main(line.split()) == 2
    assert SECRET not in capsys.readouterr().err


def test_a_flag_for_a_token_is_told_why_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--user-token", SECRET])

    assert "there is no flag for tokens" in capsys.readouterr().err


@pytest.mark.parametrize("command", [(), ("demo",)])
def test_without_a_terminal_the_program_says_so_at_once(command: tuple[str, ...]) -> None:
    ended = run(*command)

    assert ended.returncode == 2
    assert ended.stderr.startswith("frontdesk: the program needs a terminal, and its input is none")
    assert ended.stderr.count("\n") == 1


def test_output_into_a_pipe_is_no_terminal_either() -> None:
    master, slave = pty.openpty()
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "tui_app"], stdin=slave, capture_output=True, text=True, check=False, timeout=30
        )
    finally:
        os.close(master)
        os.close(slave)

    assert ended.returncode == 2
    assert "its output is none" in ended.stderr


def test_settings_that_cannot_be_used_are_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main_with(monkeypatch, raising(SettingsError("ALTEGIO_DIALECT: a dialect is one of …")))

    assert status == 2
    assert capsys.readouterr().err == "frontdesk: ALTEGIO_DIALECT: a dialect is one of …\n"


def test_an_interrupt_shows_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main_with(monkeypatch, raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "\n"


def raising(error: BaseException) -> Callable[[object, object], int]:
    def command(_: object, __: object) -> int:
        raise error

    return command


def main_with(monkeypatch: pytest.MonkeyPatch, command: Callable[[object, object], int]) -> int:
    monkeypatch.setattr(arguments, "_doctor", command)
    return cli.main(["doctor"])


def test_a_reader_that_goes_away_shows_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "tui_app", "--help"], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=30
        )
    finally:
        os.close(writing)

    assert ended.stderr == b""


def test_ctrl_c_ends_the_sandbox_without_a_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui_app", "sandbox"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        lines = [server.stdout.readline()]
        while lines[-1] != "ready\n" and lines[-1]:
            lines.append(server.stdout.readline())
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)

    assert lines[0].startswith("ALTEGIO_BASE_URL=http://127.0.0.1:")
    assert lines[-1] == "ready\n"
    assert server.returncode == 0
    assert errors == ""
