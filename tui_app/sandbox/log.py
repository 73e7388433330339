"""What went over the wire, for tests to look at; secrets are left out."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_KEPT = 10_000
_SECRET_KEYS = frozenset({"password", "secret"})
_TOKEN = re.compile(r"(Bearer|User) [^\s,]+")
HIDDEN = "***"


@dataclass(slots=True)
class LoggedRequest:
    """One request; `status` is None while no answer has gone out, and stays so when the connection was cut."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: object
    status: int | None = None

    def values(self, name: str) -> list[str]:
        """Every value of a query parameter."""
        return [value for key, value in self.query if key == name]


class RequestLog:
    """The last requests, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[LoggedRequest] = deque(maxlen=_KEPT)

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, place: int) -> LoggedRequest:
        return self._entries[place]

    def add(self, entry: LoggedRequest) -> None:
        """Keep one more."""
        self._entries.append(entry)

    def matching(self, method: str, path: str = "") -> list[LoggedRequest]:
        """The requests with this method whose path holds this text."""
        return [entry for entry in self if entry.method == method and path in entry.path]

    def clear(self) -> None:
        """Forget them all."""
        self._entries.clear()


def without_tokens(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers, with the words of Authorization and without its tokens."""
    return {
        name: _TOKEN.sub(rf"\1 {HIDDEN}", value) if name == "authorization" else value
        for name, value in headers.items()
    }


def without_secrets(content: object) -> object:
    """A JSON body without passwords and second-factor codes."""
    if isinstance(content, dict):
        return {key: HIDDEN if key in _SECRET_KEYS else without_secrets(value) for key, value in content.items()}
    if isinstance(content, list):
        return [without_secrets(item) for item in content]
    return content
