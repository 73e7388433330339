"""What the stores of tokens say to each other and to the program."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from tui_app.secret import SecretStr


class TokenOwner(Protocol):
    """Whom tokens belong to: a profile and the origin that they may be sent to. `settings.Profile` is one."""

    @property
    def name(self) -> str:
        """The name of the profile."""
        ...

    @property
    def origin(self) -> str:
        """Scheme, host and port: a token is never found for another one (design 6, «Never leak»)."""
        ...


def owner_key(owner: TokenOwner) -> str:
    """Name an owner's entry in a store, so that another server never gets the tokens of this one."""
    return f"{owner.name} @ {owner.origin}"


class Place(StrEnum):
    """Where tokens can be saved."""

    KEYRING = "keyring"
    MEMORY = "memory"
    FILE = "file"


class Tokens(Struct, frozen=True):
    """A partner token and a user token; None where there is none, or, in a save, where it stays as it is."""

    partner: SecretStr | None = None
    user: SecretStr | None = None


class TroubleKind(StrEnum):
    """What stands between the program and a stored token."""

    ABSENT = "absent"
    NO_COLLECTION = "no-collection"
    LOCKED = "locked"
    REFUSED_BACKEND = "refused-backend"
    NO_ANSWER = "no-answer"
    NO_SESSION = "no-session"
    DIFFERENT = "different"
    BROKEN = "broken"
    BAD_TOKEN = "bad-token"  # noqa: S105  a kind of trouble, not a token
    UNSAFE_FILE = "unsafe-file"
    UNREADABLE_FILE = "unreadable-file"


class StoreTrouble(Exception):
    """A store could not do what was asked; `words` say what, `next_step` what helps. Neither ever holds a token."""

    def __init__(self, kind: TroubleKind, words: str, next_step: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words
        self.next_step = next_step


class KeyringTrouble(StoreTrouble):
    """The keyring of the system could not be used."""


class FoundTokens(Struct, frozen=True):
    """The tokens of a profile, each with its source in words («» where it was not found), and what was in the way."""

    partner: SecretStr | None = None
    user: SecretStr | None = None
    partner_source: str = ""
    user_source: str = ""
    troubles: tuple[StoreTrouble, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether both tokens are here."""
        return self.partner is not None and self.user is not None


class SaveReport(Struct, frozen=True):
    """How a save went: `stored` is true only when the tokens were read back alike. `words` tell what is where."""

    place: Place
    stored: bool
    words: str
    trouble: StoreTrouble | None = None


class ForgetReport(Struct, frozen=True):
    """What a forget removed, and what is still somewhere, each line in words."""

    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing is left anywhere."""
        return not self.left


class KeyringState(Struct, frozen=True):
    """The keyring as found without a prompt: its name, whether it can be used now, whether it is locked, in words."""

    backend: str | None
    usable: bool
    locked: bool
    words: str
    next_step: str = ""
