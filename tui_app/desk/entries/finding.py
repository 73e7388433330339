"""Who is meant by what was typed: a search, with those who come to the class put first."""

from tui_app.altegio.resources import ClientHit, Event
from tui_app.desk.client_answers import Found
from tui_app.desk.commands.intents import ClientQuery, NewClient
from tui_app.desk.commands.matching import Match, Nobody, One, Several, settle
from tui_app.desk.commands.people import holders_of
from tui_app.desk.desk import Desk
from tui_app.desk.entries.regulars import Regulars


class Matcher:
    """Finds clients for one location and decides whether one of them is surely meant."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._regulars = Regulars(desk)

    @property
    def busy(self) -> bool:
        """Whether a search is under way, be it for an older text."""
        return self._desk.clients.busy

    def kept(self, who: ClientQuery | NewClient, event: Event | None) -> Match | None:
        """What is known without asking: an answer of a moment ago; None: nothing."""
        found = self._desk.clients.kept(_query_of(who).text)
        return self._decide(who, found, event) if found is not None else None

    def seen(self, query: ClientQuery) -> tuple[ClientHit, ...]:
        """Clients seen in this run who fit, while the real answer comes."""
        return self._desk.clients.seen(query.text)

    async def match(self, who: ClientQuery | NewClient, event: Event | None) -> Match:
        """Find who is meant, for a new client whoever has that phone already; raises `AltegioError`."""
        return self._decide(who, await self._desk.clients.search(_query_of(who).text), event)

    def knows_order(self, match: Match, event: Event | None) -> bool:
        """Whether `ordered` asks nothing."""
        return event is None or not isinstance(match, Several) or self._regulars.known_of(event)

    async def ordered(self, who: ClientQuery | NewClient, match: Match, event: Event | None) -> Match:
        """The match with those put first who have come to that service lately, once that is read."""
        if event is None or not isinstance(match, Several):
            return match
        await self._regulars.load(event)
        return self.kept(who, event) or match

    def forget(self) -> None:
        """Drop the answers: a write may have made a card."""
        self._desk.clients.forget()

    def _decide(self, who: ClientQuery | NewClient, found: Found, event: Event | None) -> Match:
        known = self._regulars.known(event)
        hits = tuple(sorted(found.hits, key=lambda hit: hit.id not in known)) if known else found.hits
        match = settle(_query_of(who), hits, complete=found.complete)
        return _holders(match) if isinstance(who, NewClient) else match


def _query_of(who: ClientQuery | NewClient) -> ClientQuery:
    return holders_of(who) if isinstance(who, NewClient) else who


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
