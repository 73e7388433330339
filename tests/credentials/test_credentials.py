"""All places together: what is found first, what a save leaves behind, what a forget could not remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.credentials.vaults import DictVault, FailingVault, ForgetfulVault
from tui_app.credentials import Credentials, Place, Tokens, TroubleKind
from tui_app.credentials.backends import Backend
from tui_app.credentials.environment import EnvironmentStore
from tui_app.credentials.file_store import FileStore
from tui_app.credentials.keyring_store import KeyringStore
from tui_app.credentials.memory_store import MemoryStore
from tui_app.secret import SecretStr
from tui_app.settings import Profile

if TYPE_CHECKING:
    from pathlib import Path

DESK = Profile("desk")
OLD = Tokens(SecretStr("old-partner"), SecretStr("old-user"))
NEW = Tokens(SecretStr("new-partner"), SecretStr("new-user"))


class Places:
    """All places of one test, the keyring in a dict."""

    def __init__(self, folder: Path) -> None:
        self.environ: dict[str, str] = {}
        self.vault = DictVault()
        self.locked = False
        self.file = folder / "tokens" / "tokens.json"
        self.credentials = self.next_run()

    def next_run(self) -> Credentials:
        keyring = KeyringStore(choose=self._choose)
        return Credentials(EnvironmentStore(self.environ), MemoryStore(), keyring, FileStore(self.file))

    def _choose(self) -> Backend:
        return Backend("a test's keyring", self.vault, lambda: self.locked)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


async def test_nothing_is_found_where_nothing_was_saved(places: Places) -> None:
    found = await places.credentials.find(DESK)

    assert not found.complete
    assert (found.partner_source, found.user_source, found.troubles) == ("", "", ())


@pytest.mark.parametrize("place", list(Place))
async def test_what_is_saved_in_a_place_is_found_there(places: Places, place: Place) -> None:
    report = await places.credentials.save(DESK, NEW, place)

    found = await places.credentials.find(DESK)

    assert report.stored
    assert (found.partner, found.user) == (NEW.partner, NEW.user)
    assert found.user_source in report.words


async def test_only_this_run_knows_what_was_saved_for_this_run(places: Places) -> None:
    await places.credentials.save(DESK, NEW, Place.MEMORY)

    assert not (await places.next_run().find(DESK)).complete
    assert places.vault.entries == {}
    assert not places.file.exists()


async def test_the_environment_goes_first_and_one_token_may_come_from_elsewhere(places: Places) -> None:
    await places.credentials.save(DESK, OLD, Place.KEYRING)
    places.environ["ALTEGIO_USER_TOKEN"] = "from-outside"

    found = await places.credentials.find(DESK)

    assert found.user == SecretStr("from-outside")
    assert found.user_source == "the environment (ALTEGIO_USER_TOKEN)"
    assert (found.partner, found.partner_source) == (OLD.partner, "the keyring of this system")


async def test_a_variable_that_cannot_be_used_does_not_bring_up_the_token_of_another(places: Places) -> None:
    await places.credentials.save(DESK, OLD, Place.KEYRING)
    places.environ["ALTEGIO_USER_TOKEN"] = "two words"

    found = await places.credentials.find(DESK)

    assert (found.partner, found.user, found.user_source) == (OLD.partner, None, "")
    assert [trouble.kind for trouble in found.troubles] == [TroubleKind.BAD_TOKEN]


async def test_a_complete_environment_does_not_touch_the_keyring(places: Places) -> None:
    places.environ.update(ALTEGIO_PARTNER_TOKEN="p", ALTEGIO_USER_TOKEN="u")
    places.vault = FailingVault(AssertionError("the keyring was asked"))

    assert (await places.next_run().find(DESK)).troubles == ()


async def test_this_run_goes_before_what_the_keyring_still_holds(places: Places) -> None:
    await places.credentials.save(DESK, OLD, Place.KEYRING)
    await places.credentials.save(DESK, NEW, Place.MEMORY)

    assert (await places.credentials.find(DESK)).user == NEW.user
    assert (await places.next_run().find(DESK)).user == OLD.user


async def test_saving_the_user_token_alone_keeps_the_partner_token(places: Places) -> None:
    await places.credentials.save(DESK, OLD, Place.KEYRING)

    report = await places.credentials.save(DESK, Tokens(user=NEW.user), Place.KEYRING)

    found = await places.next_run().find(DESK)
    assert (found.partner, found.user) == (OLD.partner, NEW.user)
    assert report.words.startswith("User token of desk saved")


async def test_a_token_that_moves_into_the_keyring_leaves_the_file(places: Places) -> None:
    await places.credentials.save(DESK, OLD, Place.FILE)

    await places.credentials.save(DESK, NEW, Place.KEYRING)

    assert not places.file.exists()
    assert (await places.next_run().find(DESK)).user == NEW.user


async def test_only_the_kind_of_token_that_was_saved_leaves_the_other_places(places: Places) -> None:
    await places.credentials.save(DESK, OLD, Place.FILE)

    await places.credentials.save(DESK, Tokens(user=NEW.user), Place.KEYRING)

    found = await places.next_run().find(DESK)
    assert (found.partner_source, found.user_source) == ("the token file", "the keyring of this system")


async def test_an_older_token_in_a_locked_keyring_is_told_when_the_file_takes_over(places: Places) -> None:
    await places.credentials.save(DESK, OLD, Place.KEYRING)
    places.locked = True

    report = await places.credentials.save(DESK, NEW, Place.FILE)

    assert report.stored
    assert "An older one may still be in the keyring" in report.words


async def test_a_save_that_fails_says_so_and_goes_nowhere_else(places: Places) -> None:
    places.locked = True

    report = await places.credentials.save(DESK, NEW, Place.KEYRING)

    assert not report.stored
    assert report.trouble is not None
    assert report.trouble.kind is TroubleKind.LOCKED
    assert not places.file.exists()
    assert not (await places.credentials.find(DESK)).complete


async def test_a_save_that_was_not_read_back_does_not_claim_that_nothing_is_there(places: Places) -> None:
    places.vault = ForgetfulVault()

    report = await places.credentials.save(DESK, NEW, Place.KEYRING)

    assert not report.stored
    assert report.words.startswith("It is not certain what was saved")


async def test_a_saved_token_that_the_environment_overrules_is_told(places: Places) -> None:
    places.environ["ALTEGIO_USER_TOKEN"] = "from-outside"

    report = await places.credentials.save(DESK, NEW, Place.MEMORY)

    assert "But the environment (ALTEGIO_USER_TOKEN) goes before it." in report.words


@pytest.mark.parametrize("text", ["", "two words", "line\nbreak", "a,b"])
async def test_what_is_no_token_is_not_saved(places: Places, text: str) -> None:
    report = await places.credentials.save(DESK, Tokens(user=SecretStr(text)), Place.MEMORY)

    assert not report.stored
    assert report.trouble is not None
    assert report.trouble.kind is TroubleKind.BAD_TOKEN


async def test_saving_nothing_is_told(places: Places) -> None:
    assert not (await places.credentials.save(DESK, Tokens(), Place.MEMORY)).stored


async def test_a_broken_keyring_is_named_and_the_file_is_still_read(places: Places) -> None:
    await places.credentials.save(DESK, NEW, Place.FILE)
    places.locked = True

    found = await places.next_run().find(DESK)

    assert found.complete
    assert found.user_source == "the token file"
    assert [trouble.kind for trouble in found.troubles] == [TroubleKind.LOCKED]


async def test_forgetting_empties_every_place(places: Places) -> None:
    for place in Place:
        await places.credentials.save(DESK, NEW, place)

    report = await places.credentials.forget(DESK)

    assert report.clean
    assert not (await places.credentials.find(DESK)).complete
    assert places.vault.entries == {}
    assert not places.file.exists()


async def test_forgetting_one_profile_leaves_the_others(places: Places) -> None:
    other = Profile("other")
    for profile in (DESK, other):
        await places.credentials.save(profile, NEW, Place.KEYRING)

    await places.credentials.forget(DESK)

    assert (await places.credentials.find(other)).complete


async def test_forget_all_does_what_it_can_and_names_the_rest(places: Places) -> None:
    await places.credentials.save(DESK, NEW, Place.KEYRING)
    await places.credentials.save(Profile("other"), NEW, Place.FILE)
    places.environ["ALTEGIO_PARTNER_TOKEN"] = "from-outside"
    places.locked = True

    report = await places.credentials.forget_all()

    assert report.removed == ("other @ https://api.alteg.io: removed from the token file",)
    assert not places.file.exists()
    assert "keyring" in report.left[0]
    assert report.left[1] == "a token still comes from the environment (ALTEGIO_PARTNER_TOKEN): unset it there"


async def test_no_report_ever_holds_a_token(places: Places) -> None:
    reports: list[object] = []
    for place in Place:
        reports += [await places.credentials.save(DESK, NEW, place), await places.credentials.find(DESK)]
    reports.append(await places.credentials.forget(DESK))

    assert "new-" not in repr(reports)
