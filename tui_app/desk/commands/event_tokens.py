"""The word that names a class by its time: `18`, `18:30`, `18b`, `6pm` (design 5, rule 3)."""

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from tui_app.desk.commands.layouts import by_key
from tui_app.desk.model import ScheduledEvent
from tui_app.desk.when import format_time

ATTACHED: Final = "x"
"""The only verb that may stand behind a class without a space: as an ordinal it would be the 24th event of an hour."""

_TOKEN: Final = re.compile(r"(\d{1,2})(?:[:;](\d{2}))?(?:([ap])m|([a-z]))?")


class EventToken(Struct, frozen=True):
    """An hour, or a time where `minute` is told; `ordinal` counts from 0 the events that begin then."""

    hour: int
    minute: int | None = None
    ordinal: int | None = None

    @property
    def problem(self) -> str:
        """What is wrong with the time, in words; empty where it exists."""
        if self.hour <= 23 and (self.minute or 0) <= 59:
            return ""
        if self.minute is None:
            return f"There is no hour {self.hour}; the end of a phone has 3 to 6 digits"
        return f"There is no {self.hour:02}:{self.minute:02}"

    @property
    def clock(self) -> str:
        """The time alone, as it is typed: «18», «18:30»."""
        return f"{self.hour}" if self.minute is None else f"{self.hour:02}:{self.minute:02}"

    @property
    def words(self) -> str:
        """The token as it is typed: «18b»."""
        return self.clock + (chr(ord("a") + self.ordinal) if self.ordinal is not None else "")


def read_event_token(word: str) -> EventToken | None:
    """Read a word that names a class, letters by the position of their key; None: it is another kind of word."""
    match = _TOKEN.fullmatch(by_key(word))
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2]) if match[2] else None
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return EventToken(hour, minute, ord(match[4]) - ord("a") if match[4] else None)


def read_attached_verb(word: str) -> EventToken | None:
    """The class before a verb without a space, as in `18x` and `18bx`; None: the word is something else."""
    typed = by_key(word)
    return read_event_token(typed.removesuffix(ATTACHED)) if typed.endswith(ATTACHED) else None


def events_at(token: EventToken, events: Iterable[ScheduledEvent]) -> tuple[ScheduledEvent, ...]:
    """The events that begin within that hour, or at that time, in the order of time; cancelled ones do not count.

    An ordinal picks one of them, or none where there are fewer.
    """
    found = sorted(
        (
            event
            for event in events
            if event.starts_at.hour == token.hour
            and (token.minute is None or event.starts_at.minute == token.minute)
            and not event.cancelled
        ),
        key=lambda event: (event.starts_at, event.id),
    )
    return tuple(found if token.ordinal is None else found[token.ordinal : token.ordinal + 1])


def nothing_at(token: EventToken, events: Iterable[ScheduledEvent]) -> str:
    """Say why a token names no event, with the times that may have been meant."""
    if token.problem:
        return token.problem
    standing = [event for event in events if not event.cancelled]
    if token.ordinal is not None:
        count = len(events_at(EventToken(token.hour, token.minute), standing))
        if count:
            return f"Only {count} {'event starts' if count == 1 else 'events start'} at {token.clock}"
    others = [event for event in standing if event.starts_at.hour in {token.hour, token.hour + 12}]
    hint = f"; there is {format_time(others[0].starts_at)} {others[0].service}" if others else ""
    return f"No event starts at {token.clock}{hint}"
