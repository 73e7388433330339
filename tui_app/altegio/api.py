"""AltegioApi: one async method per operation of the contract, typed in and out."""

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tui_app.altegio.account import AccountApi
from tui_app.altegio.bookings import BookingsApi
from tui_app.altegio.clients import ClientsApi
from tui_app.altegio.dialects import Dialect, DialectChoice, Spoken
from tui_app.altegio.events import EventsApi
from tui_app.altegio.operations import (
    CreateEvent,
    DeleteEvent,
    Operation,
    RepeatEvent,
    Unguarded,
    UpdateEvent,
    WriteGuard,
)
from tui_app.altegio.reference import ReferenceApi
from tui_app.altegio.service import Service
from tui_app.altegio.way import Way

if TYPE_CHECKING:
    from tui_app.altegio.plain import PlainApi


class AltegioApi:
    """The API of one server in one dialect; closing it closes its transport.

    Every write to events and bookings goes through `guard`, but for what `send_again` sends. `notes` tells how many
    objects of the last listings could not be read.
    """

    def __init__(self, transport: Way, dialect: Dialect, guard: WriteGuard | None = None) -> None:
        self.transport = transport
        self.dialect = dialect
        self._choice = DialectChoice(transport, dialect)
        self._service = service = Service(transport, self._choice, guard or Unguarded())
        self.notes = service.notes
        self.events = EventsApi(service)
        self.bookings = BookingsApi(service)
        self.clients = ClientsApi(service)
        self.reference = ReferenceApi(service)
        self.account = AccountApi(service)

    @cached_property
    def plain(self) -> "PlainApi":
        """The plain calls of version 1, imported for who makes one."""
        from tui_app.altegio.plain import PlainApi

        return PlainApi(self._service)

    @property
    def spoken(self) -> Spoken | None:
        """The dialect in use; None while `auto` has not asked yet."""
        return self._choice.spoken

    def guard_with(self, guard: WriteGuard) -> None:
        """Let every write from now on go through this guard."""
        self._service.guard = guard

    async def send_again(self, operation: Operation) -> object:
        """Send a write as it stands, past the guard; gives what the operation's own method gives, and raises as it."""
        if isinstance(operation, CreateEvent | UpdateEvent | DeleteEvent | RepeatEvent):
            return await self.events.send(operation)
        return await self.bookings.send(operation)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the transport."""
        await self.transport.aclose()
