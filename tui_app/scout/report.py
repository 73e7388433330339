"""What the scout tells: the good answers to what it has asked, through a pipe and into memory alone (design 6)."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from tui_app.altegio.calls import Params
from tui_app.altegio.servers import Version
from tui_app.screens.schedule.day_picture import DayPicture

LARGEST: Final = 50_000_000
"""Bytes of a report that are read: more is no first day."""

FOUND: Final = b"+"
"""The first byte: the tokens are found, nobody is asked for anything any more. What follows is a report."""


class Heard(Struct, frozen=True, array_like=True):
    """The answer to one read."""

    path: str
    params: Params
    version: Version
    data: Any
    included: tuple[Any, ...]
    meta: dict[str, Any] | None


class Report(Struct, frozen=True, array_like=True):
    """All that was heard; `asked` are the moments of all requests, which count against the server's limit.

    Moments are seconds of the monotonic clock, which all processes of a machine share. The `picture` is there where
    today was heard whole.
    """

    heard: tuple[Heard, ...]
    asked: tuple[float, ...]
    picture: DayPicture | None = None


def pack(report: Report) -> bytes:
    """Make bytes of a report. Raises OverflowError for numbers that no report can hold."""
    return msgspec.msgpack.encode(report)


def unpack(data: bytes) -> Report | None:
    """Make a report of its bytes again; None: that is none."""
    try:
        return msgspec.msgpack.decode(data, type=Report)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
