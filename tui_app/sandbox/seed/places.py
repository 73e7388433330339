"""What stands before the first event: locations, users, team, services, resources, tags, custom fields."""

import json
from dataclasses import dataclass
from hashlib import sha256

from tui_app.sandbox.database import Database, Value
from tui_app.sandbox.seed.countries import country_of

MAIN, SECOND = 4564, 7801
SECOND_FACTOR = "314159"
EVERYTHING = -1


@dataclass(frozen=True, slots=True)
class Role:
    """One seeded user and what that user may do."""

    name: str
    title: str
    locations: tuple[int, ...]
    writes: bool = True
    sees_phones: bool = True
    autocompletes: bool = True
    edit_days: int = EVERYTHING
    second_factor: str | None = None


ROLES = (
    Role("owner", "Olivia Owner", (MAIN, SECOND)),
    Role("receptionist", "Remy Receptionist", (MAIN,), sees_phones=False, autocompletes=False, edit_days=7),
    Role("viewer", "Vera Viewer", (MAIN,), writes=False),
    Role("stranger", "Stefan Stranger", (SECOND,)),
    Role("guarded", "Gita Guarded", (MAIN,), second_factor=SECOND_FACTOR),
)

_TEAM = (
    ("Mira Sun", "Yoga teacher", 0, 0),
    ("Алёна Ковалёва", "Pilates teacher", 0, 0),
    ("Jonas Weiß", "Strength coach", 0, 0),
    ("Dana [Lead] O'Brien", "Yoga teacher", 0, 0),
    ("ნინო ბერიძე", "Dance teacher", 0, 0),
    ("Wei 王", "Reformer teacher", 0, 0),
    ("Dr. Paula Feld", "Physiotherapist", 0, 0),
    ("Former Frida", "Yoga teacher", 1, 0),
    ("Deleted Dirk", "Yoga teacher", 0, 1),
)
PHYSIOTHERAPIST = 6
TEACHERS = range(6)

# title, category, capacity, price, seconds, what it stands in
_SERVICES = (
    ("Vinyasa Yoga", 0, 12, 18, 3600, 0),
    ("Yin Yoga", 0, 14, 16, 4500, 0),
    ("Pilates Mat", 1, 10, 17, 3300, 0),
    ("Pilates Reformer", 1, 6, 29, 3300, 1),
    ("Stretching", 2, 15, 14, 2700, 0),
    ("Functional Training", 2, 8, 19, 3600, 0),
    ("Heels & Dance", 2, 16, 20, 5400, 0),
    ("Йога для спины", 0, 9, 18, 3600, 0),
    ("Physio consultation", 3, 1, 60, 1800, 0),
)
CONSULTATION = 8
CLASSES = range(8)
REFORMER_CLASS = 3
_CATEGORIES = ("Yoga", "Pilates", "Movement", "Therapy")
_ROOMS = ("Sun room", "Moon room", "Studio 3", "Loft", "Garden")
_REFORMERS = 6

_TAGS = {
    "activity": (("Beginners", "#2e7d32"), ("Workshop", "#6a1b9a"), ("English", "#1565c0")),
    "record": (("VIP", "#c62828"), ("First visit", "#ef6c00"), ("Needs a mat", "#00838f")),
    "client": (("Regular", "#2e7d32"), ("Debt", "#b71c1c")),
}
_FIELDS: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    ("health", "Health restrictions", True, ()),
    ("source", "How did you hear of us", False, ("Friends", "Search", "Passing by", "Instagram")),
    ("emergency", "Emergency contact", False, ()),
)


def token(seed: int, *parts: str) -> str:
    """A made-up token that the seed alone decides; it opens nothing but a sandbox."""
    return sha256(":".join((str(seed), *parts)).encode()).hexdigest()[:40]


def first_id(location_id: int, kind: int) -> int:
    """The first id of a kind of thing in a location, so that ids of two locations never meet."""
    return location_id * 1000 + kind * 100 + 1


TEAM_KIND, CATEGORY_KIND, SERVICE_KIND, RESOURCE_KIND, INSTANCE_KIND, TAG_KIND, FIELD_KIND = range(7)


def seed_location(database: Database, location_id: int, title: str, zone: str, phone: str) -> None:
    """Write one location with all that belongs to it but clients and events."""
    country = country_of(zone)
    row: tuple[Value, ...] = (
        location_id, title, country.name, country.identifier, country.city, "1 Example Street", zone, f"+{phone}", 900,
    )  # fmt: skip
    database.write(
        "INSERT INTO locations (id, title, country, country_id, city, address, zone, phone, technical_break)"
        " VALUES (?,?,?,?,?,?,?,?,?)",
        row,
    )
    _seed_team(database, location_id)
    _seed_services(database, location_id)
    _seed_resources(database, location_id)
    _seed_tags(database, location_id)
    _seed_fields(database, location_id)


