"""The location's wall clock: whatever zone the machine is in, the desk works in the location's (design 6)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class LocationClock:
    """Tells the time at the location. `clock` gives aware instants; wall-clock values are without an offset."""

    __slots__ = ("_clock", "_zone")

    def __init__(self, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._clock = clock
        self._zone = zone

    @property
    def zone(self) -> ZoneInfo:
        """The location's time zone."""
        return self._zone

    def instant(self) -> datetime:
        """This moment, in UTC."""
        return self._clock().astimezone(UTC)

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
