"""Values as the API may spell them, each brought to one type; what cannot be read is nothing (contract 1)."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Final, Self, TypeAlias, get_type_hints

from msgspec import Struct

from tui_app.altegio.text import clean, clean_multiline
from tui_app.altegio.walltime import parse_wall

LARGEST_NUMBER: Final = 2**63 - 1
LONGEST_DURATION: Final = timedelta(days=366)

_COLOR: Final = re.compile(r"#?([0-9a-fA-F]{6})")
_TRUE: Final = frozenset({"1", "true", "yes", "on"})


class Lenient(Struct, frozen=True, kw_only=True):
    """An answer's model: unknown keys are ignored, and a field that cannot be read is nothing.

    The type of each field names what reads it, one of those below.
    """

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Read the fields out of values; one that is missing has its default."""
        readers = _readers(cls)
        return cls(**{name: read(values[name]) for name, read in readers.items() if name in values})


@cache
def _readers(model: type[Lenient]) -> Mapping[str, Callable[[object], object]]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name].__metadata__[0] for name in model.__struct_fields__}


def to_float(value: object) -> float | None:
    """Read a number, also one in a string; no number is infinite."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def to_int(value: object) -> int | None:
    """Read a whole number, also one in a string or with a fraction of zero."""
    if type(value) is int:
        return value if abs(value) <= LARGEST_NUMBER else None
    if isinstance(value, str) and value.strip().lstrip("+-").isdecimal() and len(value) < 30:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        number = to_float(value)
        if number is None or not number.is_integer():
            return None
        value = int(number)
    return value if abs(value) <= LARGEST_NUMBER else None


def to_id(value: object) -> int | None:
    """Read an id: a whole number above zero."""
    number = to_int(value)
    return number if number is not None and number > 0 else None


def to_count(value: object) -> int | None:
    """Read a number of things: never below zero."""
    number = to_int(value)
    return number if number is not None and number >= 0 else None


def to_flag(value: object) -> bool:
    """Read a flag: a boolean, 0 or 1, or a word for one."""
    if isinstance(value, str):
        return value.strip().lower() in _TRUE
    return isinstance(value, (bool, int, float)) and bool(value)


def to_known_flag(value: object) -> bool | None:
    """Read a flag that may not be told at all."""
    return to_flag(value) if isinstance(value, (bool, int, float, str)) and value != "" else None


def to_line(value: object) -> str:
    """Read one line of text, cleaned; a number is its digits."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return clean(value if isinstance(value, str) else str(value))


def to_lines(value: object) -> str:
    """Read text of several lines, cleaned."""
    return clean_multiline(value) if isinstance(value, str) else to_line(value)


def to_color(value: object) -> str:
    """Read a colour as `#rrggbb`, with or without its `#`; anything else is none."""
    found = _COLOR.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"#{found[1].lower()}" if found else ""


def to_duration(value: object) -> timedelta | None:
    """Read a duration from seconds (contract 1)."""
    seconds = to_float(value)
    if seconds is None or not 0 <= seconds <= LONGEST_DURATION.total_seconds():
        return None
    return timedelta(seconds=int(seconds))


def to_wall(value: object) -> datetime | None:
    """Read the wall clock of a date, whatever its offset says (contract 1)."""
    if isinstance(value, dict):
        value = value.get("date")
    if not isinstance(value, str):
        return None
    try:
        return parse_wall(value.strip())
    except ValueError:
        return None


def to_day(value: object) -> date | None:
    """Read a day from the first ten characters."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


Float: TypeAlias = Annotated[float | None, to_float]
Int: TypeAlias = Annotated[int | None, to_int]
Id: TypeAlias = Annotated[int | None, to_id]
Count: TypeAlias = Annotated[int | None, to_count]
Flag: TypeAlias = Annotated[bool, to_flag]
KnownFlag: TypeAlias = Annotated[bool | None, to_known_flag]
Line: TypeAlias = Annotated[str, to_line]
Lines: TypeAlias = Annotated[str, to_lines]
Color: TypeAlias = Annotated[str, to_color]
Duration: TypeAlias = Annotated[timedelta | None, to_duration]
Wall: TypeAlias = Annotated[datetime | None, to_wall]
Day: TypeAlias = Annotated[date | None, to_day]
