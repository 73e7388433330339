"""AltegioApi: one async method per operation of the contract, typed in and out."""

from tui_app.altegio.account import AccountApi
from tui_app.altegio.bookings import BookingsApi
from tui_app.altegio.clients import ClientsApi
from tui_app.altegio.dialects import Dialect
from tui_app.altegio.events import EventsApi
from tui_app.altegio.reference import ReferenceApi
from tui_app.altegio.transport import Transport


class AltegioApi:
    """The API of one server in one dialect; closing it closes its transport."""

    def __init__(self, transport: Transport, dialect: Dialect) -> None:
        self.transport = transport
        self.dialect = dialect
        self.events = EventsApi()
        self.bookings = BookingsApi()
        self.clients = ClientsApi()
        self.reference = ReferenceApi()
        self.account = AccountApi()

    async def aclose(self) -> None:
        """Close the transport."""
        await self.transport.aclose()
