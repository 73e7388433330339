"""Finding a client or a visitor by what a caller says: fragments of the name, the end of the phone."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui_app.altegio.errors import Missing, NoRights
from tui_app.altegio.resources import ClientHit
from tui_app.desk.client_matching import (
    Wanted,
    describe_hit,
    ends_with,
    in_other_layout,
    is_surely_client,
    ranked,
    read_query,
    search_texts,
    told_apart_by,
)
from tui_app.desk.together import both

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

__all__ = ["ClientFinder", "Found", "describe_hit", "ends_with", "read_query"]

MOST_OFFERED: Final = 25
"""How many hits the type-ahead call gives at most (contract 4): a full answer may not be all."""
PAGE: Final = 200
"""Hits on a page of a search (contract 4)."""
REMEMBERED: Final = 2000
"""Clients kept in the index of this run."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best matches first; `complete` tells whether these are all, so that a single one is the only one."""

    hits: tuple[ClientHit, ...]
    complete: bool


class ClientFinder:
    """Finds clients of one location and remembers those it has seen in this run."""

    def __init__(self, api: "AltegioApi", location_id: int) -> None:
        self._api = api
        self._location_id = location_id
        self._type_ahead = True
        self._seen: OrderedDict[int, ClientHit] = OrderedDict()

    async def find(self, text: str) -> tuple[ClientHit, ...]:
        """Find clients and visitors, the best match first; raises `AltegioError`."""
        return (await self.search(text)).hits

    async def search(self, text: str) -> Found:
        """Find as `find` does, and tell whether the matches are all there are.

        The wrong keyboard layout is tried where the right one finds nothing.
        """
        found = await self._search(read_query(text))
        if not found.hits and found.complete:
            swapped = in_other_layout(text)
            if swapped != read_query(text):
                found = await self._search(swapped)
        self._remember(found.hits)
        return found

    def seen(self, text: str) -> tuple[ClientHit, ...]:
        """Find among the clients seen in this run, without a request: a first answer while the real one comes."""
        wanted = read_query(text)
        hits = () if wanted.empty else ranked(self._seen.values(), wanted)
        return hits if hits or wanted.empty else ranked(self._seen.values(), in_other_layout(text))

    async def _search(self, wanted: Wanted) -> Found:
        if wanted.empty:
            return Found((), complete=True)
        offered = await self._offered(wanted)
        if offered is None:
            return await self._searched(wanted)
        sure = offered.complete and _convincing(offered.hits, wanted)
        if sure and all(is_surely_client(hit) for hit in offered.hits):
            return offered
        searched = await self._searched(wanted)
        told_apart = told_apart_by(offered.hits, searched.hits, complete=searched.complete)
        return Found(ranked((*told_apart, *searched.hits), wanted), sure or searched.complete)

    async def _offered(self, wanted: Wanted) -> Found | None:
        """Ask the type-ahead call, which knows visitors too; None where it is not for this user (contract 4)."""
        if not self._type_ahead:
            return None
        try:
            answers = await self._type_ahead_answers(wanted)
        except (NoRights, Missing):
            self._type_ahead = False
            return None
        complete = all(len(answer) < MOST_OFFERED for answer in answers)
        return Found(ranked((hit for answer in answers for hit in answer), wanted), complete)

    async def _type_ahead_answers(self, wanted: Wanted) -> tuple[tuple[ClientHit, ...], ...]:
        ask = self._api.clients.autocomplete
        if wanted.phone:
            return (await ask(self._location_id, phone=wanted.phone, limit=MOST_OFFERED),)
        return await both(
            ask(self._location_id, name=wanted.longest, limit=MOST_OFFERED),
            ask(self._location_id, surname=wanted.longest, limit=MOST_OFFERED),
        )

    async def _searched(self, wanted: Wanted) -> Found:
        """Search by the piece that tells most; the rest of what was typed is matched here."""
        found = Found((), complete=True)
        for text in search_texts(wanted):
            page = await self._api.clients.search(self._location_id, text, page_size=PAGE)
            complete = len(page.clients) < PAGE if page.total is None else len(page.clients) >= page.total
            found = Found(ranked(page.clients, wanted), complete)
            if found.hits:
                break
        return found

    def _remember(self, hits: Iterable[ClientHit]) -> None:
        for hit in hits:
            if hit.id is not None:
                self._seen[hit.id] = hit
                self._seen.move_to_end(hit.id)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


def _convincing(hits: tuple[ClientHit, ...], wanted: Wanted) -> bool:
    """Whether the type-ahead's hits need no search beside them: whether it knows the ends of phones is not told."""
    return bool(hits) and (not wanted.phone or any(ends_with(hit, wanted) for hit in hits))
