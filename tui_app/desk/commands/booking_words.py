"""A class, and who is to be booked into it: `18`, `18 5678`, `kim *3`, `w anna` (design 5, rules 3 to 5)."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from tui_app.desk.commands.event_tokens import (
    ATTACHED,
    EventToken,
    events_at,
    nothing_at,
    read_attached_verb,
    read_event_token,
)
from tui_app.desk.commands.intents import Book, OnClass, SelectEvent, Who
from tui_app.desk.commands.people import LEAST_END, LEAST_PHONE, is_phone_group, query_of, visitor_of, who_of
from tui_app.desk.commands.questions import Choice, Lost
from tui_app.desk.commands.said import Said, event_of, settled_day, usage
from tui_app.desk.commands.saying import query_words
from tui_app.desk.commands.tokens import Token, take_places, tokens_of
from tui_app.desk.commands.verbs import Verb, may_stand_on_class
from tui_app.desk.commands.view import (
    About,
    Candidates,
    Deferred,
    Missing,
    PartReading,
    Refused,
    StopReading,
    View,
)
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.phones import digits, mask_phone
from tui_app.desk.when import format_time

_UNSPACED: Final = re.compile(r"\d{1,2}(?:[:;]\d{2})?(?=[^\W\d_][\d+-])")

VerbOf = Callable[[str, View], Verb | None]
"""The verb by which an entry is read, or refused; None: it has none."""


def no_verb(_: str, __: View) -> Verb | None:
    """Nothing is a verb: where a name is forced."""
    return None


def read_class(part: str, view: View, *, verb_of: VerbOf) -> PartReading | None:
    """A word that names a class, alone, before somebody to book or before a verb; None: it is another kind of word."""
    first, _, rest = part.partition(" ")
    rest = rest.strip()
    before = read_attached_verb(first) if not rest else None
    if before is not None:
        return _on_class_attached(first, before, view)
    token = read_event_token(first)
    if token is None:
        return _unspaced(first, rest, view, verb_of)
    if rest and _whole_phone(tokens_of(part)):
        return _class_or_phone(token, rest, part, view)
    settled_day(view)
    if token.ordinal is not None and not events_at(token, view.events):
        return _no_such_ordinal(token, rest, part, view, verb_of)
    if not rest:
        return _chosen(token, view, part, lambda event: SelectEvent(event.id))
    visitor = is_visitor(rest)
    verb = verb_of(rest, view) if not visitor else None
    if verb is not None and may_stand_on_class(verb, rest):
        return _chosen(token, view, part, lambda event: OnClass(event.id, rest))
    if not visitor and (verb is not None or _is_class_or_answer(rest)):
        words = "Behind a class comes a client, or what is done to the class itself"
        return Refused(words, nearest=f"{first}; {rest}", lost=Lost.EVENT)
    placed = take_places(rest)
    if placed.problem:
        return Refused(placed.problem, lost=Lost.EVENT)
    who = _who(placed.text, view)
    return _chosen(token, view, part, lambda event: Book(event.id, who, placed.places or 1, selects=True))


def _on_class_attached(word: str, token: EventToken, view: View) -> PartReading:
    """`18x`: cancels the class, unless an hour has so many that the letter could be one of them."""
    settled_day(view)
    if token.ordinal is None and len(events_at(token, view.events)) > ord(ATTACHED) - ord("a"):
        words = f"«{word}» can be one of the many classes at {token.clock}, or {ATTACHED}"
        return Refused(words, nearest=f"{token.clock} {ATTACHED}", lost=Lost.EVENT)
    return _chosen(token, view, word, lambda event: OnClass(event.id, ATTACHED))


def _no_such_ordinal(token: EventToken, rest: str, part: str, view: View, verb_of: VerbOf) -> Refused | Deferred:
    """`18e` where only one class starts at 18: the letter may have been meant as a verb, and is not taken for it."""
    if not view.day_known and not token.problem:
        return Deferred(part, Missing.DAY)
    meant = f"{token.words.removeprefix(token.clock)} {rest}".strip()
    verb = verb_of(meant, view)
    nearest = f"{token.clock} {meant}" if verb is not None and may_stand_on_class(verb, meant) else ""
    return Refused(nothing_at(token, view.events), nearest=nearest, lost=Lost.EVENT)


def _unspaced(first: str, rest: str, view: View, verb_of: VerbOf) -> Refused | None:
    """`18c14`: no name looks so, and what is meant is a verb behind a class; None: it is another kind of word."""
    match = _UNSPACED.match(first)
    meant = f"{first[match.end() :]} {rest}".strip() if match is not None else ""
    verb = verb_of(meant, view) if meant else None
    if match is None or verb is None:
        return None
    joint = " " if may_stand_on_class(verb, meant) else "; "
    return Refused("A class and a verb stand apart", nearest=f"{match[0]}{joint}{meant}", lost=Lost.EVENT)


def _who(text: str, view: View) -> Who:
    tokens = tokens_of(text)
    try:
        return visitor_of(tokens[1:]) if is_visitor(text) else who_of(tokens, view.region)
    except StopReading as stopped:
        if isinstance(stopped.reading, Refused):
            raise StopReading(Refused(stopped.reading.words, stopped.reading.nearest, Lost.EVENT)) from None
        raise


def is_visitor(text: str) -> bool:
    """Whether an entry begins with the verb of a visitor, and somebody behind it."""
    tokens = tokens_of(text)
    return len(tokens) > 1 and not tokens[0].quoted and tokens[0].text.lower() in {"w", "ц"}


def _is_class_or_answer(rest: str) -> bool:
    tokens = tokens_of(rest)
    return len(tokens) == 1 and not tokens[0].quoted and (rest[0] == "=" or read_event_token(rest) is not None)


def _whole_phone(tokens: Sequence[Token]) -> bool:
    """Whether a class and a client could as well be one phone, typed in groups: `8 701 234 56 78`."""
    if not all(map(is_phone_group, tokens)) or any("+" in token.text for token in tokens):
        return False
    length = len(digits("".join(token.text for token in tokens)))
    return length >= LEAST_PHONE and (len(tokens) > 2 or (len(tokens[0].text) == 1 and length == 11))


def _class_or_phone(token: EventToken, rest: str, part: str, view: View) -> PartReading:
    if not view.day_known:
        return Deferred(part, Missing.DAY)
    found = events_at(token, view.events)
    phone = query_of(tokens_of(part))
    if not found:
        return Book(event_of(view, part).id, phone)
    settled_day(view)
    who = query_of(tokens_of(rest))
    choices = [Choice(f"{_words(event)}, {query_words(who)}", Book(event.id, who, selects=True)) for event in found]
    if view.selected is not None and view.questions.unsettled is None:
        choices.append(Choice(f"the phone {mask_phone(phone.phone)}", Book(event_of(view, part).id, phone)))
    return Candidates(About.EVENT, tuple(choices))


def _chosen(
    token: EventToken, view: View, text: str, make: Callable[[ScheduledEvent], SelectEvent | OnClass | Book]
) -> PartReading:
    if not view.day_known and not token.problem:
        return Deferred(text, Missing.DAY)
    found = events_at(token, view.events)
    if not found:
        return Refused(nothing_at(token, view.events), lost=Lost.EVENT)
    if len(found) == 1:
        return make(found[0])
    return Candidates(About.EVENT, tuple(Choice(_words(event), make(event)) for event in found))


def _words(event: ScheduledEvent) -> str:
    return f"{format_time(event.starts_at)} {event.service}, {event.team_member}"


def read_visitor(said: Said, view: View) -> PartReading | None:
    """`w anna`: a visitor by name; with a whole phone it is no visitor, so that is refused."""
    placed = take_places(said.rest)
    if placed.problem:
        return Refused(placed.problem)
    tokens = tokens_of(placed.text)
    if not tokens:
        return usage(said.verb)
    if said.attached or any(is_phone_group(token) and len(digits(token.text)) >= LEAST_END for token in tokens):
        return Refused("A visitor has a name and no phone: leave out the w for a client", nearest=said.verb.shows)
    return Book(event_of(view, said.text).id, visitor_of(tokens), placed.places or 1)


def read_booking(part: str, view: View, *, forced: bool = False, verb_of: VerbOf = no_verb) -> PartReading:
    """Everything else: a client, or a new one, for the selected event; a leading space or quotes force a name."""
    placed = take_places(part)
    if placed.problem:
        return Refused(placed.problem)
    if placed.places is not None and verb_of(placed.text, view) is not None:
        return Refused(f"«{placed.text}» takes no places")
    tokens = tokens_of(placed.text)
    who = who_of(tokens, view.region, forced=forced and not any(token.quoted for token in tokens))
    return Book(event_of(view, part).id, who, placed.places or 1)
