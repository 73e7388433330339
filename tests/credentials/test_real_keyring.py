"""The keyring store against the real GNOME keyring, and against the ways in which a session has none."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.credentials.session import Session, lock_keyring
from tui_app.credentials import KeyringTrouble, Place, Tokens, TroubleKind, default_credentials
from tui_app.credentials.keyring_store import KeyringStore
from tui_app.secret import SecretStr
from tui_app.settings import Profile

if TYPE_CHECKING:
    from pathlib import Path

PARTNER = "partner-token-7f3a9c"
USER = "user-token-51be20"
TOKENS = Tokens(SecretStr(PARTNER), SecretStr(USER))
DESK = Profile("desk")
KEY = "desk @ https://api.alteg.io"


async def test_tokens_saved_by_one_run_are_found_by_the_next(desktop: Session) -> None:
    saved = await default_credentials({}, desktop.home / "tokens").save(DESK, TOKENS, Place.KEYRING)

    found = await default_credentials({}, desktop.home / "tokens").find(DESK)

    assert saved.stored
    assert found.complete
    assert (found.partner, found.user) == (TOKENS.partner, TOKENS.user)
    assert found.partner_source == found.user_source == "the keyring of this system"


async def test_no_file_below_the_home_holds_a_token_in_clear(desktop: Session) -> None:
    saved = await default_credentials({}, desktop.home / "tokens").save(DESK, TOKENS, Place.KEYRING)

    assert saved.stored
    assert desktop.files_that_hold(PARTNER, USER) == []
    assert list(desktop.home.rglob("*.keyring")) != []  # the search has looked at the place where they are


async def test_forgotten_tokens_are_gone_from_the_keyring(desktop: Session) -> None:
    credentials = default_credentials({}, desktop.home / "tokens")
    await credentials.save(DESK, TOKENS, Place.KEYRING)

    report = await credentials.forget(DESK)

    assert report.clean
    assert report.removed == (f"{KEY}: removed from the keyring of this system",)
    assert await KeyringStore().read(KEY) == Tokens()
    assert await KeyringStore().keys() == ()


async def test_forget_all_finds_profiles_that_the_settings_no_longer_name(desktop: Session) -> None:
    credentials = default_credentials({}, desktop.home / "tokens")
    for name in ("one", "two"):
        await credentials.save(Profile(name), TOKENS, Place.KEYRING)

    report = await default_credentials({}, desktop.home / "tokens").forget_all()

    assert report.clean
    assert len(report.removed) == 2
    assert not (await credentials.find(Profile("one"))).complete


async def test_tokens_are_not_found_for_another_server(desktop: Session) -> None:
    credentials = default_credentials({}, desktop.home / "tokens")
    await credentials.save(DESK, TOKENS, Place.KEYRING)

    found = await credentials.find(Profile("desk", server="http://127.0.0.1:8080/api"))

    assert (found.partner, found.user) == (None, None)


async def test_an_unlocked_keyring_is_described_by_name(desktop: Session) -> None:
    state = await default_credentials({}, desktop.home / "tokens").describe_keyring()

    assert (state.backend, state.usable, state.locked) == ("Secret Service", True, False)


async def test_a_locked_keyring_is_told_at_once_and_asks_for_nothing(desktop: Session) -> None:
    store = KeyringStore()
    await store.write(KEY, TOKENS)
    lock_keyring()

    begun = time.monotonic()
    with pytest.raises(KeyringTrouble) as trouble:
        await store.read(KEY)
    state = await store.describe()

    assert trouble.value.kind is TroubleKind.LOCKED
    assert (state.backend, state.usable, state.locked) == ("Secret Service", False, True)
    assert state.next_step
    assert time.monotonic() - begun < 2.5  # below the limit: it was told, not waited out
    assert desktop.files_that_hold(PARTNER, USER) == []


async def test_forgetting_with_a_locked_keyring_says_where_the_tokens_still_are(desktop: Session) -> None:
    credentials = default_credentials({}, desktop.home / "tokens")
    await credentials.save(DESK, TOKENS, Place.KEYRING)
    lock_keyring()

    report = await credentials.forget(DESK)

    assert not report.clean
    assert "may still be in the keyring" in report.left[0]
    assert "locked" in report.left[0]


async def test_a_keyring_without_a_collection_is_told_instead_of_prompted_for(session: Session) -> None:
    session.start_keyring(None)

    with pytest.raises(KeyringTrouble) as trouble:
        await KeyringStore().write(KEY, TOKENS)

    assert trouble.value.kind is TroubleKind.NO_COLLECTION


@pytest.mark.usefixtures("plain_home")
async def test_a_session_without_a_bus_has_no_keyring() -> None:
    state = await KeyringStore().describe()

    assert (state.backend, state.usable, state.locked) == (None, False, False)
    assert "no keyring" in state.words


async def test_a_bus_that_is_gone_is_no_keyring(plain_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={plain_home}/gone")

    with pytest.raises(KeyringTrouble) as trouble:
        await KeyringStore().read(KEY)

    assert trouble.value.kind is TroubleKind.ABSENT


async def test_a_bus_that_never_answers_is_given_up(plain_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(f"{plain_home}/silent")
        silent.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={plain_home}/silent")
        store = KeyringStore(limit=0.2)

        state = await store.describe()
        again = await store.describe()

    assert not state.usable
    assert "did not answer in time" in state.words
    assert again.words == state.words


def test_a_process_ends_although_its_keyring_never_answers(plain_home: Path) -> None:
    code = (
        "import asyncio\n"
        "from tui_app.credentials.keyring_store import KeyringStore\n"
        "print(asyncio.run(KeyringStore(limit=0.2).describe()).words)\n"
    )
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(f"{plain_home}/silent")
        silent.listen()
        environ = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={plain_home}/silent", "HOME": str(plain_home)}
        run = subprocess.run(
            [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True, timeout=20
        )

    assert "did not answer in time" in run.stdout
    assert run.stderr == ""
