"""The keyring of the system as a store of tokens: never a prompt, never a hang, nothing taken on trust."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from tui_app.credentials.backends import Backend, choose_backend, fetch_native_parts
from tui_app.credentials.background import TIME_LIMIT, Background, NoAnswer
from tui_app.credentials.model import KeyringState, StoreTrouble, Tokens, TroubleKind
from tui_app.credentials.packing import pack, pack_names, unpack, unpack_names
from tui_app.credentials.trouble import explain, keyring_trouble

Value = TypeVar("Value")
Wanted = Callable[[], bool]

SERVICE: Final = "altegio-frontdesk"
INDEX: Final = "profiles"  # the entry that names the other entries: a keyring cannot be asked for them


class KeyringStore:
    """One entry an owner in the keyring of the system, both tokens in it. Every method raises KeyringTrouble alone.

    Each call runs in a daemon thread for `limit` seconds at most. `choose` finds the backend, anew for each call, for a
    keyring may be unlocked or started meanwhile.
    """

    def __init__(
        self, *, choose: Callable[[], Backend] = choose_backend, service: str = SERVICE, limit: float = TIME_LIMIT
    ) -> None:
        self._choose = choose
        self._service = service
        self._background = Background("frontdesk-keyring", limit)

    async def read(self, key: str) -> Tokens:
        """Read the tokens of an owner; empty ones where there is no entry."""
        return await self._run(lambda backend, _: unpack(backend.vault.get_password(self._service, key)))

    async def write(self, key: str, tokens: Tokens) -> None:
        """Put the tokens of an owner in the place of what is there, and read them back."""
        await self._run(lambda backend, wanted: self._write(backend, key, tokens, wanted))

    async def remove(self, key: str) -> bool:
        """Remove the entry of an owner; answers whether there was one."""
        return await self._run(lambda backend, wanted: self._remove(backend, key, wanted))

    async def keys(self) -> tuple[str, ...]:
        """Name the owners that have an entry."""
        return await self._run(lambda backend, _: self._read_index(backend))

    async def describe(self) -> KeyringState:
        """Say which keyring this is and whether it can be used now; never asks for a password, never raises."""
        try:
            name, locked = await self._run(lambda backend, _: (backend.name, backend.is_locked()), even_locked=True)
        except StoreTrouble as trouble:
            return KeyringState(None, usable=False, locked=False, words=trouble.words, next_step=trouble.next_step)
        if locked:
            shut = keyring_trouble(TroubleKind.LOCKED, name)
            return KeyringState(name, usable=False, locked=True, words=shut.words, next_step=shut.next_step)
        return KeyringState(name, usable=True, locked=False, words=f"{name}, ready for use")

    async def _run(self, work: Callable[[Backend, Wanted], Value], *, even_locked: bool = False) -> Value:
        """Run a piece of work on the backend, and let nothing but StoreTrouble out of it.

        The trouble is made in the thread: a backend's exception holds on to frames in which tokens stand.
        """

        def guarded(wanted: Wanted) -> Value | StoreTrouble:
            try:
                backend = self._choose()
                if not even_locked and backend.is_locked():
                    return keyring_trouble(TroubleKind.LOCKED, backend.name)
                return work(backend, wanted)
            except Exception as error:  # noqa: BLE001  a backend may raise anything; explain() words all of it
                return explain(error)

        await asyncio.to_thread(fetch_native_parts)
        try:
            answer = await self._background.run(guarded)
        except NoAnswer:
            answer = keyring_trouble(TroubleKind.NO_ANSWER)
        if isinstance(answer, StoreTrouble):
            raise answer
        return answer

    def _write(self, backend: Backend, key: str, tokens: Tokens, wanted: Wanted) -> None:
        self._write_index(
            backend, {*self._read_index(backend), key}, wanted
        )  # first, so that no entry is without a name
        text = pack(tokens)
        self._put(backend, key, text, wanted)
        if backend.vault.get_password(self._service, key) != text:
            raise keyring_trouble(TroubleKind.DIFFERENT, backend.name)

    def _remove(self, backend: Backend, key: str, wanted: Wanted) -> bool:
        if backend.vault.get_password(self._service, key) is None:
            self._drop_from_index(backend, key, wanted)
            return False
        _check_wanted(wanted)
        backend.vault.delete_password(self._service, key)
        if backend.vault.get_password(self._service, key) is not None:
            raise keyring_trouble(TroubleKind.DIFFERENT, backend.name)
        self._drop_from_index(backend, key, wanted)
        return True

    def _read_index(self, backend: Backend) -> tuple[str, ...]:
        return unpack_names(backend.vault.get_password(self._service, INDEX))

    def _drop_from_index(self, backend: Backend, key: str, wanted: Wanted) -> None:
        self._write_index(backend, set(self._read_index(backend)) - {key}, wanted)

    def _write_index(self, backend: Backend, names: set[str], wanted: Wanted) -> None:
        if names == set(self._read_index(backend)):
            return
        if names:
            self._put(backend, INDEX, pack_names(names), wanted)
        else:
            _check_wanted(wanted)
            backend.vault.delete_password(self._service, INDEX)

    def _put(self, backend: Backend, username: str, text: str, wanted: Wanted) -> None:
        _check_wanted(wanted)
        backend.vault.set_password(self._service, username, text)


def _check_wanted(wanted: Wanted) -> None:
    """Stop a call that was given up from changing the keyring minutes later."""
    if not wanted():
        raise NoAnswer
