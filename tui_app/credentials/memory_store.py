"""Tokens for this run only."""

from __future__ import annotations

from tui_app.credentials.model import Tokens


class MemoryStore:
    """Keeps tokens until the process ends."""

    def __init__(self) -> None:
        self._entries: dict[str, Tokens] = {}

    async def read(self, key: str) -> Tokens:
        """Read the tokens of an owner; empty ones where there are none."""
        return self._entries.get(key, Tokens())

    async def write(self, key: str, tokens: Tokens) -> None:
        """Put the tokens of an owner in the place of what is there."""
        self._entries[key] = tokens

    async def remove(self, key: str) -> bool:
        """Remove the tokens of an owner; answers whether there were any."""
        return self._entries.pop(key, None) is not None

    async def keys(self) -> tuple[str, ...]:
        """Name the owners that have tokens here."""
        return tuple(self._entries)
