"""A sandbox that answers every text of every answer with all that a terminal could be tricked by around it.

The texts are found by what they are and not by the names of their fields, so a field that is new is hostile by itself.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from starlette.types import ASGIApp, Receive, Scope, Send

CLIPBOARD: Final = "\x1b]52;c;aGk=\x07\x9d52;c;aGk=\x9c"
TITLE: Final = "\x1b]0;owned\x07\x1b]2;owned\x1b\\"
CONTROL: Final = "\x1b[2J\x1b[H\x9b2J\x1bP+q544e\x1b\\\x1b_x\x1b\\\x1bc\x1b"
ODD: Final = "\x00\x07\x08\r\n\t\x7f\x85\u2028\u202eevil\u2066\u200b\ufeff\u00ad\U000e0041\ud83d"
MARKUP: Final = "[red]x[/red][/nothing][@click=app.quit]y[/] $name {0} %s "
ATTACK: Final = MARKUP + CLIPBOARD + TITLE + CONTROL + ODD
LONG: Final = "W" * 1_000_000

_MACHINE: Final = re.compile(
    r"[-+]?\d[\d.]*|[-+\d]{10}([T ][\d:.]+([-+]\d\d:?\d\d|Z)?)?|#?[0-9a-f]{6}|[a-z_]{1,30}|[A-Z][A-Za-z]+/[A-Za-z_/]+|"
)
"""What a program reads: numbers, times, colours, slugs, time zones, nothing at all."""

_WORDS: Final = frozenset({"user_token", "uuid", "type", "id"})


def poisoned(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any JSON
    """The same JSON with every text in it made hostile."""
    if isinstance(value, dict):
        return {name: poisoned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, key) for inner in value]
    if not isinstance(value, str) or key in _WORDS or _MACHINE.fullmatch(value):
        return value
    return f"{value[:1]}{ATTACK}{value[1:]}"


class HostileServer:
    """The app of a sandbox, with its answers poisoned; the first comments are a million letters long besides."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._longs = 3

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and poison its answer where that is JSON."""
        head: MutableMapping[str, Any] = {}

        async def poison(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                head.update(message)
            elif head and dict(head["headers"]).get(b"content-type", b"").startswith(b"application/json"):
                body = self._poisoned(message["body"])
                headers = [pair for pair in head["headers"] if pair[0] != b"content-length"]
                await send({**head, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
                await send({**message, "body": body})
            else:
                await send(head)
                await send(message)

        await self._app(scope, receive, poison if scope["type"] == "http" else send)

    def _poisoned(self, body: bytes) -> bytes:
        text = json.dumps(poisoned(json.loads(body)))
        if self._longs and '"comment": null' in text:
            self._longs -= 1
            text = text.replace('"comment": null', f'"comment": "{LONG}"', 1)
        return text.encode()
