"""Who may call: tokens, rights, locations and licences (contract 1)."""

import re
from dataclasses import dataclass

from tui_app.sandbox.calls import Location, User, find_location
from tui_app.sandbox.database import Database
from tui_app.sandbox.refusals import forbidden, missing, unauthorized
from tui_app.sandbox.routing import Access, Route

MEDIA_TYPE = "application/vnd.api.v2+json"
_AUTHORIZATION = re.compile(r"Bearer ([^\s,]+)(?:, ?User ([^\s,]+))?\Z")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an Authorization header holds."""

    partner: str
    user: str | None


def read_tokens(header: str | None) -> Tokens:
    """Split `Bearer <partner>, User <user>`. Raises the 401 refusal."""
    found = _AUTHORIZATION.match(header or "")
    if found is None:
        raise unauthorized("Authorization header is missing or malformed")
    return Tokens(found[1], found[2])


def accepts_media_type(header: str) -> bool:
    """Whether the Accept header names the API's media type (contract 1)."""
    return MEDIA_TYPE in {part.split(";")[0].strip().lower() for part in header.split(",")}


def identify(database: Database, route: Route, tokens: Tokens) -> User | None:
    """Find the user; None where the partner token alone is enough. Raises 401, and 403 for a reader who writes."""
    known = database.row("SELECT value FROM facts WHERE name = 'partner_token'")
    if known is None or known["value"] != tokens.partner:
        raise unauthorized("Partner token is not valid")
    if route.name.startswith("log_in"):
        return None
    if tokens.user is None:
        if route.access is Access.PARTNER:
            return None
        raise unauthorized("User token is required")
    found = database.row("SELECT * FROM users WHERE token = ?", (tokens.user,))
    if found is None:
        raise unauthorized("User token is not valid")
    if route.writes and not found["writes"]:
        raise forbidden()
    return User(
        id=found["id"],
        role=found["role"],
        name=found["name"],
        writes=bool(found["writes"]),
        sees_phones=bool(found["sees_phones"]),
        autocompletes=bool(found["autocompletes"]),
        edit_days=found["edit_days"],
    )


def enter(database: Database, route: Route, user: User | None, location_id: int) -> Location:
    """Find the location and check that the user may do this there. Raises 402, 403, 404."""
    if not database.number("SELECT count(*) FROM locations WHERE id = ?", (location_id,)):
        raise missing("Location")
    if user is not None:
        managed = database.numbers("SELECT location_id FROM user_locations WHERE user_id = ?", (user.id,))
        if location_id not in managed:
            raise forbidden("No access to this location")
        if route.access is Access.AUTOCOMPLETE and not user.autocompletes:
            raise forbidden()
    return find_location(database, location_id)
