"""The way to the checked bodies of writes, which are imported for the first write: a start has no use for them."""

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

MODULES: Final = tuple(f"tui_app.altegio.wire.{name}" for name in ("booking_bodies", "event_bodies"))


async def fetch_bodies() -> None:
    """Import what checks a body before it is sent, off the loop: it takes as long as ten keys."""
    await asyncio.to_thread(_imported)


def _imported() -> "list[ModuleType]":
    return [import_module(name) for name in MODULES]
