"""The seed: a lively studio, the same from the same number, with people whose phones are real."""

import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from tests.sandbox.desk import Desk
from tests.support.sandbox import NOON, Clock, client_for, opened
from tui_app.sandbox import DatabaseError, create_sandbox
from tui_app.sandbox.database import Database
from tui_app.sandbox.seed.fill import Plan, fill

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Almaty", "Asia/Tbilisi", "Europe/Kyiv", "Europe/London")
NOW = int(NOON.timestamp())


class Seeded(Protocol):
    """Makes a filled database, which the end of the test closes."""

    def __call__(
        self,
        *,
        seed: int = 1,
        clients: int = 600,
        location_zone: str = "Europe/Berlin",
        days_back: int = 14,
        days_ahead: int = 42,
    ) -> Database: ...


@pytest.fixture
def seeded() -> Iterator[Seeded]:
    with ExitStack() as stack:

        def make(
            *,
            seed: int = 1,
            clients: int = 600,
            location_zone: str = "Europe/Berlin",
            days_back: int = 14,
            days_ahead: int = 42,
        ) -> Database:
            database = Database(None)
            stack.callback(database.close)
            fill(database, Plan(seed, clients, location_zone, days_back, days_ahead), NOW)
            return database

        yield make


def dump(database: Database) -> list[tuple[Any, ...]]:
    return [
        tuple(row)
        for table in ("locations", "users", "clients", "events", "bookings", "event_resources", "visitors")
        for row in database.rows(f"SELECT * FROM {table}")  # noqa: S608 -- the names stand above
    ]


def test_one_number_decides_everything(seeded: Seeded) -> None:
    assert dump(seeded(days_ahead=3)) == dump(seeded(days_ahead=3))
    assert dump(seeded(days_ahead=3)) != dump(seeded(seed=2, days_ahead=3))


def test_a_studio_that_tests_open_is_the_one_that_the_program_makes() -> None:
    made = create_sandbox(None, clock=Clock(), clients=60, days_back=2, days_ahead=3)
    with closing(made), opened() as copied, opened() as another:
        assert dump(copied._database) == dump(made._database)
        copied.set_licence(valid=False)
        assert dump(another._database) == dump(made._database)


def test_every_day_of_eight_weeks_is_lively(seeded: Seeded) -> None:
    database = seeded()
    rows = database.rows(
        "SELECT e.wall, e.capacity, coalesce((SELECT sum(places) FROM bookings b WHERE b.event_id = e.id), 0) AS taken"
        " FROM events e WHERE location_id = 4564 ORDER BY starts"
    )
    days: dict[str, list[Any]] = {}
    for row in rows:
        days.setdefault(row["wall"][:10], []).append(row)
    assert len(days) == 57
    for events in days.values():
        assert len(events) == 12
        hours = Counter(event["wall"][11:13] for event in events)
        assert sum(count == 1 for count in hours.values()) >= 9
        assert (events[0]["wall"][11:16], events[-1]["wall"][11:16]) == ("07:00", "21:30")
        assert any(event["taken"] == event["capacity"] for event in events)
        assert any(event["taken"] == 0 for event in events)
        assert all(event["taken"] <= event["capacity"] for event in events)


def test_nobody_and_nothing_is_in_two_events_at_once(seeded: Seeded) -> None:
    overlapping = (
        "SELECT count(*) FROM events a JOIN events b ON a.id < b.id AND a.location_id = b.location_id"
        " AND a.starts < b.starts + b.length AND b.starts < a.starts + a.length"
    )
    database = seeded(days_back=7, days_ahead=7)
    assert database.number(f"{overlapping} WHERE a.staff_id = b.staff_id") == 0
    assert (
        database.number(
            f"{overlapping} JOIN event_resources x ON x.event_id = a.id JOIN event_resources y"
            " ON y.event_id = b.id AND y.instance_id = x.instance_id"
        )
        == 0
    )


