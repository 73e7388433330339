"""The way to the server as the operations see it, and one that is only opened once it is needed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeAlias

from tui_app.altegio.calls import Call, Params
from tui_app.altegio.envelope import Envelope
from tui_app.altegio.errors import Unreachable
from tui_app.altegio.servers import Version

Question: TypeAlias = tuple[Version, str, Params]
"""What tells one plain read from another."""


class Way(Protocol):
    """Sends calls and gives their answers; `crowded` tells whether a request waits for its turn."""

    @property
    def crowded(self) -> bool:
        """Whether a request waits for its turn: else each that was begun is on its way."""
        ...

    @property
    def server_date(self) -> datetime | None:
        """What the server's clock said last; None: it has said nothing."""
        ...

    async def send(self, call: Call) -> Envelope:
        """Send a call and answer what came back. Raises the errors of `tui_app.altegio.errors`."""
        ...

    async def aclose(self) -> None:
        """Close the connections; nothing can be sent after it."""
        ...


def question_of(call: Call) -> Question | None:
    """What a call asks; None for one that changes something, or asks with more than its address."""
    plain = call.method == "GET" and call.body is None and not call.write and not call.partner_only
    return (call.version, call.path, call.params) if plain else None


class LateWay:
    """Answers from what was heard before, each answer once, until the first other call opens the real way."""

    def __init__(self, heard: Mapping[Question, Envelope], open_way: Callable[[], Awaitable[Way]]) -> None:
        self._heard = dict(heard)
        self._open_way = open_way
        self._opening = asyncio.Lock()
        self._way: Way | None = None
        self._closed = False

    @property
    def crowded(self) -> bool:
        """As the real way says it."""
        return self._way is not None and self._way.crowded

    @property
    def server_date(self) -> datetime | None:
        """As the real way says it."""
        return self._way.server_date if self._way is not None else None

    async def send(self, call: Call) -> Envelope:
        """Give what was heard, or send. Raises the errors of `tui_app.altegio.errors`."""
        question = question_of(call)
        if question is not None and question in self._heard:
            return self._heard.pop(question)
        async with self._opening:
            if self._closed:
                raise Unreachable(call.operation, message="the connection was closed by this program")
            if self._way is None:
                self._way = await self._open_way()
                self._heard.clear()  # a start has asked for all of it by now: later it would tell of what was
        return await self._way.send(call)

    async def aclose(self) -> None:
        """Forget what was heard, and close the real way where it is open."""
        self._closed = True
        self._heard.clear()
        if self._way is not None:
            await self._way.aclose()
