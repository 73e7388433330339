"""What Connect needs from outside, and what it answers."""

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui_app.altegio.api import AltegioApi
    from tui_app.altegio.tokens import Tokens as ApiTokens
    from tui_app.credentials import ForgetReport, FoundTokens, KeyringState, Place, SaveReport, TokenOwner, Tokens
    from tui_app.secret import SecretStr
    from tui_app.settings import Profile, Settings


class CredentialDesk(Protocol):
    """Where tokens are found, saved and forgotten; `tui_app.credentials.Credentials` is one."""

    async def find(self, owner: "TokenOwner") -> "FoundTokens":
        """Find the tokens of a profile."""
        ...

    async def save(self, owner: "TokenOwner", tokens: "Tokens", where: "Place") -> "SaveReport":
        """Save tokens in one place."""
        ...

    async def forget(self, owner: "TokenOwner") -> "ForgetReport":
        """Remove the tokens of a profile everywhere."""
        ...

    async def forget_all(self, owners: "Iterable[TokenOwner]" = ()) -> "ForgetReport":
        """Remove the tokens of every profile."""
        ...

    async def describe_keyring(self) -> "KeyringState":
        """Say which keyring there is, without a prompt."""
        ...


class ConnectServices(Struct, frozen=True, kw_only=True):
    """The services of Connect.

    `save_settings` writes them and raises SettingsError or OSError; it is also how the program learns of changed
    profiles. `open_api` makes an API that Connect closes again. `settings_path` and `token_file` are for words alone.
    """

    credentials: CredentialDesk
    save_settings: "Callable[[Settings], object]"
    open_api: "Callable[[Profile, ApiTokens], AltegioApi]"
    settings_path: str
    token_file: str


class Connected(Struct, frozen=True, kw_only=True):
    """A profile that a test call has proved, with the tokens to use now. Their values are in no repr."""

    profile: "Profile"
    partner: "SecretStr"
    user: "SecretStr"
    location_id: int
    settings: "Settings"
