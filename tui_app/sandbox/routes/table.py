"""Every route of the server."""

from tui_app.sandbox.routes import (
    bookings,
    directory,
    events,
    repeats,
    v1_account,
    v1_clients,
    v1_directory,
    v1_records,
)
from tui_app.sandbox.routing import Route, spelled_out

_PARTS = (bookings, directory, events, repeats, v1_account, v1_clients, v1_directory, v1_records)


def all_routes() -> list[Route]:
    """The one table, each spelling of a path on its own."""
    return spelled_out(route for part in _PARTS for route in part.ROUTES)
