"""Which server is spoken to: production, the vendor's mock, or a base URL of its own (contract 1)."""

import ipaddress
from typing import Final, Literal
from urllib.parse import urlsplit

from msgspec import Struct

Version = Literal["v1", "v2"]


class BadServer(ValueError):
    """An address that no tokens may be sent to, in words that never repeat it: it may hold a password."""


class Server(Struct, frozen=True):
    """The roots of both versions of the API, each ending in a slash. `loopback`: it never leaves this machine."""

    name: str
    v1: str
    v2: str
    loopback: bool = False

    def root(self, version: Version) -> str:
        """Name the root of a version."""
        return self.v1 if version == "v1" else self.v2


PRODUCTION: Final = Server("production", "https://api.alteg.io/api/v1/", "https://api.alteg.io/api/v2/")
MOCK: Final = Server(
    "mock",
    "https://developer.alteg.io/_mock/en/b2b-v1/openapi/",
    "https://developer.alteg.io/_mock/en/b2b-v2/openapi/",
)
IN_PROCESS: Final = Server("sandbox", "http://127.0.0.1/api/v1/", "http://127.0.0.1/api/v2/", loopback=True)
"""The sandbox inside this process: its address is never opened."""


def server_of(text: str) -> Server:
    """Find the server that a profile names: `production`, `mock` or a base URL that ends in `/api`.

    Raises BadServer for anything but https, or http on loopback, and for a URL with a login, a query or a fragment.
    """
    for known in (PRODUCTION, MOCK):
        if text == known.name:
            return known
    base = text.strip().rstrip("/")
    if not base.isascii() or not base.isprintable() or any(sign in base for sign in "?#@\\ "):
        raise BadServer("a server's address holds no login, no `?`, no `#` and nothing that cannot be typed")
    host, scheme = _parts(base)
    loopback = _is_loopback(host)
    if scheme != "https" and not (scheme == "http" and loopback):
        raise BadServer("a server is spoken to over https, or over http on this machine alone")
    if not base.endswith("/api"):
        raise BadServer("a server's address ends in /api; /v1 and /v2 are added to it")
    return Server(base, f"{base}/v1/", f"{base}/v2/", loopback)


def _parts(base: str) -> tuple[str, str]:
    try:
        parts = urlsplit(base)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise BadServer("the server's address cannot be read") from None
    if not host or port == 0:
        raise BadServer("the server's address names no host that could be reached")
    return host, parts.scheme


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
