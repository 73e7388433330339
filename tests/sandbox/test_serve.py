"""The sandbox as a process of its own: what it prints, who sees whose changes, how it ends."""

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.sandbox import MEDIA_TYPE
from tui_app.sandbox.serve import HOST

Environment = dict[str, str]
KEYS = [
    "ALTEGIO_BASE_URL",
    "ALTEGIO_LOCATION_ID",
    "ALTEGIO_PARTNER_TOKEN",
    "ALTEGIO_USER_TOKEN",
    "ALTEGIO_LOGIN",
    "ALTEGIO_PASSWORD",
]


@contextmanager
def started(*flags: str) -> Iterator[tuple[subprocess.Popen[str], Environment]]:
    command = [sys.executable, "-m", "tui_app.sandbox", *flags]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = [process.stdout.readline().strip() for _ in range(len(KEYS) + 1)]
            assert lines[-1] == "ready", lines
            yield process, dict(line.split("=", 1) for line in lines[:-1])
        finally:
            if process.poll() is None:
                process.kill()


def client(environment: Environment) -> httpx.Client:
    tokens = f"Bearer {environment['ALTEGIO_PARTNER_TOKEN']}, User {environment['ALTEGIO_USER_TOKEN']}"
    return httpx.Client(
        base_url=environment["ALTEGIO_BASE_URL"], headers={"Accept": MEDIA_TYPE, "Authorization": tokens}
    )


def test_two_desks_see_each_other_and_a_kept_file_remembers(tmp_path: Path) -> None:
    file = str(tmp_path / "studio.db")
    with started("--rate", "off", "--data", file) as (process, environment):
        assert list(environment) == KEYS
        assert environment["ALTEGIO_BASE_URL"].startswith(f"http://{HOST}:")
        path = f"/v1/company/{environment['ALTEGIO_LOCATION_ID']}/settings/timetable"
        with client(environment) as one, client(environment) as other:
            login = {"login": environment["ALTEGIO_LOGIN"], "password": environment["ALTEGIO_PASSWORD"]}
            assert one.post("/v1/auth", json=login).status_code == 201
            assert one.patch(path, json={"record_type": 2}).status_code == 200
            answer = other.get(path)
        assert answer.json()["data"]["record_type"] == 2
        assert len(answer.headers.get_list("date")) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    with started("--data", file) as (process, again):
        with client(again) as one:
            assert one.get(path).json()["data"]["record_type"] == 2
        assert {key: again[key] for key in KEYS[1:]} == {key: environment[key] for key in KEYS[1:]}
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_port_in_use_is_one_line_in_words() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "tui_app.sandbox", "--port", str(port)],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"cannot listen on {HOST}:{port}: {os.strerror(errno.EADDRINUSE)}\n"


def test_a_data_file_that_cannot_be_used_is_one_line_in_words(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui_app.sandbox", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("flag", ["--rate", "--port"])
def test_flags_are_checked(flag: str) -> None:
    done = subprocess.run([sys.executable, "-m", "tui_app.sandbox", flag, "x"], capture_output=True, check=False)
    assert done.returncode == 2
