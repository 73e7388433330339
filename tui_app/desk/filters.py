"""Which events of a day or a week are shown: by words, service, team member, room, tag and free places (design 4.1)."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

from msgspec import Struct

from tui_app.desk.closeness import closeness
from tui_app.desk.folding import fold, other_layout, words_of
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.when import format_time

_FREE: Final = "free"
_PIECE: Final = re.compile(r'"([^"]*)(?:"|$)|[^\s"]+')
_PLACES: Final = re.compile(r"\d{1,2}")


class Named(Enum):
    """What a filter can name by a fragment: the word that is typed before it."""

    TEAM_MEMBER = "t"
    ROOM = "room"
    TAG = "tag"
    SERVICE = "service"


IN_WORDS: Final = {
    Named.TEAM_MEMBER: "team member",
    Named.ROOM: "room",
    Named.TAG: "tag",
    Named.SERVICE: "service",
}


class EventFilter(Struct, frozen=True):
    """A filter as it was typed: words that are looked for anywhere, fragments of names, and the least free places."""

    words: tuple[str, ...] = ()
    named: tuple[tuple[Named, str], ...] = ()
    free: int = 0

    @property
    def chips(self) -> tuple[str, ...]:
        """Each part of it as it is typed: «/yoga», «t an», «free 2»."""
        text = (f"/{' '.join(self.words)}",) if self.words else ()
        free = (f"{_FREE} {self.free}",) if self.free else ()
        return (*text, *(f"{kind.value} {fragment}" for kind, fragment in self.named), *free)

    @property
    def in_words(self) -> str:
        """What it asks for: «yoga», team member «an», 2 places free."""
        text = (f"«{' '.join(self.words)}»",) if self.words else ()
        free = (f"{self.free} place{'' if self.free == 1 else 's'} free",) if self.free else ()
        return ", ".join((*text, *(f"{IN_WORDS[kind]} «{fragment}»" for kind, fragment in self.named), *free))


def read_filter(text: str) -> EventFilter:
    """Read a filter: «yoga free 2», «t an», «room 2», «tag kids», in any order; quotes make text of anything.

    A word that names nothing behind it is text like any other. The other keyboard layout is forgiven.
    """
    pieces = [(match[1] if match[1] is not None else match[0], match[1] is not None) for match in _PIECE.finditer(text)]
    words, named, free = list[str](), list[tuple[Named, str]](), 0
    place = 0
    while place < len(pieces):
        piece, quoted = pieces[place]
        behind = pieces[place + 1] if place + 1 < len(pieces) else None
        kind = None if quoted else _kind(piece)
        if not quoted and _is_free(piece):
            counted = behind is not None and _PLACES.fullmatch(behind[0]) is not None
            free = max(1, int(behind[0])) if behind is not None and counted else 1
            place += counted
        elif _PLACES.fullmatch(piece) and not quoted and behind is not None and _is_free(behind[0]):
            free = max(1, int(piece))
            place += 1
        elif kind is not None and behind is not None and (behind[1] or not _is_free(behind[0])):
            named.append((kind, behind[0]))
            place += 1
        else:
            words += piece.split()
        place += 1
    return EventFilter(tuple(words), tuple(named), free)


def cannot_tell(events: Iterable[ScheduledEvent], text: str) -> str:
    """Say that a filter names rooms or tags where the list tells them of no event; empty where it can be told."""
    kinds, all_events = {kind for kind, _ in read_filter(text).named}, tuple(events)
    if Named.TAG in kinds and all_events and all(event.tags is None for event in all_events):
        return "The list does not tell which tags these events have"
    if Named.ROOM in kinds and all_events and all(event.rooms is None for event in all_events):
        return "The list does not tell which rooms these events have"
    return ""


def _typed(word: str) -> tuple[str, str]:
    return word.lower(), other_layout(word)


def _kind(word: str) -> Named | None:
    return next((kind for kind in Named if kind.value in _typed(word)), None)


def _is_free(word: str) -> bool:
    return _FREE in _typed(word)


def filter_events(events: Iterable[ScheduledEvent], text: str) -> tuple[ScheduledEvent, ...]:
    """Keep the events that a filter asks for; what is not known of an event does not fit."""
    wanted, all_events = read_filter(text), tuple(events)
    kept = all_events
    for kind, fragment in wanted.named:
        names = _fitting(fragment, {name for event in all_events for name in _names(event, kind)})
        kept = tuple(event for event in kept if names.intersection(_names(event, kind)))
    if wanted.free:
        kept = tuple(event for event in kept if not event.cancelled and (event.free or 0) >= wanted.free)
    return _holding(kept, wanted.words) if wanted.words else kept


def _names(event: ScheduledEvent, kind: Named) -> tuple[str, ...]:
    match kind:
        case Named.TEAM_MEMBER:
            return (event.team_member,)
        case Named.ROOM:
            return event.rooms or ()
        case Named.TAG:
            return tuple(tag.title for tag in event.tags or ())
        case Named.SERVICE:
            return (event.service,)


def _fitting(fragment: str, names: set[str]) -> set[str]:
    """The names with words that begin so, else those that hold it; a number is a whole word: room 2 is not room 12."""
    levels = (1,) if fragment.isdecimal() else (2, 3)
    for typed in dict.fromkeys((fragment, other_layout(fragment))):
        for level in levels:
            found = {name for name in names if closeness(words_of(typed), words_of(name)) <= level}
            if found:
                return found
    return set()


def _holding(events: Sequence[ScheduledEvent], typed: Sequence[str]) -> tuple[ScheduledEvent, ...]:
    """The events that hold every word, in any case, ё as е; the other keyboard layout if none does."""
    candidates = tuple((event, _haystack(event)) for event in events)
    text = " ".join(typed)
    for words in (words_of(text), words_of(other_layout(text))):
        found = tuple(event for event, hay in candidates if all(word in hay for word in words))
        if found:
            return found
    return ()


def _haystack(event: ScheduledEvent) -> str:
    titles = (tag.title for tag in event.tags or ())
    parts = (event.service, event.team_member, *(event.rooms or ()), *titles, event.event.comment)
    return fold("\n".join((format_time(event.starts_at), *parts)))
