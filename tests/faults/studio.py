"""A studio whose events and bookings are planted and looked at in the sandbox's own database: the truth."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from tests.support.sandbox import NOON, Clock
from tui_app.sandbox import Sandbox, create_sandbox

ZONE: Final = ZoneInfo("Europe/Berlin")
FIRST_NIGHT: Final = datetime(2026, 4, 1)  # noqa: DTZ001  a wall clock
PER_NIGHT: Final = 5
FIRST_PERSON: Final = "Adalbert"
"""How the names of all begin who are made up here."""
PLACES: Final = 20
FEWEST: Final = 40
"""Clients that the seed makes at least."""


@dataclass(frozen=True, slots=True)
class Planted:
    """An event that nobody else has to do with."""

    id: int
    starts_at: datetime
    team_member_id: int
    service_id: int
    resource_id: int


class Studio:
    """A sandbox, and its database behind its back. Every event that is planted has an hour of the night to itself."""

    def __init__(self, sandbox: Sandbox, clock: Clock) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self._database = sandbox._database
        self._hours = count()
        self._people = count(1)

    def number(self, sql: str, *values: str | int) -> int:
        """The one number that a query gives."""
        return self._database.number(sql, values)

    def free_hour(self) -> datetime:
        """An hour at which nobody teaches."""
        hour = next(self._hours)
        return FIRST_NIGHT + timedelta(days=hour // PER_NIGHT, hours=hour % PER_NIGHT)

    def event(self, places: int = PLACES) -> Planted:
        """Plant an event."""
        first, wall = self.sandbox.location_id * 1000, self.free_hour()
        staff, service, room = first + 1, first + 201, first + 401
        starts = int(wall.replace(tzinfo=ZONE).timestamp())
        with self._database.transaction():
            event_id = self._database.write(
                "INSERT INTO events (location_id, staff_id, service_id, wall, starts, length, technical_break,"
                " capacity, created) VALUES (?, ?, ?, ?, ?, 1800, 0, ?, 0)",
                (self.sandbox.location_id, staff, service, wall.isoformat(sep=" "), starts, places),
            )
            self._database.write("INSERT INTO event_resources VALUES (?, ?)", (event_id, room))
        return Planted(event_id, wall, staff, service, room)

    def booking(self, event: Planted, client_id: int | None = None) -> int:
        """Plant a waiting, unpaid booking of a client, of the next one where none is named."""
        client_id = client_id or self.client()
        with self._database.transaction():
            return self._database.write(
                "INSERT INTO bookings (location_id, event_id, client_id, places, created, changed)"
                " VALUES (?, ?, ?, 1, 0, 0)",
                (self.sandbox.location_id, event.id, client_id),
            )

    def client(self) -> int:
        """Plant a client with a phone."""
        name, phone = self.person()
        with self._database.transaction():
            return self._database.write(
                "INSERT INTO clients (location_id, name, phone, folded) VALUES (?, ?, ?, ?)",
                (self.sandbox.location_id, name, phone.lstrip("+"), name.lower()),
            )

    def person(self) -> tuple[str, str]:
        """Somebody whom nobody knows yet: a name and a phone."""
        number = next(self._people)
        return f"{FIRST_PERSON}{number:04}", f"+49151{20_000_000 + number}"

    # ------------------------------------------------------------------ the truth

    def booked_by_phone(self, event_id: int, phone: str) -> int:
        """How many bookings an event holds for a phone."""
        return self.number(
            "SELECT count(*) FROM bookings b JOIN clients c ON c.id = b.client_id"
            " WHERE b.event_id = ? AND b.deleted = 0 AND c.phone = ?",
            event_id,
            phone.lstrip("+"),
        )

    def booked(self, event_id: int, client_id: int) -> int:
        """How many bookings an event holds for a client."""
        return self.number(
            "SELECT count(*) FROM bookings WHERE event_id = ? AND client_id = ? AND deleted = 0", event_id, client_id
        )

    def visitors(self, event_id: int, name: str) -> int:
        """How many bookings an event holds for visitors of a name."""
        return self.number(
            "SELECT count(*) FROM bookings b LEFT JOIN visitors v ON v.id = b.visitor_id"
            " WHERE b.event_id = ? AND b.deleted = 0 AND coalesce(v.name, b.fictive_name) = ?",
            event_id,
            name,
        )

    def stands(self, booking_id: int, what: str, *values: str | int) -> int:
        """Whether a booking is so: 1 or 0."""
        return self.number(f"SELECT count(*) FROM bookings WHERE id = ? AND {what}", booking_id, *values)  # noqa: S608

    def holds(self, event_id: int, what: str, *values: str | int) -> int:
        """Whether an event is so: 1 or 0."""
        return self.number(f"SELECT count(*) FROM events WHERE id = ? AND {what}", event_id, *values)  # noqa: S608

    def events_at(self, wall: datetime) -> int:
        """How many events begin at an hour of the night."""
        return self.number("SELECT count(*) FROM events WHERE wall = ? AND deleted = 0", wall.isoformat(sep=" "))


@contextmanager
def studio(database: Path | None = None) -> Iterator[Studio]:
    """A studio with nothing but clients and what is planted; in a file where several programs need it."""
    clock = Clock(NOON)
    sandbox = create_sandbox(database, clock=clock, clients=FEWEST, days_back=0, days_ahead=1, rate_limit=None)
    try:
        yield Studio(sandbox, clock)
    finally:
        sandbox.close()
