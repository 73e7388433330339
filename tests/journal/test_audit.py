"""The audit: ids alone, one line each, appended by several programs, put aside when it is full."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui_app.altegio.operations import AddBooking, AddBookings, CancelBooking, Operation
from tui_app.altegio.requests import BookingInput, BulkEntry, ClientInput
from tui_app.desk.journal.audit import OLD_KEPT, Audit, AuditEntry, entry_of
from tui_app.desk.journal.rows import Ending, JournalRow

NOON = datetime(2026, 3, 27, 11, tzinfo=UTC)
ANNA = ClientInput(id=7, name="Anna", phone="+4915112345678")
BOOKING = AddBooking(location_id=1, event_id=5, booking=BookingInput(client=ANNA, places=1))


def entry(operation: Operation = BOOKING) -> AuditEntry:
    row = JournalRow(id="r", place="here", operation=operation, words="book Anna", operator="AK", begun_at=NOON)
    return entry_of(row, Ending.DONE, NOON + timedelta(seconds=2), "booking:9")


def test_a_line_holds_ids_and_times_and_nothing_of_whom_they_are() -> None:
    assert json.loads(entry().line) == {
        "begun": "2026-03-27T11:00:00.000+00:00",
        "ended": "2026-03-27T11:00:02.000+00:00",
        "place": "here",
        "operator": "AK",
        "action": "AddBooking",
        "event": 5,
        "clients": [7],
        "made": "booking:9",
        "result": "done",
    }
    assert not any(word in entry().line for word in ("Anna", "49151", "12345678"))


def test_several_clients_are_named_by_their_ids_and_new_ones_not_at_all() -> None:
    entries = (BulkEntry(places=1, client_id=3), BulkEntry(places=1, client_id=4), BulkEntry(places=1, name="Bo"))
    told = json.loads(entry(AddBookings(location_id=1, event_id=5, entries=entries)).line)
    assert told["clients"] == [3, 4]


def test_what_is_not_known_is_left_out() -> None:
    told = json.loads(replace(entry(CancelBooking(location_id=1, event_id=None, booking_id=8)), operator="").line)
    assert "operator" not in told
    assert "event" not in told
    assert told["booking"] == 8


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "journal" / "audit.log"
    Audit(path).add(entry())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_full_file_is_put_aside_and_the_oldest_are_dropped(tmp_path: Path) -> None:
    path, line = tmp_path / "audit.log", len(entry().line) + 1
    audit = Audit(path, largest=3 * line)
    for _ in range(3 * (OLD_KEPT + 3)):
        audit.add(entry())
    old = sorted(tmp_path.glob("audit.log.*"))
    assert [one.name for one in old] == [f"audit.log.{number}" for number in range(1, OLD_KEPT + 1)]
    assert {one.stat().st_size for one in (path, *old)} == {3 * line}


def test_what_was_written_is_never_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    audit = Audit(path)
    audit.add(entry())
    before = path.read_bytes()
    audit.add(entry())
    assert path.read_bytes().startswith(before)
    assert path.read_bytes().count(b"\n") == 2


def test_lines_of_several_programs_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    audits = [Audit(path) for _ in range(8)]
    with ThreadPoolExecutor(8) as programs:
        list(programs.map(lambda number: audits[number % 8].add(entry()), range(400)))
    lines = path.read_text().splitlines()
    assert len(lines) == 400
    assert all(json.loads(line)["made"] == "booking:9" for line in lines)


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/dev/full").exists(), reason="no disk that is full")
def test_a_disk_that_is_full_is_told_and_holds_up_nothing(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    path.symlink_to("/dev/full")
    audit = Audit(path)
    audit.add(entry())
    assert audit.failed
    path.unlink()
    audit.add(entry())
    assert not audit.failed
