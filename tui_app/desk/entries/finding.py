"""Who is meant by what was typed: a search, kept for a moment, with those who come to the class put first."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from tui_app.altegio.resources import ClientHit, Event
from tui_app.desk.client_matching import ranked, read_query
from tui_app.desk.clients import Found
from tui_app.desk.commands.intents import ClientQuery, NewClient
from tui_app.desk.commands.matching import Match, Nobody, One, Several, settle
from tui_app.desk.commands.people import holders_of
from tui_app.desk.desk import Desk
from tui_app.desk.entries.regulars import Regulars
from tui_app.desk.phones import is_withheld

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
        """An answer of a moment ago to the same query, or to a wider one that told all there are."""
        now = self._desk.clock.instant()
        fresh = {text: found for text, (found, at) in self._answers.items() if abs(now - at) <= KEPT_FOR}
        if query.text in fresh:
            return fresh[query.text]
        narrowed = (narrow(text, found, query.text) for text, found in reversed(fresh.items()))
        return next((found for found in narrowed if found is not None), None)

    def _keep(self, query: ClientQuery, found: Found) -> None:
        self._answers[query.text] = (found, self._desk.clock.instant())
        while len(self._answers) > MOST_KEPT:
            self._answers.popitem(last=False)


def _query_of(who: ClientQuery | NewClient) -> ClientQuery:
    return holders_of(who) if isinstance(who, NewClient) else who


def narrow(wider: str, found: Found, text: str) -> Found | None:
    """The answer to `text` from that to a wider text, as letters are added; None: only the server can tell.

    What the server found by a withheld phone tells nothing of a longer one, and where nobody is left the other keyboard
    layout may be meant.
    """
    before, wanted = read_query(wider), read_query(text)
    grown = all(any(old in new for new in wanted.names) for old in before.names) and before.phone in wanted.phone
    if not grown or not found.complete or (wanted.phone and any(is_withheld(hit.phone) for hit in found.hits)):
        return None
    hits = ranked(found.hits, wanted)
    return Found(hits, complete=True) if hits else None


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
