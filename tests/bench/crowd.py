"""A sandbox as full as the bench wants: `python -m tests.bench.crowd --clients 10000 --events 2000 --roster 200`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tui_app.sandbox import create_sandbox
from tui_app.sandbox.database import Database
from tui_app.sandbox.serve import environment_lines, serve

COPIED_EVENT: Final = """
INSERT INTO events (location_id, staff_id, service_id, wall, starts, length, technical_break, capacity, color, created)
SELECT location_id, staff_id, service_id, wall, starts, length, technical_break, capacity, color, created
FROM events WHERE location_id = ? AND deleted = 0 AND wall LIKE ? ORDER BY id LIMIT ?"""
BOOKING: Final = """
INSERT INTO bookings (location_id, event_id, client_id, places, created, changed)
SELECT c.location_id, ?, c.id, 1, 0, 0 FROM clients c WHERE c.location_id = ? ORDER BY c.id LIMIT ?"""


def main() -> None:
    """Serve on a free port, without a rate limit, until told to end; prints what `frontdesk sandbox` prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.crowd")
    parser.add_argument("--clients", type=int, default=600)
    parser.add_argument("--events", type=int, default=0, help="of today")
    parser.add_argument("--roster", type=int, default=0, help="bookings in each event of today")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "crowd.sqlite"
        made = create_sandbox(file, clock=lambda: datetime.now(UTC), clients=options.clients)
        made.close()
        database = Database(file)
        fill(database, made.location_id, options.events, options.roster)
        database.close()
        sandbox = create_sandbox(file, clock=lambda: datetime.now(UTC), clients=options.clients, rate_limit=None)
        try:
            serve(sandbox, 0, on_ready=lambda url: print_lines(environment_lines(sandbox, url)))
        finally:
            sandbox.close()


def fill(database: Database, location_id: int, events: int, roster: int) -> None:
    """Copy the events of today until there are so many, and put so many bookings into each that had fewer."""
    today = datetime.now().astimezone().strftime("%Y-%m-%d%%")
    count = "SELECT count(*) FROM events WHERE location_id = ? AND deleted = 0 AND wall LIKE ?"
    while (missing := events - database.number(count, (location_id, today))) > 0:
        database.write(COPIED_EVENT, (location_id, today, missing))
    if roster:
        ids = "SELECT id FROM events WHERE location_id = ? AND deleted = 0 AND wall LIKE ?"
        for event_id in database.numbers(ids, (location_id, today)):
            database.write("DELETE FROM bookings WHERE event_id = ?", (event_id,))
            database.write("UPDATE events SET capacity = max(capacity, ?) WHERE id = ?", (roster, event_id))
            database.write(BOOKING, (event_id, location_id, roster))


def print_lines(lines: list[str]) -> None:
    """Write lines at once: the reader waits for the last of them."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