def _seed_team(database: Database, location_id: int) -> None:
    first = first_id(location_id, TEAM_KIND)
    database.write_many(
        "INSERT INTO team_members (id, location_id, name, specialization, position_id, position_title, rating, fired,"
        " deleted) VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (first + place, location_id, name, work, 1 + place % 3, work, 4.5, fired, deleted)
            for place, (name, work, fired, deleted) in enumerate(_TEAM)
        ],
    )


def _seed_services(database: Database, location_id: int) -> None:
    category, first = first_id(location_id, CATEGORY_KIND), first_id(location_id, SERVICE_KIND)
    database.write_many(
        "INSERT INTO service_categories (id, location_id, title) VALUES (?,?,?)",
        [(category + place, location_id, title) for place, title in enumerate(_CATEGORIES)],
    )
    database.write_many(
        "INSERT INTO services (id, location_id, category_id, title, description, capacity, price, length)"
        " VALUES (?,?,?,?,?,?,?,?)",
        [
            (first + place, location_id, category + group, title, f"{title} for everybody", capacity, price, length)
            for place, (title, group, capacity, price, length, _) in enumerate(_SERVICES)
        ],
    )
    resource = first_id(location_id, RESOURCE_KIND)
    database.write_many(
        "INSERT INTO service_resources (service_id, resource_id) VALUES (?,?)",
        [(first + place, resource + service[5]) for place, service in enumerate(_SERVICES)],
    )


def _seed_resources(database: Database, location_id: int) -> None:
    first, instance = first_id(location_id, RESOURCE_KIND), first_id(location_id, INSTANCE_KIND)
    database.write_many(
        "INSERT INTO resources (id, location_id, title) VALUES (?,?,?)",
        [(first, location_id, "Room"), (first + 1, location_id, "Reformer")],
    )
    rooms = [(instance + place, first, title) for place, title in enumerate(_ROOMS)]
    reformers = [(instance + len(_ROOMS) + place, first + 1, f"Reformer {place + 1}") for place in range(_REFORMERS)]
    database.write_many("INSERT INTO resource_instances (id, resource_id, title) VALUES (?,?,?)", rooms + reformers)


def _seed_tags(database: Database, location_id: int) -> None:
    tags = [(entity, *tag) for entity, of_entity in _TAGS.items() for tag in of_entity]
    database.write_many(
        "INSERT INTO tags (id, location_id, entity, title, color, font_color) VALUES (?,?,?,?,?,'#ffffff')",
        [
            (first_id(location_id, TAG_KIND) + place, location_id, entity, title, color)
            for place, (entity, title, color) in enumerate(tags)
        ],
    )


def _seed_fields(database: Database, location_id: int) -> None:
    database.write_many(
        "INSERT INTO custom_fields (id, location_id, code, title, required, choices) VALUES (?,?,?,?,?,?)",
        [
            (first_id(location_id, FIELD_KIND) + place, location_id, code, title, required, json.dumps(choices))
            for place, (code, title, required, choices) in enumerate(_FIELDS)
        ],
    )


def seed_users(database: Database, seed: int) -> None:
    """Write the users and which locations they manage."""
    database.write_many(
        "INSERT INTO users (id, role, name, login, phone, password, token, second_factor, writes, sees_phones,"
        " autocompletes, edit_days) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                9001 + place, role.name, role.title, f"{role.name}@studio.example", f"4915100000{place:03d}",
                f"{role.name}-{seed}", token(seed, "user", role.name), role.second_factor, role.writes,
                role.sees_phones, role.autocompletes, role.edit_days,
            )
            for place, role in enumerate(ROLES)
        ],
    )  # fmt: skip
    database.write_many(
        "INSERT INTO user_locations (user_id, location_id) VALUES (?,?)",
        [(9001 + place, location) for place, role in enumerate(ROLES) for location in role.locations],
    )


def reformer_instances(location_id: int) -> range:
    """The ids of a location's reformers."""
    first = first_id(location_id, INSTANCE_KIND) + len(_ROOMS)
    return range(first, first + _REFORMERS)


def room_instances(location_id: int) -> range:
    """The ids of a location's rooms."""
    first = first_id(location_id, INSTANCE_KIND)
    return range(first, first + len(_ROOMS))
