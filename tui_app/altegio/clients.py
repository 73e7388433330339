"""Clients: find and read (contract 3, 4)."""

from typing import Final

from tui_app.altegio.calls import Call, Json, includes
from tui_app.altegio.envelope import BrokenAnswer, unreadable
from tui_app.altegio.resources import Client, ClientHit, ClientPage, ClientStatistics
from tui_app.altegio.service import Service
from tui_app.altegio.text import clean
from tui_app.altegio.wire.clients import read_client, read_client_page, read_hit, read_statistics

LARGEST_PAGE: Final = 200
MOST_HITS: Final = 25
FIELDS: Final = ("id", "name", "surname", "patronymic", "phone", "email")


class ClientsApi:
    """The operations on clients."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def search(self, location_id: int, *texts: str, page: int = 1, page_size: int = 25) -> ClientPage:
        """Find clients who hold every fragment, of a name, the phone or the e-mail; without one all. Pages of 200."""
        operation = "find clients"
        call = Call(
            operation=operation,
            method="POST",
            version="v1",
            path=f"company/{location_id}/clients/search",
            body=search_body(*map(clean, texts), page=page, page_size=min(max(page_size, 1), LARGEST_PAGE)),
        )
        try:
            found, dropped = read_client_page(await self._service.transport.send(call))
        except BrokenAnswer as error:
            raise unreadable(operation, str(error), status=None, write=False) from None
        self._service.notes.note(operation, dropped=dropped)
        return found

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
        """Find clients and visitors as one types, by fragments; needs a right of its own (else NoRights or Missing).

        Nothing in the answer is known to tell a visitor from a client: a hit with a name alone may be either.
        """
        fragments = {"name": name, "surname": surname, "phone": phone, "email": email, "card": card}
        params = tuple((key, clean(text)) for key, text in fragments.items() if text is not None)
        call = Call(
            operation="find clients as one types",
            version="v1",
            path=f"company/{location_id}/clients/autocomplete",
            params=(*params, ("limit", str(min(max(limit, 1), MOST_HITS)))),
        )
        return await self._service.all(call, read_hit)

    async def get(self, location_id: int, client_id: int) -> Client:
        """Read a client's card with consents and custom fields."""
        path = f"locations/{location_id}/attendance/clients/{client_id}"
        params = includes("agreements", "custom_field_values")
        return await self._service.one(Call(operation="read the client", path=path, params=params), read_client)

    async def statistics(self, location_id: int, client_id: int) -> ClientStatistics:
        """Read a client's visits, no-shows and balance."""
        path = f"locations/{location_id}/clients/{client_id}/attendances_statistic"
        return await self._service.one(Call(operation="read the client's visits", path=path), read_statistics)


def search_body(*texts: str, page: int, page_size: int) -> Json:
    """Build the body of a search; without a text it finds all clients (contract 4)."""
    body: dict[str, Json] = {
        "page": page,
        "page_size": page_size,
        "fields": list(FIELDS),
        "order_by": "name",
        "order_by_direction": "asc",
        "operation": "AND",
    }
    filters: list[Json] = [{"type": "quick_search", "state": {"value": text}} for text in texts if text]
    if filters:
        body["filters"] = filters
    return body
