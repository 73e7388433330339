"""Writes that outlive whoever started them (design 3, 6): shielded, owned by the App, never sent twice at once."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

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

    async def wait(self) -> T:
        """Wait for the end without owning the write: a cancelled waiter leaves it running. Raises the write's error."""
        raise NotImplementedError


class WriteJournal(Protocol):
    """Where a journal of writes comes: told before a write is sent, and after it has ended."""

    async def before(self, write: Write[Any]) -> None:
        """Keep the write before it is sent; an error here means that nothing is sent."""
        ...

    async def after(self, write: Write[Any]) -> None:
        """Settle the write that has ended."""
        ...


Listener = Callable[[Write[Any]], None]


class WriteDesk:
    """Starts writes and keeps them until they have ended; those of unknown outcome until they are dismissed."""

    def __init__(self, journal: WriteJournal | None = None, listener: Listener | None = None) -> None:
        self._journal = journal
        self._listener = listener

    @property
    def under_way(self) -> tuple[Write[Any], ...]:
        """The writes that are being sent."""
        raise NotImplementedError

    @property
    def unknown(self) -> tuple[Write[Any], ...]:
        """The writes whose outcome nobody knows, until they are dismissed."""
        raise NotImplementedError

    def start(
        self, words: str, send: Callable[[], Awaitable[T]], listener: Listener | None = None, *, key: str | None = None
    ) -> Write[T]:
        """Begin a write; while one with the same `key` is under way, that one is returned and nothing is sent."""
        raise NotImplementedError

    def dismiss(self, write: Write[Any]) -> None:
        """Let go of a write of unknown outcome."""
        raise NotImplementedError

    async def drain(self, limit_s: float) -> tuple[Write[Any], ...]:
        """Wait for all writes under way, at most so many seconds; returns those that have not ended."""
        raise NotImplementedError
