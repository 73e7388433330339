"""Who is meant: a client by fragments and digits, a new client, a visitor (design 5, rules 4 and 5)."""

import re
from collections.abc import Sequence
from typing import Final

from tui_app.desk.commands.intents import ClientQuery, NewClient, Visitor, Who
from tui_app.desk.commands.tokens import Token
from tui_app.desk.commands.view import Refused, StopReading
from tui_app.desk.folding import fold
from tui_app.desk.phones import digits, parse_phone
from tui_app.desk.trouble import Unparsed

LEAST_END: Final = 3
"""Digits that the end of a phone has at least."""

LEAST_PHONE: Final = 7
"""Digits from which on a phone is whole, so that a name beside it makes a new client."""

MOST_PHONE: Final = 18
"""Digits of a phone with every prefix that people type before it."""

_GROUP: Final = re.compile(r"\+?[\d()./-]*\d[\d()./-]*")


def is_phone_group(token: Token) -> bool:
    """Whether a word is a group of a phone's digits."""
    return not token.quoted and _GROUP.fullmatch(token.text) is not None


def query_of(tokens: Sequence[Token], *, forced: bool = False) -> ClientQuery:
    """Read a client's name and phone to look for; one or two digits are part of a name. Raises `StopReading`.

    `forced` makes a name even of digits that stand alone.
    """
    lettered = any(char.isalpha() for token in tokens for char in token.text)
    groups = [] if forced and not lettered else [token for token in tokens if is_phone_group(token)]
    phone = digits("".join(token.text for token in groups))
    if len(phone) < LEAST_END:
        groups, phone = [], ""
    if len(phone) > MOST_PHONE:
        raise StopReading(Refused("Too many digits for a phone"))
    names = tuple(word for token in tokens if token not in groups for word in token.text.split() if fold(word).strip())
    if not names and not phone:
        raise StopReading(Refused("Type a name or the last digits of a phone"))
    quoted = any(token.quoted for token in tokens if token not in groups)
    return ClientQuery(" ".join((*names, phone)).strip(), names, phone, forced=(forced or quoted) and not phone)


def visitor_of(tokens: Sequence[Token]) -> Visitor:
    """Read a visitor's name; raises `StopReading`."""
    name = " ".join(token.text for token in tokens)
    if not any(char.isalpha() for char in name):
        raise StopReading(Refused("A visitor needs a name, as w anna"))
    return Visitor(_as_name(name))


def who_of(tokens: Sequence[Token], region: str, *, forced: bool = False) -> Who:
    """Read who is to be booked: a name beside a whole phone is a new client. Raises `StopReading`."""
    query = query_of(tokens, forced=forced)
    if len(query.phone) < LEAST_PHONE or not any(char.isalpha() for name in query.names for char in name):
        return query
    return _new_client(tokens, region)


def holders_of(client: NewClient) -> ClientQuery:
    """The query for whoever has a new client's phone already: they are offered first (design 5)."""
    phone = digits(client.phone.e164)
    return ClientQuery(phone, (), phone)


def _new_client(tokens: Sequence[Token], region: str) -> NewClient:
    places = [place for place, token in enumerate(tokens) if is_phone_group(token)]
    if places != list(range(places[0], places[-1] + 1)):
        raise StopReading(Refused("Type the phone in one piece, before or behind the name"))
    phone = " ".join(tokens[place].text for place in places)
    words = " ".join(token.text for place, token in enumerate(tokens) if place not in places).split()
    try:
        number = parse_phone(phone, region)
    except Unparsed as unparsed:
        raise StopReading(Refused(unparsed.words)) from None
    return NewClient(_as_name(words[0]), _as_name(" ".join(words[1:])), number)


def _as_name(text: str) -> str:
    """A name with capitals, where it was typed without any."""
    if text != text.lower():
        return text
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))
