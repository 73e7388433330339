"""Fill an empty sandbox, and top up a kept one whose weeks have run out."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from tui_app.sandbox.database import Database
from tui_app.sandbox.moments import to_wall
from tui_app.sandbox.seed.countries import country_of, phones
from tui_app.sandbox.seed.days import Batch, Studio, fill_day
from tui_app.sandbox.seed.people import seed_clients
from tui_app.sandbox.seed.places import MAIN, SECOND, seed_location, seed_users, token

SECOND_ZONES = ("America/New_York", "Europe/Berlin")
_HOURS = {MAIN: 11, SECOND: 4}
_LEAST_CLIENTS = 40


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to write."""

    seed: int
    clients: int
    location_zone: str
    days_back: int
    days_ahead: int


def fill(database: Database, plan: Plan, now: int) -> None:
    """Write what a new sandbox starts with; for a kept one, only the days around now that are still bare."""
    with database.transaction():
        if not database.number("SELECT count(*) FROM locations"):
            _found(database, plan)
        seed = database.number("SELECT value FROM facts WHERE name = 'seed'")
        for location_id in _HOURS:
            _top_up(database, plan, seed, location_id, now)


def _found(database: Database, plan: Plan) -> None:
    second_zone = next(zone for zone in SECOND_ZONES if country_of(zone) != country_of(plan.location_zone))
    database.write_many(
        "INSERT INTO facts (name, value) VALUES (?,?)",
        [("seed", str(plan.seed)), ("partner_token", token(plan.seed, "partner"))],
    )
    rng = Random(f"{plan.seed}:people")  # noqa: S311 -- the same people each time
    for location_id, title, zone, count in (
        (MAIN, "Studio Sonnengruß", plan.location_zone, max(plan.clients, _LEAST_CLIENTS)),
        (SECOND, "Studio Annex", second_zone, _LEAST_CLIENTS),
    ):
        country = country_of(zone)
        seed_location(database, location_id, title, zone, phones(rng, country, 1)[0])
        seed_clients(database, rng, location_id, country, count)
    seed_users(database, plan.seed)


def _top_up(database: Database, plan: Plan, seed: int, location_id: int, now: int) -> None:
    found = database.row("SELECT zone FROM locations WHERE id = ?", (location_id,))
    zone = str(found["zone"]) if found else plan.location_zone
    today = to_wall(now, zone).date()
    days = [today + timedelta(days=offset) for offset in range(-plan.days_back, plan.days_ahead + 1)]
    held = {
        str(row[0])
        for row in database.rows(
            "SELECT DISTINCT substr(wall, 1, 10) FROM events WHERE location_id = ? AND wall >= ?",
            (location_id, days[0].isoformat()),
        )
    }
    bare = [day for day in days if day.isoformat() not in held]
    if not bare:
        return
    clients = database.numbers("SELECT id FROM clients WHERE location_id = ? ORDER BY id", (location_id,))
    studio = Studio(location_id, zone, _HOURS[location_id], clients, seed, now)
    batch = Batch.after(database)
    for day in bare:
        fill_day(studio, day, batch)
    batch.write(database)
