"""Finding a client or a visitor by what a caller says: fragments of the name, the end of the phone."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct

from tui_app.altegio.errors import Invalid, Malformed, Missing, NoRights
from tui_app.altegio.resources import ClientHit
from tui_app.desk.client_answers import Answers, Found
from tui_app.desk.client_matching import (
    Wanted,
    closer_texts,
    describe_hit,
    ends_with,
    in_other_layout,
    is_surely_client,
    matches,
    ranked,
    read_query,
    search_texts,
    told_apart_by,
)
from tui_app.desk.together import every

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

__all__ = ["ClientFinder", "Found", "describe_hit", "ends_with", "read_query"]

MOST_OFFERED: Final = 25
"""How many hits the type-ahead call gives at most (contract 4): a full answer may not be all."""
PAGE: Final = 200
"""Hits on a page of a search (contract 4)."""
REMEMBERED: Final = 2000
"""Clients kept in the index of this run."""


class _Kind(Enum):
    """Where a question goes: the search knows clients alone, the type-ahead visitors too (contract 4)."""

    SEARCH = "search"
    TYPE_AHEAD = "type-ahead by name or phone"
    SURNAMES = "type-ahead by surname"


class _Question(Struct, frozen=True):
    kind: _Kind
    wanted: Wanted


_Questions: TypeAlias = tuple[_Question, ...]
"""What must be asked first, side by side."""


class ClientFinder:
    """Finds clients of one location and remembers those it has seen in this run.

    A phone takes one request, a name two side by side. Where nobody is found, the end of a phone takes the type-ahead
    as well, and a name one search more, for what the other keyboard layout gives. What was told a moment ago is not
    asked again: `instant` gives aware instants.
    """

    def __init__(self, api: "AltegioApi", location_id: int, instant: Callable[[], datetime]) -> None:
        self._api = api
        self._location_id = location_id
        self._answers = {kind: Answers(instant, lambda: api.transport.crowded) for kind in _Kind}
        self._searches = True
        self._type_ahead = True
        self._seen: OrderedDict[int, ClientHit] = OrderedDict()

    @property
    def busy(self) -> bool:
        """Whether a question to the server is under way."""
        return any(answers.busy for answers in self._answers.values())

    async def find(self, text: str) -> tuple[ClientHit, ...]:
        """Find clients and visitors, the best match first; raises `AltegioError`."""
        return (await self.search(text)).hits

    async def search(self, text: str) -> Found:
        """Find as `find` does, and tell whether the matches are all there are.

        The wrong keyboard layout is tried where the right one finds nothing.
        """
        while not isinstance(known := self._known(text), Found):
            await every(self._ask(question) for question in known)
        self._remember(known.hits)
        return known

    def kept(self, text: str) -> Found | None:
        """What `search` gives without a request; None: it would ask."""
        known = self._known(text)
        return known if isinstance(known, Found) else None

    def seen(self, text: str) -> tuple[ClientHit, ...]:
        """Find among the clients seen in this run, without a request: a first answer while the real one comes."""
        wanted, swapped = read_query(text), in_other_layout(text)
        hits = () if wanted.empty else ranked(self._seen.values(), wanted)
        return hits if hits or swapped is None else ranked(self._seen.values(), swapped)

    def forget(self) -> None:
        """Ask again for everything: a write may have made a card."""
        for answers in self._answers.values():
            answers.forget()

    def _known(self, text: str) -> Found | _Questions:
        """What the answers of a moment ago tell, or what must be asked before more is known."""
        known = self._known_of(read_query(text))
        if not isinstance(known, Found) or known.hits or not known.complete:
            return known
        swapped = in_other_layout(text)
        return known if swapped is None else self._known_of(swapped, visitors=False)

    def _known_of(self, wanted: Wanted, *, visitors: bool = True) -> Found | _Questions:
        if wanted.empty:
            return Found((), complete=True)
        if not self._searches:
            return self._offered_alone(wanted)
        return self._by_phone(wanted) if wanted.phone else self._by_name(wanted, visitors=visitors)

    def _by_name(self, wanted: Wanted, *, visitors: bool) -> Found | _Questions:
        questions = [_Question(_Kind.SEARCH, wanted)]
        if visitors and self._type_ahead:
            questions.append(_type_ahead(wanted))
        searched, offered = self._kept(questions[0]), self._kept(questions[-1])
        if searched is None or offered is None:
            return tuple(question for question in questions if self._kept(question) is None)
        return _together(wanted, searched, offered)

    def _by_phone(self, wanted: Wanted) -> Found | _Questions:
        """By the digits alone, and with the name where these are the digits of too many."""
        question = _Question(_Kind.SEARCH, Wanted((), wanted.phone))
        searched = self._kept(question)
        if searched is not None and wanted.names and not searched.complete:
            question = _Question(_Kind.SEARCH, wanted)
            searched = self._kept(question)
        if searched is None:
            return (question,)
        if not self._type_ahead or any(ends_with(hit, wanted) for hit in searched.hits):
            return _together(wanted, searched, searched)
        offered = self._kept(_type_ahead(wanted))
        return (_type_ahead(wanted),) if offered is None else _together(wanted, searched, offered)

    def _offered_alone(self, wanted: Wanted) -> Found | _Questions:
        """By the type-ahead where the search is not for this user: who may be a visitor as well is left out."""
        questions = [_type_ahead(wanted)]
        if not wanted.phone:
            questions.append(_Question(_Kind.SURNAMES, questions[0].wanted))
        answers = [self._kept(question) for question in questions]
        known = [answer for answer in answers if answer is not None]
        if len(known) < len(questions):
            return tuple(question for question, answer in zip(questions, answers, strict=True) if answer is None)
        hits = ranked((hit for answer in known for hit in answer.hits), wanted)
        sure = tuple(hit for hit in hits if is_surely_client(hit))
        return Found(sure, complete=sure == hits and all(answer.complete for answer in known))

    def _kept(self, question: _Question) -> Found | None:
        return self._answers[question.kind].kept(question.wanted)

    async def _ask(self, question: _Question) -> None:
        """Ask, so that the answer is kept; a call that is not for this user is not made again (contract 4)."""
        try:
            await self._answers[question.kind].ask(question.wanted, partial(self._send, question))
        except (NoRights, Missing):
            if question.kind is _Kind.SEARCH:
                self._searches = False
            else:
                self._type_ahead = False
            if not self._searches and not self._type_ahead:
                self._searches = self._type_ahead = True  # either may be allowed by the next time
                raise

    async def _send(self, question: _Question) -> Found:
        wanted = question.wanted
        if question.kind is _Kind.SEARCH:
            return await self._search(wanted)
        surname = question.kind is _Kind.SURNAMES
        asked = {"phone": wanted.phone} if wanted.phone else {"surname" if surname else "name": wanted.longest}
        hits = await self._api.clients.autocomplete(self._location_id, **asked, limit=MOST_OFFERED)
        return Found(hits, complete=len(hits) < MOST_OFFERED)

    async def _search(self, wanted: Wanted) -> Found:
        """Search by all pieces at once; what was typed is matched here, whatever the server makes of several."""
        texts = search_texts(wanted)
        try:
            found = await self._page(texts)
        except (Invalid, Malformed):
            if len(texts) == 1:
                raise
            found = Found((), complete=False)
        closer = closer_texts(wanted, fits=any(matches(hit, wanted) for hit in found.hits))
        if found.complete or closer is None:
            return found
        page = await self._page(closer)
        return Found((*page.hits, *found.hits), page.complete and closer == texts[:1])

    async def _page(self, texts: tuple[str, ...]) -> Found:
        page = await self._api.clients.search(self._location_id, *texts, page_size=PAGE)
        complete = len(page.clients) < PAGE if page.total is None else len(page.clients) >= page.total
        return Found(page.clients, complete)

    def _remember(self, hits: Iterable[ClientHit]) -> None:
        for hit in hits:
            if hit.id is not None:
                self._seen[hit.id] = hit
                self._seen.move_to_end(hit.id)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


def _type_ahead(wanted: Wanted) -> _Question:
    """The type-ahead takes one fragment: the digits, or the piece that tells most."""
    asked = Wanted((), wanted.phone) if wanted.phone else read_query(wanted.longest)
    return _Question(_Kind.TYPE_AHEAD, asked)


def _together(wanted: Wanted, searched: Found, offered: Found) -> Found:
    """What both calls have found; by the search alone it is decided whether these are all clients.

    But where only the type-ahead knows ends of phones, it decides.
    """
    told_apart = told_apart_by(ranked(offered.hits, wanted), searched.hits, complete=searched.complete)
    hits = ranked((*searched.hits, *told_apart), wanted)
    return Found(hits, searched.complete and (offered.complete or not wanted.phone))
