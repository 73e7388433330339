"""Who works, and where: signing in, locations, permissions (contract 4)."""

from dataclasses import dataclass

from pydantic import SecretStr

from tui_app.altegio.resources import Location, Permissions


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user who signed in."""

    user_token: SecretStr
    name: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class SecondFactorNeeded:
    """The server wants a code that it sent: `kind` says by what (sms, ...), `recipient` to where, masked by the server."""

    challenge: str
    kind: str
    recipient: str
    seconds_left: int | None
    attempts_left: int | None


@dataclass(frozen=True, slots=True)
class SecondFactorCode:
    """The code that answers a challenge."""

    challenge: str
    code: SecretStr


class AccountApi:
    """The operations on the user's own account."""

    async def sign_in(
        self, login: str, password: SecretStr, second_factor: SecondFactorCode | None = None
    ) -> SignedIn | SecondFactorNeeded:
        """Trade login and password for a user token; the transport's own tokens stay as they are."""
        raise NotImplementedError

    async def locations(self) -> tuple[Location, ...]:
        """List the locations that the user may manage."""
        raise NotImplementedError

    async def location(self, location_id: int) -> Location:
        """Read one location."""
        raise NotImplementedError

    async def permissions(self, location_id: int) -> Permissions:
        """Read what the user may do in a location."""
        raise NotImplementedError
