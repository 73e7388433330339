"""An Altegio-compatible server over SQLite, seeded, for demos and tests."""

from tui_app.sandbox.app import Sandbox, SandboxUser, create_sandbox
from tui_app.sandbox.database import DatabaseError
from tui_app.sandbox.faults import ConnectionDroppedError, Drop, Fault, Faults
from tui_app.sandbox.log import LoggedRequest, RequestLog

__all__ = [
    "ConnectionDroppedError",
    "DatabaseError",
    "Drop",
    "Fault",
    "Faults",
    "LoggedRequest",
    "RequestLog",
    "Sandbox",
    "SandboxUser",
    "create_sandbox",
]
