"""Imports that leave out what nobody here needs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """Let what is imported meanwhile believe that a module is not installed, unless it was imported before."""
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]  # None is how Python says «not to be had»
    if module in modules:
        yield
        return
    modules[module] = None
    try:
        yield
    finally:
        del modules[module]


def fetch_api() -> None:
    """Import what speaks to the server."""
    with without("httpx._main"):  # its command line, as slow to import as all the rest of it where rich is there
        import tui_app.altegio.api
        import tui_app.altegio.transport  # noqa: F401  for those that import it next
