"""The location's wall clock: whatever zone the machine is in, the desk works in the location's (design 6)."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tui_app.altegio.walltime import UnknownZone, zone

if TYPE_CHECKING:
    from tui_app.altegio.resources import Location

FALLBACK_ZONE: Final = "UTC"


class LocationClock:
    """Tells the time at the location. `clock` gives aware instants; wall-clock values are without an offset.

    `ticks` are those that something of the same desk has begun to count by.
    """

    __slots__ = ("_clock", "_ticks", "_zone")

    def __init__(self, clock: Callable[[], datetime], zone: ZoneInfo, ticks: Iterator[int] | None = None) -> None:
        self._clock = clock
        self._zone = zone
        self._ticks = ticks if ticks is not None else count(1)

    @property
    def zone(self) -> ZoneInfo:
        """The location's time zone."""
        return self._zone

    def instant(self) -> datetime:
        """This moment, in UTC."""
        return self._clock().astimezone(UTC)

    def tick(self) -> int:
        """A number higher than every one before it: it tells what came first, which two readings of a clock may not."""
        return next(self._ticks)

    def now(self) -> datetime:
        """The wall clock now."""
        return self.wall(self._clock())

    def today(self) -> date:
        """The date at the location now."""
        return self.now().date()

    def wall(self, instant: datetime) -> datetime:
        """The wall clock at an aware instant; `fold` is kept, so that a repeated hour stays told apart."""
        return instant.astimezone(self._zone).replace(tzinfo=None)

    def at(self, wall: datetime) -> datetime:
        """The instant in UTC at which the wall clock shows `wall`; of a repeated hour the first unless `fold` is 1."""
        return wall.replace(tzinfo=self._zone).astimezone(UTC)


def zone_or_fallback(location: "Location") -> tuple[ZoneInfo, tuple[str, ...]]:
    """The location's zone; UTC, and a note in words, where it is not told or not known here."""
    if not location.zone:
        return ZoneInfo(FALLBACK_ZONE), ("The location tells no time zone: what is over and what runs is told by UTC",)
    try:
        return zone(location.zone), ()
    except UnknownZone as unknown:
        words = f"The time zone {unknown.name} is not known here: what is over and what runs is told by UTC"
        return ZoneInfo(FALLBACK_ZONE), (words,)
