"""The sandbox as its users hold it: an ASGI app, its credentials, and what tests look at and break."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic as monotonic_clock
from typing import TYPE_CHECKING

from tui_app.sandbox.calls import Options
from tui_app.sandbox.database import Database
from tui_app.sandbox.faults import Faults
from tui_app.sandbox.front import Front
from tui_app.sandbox.log import RequestLog
from tui_app.sandbox.openapi import document
from tui_app.sandbox.rate import PER_SECOND, RateLimit
from tui_app.sandbox.routes.table import all_routes
from tui_app.sandbox.seed.fill import Plan, fill
from tui_app.sandbox.seed.places import MAIN, SECOND, token
from tui_app.sandbox.server import Server

if TYPE_CHECKING:
    from starlette.types import ASGIApp


@dataclass(frozen=True, slots=True)
class SandboxUser:
    """One seeded user: `owner`, `receptionist`, `viewer`, `stranger` or `guarded`."""

    role: str
    login: str
    phone: str
    password: str = field(repr=False)
    token: str = field(repr=False)
    second_factor: str | None = field(default=None, repr=False)


class Sandbox:
    """An Altegio-compatible server with a studio in it."""

    def __init__(
        self,
        database: Database,
        options: Options,
        clock: Callable[[], datetime],
        rate: RateLimit,
        latency: float,
    ) -> None:
        self._database = database
        self._seed = options.seed
        self.requests = RequestLog()
        self.faults = Faults()
        self.rate = rate
        server = Server(database, options, clock)
        routes = all_routes()
        self.asgi: ASGIApp = Front(
            server.app(routes, lambda: document(routes)),
            clock=clock,
            log=self.requests,
            faults=self.faults,
            rate=rate,
            latency=latency,
        )

    @property
    def location_id(self) -> int:
        """The location that the owner, the receptionist and the viewer work at."""
        return MAIN

    @property
    def second_location_id(self) -> int:
        """The location in another country, which only the owner and the stranger manage."""
        return SECOND

    @property
    def partner_token(self) -> str:
        """The partner token; it opens nothing but this sandbox."""
        found = self._database.row("SELECT value FROM facts WHERE name = 'partner_token'")
        return str(found["value"]) if found else ""

    @property
    def users(self) -> Mapping[str, SandboxUser]:
        """The users by role."""
        rows = self._database.rows("SELECT * FROM users ORDER BY id")
        return {
            row["role"]: SandboxUser(
                row["role"], row["login"], row["phone"], row["password"], row["token"], row["second_factor"]
            )
            for row in rows
        }

    @property
    def user_token(self) -> str:
        """The owner's token."""
        return self.users["owner"].token

    @property
    def login(self) -> str:
        """The owner's login; no second factor is asked."""
        return self.users["owner"].login

    @property
    def password(self) -> str:
        """The owner's password."""
        return self.users["owner"].password

    def change_password(self, role: str, password: str) -> None:
        """Change a password, which kills the user's token (contract 4)."""
        with self._database.transaction():
            self._database.write(
                "UPDATE users SET password = ?, token = ? WHERE role = ?",
                (password, token(self._seed, "user", role, password), role),
            )

    def set_licence(self, *, valid: bool, location_id: int = MAIN) -> None:
        """Let the licence of a location run out (402 from then on), or renew it."""
        with self._database.transaction():
            self._database.write("UPDATE locations SET licensed = ? WHERE id = ?", (valid, location_id))

    def close(self) -> None:
        """Close the database; an in-memory one is gone."""
        self._database.close()


def create_sandbox(
    database: Path | None,
    *,
    clock: Callable[[], datetime],
    seed: int = 1,
    latency_ms: int = 0,
    rate_limit: int | None = PER_SECOND,
    bare_list: bool = False,
    location_zone: str = "Europe/Berlin",
    clients: int = 600,
    days_back: int = 14,
    days_ahead: int = 42,
    monotonic: Callable[[], float] = monotonic_clock,
) -> Sandbox:
    """Open or make a sandbox: in memory without a `database` file, filled around the day of `clock` (aware UTC).

    `clients` are those of the main location, 40 at least.
    `rate_limit` is requests a second (and forty times that a minute), None for no limit; `monotonic` measures it.
    Raises DatabaseError for a file that is not a sandbox's.
    """
    store = Database(database)
    fill(store, Plan(seed, clients, location_zone, days_back, days_ahead), int(clock().timestamp()))
    rate = RateLimit(rate_limit, monotonic)
    return Sandbox(store, Options(bare_list=bare_list, seed=seed), clock, rate, latency_ms / 1000)
