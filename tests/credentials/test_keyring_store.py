"""The keyring store against keyrings that fail, lie or hang."""

from __future__ import annotations

import json
import threading

import pytest
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordSetError

from tests.credentials.vaults import (
    ClingingVault,
    DictVault,
    FailingVault,
    ForgetfulVault,
    HangingVault,
    choosing,
)
from tui_app.credentials import KeyringTrouble, Tokens, TroubleKind
from tui_app.credentials.keyring_store import KeyringStore
from tui_app.credentials.trouble import explain
from tui_app.secret import SecretStr

PARTNER = "partner-token-7f3a9c"
TOKENS = Tokens(SecretStr(PARTNER), SecretStr("user-token-51be20"))


async def trouble_of_writing(store: KeyringStore) -> KeyringTrouble:
    with pytest.raises(KeyringTrouble) as trouble:
        await store.write("desk", TOKENS)
    return trouble.value


async def test_a_keyring_that_keeps_nothing_is_found_out_by_reading_back() -> None:
    trouble = await trouble_of_writing(KeyringStore(choose=choosing(ForgetfulVault())))

    assert trouble.kind is TroubleKind.DIFFERENT
    assert PARTNER not in trouble.words + trouble.next_step


async def test_a_keyring_that_does_not_remove_is_found_out_by_reading_back() -> None:
    vault = ClingingVault()
    store = KeyringStore(choose=choosing(vault))
    await store.write("desk", TOKENS)

    with pytest.raises(KeyringTrouble) as trouble:
        await store.remove("desk")

    assert trouble.value.kind is TroubleKind.DIFFERENT


async def test_a_locked_keyring_is_never_called() -> None:
    vault = DictVault()
    trouble = await trouble_of_writing(KeyringStore(choose=choosing(vault, locked=True)))

    assert trouble.kind is TroubleKind.LOCKED
    assert vault.entries == {}


async def test_a_keyring_that_hangs_is_given_up_and_not_asked_again_while_it_does() -> None:
    vault = HangingVault()
    store = KeyringStore(choose=choosing(vault), limit=0.05)

    first = await trouble_of_writing(store)
    before = threading.active_count()
    second = await trouble_of_writing(store)

    assert first.kind is second.kind is TroubleKind.NO_ANSWER
    assert threading.active_count() == before  # hanging calls do not pile up
    vault.let_go.set()


async def test_a_write_that_was_given_up_does_not_happen_later() -> None:
    vault = HangingVault()
    await trouble_of_writing(KeyringStore(choose=choosing(vault), limit=0.05))

    (thread,) = [thread for thread in threading.enumerate() if thread.name == "frontdesk-keyring"]
    vault.let_go.set()
    thread.join(timeout=10)

    assert vault.finished.is_set()
    assert vault.entries == {}


async def test_an_entry_that_this_program_did_not_write_holds_no_tokens() -> None:
    vault = DictVault()
    vault.set_password("altegio-frontdesk", "desk", "[not ours")

    assert await KeyringStore(choose=choosing(vault)).read("desk") == Tokens()


async def test_both_tokens_are_one_entry_and_an_index_names_it() -> None:
    vault = DictVault()
    await KeyringStore(choose=choosing(vault)).write("desk", TOKENS)

    assert json.loads(vault.entries["altegio-frontdesk/desk"]) == {"partner": PARTNER, "user": "user-token-51be20"}
    assert json.loads(vault.entries["altegio-frontdesk/profiles"]) == ["desk"]


async def test_removing_the_last_entry_removes_the_index() -> None:
    vault = DictVault()
    store = KeyringStore(choose=choosing(vault))
    await store.write("desk", TOKENS)

    assert await store.remove("desk")
    assert not await store.remove("desk")
    assert vault.entries == {}


class WindowsError1312(Exception):
    """What pywin32 raises over OpenSSH: a bare error with a number."""


WindowsError1312.__module__ = "pywintypes"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NoKeyringError(f"no backend for {PARTNER}"), TroubleKind.ABSENT),
        (InitError(f"Failed to create the collection: {PARTNER}"), TroubleKind.NO_COLLECTION),
        (KeyringLocked(PARTNER), TroubleKind.LOCKED),
        (KeyringError("Can't get password from keychain: (-25308, 'Unknown Error')"), TroubleKind.NO_SESSION),
        (PasswordSetError("Can't store password on keychain: (-25308, 'Unknown Error')"), TroubleKind.NO_SESSION),
        (WindowsError1312(1312, "CredRead", "A specified logon session does not exist."), TroubleKind.NO_SESSION),
        (WindowsError1312(5, "CredRead", "Access is denied."), TroubleKind.BROKEN),
        (ConnectionResetError(PARTNER), TroubleKind.ABSENT),
        (PasswordSetError(PARTNER), TroubleKind.BROKEN),
        (ZeroDivisionError(PARTNER), TroubleKind.BROKEN),
    ],
)
async def test_every_error_of_a_backend_becomes_words_with_a_next_step(error: Exception, kind: TroubleKind) -> None:
    trouble = await trouble_of_writing(KeyringStore(choose=choosing(FailingVault(error))))

    assert trouble.kind is kind
    assert trouble.words
    assert trouble.next_step
    assert PARTNER not in f"{trouble.words} {trouble.next_step} {trouble!r}"


async def test_the_trouble_does_not_hold_on_to_the_error_of_the_backend() -> None:
    trouble = await trouble_of_writing(KeyringStore(choose=choosing(FailingVault(PasswordSetError(PARTNER)))))

    assert (trouble.__cause__, trouble.__context__) == (None, None)


def test_errors_of_the_secret_service_are_known_without_importing_it() -> None:
    import secretstorage.exceptions as errors

    assert explain(errors.LockedException()).kind is TroubleKind.LOCKED
    assert explain(errors.PromptDismissedException()).kind is TroubleKind.LOCKED
    assert explain(errors.ItemNotFoundException()).kind is TroubleKind.NO_COLLECTION
    assert explain(errors.SecretServiceNotAvailableException()).kind is TroubleKind.ABSENT
