"""A class, and who is to be booked into it: `18`, `18 5678`, `kim *3`, `w anna` (design 5, rules 3 to 5)."""

from collections.abc import Callable, Sequence

from tui_app.desk.commands.event_tokens import EventToken, events_at, nothing_at, read_event_token
from tui_app.desk.commands.intents import Book, SelectEvent, Who
from tui_app.desk.commands.people import LEAST_END, LEAST_PHONE, is_phone_group, query_of, visitor_of, who_of
from tui_app.desk.commands.questions import Choice, Lost
from tui_app.desk.commands.said import Said, event_of, settled_day, usage
from tui_app.desk.commands.saying import query_words
from tui_app.desk.commands.tokens import Token, take_places, tokens_of
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

IsVerb = Callable[[str, View], bool]
"""Whether an entry is read, or refused, by a verb."""


def no_verb(_: str, __: View) -> bool:
    """Nothing is a verb: where a name is forced."""
    return False


def read_class(part: str, view: View, *, is_verb: IsVerb) -> PartReading | None:
    """A word that names a class, alone or before somebody to book; None: it is another kind of word."""
    first, _, rest = part.partition(" ")
    token = read_event_token(first)
    if token is None:
        return None
    rest = rest.strip()
    if rest and _whole_phone(tokens_of(part)):
        return _class_or_phone(token, rest, part, view)
    settled_day(view)
    if not rest:
        return _chosen(token, view, part, lambda event: SelectEvent(event.id))
    visitor = is_visitor(rest)
    if not visitor and _is_other_entry(rest, view, is_verb):
        words = f"Behind a class comes a client; «{rest}» is something else"
        return Refused(words, nearest=f"{first}; {rest}", lost=Lost.EVENT)
    placed = take_places(rest)
    if placed.problem:
        return Refused(placed.problem, lost=Lost.EVENT)
    who = _who(placed.text, view)
    return _chosen(token, view, part, lambda event: Book(event.id, who, placed.places or 1, selects=True))


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


def _is_other_entry(rest: str, view: View, is_verb: IsVerb) -> bool:
    tokens = tokens_of(rest)
    return is_verb(rest, view) or (
        len(tokens) == 1 and not tokens[0].quoted and (rest[0] == "=" or read_event_token(rest) is not None)
    )


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
    token: EventToken, view: View, text: str, make: Callable[[ScheduledEvent], SelectEvent | Book]
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


def read_booking(part: str, view: View, *, forced: bool = False, is_verb: IsVerb = no_verb) -> PartReading:
    """Everything else: a client, or a new one, for the selected event; a leading space or quotes force a name."""
    placed = take_places(part)
    if placed.problem:
        return Refused(placed.problem)
    if placed.places is not None and is_verb(placed.text, view):
        return Refused(f"«{placed.text}» takes no places")
    tokens = tokens_of(placed.text)
    who = who_of(tokens, view.region, forced=forced and not any(token.quoted for token in tokens))
    return Book(event_of(view, part).id, who, placed.places or 1)
