"""Whether what a search found may be booked at once: only one who surely fits, else candidates (design 5)."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.resources import ClientHit
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.closeness import closeness
from tui_app.desk.commands.intents import Book, ClientQuery, NewClient
from tui_app.desk.commands.questions import Choice
from tui_app.desk.folding import other_layout, words_of
from tui_app.desk.phones import digits, is_withheld

MOST_CANDIDATES: Final = 9
"""Candidates that are offered by number at once."""


class NotAsked(Struct, frozen=True):
    """Nothing was looked for yet."""


class Searching(Struct, frozen=True):
    """The search is under way."""


class One(Struct, frozen=True):
    """Exactly one fits, and surely."""

    hit: ClientHit


class Several(Struct, frozen=True):
    """Some fit, or one that is not sure: each is a candidate; `more` tells that there are others."""

    hits: tuple[ClientHit, ...]
    more: bool = False


class Nobody(Struct, frozen=True):
    """Nobody fits."""


Match: TypeAlias = NotAsked | Searching | One | Several | Nobody
"""What is known of the client who is meant."""


def settle(query: ClientQuery, hits: Sequence[ClientHit], *, complete: bool) -> Match:
    """Decide on the hits of a search, the best first; `complete` tells whether these are all.

    The end of a phone beats a piece of it, and the beginning of a word a piece within it. A withheld phone proves
    nothing, so it is always a candidate.
    """
    if not hits:
        return Nobody()
    sure = [hit for hit in hits if _surely(query, hit)]
    if len(sure) == 1 and complete:
        return One(sure[0])
    offered = tuple(sure or hits)
    return Several(offered[:MOST_CANDIDATES], more=len(offered) > MOST_CANDIDATES or not complete)


def candidates_for(book: Book, match: Several) -> tuple[Choice, ...]:
    """The candidates of a booking, each a booking of its own; a new client stays the last choice."""
    choices = [Choice(describe_hit(hit), replace(book, who=hit)) for hit in match.hits]
    if isinstance(book.who, NewClient):
        choices.append(Choice(f"new client {book.who.name} {book.who.surname}".rstrip(), book))
    return tuple(choices)


def _surely(query: ClientQuery, hit: ClientHit) -> bool:
    if query.phone and (is_withheld(hit.phone) or not digits(hit.phone).endswith(_national(query.phone))):
        return False
    words = words_of(f"{hit.name} {hit.surname} {hit.patronymic}")
    typed = " ".join(query.names)
    return not query.names or any(closeness(words_of(name), words) < 3 for name in (typed, other_layout(typed)))


def _national(phone: str) -> str:
    """The digits that a phone must end in: without the prefixes that people dial before it."""
    plain = phone.removeprefix("00")
    if len(plain) >= 10 and plain.startswith("0"):
        return plain[1:]
    return plain[1:] if len(plain) == 11 and plain.startswith("8") else plain
