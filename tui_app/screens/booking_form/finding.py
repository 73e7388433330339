"""Searching for clients while one types: a rest before each request, and only the newest answer counts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.altegio.resources import ClientHit
from tui_app.desk.clients import ClientFinder
from tui_app.desk.phones import digits
from tui_app.desk.wording import explain
from tui_app.intents import TokensRefused
from tui_app.widgets.rest import Rests

if TYPE_CHECKING:
    from textual.widget import Widget

REST_S = 0.25
"""Seconds without a key before a request goes out."""

Offer = Callable[[str, tuple[ClientHit, ...], str], None]


class ClientSearch:
    """Answers at once from the clients seen in this run, then from the server; `offer` gets the text it is about."""

    def __init__(self, owner: "Widget", finder: ClientFinder, offer: Offer, *, rest_s: float = REST_S) -> None:
        self._owner = owner
        self._finder = finder
        self._offer = offer
        self._rest_s = rest_s
        self._rests = Rests(owner)

    def want(self, text: str) -> None:
        """Search for a text instead of any other."""
        self._offer(text, self._finder.seen(text), "Searching...")
        self._rests.after("find", self._rest_s, lambda: self._begin(text))

    def _begin(self, text: str) -> None:
        self._owner.run_worker(self._search(text), group="form-find", exclusive=True, exit_on_error=False)

    async def _search(self, text: str) -> None:
        try:
            found = await self._finder.search(text)
        except AltegioError as error:
            if isinstance(error, TokenRefused):
                self._owner.post_message(TokensRefused())
            self._offer(text, self._finder.seen(text), explain(error).line)
        else:
            self._offer(text, found.hits, "Nobody found: Enter for a new client")


async def owner_of_phone(finder: ClientFinder, e164: str) -> ClientHit | None:
    """The known client with exactly this phone; None where nobody has it, as far as the user may see. May raise."""
    wanted = digits(e164)
    found = await finder.search(wanted)
    return next((hit for hit in found.hits if hit.id is not None and digits(hit.phone) == wanted), None)
