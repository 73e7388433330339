"""Every route of the server."""

from tui_app.sandbox.routes import bookings, directory, events, v1_account, v1_clients
from tui_app.sandbox.routing import Route, spelled_out


def all_routes() -> list[Route]:
    """The one table, each spelling of a path on its own."""
    return spelled_out((*events.ROUTES, *bookings.ROUTES, *directory.ROUTES, *v1_account.ROUTES, *v1_clients.ROUTES))
