"""Sessions that a test's own process is put into."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.credentials.session import Session, private_environ, private_home, private_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def enter(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    """Put this process into an environment, and out of its own."""
    for name in os.environ:
        if name.startswith(("DBUS_", "XDG_", "KEYRING_", "PYTHON_KEYRING_", "ALTEGIO_", "GNOME_KEYRING_")):
            monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session with a bus and no keyring yet."""
    with private_session() as started:
        enter(monkeypatch, started.environ)
        yield started


@pytest.fixture
def desktop(session: Session) -> Session:
    """A session with a real keyring, unlocked."""
    session.start_keyring("correct horse")
    return session


@pytest.fixture
def plain_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home without any bus, as a plain SSH session has it."""
    with private_home() as home:
        enter(monkeypatch, private_environ(home))
        yield home
