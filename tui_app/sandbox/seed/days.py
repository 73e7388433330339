"""Events and bookings of single days: what a day holds depends on its date alone, not on when it was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from tui_app.sandbox.database import Database, Value
from tui_app.sandbox.folding import fold
from tui_app.sandbox.moments import WALL, to_timestamp
from tui_app.sandbox.seed.places import (
    CONSULTATION,
    PHYSIOTHERAPIST,
    SERVICE_KIND,
    TAG_KIND,
    TEAM_KIND,
    first_id,
)
from tui_app.sandbox.seed.week import Slot, timetable

FIRST_EVENT, FIRST_BOOKING, FIRST_VISIT, FIRST_VISITOR = 10_126_531, 624_798_251, 500_000_001, 900_001
_LINKED_VISITS = 10_000_000
_DAY = 86_400
_FULL, _EMPTY, _LINKED = 1, 4, (2, 6)
_COLORS = ("", "", "", "#ff8a65", "#4db6ac", "#9575cd")
_BOOKING_COMMENTS = ("Comes ten minutes late", "Needs a mat", "Оплатит на месте", "[b]Bring[/b] invoice", "Birthday!")
_WALK_INS = ("Walk-in Wanda", "Guest Greta", "Гость", "Neighbour", "مرافق")


@dataclass(slots=True)
class Batch:
    """Rows that wait to be written in one go."""

    event_id: int
    booking_id: int
    visitor_id: int
    events: list[Sequence[Value]] = field(default_factory=list)
    event_resources: list[tuple[int, int]] = field(default_factory=list)
    event_tags: list[tuple[int, int]] = field(default_factory=list)
    bookings: list[Sequence[Value]] = field(default_factory=list)
    booking_tags: list[tuple[int, int]] = field(default_factory=list)
    visitors: list[Sequence[Value]] = field(default_factory=list)

    @classmethod
    def after(cls, database: Database) -> "Batch":
        """Begin behind the ids that are in use."""
        return cls(
            max(FIRST_EVENT, database.number("SELECT max(id) + 1 FROM events")),
            max(FIRST_BOOKING, database.number("SELECT max(id) + 1 FROM bookings")),
            max(FIRST_VISITOR, database.number("SELECT max(id) + 1 FROM visitors")),
        )

    def write(self, database: Database) -> None:
        """Put every row into the database."""
        for sql, rows in (
            (_EVENT_SQL, self.events),
            ("INSERT INTO event_resources VALUES (?,?)", self.event_resources),
            ("INSERT INTO event_tags VALUES (?,?)", self.event_tags),
            (_BOOKING_SQL, self.bookings),
            ("INSERT INTO booking_tags VALUES (?,?)", self.booking_tags),
            ("INSERT INTO visitors (id, location_id, name, folded) VALUES (?,?,?,?)", self.visitors),
        ):
            database.write_many(sql, rows)


_EVENT_SQL = (
    "INSERT INTO events (id, location_id, staff_id, service_id, wall, starts, length, technical_break, capacity, color,"
    " comment, instructions, stream_link, schedule_id, schedule_till, notified, created)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_BOOKING_SQL = (
    "INSERT INTO bookings (id, location_id, event_id, client_id, visitor_id, fictive_name, places, attendance, paid,"
    " comment, visit_id, cost, manual_cost, created, changed, staff_id, wall, starts, length, services)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


@dataclass(frozen=True, slots=True)
class Studio:
    """The location whose days are filled."""

    location_id: int
    zone: str
    hours: int
    clients: Sequence[int]
    seed: int
    now: int


def fill_day(studio: Studio, day: date, batch: Batch) -> None:
    """Add one day of a location to the batch."""
    rng = Random(f"{studio.seed}:{studio.location_id}:{day}")  # noqa: S311 -- a repeatable day is the aim
    crowd = _crowd(rng, studio.clients)
    linked = (next(crowd), _LINKED_VISITS + studio.location_id % 100 * 1_000_000 + day.toordinal())
    for slot in timetable(studio.seed, studio.location_id, day.weekday(), studio.hours):
        starts = _add_event(studio, day, slot, rng, batch)
        _add_bookings(studio, slot, starts, rng, batch, crowd, linked)
        batch.event_id += 1
    _add_consultation(studio, day, rng, batch, next(crowd))


def _crowd(rng: Random, clients: Sequence[int]) -> Iterator[int]:
    while True:
        yield from rng.sample(clients, min(len(clients), 200))


def _add_event(studio: Studio, day: date, slot: Slot, rng: Random, batch: Batch) -> int:
    wall = datetime.combine(day, slot.start)
    starts = to_timestamp(wall, studio.zone)
    online = rng.random() < 0.1
    schedule = first_id(studio.location_id, 0) * 10 + day.weekday() * 100 + slot.place if slot.repeats else None
    batch.events.append(
        (
            batch.event_id, studio.location_id, slot.staff_id, slot.service_id, wall.strftime(WALL), starts,
            slot.length, slot.technical_break, slot.capacity, rng.choice(_COLORS),
            "Bring a towel" if rng.random() < 0.15 else None,
            "Doors open ten minutes before; socks only." if rng.random() < 0.2 else "",
            f"https://stream.example/{batch.event_id}" if online else "",
            schedule, f"{day.year + 1}-01-31 00:00:00" if schedule else None, starts < studio.now,
            min(starts, studio.now) - 14 * _DAY,
        )
    )  # fmt: skip
    batch.event_resources.extend((batch.event_id, instance) for instance in slot.instances)
    if rng.random() < 0.3:
        batch.event_tags.append((batch.event_id, first_id(studio.location_id, TAG_KIND) + rng.randrange(3)))
    return starts


def _add_bookings(
    studio: Studio,
    slot: Slot,
    starts: int,
    rng: Random,
    batch: Batch,
    crowd: Iterator[int],
    linked: tuple[int, int],
) -> None:
    wanted = {_FULL: slot.capacity, _EMPTY: 0}.get(slot.place, int(slot.capacity * rng.uniform(0.2, 0.95)))
    taken = 0
    here: set[int] = set()
    while taken < wanted and len(here) < len(studio.clients):
        both = slot.place in _LINKED and not here
        client = linked[0] if both else next(crowd)
        if client in here or (client == linked[0] and not both):
            here.add(client)
            continue
        here.add(client)
        places = 2 if not both and wanted - taken > 1 and rng.random() < 0.05 else 1
        visit = linked[1] if both else FIRST_VISIT + batch.booking_id - FIRST_BOOKING
        _add_booking(studio, batch, rng, starts, starts + slot.length, client, places, visit)
        taken += places


def _add_booking(
    studio: Studio, batch: Batch, rng: Random, starts: int, ends: int, client: int, places: int, visit: int
) -> None:
    attendance, paid = _state(rng, over=ends <= studio.now)
    kind = rng.random()
    visitor_name = rng.choice(_WALK_INS) if kind < 0.06 and places == 1 else None
    alone = visitor_name is not None and kind < 0.04
    if visitor_name:
        batch.visitors.append((batch.visitor_id, studio.location_id, visitor_name, fold(visitor_name)))
    created = min(starts, studio.now) - rng.randrange(3600, 10 * _DAY)
    batch.bookings.append(
        (
            batch.booking_id, studio.location_id, batch.event_id, None if alone else client,
            batch.visitor_id if visitor_name else None, visitor_name if alone else "", places, attendance, paid,
            rng.choice(_BOOKING_COMMENTS) if rng.random() < 0.1 else None, 0 if alone else visit,
            18.0, 18.0 * places, created, created, None, None, None, None, "[]",
        )
    )  # fmt: skip
    if rng.random() < 0.1:
        tag = first_id(studio.location_id, TAG_KIND) + 3 + rng.randrange(3)
        batch.booking_tags.append((batch.booking_id, tag))
    batch.visitor_id += visitor_name is not None
    batch.booking_id += 1


def _state(rng: Random, *, over: bool) -> tuple[int, int]:
    """Attendance and payment: an event that is over has mostly arrived and paid."""
    if over:
        return rng.choices((1, -1, 0, 2), (84, 10, 4, 2))[0], rng.choices((1, 0, 2), (80, 18, 2))[0]
    return rng.choices((0, 2), (65, 35))[0], rng.choices((0, 1), (70, 30))[0]


def _add_consultation(studio: Studio, day: date, rng: Random, batch: Batch, client: int) -> None:
    """Add one appointment without an event, so that not every booking belongs to a class."""
    wall = datetime(day.year, day.month, day.day, rng.randrange(9, 17))  # noqa: DTZ001 -- a wall clock
    starts = to_timestamp(wall, studio.zone)
    attendance, paid = _state(rng, over=starts + 1800 <= studio.now)
    service = first_id(studio.location_id, SERVICE_KIND) + CONSULTATION
    staff = first_id(studio.location_id, TEAM_KIND) + PHYSIOTHERAPIST
    created = min(starts, studio.now) - 2 * _DAY
    batch.bookings.append(
        (
            batch.booking_id, studio.location_id, None, client, None, "", 1, attendance, paid, None,
            FIRST_VISIT + batch.booking_id - FIRST_BOOKING, 60.0, 60.0, created, created, staff,
            wall.strftime(WALL), starts, 1800, f"[{service}]",
        )
    )  # fmt: skip
    batch.booking_id += 1
