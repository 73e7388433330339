"""Operations as text and back, for the journal: what was left out of a request stays left out."""

from functools import cache
from types import MappingProxyType
from typing import Any, Final

import msgspec

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
    return msgspec.json.encode(_whole(msgspec.to_builtins(operation))).decode()


def unpack(kind: str, text: str) -> Operation:
    """Make an operation of its text again; raises `Undecipherable`."""
    if kind not in _KINDS:
        raise Undecipherable(kind)
    try:
        return _decoder(kind).decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Undecipherable(kind) from None  # its message would quote the text


def pack_ids(ids: tuple[int, ...]) -> str:
    """Make a text of ids."""
    return msgspec.json.encode(ids).decode()


def unpack_ids(text: str) -> tuple[int, ...]:
    """Make ids of their text again; raises `Undecipherable`."""
    try:
        return msgspec.json.decode(text, type=tuple[int, ...])
    except (msgspec.MsgspecError, ValueError):
        raise Undecipherable("ids") from None


def encodable(text: str) -> str:
    """Make half characters, which a terminal may let through, whole: no file takes them."""
    return text.encode("utf-8", "replace").decode()


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Operation]:
    return msgspec.json.Decoder(_KINDS[kind])


def _whole(value: Any) -> Any:  # noqa: ANN401  whatever a request may hold
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_whole(one) for one in value]
    return encodable(value) if isinstance(value, str) else value
