"""All places of tokens as one: where they are found, saved and forgotten, told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from tui_app.credentials.environment import EnvironmentStore
from tui_app.credentials.file_store import FileStore, default_token_file
from tui_app.credentials.keyring_store import KeyringStore
from tui_app.credentials.memory_store import MemoryStore
from tui_app.credentials.model import (
    ForgetReport,
    FoundTokens,
    KeyringState,
    Place,
    SaveReport,
    StoreTrouble,
    TokenOwner,
    Tokens,
    TroubleKind,
    owner_key,
)
from tui_app.credentials.packing import is_empty, merged, token_from, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tui_app.secret import SecretStr

ORDER: Final = (Place.MEMORY, Place.KEYRING, Place.FILE)
_NOTHING_THERE: Final = frozenset({TroubleKind.ABSENT, TroubleKind.REFUSED_BACKEND, TroubleKind.NO_COLLECTION})
_UNCERTAIN: Final = frozenset({TroubleKind.NO_ANSWER, TroubleKind.DIFFERENT})
_PLACES: Final = {
    Place.KEYRING: "the keyring of this system",
    Place.MEMORY: "memory, for this run only",
    Place.FILE: "the token file",
}


class TokenStore(Protocol):
    """A place that keeps tokens by an owner's key; every method raises StoreTrouble alone."""

    async def read(self, key: str) -> Tokens:
        """Read the tokens of an owner; empty ones where there are none."""
        ...

    async def write(self, key: str, tokens: Tokens) -> None:
        """Put the tokens of an owner in the place of what is there."""
        ...

    async def remove(self, key: str) -> bool:
        """Remove the tokens of an owner; answers whether there were any."""
        ...

    async def keys(self) -> tuple[str, ...]:
        """Name the owners that have tokens here."""
        ...