def test_bookings_come_in_every_state(seeded: Seeded) -> None:
    database = seeded()
    states = "SELECT DISTINCT attendance FROM bookings WHERE starts IS NULL ORDER BY 1"
    assert database.numbers(states) == [-1, 0, 1, 2]
    assert database.numbers("SELECT DISTINCT paid FROM bookings ORDER BY 1") == [0, 1, 2]
    for some in ("comment IS NOT NULL", "visitor_id IS NOT NULL AND client_id IS NOT NULL", "client_id IS NULL"):
        assert database.number(f"SELECT count(*) FROM bookings WHERE {some}") > 10  # noqa: S608 -- constants
    assert database.number("SELECT count(*) FROM bookings WHERE changed > ?", (NOW,)) == 0
    for some in ("schedule_id IS NOT NULL", "color <> ''", "stream_link <> ''", "instructions <> ''"):
        assert database.number(f"SELECT count(*) FROM events WHERE {some}") > 10  # noqa: S608 -- constants
    past = "FROM bookings b JOIN events e ON e.id = b.event_id WHERE e.starts + e.length < ?"
    settled = database.number(f"SELECT count(*) {past} AND b.attendance IN (1, -1)", (NOW,))
    assert settled > 0.9 * database.number(f"SELECT count(*) {past}", (NOW,))


@pytest.mark.parametrize("zone", ZONES)
def test_phones_are_valid_in_the_country_of_their_location(zone: str, seeded: Seeded) -> None:
    database = seeded(location_zone=zone, days_back=0, days_ahead=0)
    for location_id in (4564, 7801):
        phones = [
            phonenumbers.parse(f"+{row['phone']}")
            for row in database.rows("SELECT phone FROM clients WHERE location_id = ?", (location_id,))
        ]
        assert all(map(phonenumbers.is_valid_number, phones))
        assert len({phone.country_code for phone in phones}) == 1


def test_names_come_in_many_scripts_and_some_are_hostile(seeded: Seeded) -> None:
    names = [f"{row['name']} {row['surname'] or ''}" for row in seeded(days_ahead=0).rows("SELECT * FROM clients")]
    scripts = {unicodedata.name(letter).split()[0] for name in names for letter in name if letter.isalpha()}
    assert {"LATIN", "CYRILLIC", "GEORGIAN", "CJK", "ARABIC", "HANGUL", "HEBREW"} <= scripts
    for hostile in ("[Anna]", "O'Neil", "=HYPERLINK(", "🧘"):
        assert any(hostile in name for name in names)
    assert any(len(name) > 40 for name in names)
    assert all(letter in "".join(names).casefold() for letter in "ёәіїґ")


@pytest.mark.parametrize("count", [10_000])
def test_many_clients_can_be_made(count: int, seeded: Seeded) -> None:
    database = seeded(clients=count, days_back=0, days_ahead=0)
    assert database.number("SELECT count(DISTINCT phone) FROM clients WHERE location_id = 4564") == count


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_events_keep_their_wall_clock_over_a_change_of_the_clocks(zone: str, seeded: Seeded) -> None:
    rows = seeded(location_zone=zone).rows("SELECT wall, starts FROM events WHERE location_id = 4564")
    shown = {datetime.fromtimestamp(row["starts"], ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S") for row in rows}
    assert shown == {row["wall"] for row in rows}


async def test_a_kept_file_is_topped_up_and_otherwise_left_alone(tmp_path: Path) -> None:
    file, clock = tmp_path / "studio.db", Clock()

    async def visit(seed: int = 1) -> tuple[str, set[Any], int]:
        sandbox = create_sandbox(file, clock=clock, clients=60, days_back=1, days_ahead=2, rate_limit=None, seed=seed)
        try:
            async with client_for(sandbox) as client:
                desk = Desk(sandbox, client)
                today = clock().date()
                tomorrow = await desk.on(today + timedelta(days=1))
                if tomorrow and clock.now == NOON:
                    await desk.http.delete(f"{desk.events}/{tomorrow[0]['id']}")
                return sandbox.user_token, {event["id"] for event in await desk.on(date(2026, 3, 28))}, len(tomorrow)
        finally:
            sandbox.close()

    token, kept, _ = await visit()
    assert len(kept) == 11
    clock.advance(days=5)
    assert await visit(seed=2) == (token, kept, 12)
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("shopping list" * 100)
    with pytest.raises(DatabaseError, match=r"notes\.txt"):
        create_sandbox(text, clock=Clock())
    with pytest.raises(DatabaseError):
        create_sandbox(tmp_path / "nowhere" / "x.db", clock=Clock())
    assert text.read_text().startswith("shopping list")


def test_a_database_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE precious (x)")
    file.chmod(0o644)
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="not written by"):
        create_sandbox(file, clock=Clock())
    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o777 == 0o644


async def test_another_zone_makes_another_country() -> None:
    with opened(location_zone="Asia/Almaty", days_back=0, days_ahead=0) as sandbox:
        async with client_for(sandbox) as client:
            data = (await client.get(f"/v1/company/{sandbox.location_id}")).json()["data"]
    assert (data["country"], data["timezone_name"]) == ("Kazakhstan", "Asia/Almaty")
