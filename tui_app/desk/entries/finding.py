"""Who is meant by what was typed: a search, kept for a moment, with those who come to the class put first."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from tui_app.altegio.resources import ClientHit, Event
from tui_app.desk.clients import Found
from tui_app.desk.commands.intents import ClientQuery, NewClient
from tui_app.desk.commands.matching import Match, Nobody, One, Several, settle
from tui_app.desk.commands.people import holders_of
from tui_app.desk.desk import Desk
from tui_app.desk.entries.regulars import Regulars
from tui_app.desk.folding import fold

KEPT_FOR: Final = timedelta(seconds=15)
"""How long an answer serves again: from the preview to the Enter behind it, and while letters are taken back."""

MOST_KEPT: Final = 64


class Matcher:
    """Finds clients for one location and decides whether one of them is surely meant."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers: OrderedDict[str, tuple[Found, datetime]] = OrderedDict()
        self._regulars = Regulars(desk)

    def kept(self, who: ClientQuery | NewClient, event: Event | None) -> Match | None:
        """What is known without asking: an answer of a moment ago; None: nothing."""
        found = self._kept(_query_of(who))
        return self._decide(who, found, event) if found is not None else None

    def seen(self, query: ClientQuery) -> tuple[ClientHit, ...]:
        """Clients seen in this run who fit, while the real answer comes."""
        return self._desk.clients.seen(query.text)

    async def match(self, who: ClientQuery | NewClient, event: Event | None) -> Match:
        """Find who is meant, for a new client whoever has that phone already; raises `AltegioError`."""
        query = _query_of(who)
        found = self._kept(query)
        if found is None:
            found = await self._desk.clients.search(query.text)
            self._keep(query, found)
        return self._decide(who, found, event)

    async def ordered(self, who: ClientQuery | NewClient, match: Match, event: Event | None) -> Match:
        """The match with those put first who have come to that service lately, once that is read."""
        if event is None or not isinstance(match, Several):
            return match
        await self._regulars.load(event)
        return self.kept(who, event) or match

    def forget(self) -> None:
        """Drop the answers: a write may have made a card."""
        self._answers.clear()

    def _decide(self, who: ClientQuery | NewClient, found: Found, event: Event | None) -> Match:
        known = self._regulars.known(event)
        hits = tuple(sorted(found.hits, key=lambda hit: hit.id not in known)) if known else found.hits
        match = settle(_query_of(who), hits, complete=found.complete)
        return _holders(match) if isinstance(who, NewClient) else match

    def _kept(self, query: ClientQuery) -> Found | None:
        found, at = self._answers.get(_key(query), (None, None))
        if found is None or at is None or abs(self._desk.clock.instant() - at) > KEPT_FOR:
            return None
        return found

    def _keep(self, query: ClientQuery, found: Found) -> None:
        self._answers[_key(query)] = (found, self._desk.clock.instant())
        while len(self._answers) > MOST_KEPT:
            self._answers.popitem(last=False)


def _query_of(who: ClientQuery | NewClient) -> ClientQuery:
    return holders_of(who) if isinstance(who, NewClient) else who


def _key(query: ClientQuery) -> str:
    return fold(query.text)


def _holders(match: Match) -> Match:
    """Of those who were found by a new client's phone, visitors without a card do not hold it."""
    match match:
        case One(hit) if hit.id is None:
            return Nobody()
        case Several(hits=hits, more=more):
            cards = tuple(hit for hit in hits if hit.id is not None)
            return Several(cards, more) if cards else Nobody()
        case _:
            return match
