"""What a person reads off the schedule's screen."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

A_DAY: Final = r"^.{0,6}\d\d:\d\d +\S.* [\d·]+/[\d·]+/[\d·]+"
"""At least one event is on the screen."""

A_ROSTER: Final = r"\d+ of \d+"
"""The heading of a roster that has been read."""

_EVENT: Final = re.compile(
    r"^(?P<mark>[▸▹ ])?[ *▌]*(?P<time>\d\d:\d\d) +(?P<words>\S.*?) +[\d·]+/[\d·]+/(?P<capacity>[\d·]+)"
)


class EventLine(NamedTuple):
    """One event as it is shown."""

    selected: bool
    time: str
    words: str
    capacity: str


def event_lines(screen: str) -> list[EventLine]:
    """The events on a screen, from top to bottom."""
    found = (_EVENT.match(line) for line in screen.split("\n"))
    return [EventLine(each["mark"] == "▸", each["time"], each["words"], each["capacity"]) for each in found if each]


def selected(screen: str) -> EventLine | None:
    """The event under the cursor."""
    return next((event for event in event_lines(screen) if event.selected), None)
