"""What the groups of operations share: a way to the server, its dialect, and one way to read answers."""

from collections.abc import Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from tui_app.altegio.calls import Call
from tui_app.altegio.dialects import DialectChoice, Speech
from tui_app.altegio.envelope import BrokenAnswer, unreadable
from tui_app.altegio.operations import Unguarded, WriteGuard
from tui_app.altegio.paging import ListNotes, readable
from tui_app.altegio.way import Way
from tui_app.altegio.wire.items import Item, item_of

T = TypeVar("T")


class Service(Struct):
    """Sends calls and reads their answers for one group of operations."""

    transport: Way
    choice: DialectChoice
    guard: WriteGuard = field(default_factory=Unguarded)
    notes: ListNotes = field(default_factory=ListNotes)
    zones: dict[int, ZoneInfo] = field(default_factory=dict)
    """The zones of the locations that were read, to hold answers against."""

    async def speech(self, location_id: int) -> Speech:
        """Answer how the server is spoken to."""
        return await self.choice.speech(location_id)

    async def one(self, call: Call, read: Callable[[Item], T]) -> T:
        """Send a call and read the one object of its answer. Raises Unreadable, or OutcomeUnknown after a write."""
        envelope = await self.transport.send(call)
        try:
            return read(item_of(envelope))
        except BrokenAnswer as error:
            raise unreadable(call.operation, str(error), status=None, write=call.write) from None

    async def all(self, call: Call, read: Callable[[Item], T]) -> tuple[T, ...]:
        """Send a call and read the list of its answer; the broken objects are left out and counted."""
        good, dropped = readable(call.operation, await self.transport.send(call), read)
        self.notes.note(call.operation, dropped=dropped)
        return tuple(good)
