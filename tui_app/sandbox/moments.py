"""Wall clocks, zones and the spellings of time on the wire (contract 1)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

WALL = "%Y-%m-%d %H:%M:%S"
WALL_T = "%Y-%m-%dT%H:%M:%S"


def to_timestamp(wall: datetime, zone: str) -> int:
    """Unix seconds of a wall clock in a zone; an hour that a clock change skips slides forward."""
    return int(wall.replace(tzinfo=ZoneInfo(zone)).timestamp())


def to_wall(timestamp: int, zone: str) -> datetime:
    """The wall clock of a zone, without an offset."""
    return datetime.fromtimestamp(timestamp, ZoneInfo(zone)).replace(tzinfo=None)


def received(timestamp: int, zone: str) -> str:
    """`YYYY-MM-DDTHH:MM:SS+HHMM`: how event dates are answered, no colon in the offset."""
    return datetime.fromtimestamp(timestamp, ZoneInfo(zone)).strftime(f"{WALL_T}%z")


def utc(timestamp: int) -> datetime:
    """An aware UTC time of Unix seconds."""
    return datetime.fromtimestamp(timestamp, UTC)
