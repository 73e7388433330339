"""The location's wall clock: what is read, what is written, and the two hours a year that are not what they seem."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tui_app.altegio.text import clean


class UnknownZone(ValueError):
    """A location's zone that is no IANA name, or that this machine does not know; `name` is cleaned."""

    def __init__(self, name: str) -> None:
        self.name = clean(name)[:100]
        super().__init__(f"the time zone «{self.name}» is not known here")


class WallKind(Enum):
    """What a wall-clock time is in a zone."""

    USUAL = "usual"
    SKIPPED = "skipped"
    DOUBLED = "doubled"


def zone(name: str) -> ZoneInfo:
    """Find a zone by its IANA name. Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(name) from None


def parse_wall(text: str) -> datetime:
    """Read the wall clock: the first 19 characters, whatever offset follows (contract 1). Raises ValueError."""
    if len(text) < 16 or text[4] != "-" or text[7] != "-" or text[10] not in "T " or text[13] != ":":
        raise ValueError("this is not a date with a time")
    return datetime.fromisoformat(text[:19]).replace(tzinfo=None)


def format_wall_space(wall: datetime) -> str:
    """Write `YYYY-MM-DD HH:MM:SS`, as events want it (contract 1)."""
    return wall.replace(tzinfo=None, microsecond=0).isoformat(sep=" ")


def format_wall_t(wall: datetime) -> str:
    """Write `YYYY-MM-DDTHH:MM:SS`, as filters of bookings want it (contract 1)."""
    return wall.replace(tzinfo=None, microsecond=0).isoformat(sep="T")


def wall_now(clock: Callable[[], datetime], where: ZoneInfo) -> datetime:
    """Read the wall clock of a zone off a clock that gives aware instants."""
    return clock().astimezone(where).replace(tzinfo=None)


def instants(wall: datetime, where: ZoneInfo) -> tuple[datetime, ...]:
    """Find the instants, in UTC, at which a zone's clock shows `wall`: one, none (skipped) or two (doubled)."""
    try:
        folds = (wall.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1))
        found = sorted({instant for instant in folds if instant.astimezone(where).replace(tzinfo=None) == wall})
    except OverflowError:  # the first and the last day that a datetime can hold
        return (wall.replace(tzinfo=UTC),)
    return tuple(found)


def wall_kind(wall: datetime, where: ZoneInfo) -> WallKind:
    """Tell whether a clock change skips this time, doubles it, or leaves it alone."""
    return {0: WallKind.SKIPPED, 1: WallKind.USUAL}.get(len(instants(wall.replace(fold=0), where)), WallKind.DOUBLED)


def instant_of(wall: datetime, where: ZoneInfo, timestamp: int | None = None) -> datetime:
    """Place a wall-clock time on the line of time, in UTC.

    A doubled time is told apart by `timestamp` (Unix seconds), else it is the first; a skipped one moves on by the gap.
    """
    found = instants(wall.replace(fold=0), where)
    if not found:
        return wall.replace(tzinfo=where, fold=0).astimezone(UTC)
    return next((instant for instant in found if int(instant.timestamp()) == timestamp), found[0])


def disagrees(wall: datetime, timestamp: int, where: ZoneInfo) -> bool:
    """Tell whether an answer's wall clock and its `timestamp` name different times in a zone (contract 1)."""
    try:
        shown = datetime.fromtimestamp(timestamp, where)
    except (OverflowError, OSError, ValueError):
        return True
    return shown.replace(tzinfo=None, fold=0) != wall
