"""Writes that outlive whoever started them (design 3, 6): shielded, owned by the App, never sent twice at once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from enum import Enum
from itertools import count
from typing import Any, Final, Generic, Protocol, TypeVar, cast

from typing_extensions import override

from tui_app.altegio.errors import AltegioError, OutcomeUnknown
from tui_app.desk.trouble import DeskError

T = TypeVar("T")


class WriteState(Enum):
    """How far a write has got."""

    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Write(Generic[T]):
    """A write that was started: its words, its state, and its result or error once there is one."""

    def __init__(self, number: int, words: str, key: str | None) -> None:
        self.id = number
        self.words = words
        self.key = key
        self.state = WriteState.SENDING
        self.error: BaseException | None = None
        self.result: T | None = None
        self._ended = asyncio.Event()

    @override
    def __repr__(self) -> str:
        return f"<Write {self.id} {self.state.value}>"

    async def wait(self) -> T:
        """Wait for the end without owning the write: a cancelled waiter leaves it running. Raises the write's error."""
        await self._ended.wait()
        if self.error is not None:
            raise self.error
        return cast("T", self.result)

    def settle(self, state: WriteState, *, result: T | None = None, error: BaseException | None = None) -> None:
        """End the write, once; waiters go on when `release` is called."""
        self.state, self.result, self.error = state, result, error

    def release(self) -> None:
        """Let the waiters go on."""
        self._ended.set()


Listener = Callable[[Write[Any]], None]


class Outcomes(Protocol):
    """Finds out what came of a write of unknown outcome, by the number of the write."""

    async def confirm_write(self, write_id: int) -> bool:
        """Look once more; whether all of it is known to be carried out now. Raises `AltegioError`."""
        ...

    async def send_write_again(self, write_id: int) -> None:
        """Look, and send what is not there once more; raises as the sending does."""
        ...

    async def let_go_of(self, write_id: int) -> None:
        """Look after it no more."""
        ...


_UNDER_WAY: Final[ContextVar[Write[Any] | None]] = ContextVar("write under way", default=None)
"""Which write the task at hand belongs to: the API's calls are made far below, and know nothing of it."""


def write_under_way() -> Write[Any] | None:
    """The write that the task at hand carries out; None where it carries out none."""
    return _UNDER_WAY.get()


class WriteDesk:
    """Starts writes and keeps them until they have ended; those of unknown outcome until they are dismissed.

    `listener` hears of every write when it starts and when it ends; one given to `start` hears of that write's end.
    `outcomes` finds out what came of one whose outcome is unknown.
    """

    def __init__(self, listener: Listener | None = None, outcomes: Outcomes | None = None) -> None:
        self._listener = listener
        self._outcomes = outcomes
        self._numbers = count(1)
        self._tasks: dict[asyncio.Task[None], Write[Any]] = {}
        self._unknown: dict[int, Write[Any]] = {}

    @property
    def under_way(self) -> tuple[Write[Any], ...]:
        """The writes that are being sent, or settled."""
        return tuple(self._tasks.values())

    @property
    def unknown(self) -> tuple[Write[Any], ...]:
        """The writes whose outcome nobody knows, until they are dismissed."""
        return tuple(self._unknown.values())

    def start(
        self, words: str, send: Callable[[], Awaitable[T]], listener: Listener | None = None, *, key: str | None = None
    ) -> Write[T]:
        """Begin a write; while one with the same `key` is under way, that one is returned and nothing is sent."""
        if key is not None:
            for write in self._tasks.values():
                if write.key == key:
                    return cast("Write[T]", write)
        write = Write[T](next(self._numbers), words, key)
        task = asyncio.create_task(self._carry_out(write, send, listener), name=f"write {write.id}")
        self._tasks[task] = write
        task.add_done_callback(self._tasks.pop)
        if self._listener is not None:
            self._listener(write)
        return write

    async def confirm(self, write: Write[Any]) -> bool:
        """Look what came of a write of unknown outcome; True: it was carried out. Raises `AltegioError`."""
        known = self._outcomes is not None and await self._outcomes.confirm_write(write.id)
        if known:
            self.forget(write.id)
        return known

    async def send_again(self, write: Write[Any]) -> None:
        """Send a write of unknown outcome once more, where looking does not find it; raises as the sending does."""
        if self._outcomes is not None:
            await self._outcomes.send_write_again(write.id)
        self.forget(write.id)

    async def let_go(self, write: Write[Any]) -> None:
        """Let go of a write of unknown outcome."""
        self.forget(write.id)
        if self._outcomes is not None:
            await self._outcomes.let_go_of(write.id)

    def forget(self, write_id: int) -> None:
        """Drop a write whose outcome has become known."""
        self._unknown.pop(write_id, None)

    async def drain(self, limit_s: float) -> tuple[Write[Any], ...]:
        """Wait for all writes under way, at most so many seconds; returns those that have not ended."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=limit_s)
        return self.under_way

    async def _carry_out(self, write: Write[T], send: Callable[[], Awaitable[T]], listener: Listener | None) -> None:
        """Send in a task of its own and wait for its end: every end is a state of the write, none dies unheard."""
        sending = asyncio.create_task(self._send(write, send))
        try:
            await asyncio.wait((sending,))
            _settle(write, sending)
        finally:
            if write.state is WriteState.SENDING:
                write.settle(WriteState.UNKNOWN, error=_stopped(write))
            if write.state is WriteState.UNKNOWN:
                self._unknown[write.id] = write
            write.release()
            for heard in (self._listener, listener):
                if heard is not None:
                    heard(write)

    @staticmethod
    async def _send(write: Write[T], send: Callable[[], Awaitable[T]]) -> T:
        _UNDER_WAY.set(write)
        return await send()


def _settle(write: Write[T], sending: asyncio.Task[T]) -> None:
    """Read the end off the task. Only an error that is typed as a refusal proves that nothing was carried out."""
    if sending.cancelled():
        write.settle(WriteState.UNKNOWN, error=_stopped(write))
        return
    error = sending.exception()
    if error is None:
        write.settle(WriteState.DONE, result=sending.result())
    elif isinstance(error, AltegioError | DeskError) and not isinstance(error, OutcomeUnknown):
        write.settle(WriteState.REFUSED, error=error)
    else:
        write.settle(WriteState.UNKNOWN, error=error)


def _stopped(write: Write[Any]) -> OutcomeUnknown:
    return OutcomeUnknown(write.words, message="the program was stopped meanwhile")