class Credentials:
    """Finds tokens in the environment, then of this run, then in the keyring, then in the file.

    This run goes before the keyring because it is only filled by a choice made in this run, which is the newest one.
    """

    def __init__(
        self, environment: EnvironmentStore, memory: MemoryStore, keyring: KeyringStore, file: FileStore
    ) -> None:
        self._environment = environment
        self._keyring = keyring
        self._stores: dict[Place, TokenStore] = {Place.MEMORY: memory, Place.KEYRING: keyring, Place.FILE: file}

    async def find(self, owner: TokenOwner) -> FoundTokens:
        """Find the tokens of a profile; a place that cannot be read is named in `troubles`, and the next one tried.

        A variable that is set but cannot be used hides the other places: theirs may be the token of another user.
        """
        found = await self._environment.find()
        troubles = list(found.troubles)
        for place in ORDER:
            if found.partner_source and found.user_source:
                break
            try:
                stored = await self._stores[place].read(owner_key(owner))
            except StoreTrouble as trouble:
                troubles.append(trouble)
                continue
            found = _filled(found, stored, _PLACES[place])
        partner_source = found.partner_source if found.partner else ""
        user_source = found.user_source if found.user else ""
        return FoundTokens(found.partner, found.user, partner_source, user_source, tuple(troubles))

    async def save(self, owner: TokenOwner, tokens: Tokens, where: Place) -> SaveReport:
        """Save tokens in one place (None leaves that kind as it is) and take older ones out of the other places.

        A save that fails changes nothing elsewhere and is never made up for by another place: that is for the operator.
        """
        if is_empty(tokens):
            return SaveReport(where, stored=False, words="Nothing was saved: there is no token.")
        key = owner_key(owner)
        try:
            checked = Tokens(_checked(tokens.partner, "partner token"), _checked(tokens.user, "user token"))
            store = self._stores[where]
            await store.write(key, merged(await store.read(key), checked))
        except StoreTrouble as trouble:
            begun = "It is not certain what was saved" if trouble.kind in _UNCERTAIN else "Nothing was saved"
            return SaveReport(where, stored=False, words=f"{begun}: {trouble.words}.", trouble=trouble)
        lines = [f"{_kinds(checked)} of {owner.name} saved in {_PLACES[where]}."]
        lines += await self._clear_older(key, checked, where)
        lines += await self._overruled(checked)
        return SaveReport(where, stored=True, words=" ".join(lines))

    async def forget(self, owner: TokenOwner) -> ForgetReport:
        """Remove the tokens of a profile everywhere; what cannot be removed is named, with the place where it is."""
        removed: list[str] = []
        left: list[str] = []
        for place in ORDER:
            await self._remove(place, owner_key(owner), removed, left)
        return ForgetReport(tuple(removed), (*left, *await self._in_environment()))

    async def forget_all(self, owners: Iterable[TokenOwner] = ()) -> ForgetReport:
        """Remove the tokens of every profile that any place names, and of those that are given besides."""
        removed: list[str] = []
        left: list[str] = []
        known = {owner_key(owner) for owner in owners}
        for place in ORDER:
            try:
                keys = known | set(await self._stores[place].keys())
            except StoreTrouble as trouble:
                left.append(_still(place, "everything that was saved there", trouble))
                continue
            for key in sorted(keys):
                await self._remove(place, key, removed, left)
        return ForgetReport(tuple(removed), (*left, *await self._in_environment()))

    async def describe_keyring(self) -> KeyringState:
        """Say which keyring there is and whether it can be used now, without a prompt."""
        return await self._keyring.describe()

    async def _remove(self, place: Place, key: str, removed: list[str], left: list[str]) -> None:
        try:
            if await self._stores[place].remove(key):
                removed.append(f"{key}: removed from {_PLACES[place]}")
        except StoreTrouble as trouble:
            left.append(_still(place, key, trouble))

    async def _clear_older(self, key: str, tokens: Tokens, saved_in: Place) -> list[str]:
        """Take the kinds of token that were just saved out of the other places, unless they were saved for this run."""
        lines: list[str] = []
        for place in ORDER if saved_in is not Place.MEMORY else ():
            if place is saved_in:
                continue
            try:
                old = await self._stores[place].read(key)
                rest = without(old, tokens)
                if is_empty(rest):
                    await self._stores[place].remove(key)
                elif rest != old:
                    await self._stores[place].write(key, rest)
            except StoreTrouble as trouble:
                if trouble.kind not in _NOTHING_THERE:
                    lines.append(f"An older one may still be in {_PLACES[place]}: {trouble.words}.")
        return lines

    async def _overruled(self, saved: Tokens) -> list[str]:
        found = await self._environment.find()
        pairs = ((saved.partner, found.partner, found.partner_source), (saved.user, found.user, found.user_source))
        return [f"But {source} goes before it." for ours, theirs, source in pairs if ours and source and ours != theirs]

    async def _in_environment(self) -> tuple[str, ...]:
        found = await self._environment.find()
        sources = (found.partner_source, found.user_source)
        return tuple(f"a token still comes from {source}: unset it there" for source in sources if source)


def default_credentials(environ: Mapping[str, str], token_file: Path | None = None) -> Credentials:
    """Put the places of this machine together; nothing is read until it is asked for."""
    return Credentials(
        EnvironmentStore(environ), MemoryStore(), KeyringStore(), FileStore(token_file or default_token_file())
    )


def _filled(found: FoundTokens, stored: Tokens, source: str) -> FoundTokens:
    """Put in what is still missing."""
    partner, partner_source = _first(found.partner, found.partner_source, stored.partner, source)
    user, user_source = _first(found.user, found.user_source, stored.user, source)
    return FoundTokens(partner, user, partner_source, user_source, found.troubles)


def _first(
    found: SecretStr | None, found_source: str, stored: SecretStr | None, source: str
) -> tuple[SecretStr | None, str]:
    if found_source or stored is None:
        return found, found_source
    return stored, source


def _checked(token: SecretStr | None, kind: str) -> SecretStr | None:
    return None if token is None else token_from(token.get_secret_value(), f"the {kind}")


def _kinds(tokens: Tokens) -> str:
    if tokens.partner and tokens.user:
        return "Partner and user token"
    return "Partner token" if tokens.partner else "User token"


def _still(place: Place, what: str, trouble: StoreTrouble) -> str:
    return f"{what}: may still be in {_PLACES[place]}, for {trouble.words}; {trouble.next_step}"
