"""Which keyring to use: named, not discovered, and only one that really keeps secrets."""

from __future__ import annotations

import configparser
import importlib
import os
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

from tui_app.credentials.model import KeyringTrouble, StoreTrouble, TroubleKind
from tui_app.credentials.trouble import explain, keyring_trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_SECRET_SERVICE: Final = "keyring.backends.SecretService.Keyring"  # noqa: S105  the path of a class
_LIBSECRET: Final = "keyring.backends.libsecret.Keyring"
_KWALLET: Final = "keyring.backends.kwallet.DBusKeyring"
_KWALLET4: Final = "keyring.backends.kwallet.DBusKeyringKWallet4"
_MACOS: Final = "keyring.backends.macOS.Keyring"
_WINDOWS: Final = "keyring.backends.Windows.WinVaultKeyring"
_CHAINER: Final = "keyring.backends.chainer.ChainerBackend"

ALLOWED: Final[dict[str, str]] = {
    _SECRET_SERVICE: "Secret Service",
    _LIBSECRET: "Secret Service by libsecret",
    _KWALLET: "KWallet",
    _KWALLET4: "KWallet 4",
    _MACOS: "macOS Keychain",
    _WINDOWS: "Windows Credential Manager",
}
_WALLETS: Final = {
    _KWALLET: ("org.kde.kwalletd5", "/modules/kwalletd5"),
    _KWALLET4: ("org.kde.kwalletd", "/modules/kwalletd"),
}
_DEFAULT_COLLECTION: Final = "/org/freedesktop/secrets/aliases/default"


class Vault(Protocol):
    """The three calls of a keyring backend that are used here; each may raise anything, or never come back."""

    def get_password(self, service: str, username: str) -> str | None:
        """Read an entry."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Write an entry."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Remove an entry."""
        ...


class Backend(Struct, frozen=True):
    """A keyring that may be used: its name in words, and how to see without a prompt whether it is locked."""

    name: str
    vault: Vault
    is_locked: Callable[[], bool]


def fetch_native_parts() -> None:
    """Import what keyrings of Linux need that is not Python, in a thread that the process waits for at its end.

    A daemon thread that is in the midst of it then would take the process down: it cannot be unwound.
    """
    if sys.platform == "linux":
        with suppress(ImportError):
            import secretstorage  # noqa: F401


def choose_backend() -> Backend:
    """Name the keyring of this system, or the one that the user has configured for `keyring`, if it is a safe one.

    Blocks on D-Bus: call it in `Background`. Raises StoreTrouble, or whatever the backend raises.
    """
    configured = configured_backend(os.environ)
    if configured == _CHAINER:
        return _from_chain()
    if configured is not None:
        if configured not in ALLOWED:
            raise refusal([configured])
        return _load(configured)
    return _first_viable(_candidates(sys.platform, os.environ))


def configured_backend(environ: Mapping[str, str]) -> str | None:
    """Read which backend the user chose by PYTHON_KEYRING_BACKEND or `keyringrc.cfg`; nothing of it is loaded."""
    if environ.get("PYTHON_KEYRING_BACKEND"):
        return environ["PYTHON_KEYRING_BACKEND"]
    from keyring.util import platform_

    parser = configparser.RawConfigParser()
    try:
        parser.read(platform_.config_root() / "keyringrc.cfg", encoding="utf-8")
        return parser.get("backend", "default-keyring", fallback="").strip() or None
    except (configparser.Error, UnicodeDecodeError):
        return None


def refusal(names: Iterable[str]) -> KeyringTrouble:
    """Say why none of these backends gets a token."""
    reasons = ", ".join(f"{name} {_why_refused(name)}" for name in names)
    return KeyringTrouble(
        TroubleKind.REFUSED_BACKEND,
        f"the keyring that is set up here is not used: {reasons}",
        "unset PYTHON_KEYRING_BACKEND or correct keyringrc.cfg, or keep the tokens for this run only",
    )


def _why_refused(name: str) -> str:
    if name.startswith("keyring.backends.null"):
        return "drops what is stored in it"
    if name.startswith("keyring.backends.fail"):
        return "refuses everything"
    if name.startswith("keyrings.alt"):
        return "keeps secrets in a file of its own"
    return "is not known to keep secrets safe"


def _candidates(platform: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    if platform == "darwin":
        return (_MACOS,)
    if platform == "win32":
        return (_WINDOWS,)
    if "KDE" in environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        return (_KWALLET, _SECRET_SERVICE)
    return (_SECRET_SERVICE, _KWALLET)


def _first_viable(names: Iterable[str]) -> Backend:
    troubles: list[StoreTrouble] = []
    for name in names:
        try:
            return _load(name)
        except (RuntimeError, OSError) as error:  # a backend says so that it is not for this session
            troubles.append(_not_viable(error))
    worst = next((trouble for trouble in troubles if trouble.kind is not TroubleKind.ABSENT), None)
    raise worst or keyring_trouble(TroubleKind.ABSENT)


def _not_viable(error: RuntimeError | OSError) -> StoreTrouble:
    cause = error.__cause__
    return explain(cause) if cause is not None else keyring_trouble(TroubleKind.ABSENT)


def _load(name: str) -> Backend:
    module, _, class_name = name.rpartition(".")
    backend_class = getattr(importlib.import_module(module), class_name)
    _ = backend_class.priority  # raises RuntimeError where it cannot work
    return _backend(name, backend_class())


def _backend(name: str, vault: Vault) -> Backend:
    if name in {_SECRET_SERVICE, _LIBSECRET}:
        path = getattr(vault, "preferred_collection", _DEFAULT_COLLECTION)
        return Backend(ALLOWED[name], vault, lambda: secret_service_locked(path))
    if name in _WALLETS:
        bus_name, object_path = _WALLETS[name]
        return Backend(ALLOWED[name], vault, lambda: kwallet_locked(bus_name, object_path))
    return Backend(ALLOWED[name], vault, lambda: False)


def _from_chain() -> Backend:
    """Take the first safe link of keyring's chain, so that nothing falls through to an unsafe one."""
    from keyring.backends.chainer import ChainerBackend

    names = []
    for link in ChainerBackend.backends:
        name = f"{type(link).__module__}.{type(link).__qualname__}"
        if name in ALLOWED:
            return _backend(name, link)
        names.append(name)
    raise refusal(names) if names else keyring_trouble(TroubleKind.ABSENT)


def secret_service_locked(path: str = _DEFAULT_COLLECTION) -> bool:
    """Whether the collection is locked, asked over D-Bus in about 20 ms and without a prompt.

    Raises what secretstorage raises, `ItemNotFoundException` where there is no default collection yet.
    """
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        return bool(secretstorage.Collection(bus, path).is_locked())


def kwallet_locked(bus_name: str, object_path: str) -> bool:
    """Whether the wallet is closed: opening it would ask for its password at the desktop. Raises dbus errors."""
    dbus = importlib.import_module("dbus")
    remote = dbus.SessionBus().get_object(bus_name, object_path)
    wallet = dbus.Interface(remote, "org.kde.KWallet")
    return not wallet.isOpen(wallet.networkWallet())
