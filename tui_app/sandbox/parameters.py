"""Query parameters: declared once, read by the server and written into its OpenAPI document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tui_app.sandbox.moments import WALL, WALL_T
from tui_app.sandbox.refusals import RefusalError, invalid, invalid_fields, malformed

BIGGEST = 2**31 - 1
EARLIEST_YEAR, LATEST_YEAR = 1971, 2199
_NUMBER = re.compile(r"-?[0-9]{1,10}\Z")
_WALL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\Z")
_WALL_T = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WALL_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"


class Kind(StrEnum):
    """What a parameter holds."""

    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"
    WALL = "wall"
    WALL_T = "wall_t"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter; `many` may be repeated, `required` is 400 when it is missing (contract 1)."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    many: bool = False
    least: int = 1
    most: int = BIGGEST
    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, object]:
        """The JSON schema of the value."""
        one: dict[str, object] = dict(_SCHEMAS[self.kind])
        if self.kind is Kind.NUMBER:
            one |= {"minimum": self.least, "maximum": self.most}
        if self.choices:
            one["enum"] = list(self.choices)
        return {"type": "array", "items": one} if self.many else one


_SCHEMAS: Mapping[Kind, Mapping[str, object]] = {
    Kind.NUMBER: {"type": "integer"},
    Kind.FLAG: {"type": "integer", "enum": [0, 1]},
    Kind.TEXT: {"type": "string"},
    Kind.WALL: {"type": "string", "pattern": _WALL_PATTERN},
    Kind.WALL_T: {"type": "string", "pattern": _WALL_PATTERN.replace(" ", "T")},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
}


class Query:
    """The parameters of one request, read and checked."""

    def __init__(self, declared: Iterable[Parameter], sent: Sequence[tuple[str, str]]) -> None:
        self._values: dict[str, list[object]] = {}
        errors: dict[str, list[str]] = {}
        for parameter in declared:
            texts = [value for name, value in sent if name == parameter.name]
            if parameter.required and not texts:
                raise malformed(f"The parameter {parameter.name} is required")
            try:
                self._values[parameter.name] = [_read(parameter, text) for text in texts]
            except ValueError as error:
                if parameter.required or parameter.kind in {Kind.WALL, Kind.WALL_T}:
                    raise malformed(f"{parameter.name}: {error}") from error
                errors[parameter.name] = [str(error)]
        if errors:
            raise invalid_fields(errors)

    def _last(self, name: str) -> object:
        values = self._values[name]
        return values[-1] if values else None

    def number(self, name: str) -> int | None:
        """Give a number, or None where it was not sent."""
        value = self._last(name)
        return value if isinstance(value, int) else None

    def count(self, name: str, default: int) -> int:
        """Give a number, or the default where it was not sent."""
        value = self.number(name)
        return default if value is None else value

    def numbers(self, name: str) -> list[int]:
        """Every number of a repeated parameter."""
        return [value for value in self._values[name] if isinstance(value, int)]

    def flag(self, name: str) -> bool:
        """Whether a 1 was sent."""
        return self._last(name) == 1

    def text(self, name: str) -> str | None:
        """Give a text, or None where it was not sent or is empty."""
        value = self._last(name)
        return value if isinstance(value, str) and value else None

    def moment(self, name: str) -> datetime | None:
        """Give a point in time (of the location's wall clock, where it holds no offset)."""
        value = self._last(name)
        return value if isinstance(value, datetime) else None

    def needed(self, name: str) -> datetime:
        """A point in time that is declared as required."""
        value = self.moment(name)
        if value is None:
            raise RefusalError(400, f"The parameter {name} is required")
        return value

    def chosen(self, *names: str) -> list[str]:
        """Every word of parameters that mean the same, such as `include` and `include[]`."""
        return [value for name in names for value in self._values[name] if isinstance(value, str)]


def _read(parameter: Parameter, text: str) -> object:
    match parameter.kind:
        case Kind.NUMBER | Kind.FLAG:
            return _number(parameter, text)
        case Kind.WALL:
            return _wall(text, _WALL, WALL)
        case Kind.WALL_T:
            return _wall(text, _WALL_T, WALL_T)
        case Kind.DAY:
            return _wall(text, _DATE, "%Y-%m-%d")
        case Kind.MOMENT:
            return _moment(text)
        case Kind.TEXT:
            if parameter.choices and text not in parameter.choices:
                raise ValueError("must be one of " + ", ".join(parameter.choices))
            return text


def _number(parameter: Parameter, text: str) -> int:
    least, most = (0, 1) if parameter.kind is Kind.FLAG else (parameter.least, parameter.most)
    if not _NUMBER.match(text):
        raise ValueError("must be an integer")
    if not least <= int(text) <= most:
        raise ValueError(f"must be between {least} and {most}")
    return int(text)


def _wall(text: str, shape: re.Pattern[str], form: str) -> datetime:
    if not shape.match(text):
        raise ValueError(f"must have the form {form}")
    return _in_range(datetime.strptime(text, form))  # noqa: DTZ007 -- a wall clock has no zone


def _moment(text: str) -> datetime:
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", text):
        raise ValueError("must be an ISO 8601 time")
    return _in_range(datetime.fromisoformat(text))


def _in_range(value: datetime) -> datetime:
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise ValueError("is out of range")
    return value


def include_of(*names: str) -> tuple[Parameter, Parameter]:
    """Both spellings of `include` (contract 1)."""
    return (Parameter("include", many=True, choices=names), Parameter("include[]", many=True, choices=names))


def check_order(start: datetime, end: datetime, field: str) -> None:
    """Refuse a period that ends before it starts (contract 2.1)."""
    if end < start:
        raise invalid(field, "The end of the period cannot be earlier than its start")
