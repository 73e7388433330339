"""Locations, permissions and sign-in as they are answered (contract 4)."""

from tui_app.altegio.calls import Json
from tui_app.altegio.envelope import BrokenAnswer
from tui_app.altegio.regions import region_of_country
from tui_app.altegio.resources import Location, Permissions
from tui_app.altegio.wire.items import Item, Values, need_id, renamed
from tui_app.altegio.wire.lenient import Flag, Lenient, Line, to_count, to_int, to_line
from tui_app.secret import SecretStr


class LocationAnswer(Lenient, frozen=True):
    """The values of a location."""

    title: Line = ""
    timezone_name: Line = ""
    country: Line = ""
    country_code: Line = ""
    city: Line = ""
    address: Line = ""
    phone_confirmation: Flag = False


def read_location(item: Item) -> Location:
    """Read a location. Raises BrokenAnswer without an id."""
    answer = LocationAnswer.read(renamed(item.values, title="public_title", country_code="country_iso"))
    code = answer.country_code.upper()
    return Location(
        id=need_id(item.values),
        title=answer.title,
        zone=answer.timezone_name,
        country=answer.country,
        region=code if len(code) == 2 and code.isalpha() else region_of_country(answer.country),
        city=answer.city,
        address=answer.address,
        phone_confirmation=answer.phone_confirmation,
    )


def read_permissions(item: Item) -> Permissions:
    """Read what the user may do: every flag by its own name, however deep it stands."""
    flags: dict[str, bool] = {}
    window: int | None = None
    pending: list[Values] = [item.values]
    while pending:
        for key, value in pending.pop(0).items():
            if isinstance(value, dict):
                pending.append(value)
            elif key == "records_edit_last_days_count":
                window = to_int(value) if window is None else window
            elif (flag := _flag(value)) is not None:
                flags.setdefault(to_line(key), flag)
    return Permissions(flags, window)


def read_user_token(values: Values) -> SecretStr | None:
    """Take the user token out of the answer to a sign-in; None: there is none."""
    token = values.get("user_token")
    return SecretStr(token) if isinstance(token, str) and token else None


class Challenge(Lenient, frozen=True):
    """A second factor that is asked for."""

    uuid: Line = ""
    kind: Line = ""
    recipient: Line = ""


def read_challenge(values: Values) -> tuple[Challenge, int | None, int | None]:
    """Read a second factor that is asked for, its seconds and its attempts left. Raises BrokenAnswer."""
    way = values.get("transport")
    told = way if isinstance(way, dict) else {"type": way}
    challenge = Challenge.read(
        {"uuid": values.get("uuid"), "kind": told.get("type"), "recipient": told.get("recipient")}
    )
    if not challenge.uuid:
        raise BrokenAnswer("the answer holds neither a user token nor a question for a code")
    return challenge, to_count(values.get("refresh_ttl_sec")), to_count(values.get("attempts_left"))


def _flag(value: Json) -> bool | None:
    if isinstance(value, bool):
        return value
    return {0: False, 1: True, "0": False, "1": True}.get(value) if isinstance(value, (int, str)) else None
