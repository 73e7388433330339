"""Tokens in a file that only its owner can read: for machines without a keyring, and only by explicit consent."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Final, TypeVar

from tui_app.credentials.background import TIME_LIMIT, Background, NoAnswer
from tui_app.credentials.model import StoreTrouble, Tokens, TroubleKind
from tui_app.credentials.packing import pack, unpack_entry
from tui_app.private_file import make_private_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Value = TypeVar("Value")
Entries = dict[str, object]

APP_FOLDER: Final = "altegio-frontdesk"
LARGEST_FILE: Final = 1_000_000  # bytes
OTHERS: Final = 0o077  # any right of the group or of everybody
_PROTECTS: Final = os.name == "posix"


def default_token_file() -> Path:
    """Name the token file: in the data folder, which is not kept under version control as config folders often are."""
    import platformdirs

    return platformdirs.user_data_path(APP_FOLDER, appauthor=False) / "tokens" / "tokens.json"


class FileStore:
    """A 0600 file in a 0700 folder, both of this user. Every method raises StoreTrouble alone."""

    def __init__(self, path: Path, *, limit: float = TIME_LIMIT) -> None:
        self.path = path
        self._background = Background("frontdesk-tokens", limit)

    async def read(self, key: str) -> Tokens:
        """Read the tokens of an owner; empty ones where there is no file. Refuses a file that others can read."""
        return await self._run(lambda: unpack_entry(self._load().get(key)))

    async def write(self, key: str, tokens: Tokens) -> None:
        """Put the tokens of an owner in the place of what is there, and read them back."""
        await self._run(lambda: self._write(key, tokens))

    async def remove(self, key: str) -> bool:
        """Remove the tokens of an owner, and the file with the last of them; answers whether there were any."""
        return await self._run(lambda: self._remove(key))

    async def keys(self) -> tuple[str, ...]:
        """Name the owners that have tokens here."""
        return await self._run(lambda: tuple(self._load(even_open=True)))

    async def _run(self, work: Callable[[], Value]) -> Value:
        try:
            return await self._background.run(lambda _: work())
        except NoAnswer:
            raise self._unreadable("the disk did not answer in time") from None
        except OSError as error:
            raise self._unreadable(error.strerror or type(error).__name__) from None

    def _load(self, *, even_open: bool = False) -> Entries:
        if not _PROTECTS and not self.path.exists():
            return {}
        self._need_protection()
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return {}
        with os.fdopen(descriptor, "rb") as file:
            self._check(os.fstat(descriptor), even_open=even_open)
            raw = file.read(LARGEST_FILE)
        try:
            entries = json.loads(raw)
        except (ValueError, RecursionError):
            entries = None
        if not isinstance(entries, dict):
            raise self._unreadable("it does not hold what this program writes")
        return entries

    def _need_protection(self) -> None:
        if not _PROTECTS:
            raise self._unsafe("this system has no file rights that could protect it", "use the keyring of the system")

    def _check(self, status: os.stat_result, *, even_open: bool) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise self._unsafe("it is not a plain file", f"remove {self.path}")
        if status.st_uid != os.geteuid():
            raise self._unsafe("it belongs to another user", f"remove {self.path}, or run as its owner")
        if even_open:
            return
        if status.st_mode & OTHERS:
            raise self._unsafe("other users may read it", f"chmod 600 '{self.path}', and consider the tokens known")
        self._check_folder()

    def _check_folder(self) -> None:
        folder = self.path.parent
        status = folder.stat()
        if status.st_uid != os.geteuid() or status.st_mode & OTHERS:
            raise self._unsafe("other users may enter its folder", f"chmod 700 '{folder}'")

    def _write(self, key: str, tokens: Tokens) -> None:
        self._need_protection()
        entries = self._load()
        make_private_folder(self.path.parent)
        self._check_folder()
        self._store({**entries, key: json.loads(pack(tokens))})
        if unpack_entry(self._load().get(key)) != tokens:
            raise self._unreadable("it did not give back what was stored in it")

    def _remove(self, key: str) -> bool:
        entries = self._load(even_open=True)
        if key not in entries:
            return False
        del entries[key]
        if entries:
            self._store(entries)
        else:
            self.path.unlink()
        return True

    def _store(self, entries: Entries) -> None:
        write_private(self.path, json.dumps(entries, ensure_ascii=True, indent=1) + "\n")

    def _unsafe(self, reason: str, next_step: str) -> StoreTrouble:
        return StoreTrouble(TroubleKind.UNSAFE_FILE, f"the token file {self.path} is not used: {reason}", next_step)

    def _unreadable(self, reason: str) -> StoreTrouble:
        return StoreTrouble(
            TroubleKind.UNREADABLE_FILE,
            f"the token file {self.path} cannot be used: {reason}",
            "look at it, or remove it and connect again",
        )
