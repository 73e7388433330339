"""Keyrings that misbehave in ways that no real one can be made to on demand."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from typing_extensions import override

from tui_app.credentials.backends import Backend

if TYPE_CHECKING:
    from collections.abc import Callable


class DictVault:
    """A keyring that works, in a dict."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[f"{service}/{username}"]


class ForgetfulVault(DictVault):
    """Takes everything and keeps nothing, as the null backend does."""

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class ClingingVault(DictVault):
    """Says that it has removed an entry, and has not."""

    @override
    def delete_password(self, service: str, username: str) -> None:
        pass


class FailingVault(DictVault):
    """Raises the same error from every call."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


class HangingVault(DictVault):
    """Answers no read until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.finished = threading.Event()

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self.let_go.wait()
        self.finished.set()
        return super().get_password(service, username)


def choosing(vault: DictVault, *, locked: bool = False) -> Callable[[], Backend]:
    """Choose this keyring, whatever the system has."""
    return lambda: Backend("a test's keyring", vault, lambda: locked)
