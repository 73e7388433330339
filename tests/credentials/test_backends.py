"""Which keyrings are used, and which are refused by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.credentials.session import private_environ
from tui_app.credentials import KeyringTrouble, TroubleKind
from tui_app.credentials.backends import choose_backend, configured_backend, kwallet_locked
from tui_app.credentials.keyring_store import KeyringStore

if TYPE_CHECKING:
    from tests.credentials.session import Session

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("keyring.backends.null.Keyring", "drops what is stored"),
        ("keyring.backends.fail.Keyring", "refuses everything"),
        ("keyrings.alt.file.PlaintextKeyring", "in a file of its own"),
        ("somebody.elses.Keyring", "not known to keep secrets safe"),
        ("keyring.backends.SecretService.KeyringX", "not known to keep secrets safe"),
    ],
)
async def test_an_unsafe_keyring_that_was_configured_is_refused_by_name(
    desktop: Session, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    assert desktop.home.is_dir()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)

    with pytest.raises(KeyringTrouble) as trouble:
        await KeyringStore().keys()

    assert trouble.value.kind is TroubleKind.REFUSED_BACKEND
    assert name in trouble.value.words
    assert reason in trouble.value.words


@pytest.mark.usefixtures("desktop")
def test_a_safe_keyring_that_was_configured_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")

    assert choose_backend().name == "Secret Service"


def test_the_configuration_file_of_keyring_is_read(plain_home: Path) -> None:
    file = plain_home / ".config" / "python_keyring" / "keyringrc.cfg"
    file.parent.mkdir(parents=True)
    assert configured_backend({}) is None

    file.write_text("[backend]\ndefault-keyring=keyrings.alt.file.PlaintextKeyring\n")
    assert configured_backend({}) == "keyrings.alt.file.PlaintextKeyring"

    file.write_text("what is this")
    assert configured_backend({}) is None


class FakeWallet:
    """The two calls of KWallet's D-Bus interface that do not open a prompt."""

    def __init__(self, *, opened: bool) -> None:
        self.opened = opened

    def networkWallet(self) -> str:  # noqa: N802  KWallet's own name
        return "kdewallet"

    def isOpen(self, wallet: str) -> bool:  # noqa: N802  KWallet's own name
        return wallet == "kdewallet" and self.opened


@pytest.mark.parametrize("opened", [True, False])
def test_a_closed_wallet_is_seen_without_opening_it(monkeypatch: pytest.MonkeyPatch, opened: bool) -> None:
    dbus = ModuleType("dbus")
    objects = {("org.kde.kwalletd5", "/modules/kwalletd5"): FakeWallet(opened=opened)}
    vars(dbus)["SessionBus"] = lambda: SimpleNamespace(get_object=lambda *address: objects[address])
    vars(dbus)["Interface"] = lambda remote, _: remote
    monkeypatch.setitem(sys.modules, "dbus", dbus)

    assert kwallet_locked("org.kde.kwalletd5", "/modules/kwalletd5") is not opened


# A plaintext keyring of the name that keyrings.alt gives it, with a higher priority than any other.
PLAINTEXT = """\
from keyring.backend import KeyringBackend


class PlaintextKeyring(KeyringBackend):
    priority = 99

    def get_password(self, service, username):
        raise SystemExit("the plaintext keyring was used")

    set_password = get_password
"""

CHAINED = """\
import asyncio
import keyrings.alt.file
from tui_app.secret import SecretStr
from tui_app.credentials import StoreTrouble, Tokens
from tui_app.credentials.keyring_store import KeyringStore


async def main():
    store = KeyringStore()
    print((await store.describe()).words)
    try:
        await store.write("desk", Tokens(SecretStr("partner-token-7f3a9c")))
        print("read back:", (await store.read("desk")).partner.get_secret_value())
    except StoreTrouble as trouble:
        print(trouble.kind)

asyncio.run(main())
"""


def run_with_plaintext_keyring(home: Path, environ: dict[str, str], chosen: str | None) -> list[str]:
    package = home / "packages" / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "file.py").write_text(PLAINTEXT)
    environ = {**environ, "PYTHONPATH": f"{home}/packages:{ROOT}"}
    if chosen:
        environ["PYTHON_KEYRING_BACKEND"] = chosen
    run = subprocess.run(
        [sys.executable, "-c", CHAINED], env=environ, capture_output=True, text=True, check=True, timeout=30
    )
    return run.stdout.splitlines()


@pytest.mark.parametrize("chosen", [None, "keyring.backends.chainer.ChainerBackend"])
def test_a_plaintext_keyring_is_passed_over_for_the_safe_one(session: Session, chosen: str | None) -> None:
    session.start_keyring("correct horse")

    lines = run_with_plaintext_keyring(session.home, session.environ, chosen)

    assert lines == ["Secret Service, ready for use", "read back: partner-token-7f3a9c"]
    assert session.files_that_hold("partner-token-7f3a9c") == []


def test_without_a_bus_the_plaintext_keyring_is_not_the_way_out(plain_home: Path) -> None:
    lines = run_with_plaintext_keyring(plain_home, private_environ(plain_home), None)

    assert lines[0].startswith("no keyring answers")
    assert lines[1] == "absent"


def test_a_chain_of_nothing_but_a_plaintext_keyring_is_refused(plain_home: Path) -> None:
    lines = run_with_plaintext_keyring(
        plain_home, private_environ(plain_home), "keyring.backends.chainer.ChainerBackend"
    )

    assert "keyrings.alt.file.PlaintextKeyring keeps secrets in a file of its own" in lines[0]
    assert lines[1] == "refused-backend"
