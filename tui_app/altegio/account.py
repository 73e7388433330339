"""Who works, and where: signing in, locations, permissions (contract 4)."""

from msgspec import Struct

from tui_app.altegio.calls import Call, Sendable
from tui_app.altegio.resources import Location, Permissions
from tui_app.altegio.service import Service
from tui_app.altegio.walltime import UnknownZone, zone
from tui_app.altegio.wire.account import read_challenge, read_location, read_permissions, read_user_token
from tui_app.altegio.wire.items import Item
from tui_app.altegio.wire.lenient import to_id, to_line
from tui_app.secret import SecretStr


class SignedIn(Struct, frozen=True):
    """A user who signed in."""

    user_token: SecretStr
    name: str
    user_id: int | None


class SecondFactorNeeded(Struct, frozen=True):
    """The server wants a code that it sent: `kind` says by what, `recipient` to where, masked by the server."""

    challenge: str
    kind: str
    recipient: str
    seconds_left: int | None
    attempts_left: int | None


class SecondFactorCode(Struct, frozen=True):
    """The code that answers a challenge."""

    challenge: str
    code: SecretStr


class AccountApi:
    """The operations on the user's own account."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def sign_in(
        self, login: str, password: SecretStr, second_factor: SecondFactorCode | None = None
    ) -> SignedIn | SecondFactorNeeded:
        """Trade login and password for a user token; the transport's own tokens stay as they are.

        Sent once: a repeated wrong password or code could lock the account. Raises TokenRefused for wrong ones.
        """
        call = Call(
            operation="sign in",
            method="POST",
            version="v1",
            path="auth",
            body=_credentials(login, password, second_factor),
            repeat=False,
            partner_only=True,
        )
        return await self._service.one(call, _read_sign_in)

    async def locations(self) -> tuple[Location, ...]:
        """List the locations that the user may manage."""
        call = Call(operation="list the locations", version="v1", path="companies", params=(("my", "1"),))
        found = await self._service.all(call, read_location)
        for location in found:
            self._remember(location)
        return found

    async def location(self, location_id: int) -> Location:
        """Read one location."""
        call = Call(operation="read the location", version="v1", path=f"company/{location_id}", params=(("my", "1"),))
        location = await self._service.one(call, read_location)
        self._remember(location)
        return location

    async def permissions(self, location_id: int) -> Permissions:
        """Read what the user may do in a location."""
        call = Call(operation="read the rights", version="v1", path=f"user/permissions/{location_id}", later=True)
        return await self._service.one(call, read_permissions)

    def _remember(self, location: Location) -> None:
        try:
            self._service.zones[location.id] = zone(location.zone)
        except UnknownZone:
            self._service.zones.pop(location.id, None)


def _credentials(login: str, password: SecretStr, second_factor: SecondFactorCode | None) -> Sendable:
    body: dict[str, Sendable] = {"login": login, "password": password}
    if second_factor is not None:
        body["2fa"] = {"uuid": second_factor.challenge, "secret": second_factor.code}
    return body


def _read_sign_in(item: Item) -> SignedIn | SecondFactorNeeded:
    token = read_user_token(item.values)
    if token is not None:
        return SignedIn(token, to_line(item.values.get("name")), to_id(item.values.get("id")))
    challenge, seconds_left, attempts_left = read_challenge(item.values)
    return SecondFactorNeeded(challenge.uuid, challenge.kind, challenge.recipient, seconds_left, attempts_left)
