"""Clients: find and read (contract 3, 4)."""

from tui_app.altegio.resources import Client, ClientHit, ClientPage, ClientStatistics


class ClientsApi:
    """The operations on clients."""

    async def search(self, location_id: int, text: str, *, page: int = 1, page_size: int = 25) -> ClientPage:
        """Find clients by a fragment of name, phone or e-mail; an empty text finds all."""
        raise NotImplementedError

    async def autocomplete(
        self,
        location_id: int,
        *,
        name: str | None = None,
        surname: str | None = None,
        phone: str | None = None,
        email: str | None = None,
        card: str | None = None,
        limit: int = 10,
    ) -> tuple[ClientHit, ...]:
        """Find clients and visitors as one types; needs a right of its own (else NoRights or Missing)."""
        raise NotImplementedError

    async def get(self, location_id: int, client_id: int) -> Client:
        """Read a client's card with consents and custom fields."""
        raise NotImplementedError

    async def statistics(self, location_id: int, client_id: int) -> ClientStatistics:
        """Read a client's visits, no-shows and balance."""
        raise NotImplementedError
