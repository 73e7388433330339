"""Which values a setting may take: each check answers the value to use, or raises SettingsError in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

Dialect = Literal["activities", "events", "auto"]
Weekday = Literal["monday", "saturday", "sunday"]

PRODUCTION: Final = "production"
MOCK: Final = "mock"
DIALECTS: Final[tuple[Dialect, ...]] = get_args(Dialect)
WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
LONGEST_IDLE: Final = 24 * 60
"""Minutes without a key before the desk locks itself, at most."""
DRIVERS: Final = ("auto", "celldiff", "stock")
COLOURS: Final = ("auto", "none", "16", "256", "true")
MOUSE: Final = ("auto", "on", "off")
LONGEST_PIN_HASH: Final = 500  # characters
ORIGINS: Final = {PRODUCTION: "https://api.alteg.io", MOCK: "https://developer.alteg.io"}


class SettingsError(ValueError):
    """A setting that cannot be used, in words; the value itself is never repeated, it may hold a password."""


def check_server(text: str) -> str:
    """Bring a server to its normal form: `production`, `mock`, or a base URL that ends in `/api` (contract 1).

    Raises SettingsError for anything but https, http beyond loopback, or a URL with a login, a query or a fragment.
    """
    if text in ORIGINS:
        return text
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        raise SettingsError("the server's address holds characters that no address has")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SettingsError("the server's address cannot be read") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise SettingsError("a server is `production`, `mock`, or an address that begins with https://")
    if "@" in parts.netloc or "?" in text or "#" in text:
        raise SettingsError("the server's address must hold no login, no `?` and no `#`")
    path = parts.path.rstrip("/")
    if not path.endswith("/api"):
        raise SettingsError("the server's address must end in /api; /v1 and /v2 are added to it")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise SettingsError("http is for this machine alone (127.0.0.1, localhost, ::1); use https")
    url = _origin(parts.scheme, parts.hostname, port) + path
    return PRODUCTION if url == f"{ORIGINS[PRODUCTION]}/api" else url


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(scheme: str, host: str, port: int | None) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"{scheme}://{named}" if port in {None, {"http": 80, "https": 443}[scheme]} else f"{scheme}://{named}:{port}"


def check_name(value: object) -> str:
    """A profile's name: 1 to 40 characters that can be printed."""
    if not isinstance(value, str) or not value.strip() or len(value) > 40 or not value.isprintable():
        raise SettingsError("a profile's name is 1 to 40 characters that can be printed")
    return value.strip()


def check_text_server(value: object) -> str:
    """A server, given as a text of any kind."""
    if not isinstance(value, str):
        raise SettingsError("a server is a text: `production`, `mock`, or an address")
    return check_server(value)


def check_dialect(value: object) -> Dialect:
    """One of the dialects of the API (contract 2)."""
    for dialect in DIALECTS:
        if value == dialect:
            return dialect
    raise SettingsError(f"a dialect is one of {', '.join(DIALECTS)}")


def check_location_id(value: object) -> int | None:
    """Accept a location's number, as an int or as ASCII digits; None stays None. Raises SettingsError."""
    if value is None:
        return None
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19 else value
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**63:
        raise SettingsError("a location is a whole number above 0")
    return number


def check_title(value: object) -> str:
    """A location's title, for words alone: cut to 200 characters that can be printed."""
    if not isinstance(value, str):
        raise SettingsError("a location's title is a text")
    return "".join(char for char in value if char.isprintable())[:200]


def whole_number(low: int, high: int) -> Callable[[object], int]:
    """Make a check for a whole number within bounds, both included."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise SettingsError(f"this is a whole number from {low} to {high}")
        return value

    return check


def check_esc_delay(value: object) -> int | None:
    """How long Esc waits for the rest of a key, in milliseconds; None: the program decides by the link."""
    return None if value is None else whole_number(25, 5_000)(value)


def check_flag(value: object) -> bool:
    """A truth value, nothing that merely looks like one."""
    if not isinstance(value, bool):
        raise SettingsError("this is true or false")
    return value


def one_of(*allowed: str) -> Callable[[object], str]:
    """Make a check for a few words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise SettingsError(f"this is one of {', '.join(allowed)}")
        return value

    return check


def check_theme(value: object) -> str:
    """The name of a theme, or `auto`."""
    if not isinstance(value, str) or not value.isascii() or not value.replace("-", "").replace("_", "").isalnum():
        raise SettingsError("a theme is `auto` or the name of one")
    return value


def check_region(value: object) -> str | None:
    """A country in two letters, or None: the one of the location."""
    if value is None:
        return None
    if not isinstance(value, str) or len(value) != 2 or not value.isascii() or not value.isalpha():
        raise SettingsError("a region is a country in two letters, such as KZ")
    return value.upper()


def check_pin_hash(value: object) -> str:
    """The PIN of the lock as a salted hash; empty: none was set. Whether it can be read, the lock itself finds out."""
    if not isinstance(value, str) or len(value) > LONGEST_PIN_HASH or not value.isascii() or not value.isprintable():
        raise SettingsError("this is no PIN's hash: the lock asks for a new PIN")
    return value


def check_idle(value: object) -> int:
    """After how many minutes without a key the desk locks itself; 0: never."""
    return whole_number(0, LONGEST_IDLE)(value)


def check_weekday(value: object) -> Weekday:
    """The day that a week begins with."""
    for weekday in WEEKDAYS:
        if value == weekday:
            return weekday
    raise SettingsError(f"the first day of the week is one of {', '.join(WEEKDAYS)}")
