"""A desktop session of one's own for a test: a home, a D-Bus, and a real GNOME keyring."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import tempfile
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SWITCH = "FRONTDESK_NO_KEYRING_TESTS"
NEEDED = ("gnome-keyring-daemon", "dbus-daemon")


@dataclass(frozen=True, slots=True)
class Session:
    """A session that runs: `environ` is all that a program in it needs."""

    home: Path
    environ: dict[str, str]

    def start_keyring(self, password: str | None) -> None:
        """Start the keyring, unlocked by a password, or with no keyring in it yet for None."""
        how = "--unlock" if password is not None else "--start"
        subprocess.run(
            ["gnome-keyring-daemon", how, "--components=secrets"],
            input=(password or "").encode(),
            env=self.environ,
            check=True,
            timeout=20,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def files_that_hold(self, *secrets: str) -> list[Path]:
        """Find every file below the home that holds one of the texts in clear."""
        files = [path for path in self.home.rglob("*") if path.is_file() and not path.is_symlink()]
        return [path for path in files if any(secret.encode() in path.read_bytes() for secret in secrets)]


def lock_keyring() -> None:
    """Lock the default collection of the session that the process is in."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.Collection(bus).lock()


def private_environ(home: Path) -> dict[str, str]:
    """The environment of a user with nothing but this home: no bus, no display, no keyring chosen."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_RUNTIME_DIR": str(runtime),
    }


@contextmanager
def private_home() -> Iterator[Path]:
    """Make a home with a short path: a socket's name has 107 bytes, and pytest's own folders are long."""
    home = Path(tempfile.mkdtemp(prefix="desk-"))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def end_processes_of(home: Path) -> None:
    """End what was started with this home and has left its parent: a keyring does not always end with its bus."""
    mark = f"HOME={home}".encode()
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it has ended meanwhile, or is somebody else's
            if mark in environ.read_bytes().split(b"\0"):
                end(int(environ.parent.name))


def end(pid: int) -> None:
    """Kill a process and wait until it is gone. Raises OSError where it is gone already."""
    descriptor = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
        select.select([descriptor], [], [], 20)
    finally:
        os.close(descriptor)


@contextmanager
def private_session() -> Iterator[Session]:
    """Start a bus that nobody else is on; what is started on it ends with it."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        if os.environ.get(SWITCH) == "1":
            pytest.skip(f"{SWITCH}=1")
        pytest.fail(f"these tests need {' and '.join(missing)}: install gnome-keyring and dbus, or set {SWITCH}=1")
    with private_home() as home:
        environ = private_environ(home)
        bus = subprocess.Popen(
            [
                "dbus-daemon",
                "--session",
                "--nofork",
                "--nopidfile",
                "--print-address",
                f"--address=unix:path={home}/bus",
            ],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with bus:
            assert bus.stdout is not None
            environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
            try:
                yield Session(home, environ)
            finally:
                bus.terminate()
                bus.wait(timeout=20)
                end_processes_of(home)
