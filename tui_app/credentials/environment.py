"""Tokens from the environment: the variable itself, or a file that it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui_app.credentials.background import TIME_LIMIT, Background, NoAnswer
from tui_app.credentials.model import FoundTokens, StoreTrouble, TroubleKind
from tui_app.credentials.packing import token_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_app.secret import SecretStr

PARTNER_VARIABLE: Final = "ALTEGIO_PARTNER_TOKEN"
USER_VARIABLE: Final = "ALTEGIO_USER_TOKEN"
LARGEST_TOKEN_FILE: Final = 65_536  # bytes


class EnvironmentStore:
    """Reads tokens from a mapping of environment variables (design 7). It can neither save nor forget.

    A file is read once: it may be a pipe, which gives its token one time only.
    """

    def __init__(self, environ: Mapping[str, str], *, limit: float = TIME_LIMIT) -> None:
        self._environ = environ
        self._background = Background("frontdesk-token-file", limit)
        self._files: dict[str, SecretStr] = {}

    async def find(self) -> FoundTokens:
        """Find both tokens, each with the variable it came from.

        A variable that is set and cannot be used is named as a source without a token, and in `troubles`.
        """
        troubles: list[StoreTrouble] = []
        partner, partner_source = await self._token(PARTNER_VARIABLE, troubles)
        user, user_source = await self._token(USER_VARIABLE, troubles)
        return FoundTokens(partner, user, partner_source, user_source, tuple(troubles))

    async def _token(self, variable: str, troubles: list[StoreTrouble]) -> tuple[SecretStr | None, str]:
        text, path = self._environ.get(variable, ""), self._environ.get(f"{variable}_FILE", "")
        if not text and not path:
            return None, ""
        source = f"the environment ({variable})" if text else f"the file named by {variable}_FILE"
        try:
            return token_from(text, variable) if text else await self._from_file(f"{variable}_FILE", path), source
        except StoreTrouble as trouble:
            troubles.append(trouble)
            return None, source

    async def _from_file(self, variable: str, path: str) -> SecretStr:
        if path not in self._files:
            try:
                raw = await self._background.run(lambda _: _read_at_most(Path(path), LARGEST_TOKEN_FILE))
                self._files[path] = token_from(raw.decode("ascii"), f"the file named by {variable}")
            except UnicodeDecodeError:
                raise _unreadable(variable, "it is not plain text") from None
            except OSError as error:
                raise _unreadable(variable, error.strerror or "unknown error") from None
            except NoAnswer:
                raise _unreadable(variable, "reading it took too long") from None
        return self._files[path]


def _read_at_most(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _unreadable(variable: str, reason: str) -> StoreTrouble:
    return StoreTrouble(
        TroubleKind.UNREADABLE_FILE,
        f"the file named by {variable} cannot be read: {reason}",
        f"correct {variable}, or unset it",
    )
