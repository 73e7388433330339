"""Faults that a test asks for: wrong answers, silence, slowness, before or after the request took effect."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus

from tui_app.sandbox.answers import refusal
from tui_app.sandbox.refusals import forbidden


class ConnectionDroppedError(ConnectionError):
    """In process, where there is no socket to cut: the connection ended without an answer."""


class Drop(Enum):
    """How a connection ends: nothing sent, or an answer broken off in its middle."""

    SILENT = "silent"
    TORN = "torn"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong. `handled` says whether the request takes effect all the same."""

    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: Drop | None = None
    delay: float = 0.0
    drip: float = 0.0
    handled: bool = False


@dataclass(slots=True)
class _Armed:
    fault: Fault
    method: str | None
    path: str
    skip: int
    times: int | None

    def fits(self, method: str, path: str) -> bool:
        return self.method in {None, method} and self.path in path and self.times != 0


class Faults:
    """The faults that wait for their request; each meets the next `times` requests that match it.

    `method` is exact, `path` a part of the path; `skip` lets that many matching requests through first;
    `times=None` goes on until `clear`.
    """

    def __init__(self) -> None:
        self._armed: list[_Armed] = []

    def add(
        self, fault: Fault, *, method: str | None = None, path: str = "", skip: int = 0, times: int | None = 1
    ) -> None:
        """Arm any fault."""
        self._armed.append(_Armed(fault, method, path, skip, times))

    def answer(
        self,
        status: int,
        body: object = b"",
        *,
        headers: Mapping[str, str] | None = None,
        method: str | None = None,
        path: str = "",
        times: int | None = 1,
        handled: bool = False,
    ) -> None:
        """Answer this instead; bytes go out as they are, anything else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = {} if isinstance(body, bytes) else {"content-type": "application/json"}
        fault = Fault(status=status, body=raw, headers=kind | dict(headers or {}), handled=handled)
        self.add(fault, method=method, path=path, times=times)

    def forbid(self, path: str, *, method: str | None = None) -> None:
        """Refuse a call from now on as the sandbox refuses it to a user without the right."""
        words = refusal(forbidden(), v1="/v1/" in path).content
        self.answer(HTTPStatus.FORBIDDEN, words, method=method, path=path, times=None)

    def drop(
        self,
        *,
        handled: bool,
        torn: bool = False,
        method: str | None = None,
        path: str = "",
        times: int | None = 1,
    ) -> None:
        """Cut the connection, before the request is handled or after; `torn` sends half an answer first."""
        fault = Fault(drop=Drop.TORN if torn else Drop.SILENT, handled=handled)
        self.add(fault, method=method, path=path, times=times)

    def delay(
        self,
        seconds: float,
        *,
        handled: bool = True,
        method: str | None = None,
        path: str = "",
        times: int | None = 1,
    ) -> None:
        """Wait before the true answer goes out: after the request took effect (`handled`), or before it does."""
        self.add(Fault(delay=seconds, handled=handled), method=method, path=path, times=times)

    def drip(self, seconds: float, *, method: str | None = None, path: str = "", times: int | None = 1) -> None:
        """Send the true answer byte by byte, with this pause between them."""
        self.add(Fault(drip=seconds, handled=True), method=method, path=path, times=times)

    def take(self, method: str, path: str) -> Fault | None:
        """Find the fault of a request and use it up."""
        for armed in self._armed:
            if not armed.fits(method, path):
                continue
            if armed.skip:
                armed.skip -= 1
                continue
            if armed.times is not None:
                armed.times -= 1
            return armed.fault
        return None

    @property
    def waiting(self) -> int:
        """How many faults have not met all their requests yet."""
        return sum(armed.times != 0 for armed in self._armed)

    def clear(self) -> None:
        """Forget them all."""
        self._armed.clear()
