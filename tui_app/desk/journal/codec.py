"""Operations as text and back, for the journal: what was left out of a request stays left out."""

from functools import cache
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from tui_app.altegio.operations import (
    AddBooking,
    AddBookings,
    CancelBooking,
    CreateEvent,
    DeleteEvent,
    MarkAttendance,
    MoveBooking,
    Operation,
    RepeatEvent,
    UpdateBooking,
    UpdateEvent,
)
from tui_app.altegio.requests import LEFT_OUT
from tui_app.desk.journal.rows import kind_of

_KINDS: Final = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            AddBooking,
            AddBookings,
            CancelBooking,
            CreateEvent,
            DeleteEvent,
            MarkAttendance,
            MoveBooking,
            RepeatEvent,
            UpdateBooking,
            UpdateEvent,
        )
    }
)


class Undecipherable(Exception):
    """A text holds no operation that this version knows."""


def pack(operation: Operation) -> str:
    """Make a text of an operation."""
    return to_json(_said(_adapter(kind_of(operation)).dump_python(operation))).decode()


def unpack(kind: str, text: str) -> Operation:
    """Make an operation of its text again; raises `Undecipherable`."""
    if kind not in _KINDS:
        raise Undecipherable(kind)
    try:
        operation: Operation = _adapter(kind).validate_json(text)
    except ValidationError:
        raise Undecipherable(kind) from None  # its message would quote the text
    return operation


def pack_ids(ids: tuple[int, ...]) -> str:
    """Make a text of ids."""
    return to_json(ids).decode()


def unpack_ids(text: str) -> tuple[int, ...]:
    """Make ids of their text again; raises `Undecipherable`."""
    try:
        return tuple(int(one) for one in from_json(text))
    except (ValueError, TypeError):
        raise Undecipherable("ids") from None


def encodable(text: str) -> str:
    """Make half characters, which a terminal may let through, whole: no file takes them."""
    return text.encode("utf-8", "replace").decode()


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[kind])


def _said(value: Any) -> Any:  # noqa: ANN401  whatever a request may hold
    """Leave out what is not sent: as a text it could not be told from a comment of the same letters."""
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items() if one is not LEFT_OUT}
    if isinstance(value, tuple | list):
        return [_said(one) for one in value]
    return encodable(value) if isinstance(value, str) else value
