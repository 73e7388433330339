"""The file of the journal: what is in it when, who may read it, and what several programs do in it at once."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.journal.rows import NOW, PERSONAL, PLACE, booking, row
from tui_app.desk.journal.rows import Ending, JournalRow, RowState
from tui_app.desk.journal.store import ASIDE_S, KEPT, JournalStore
from tui_app.desk.trouble import JournalFailed

HERE, THERE, GONE = "a" * 16, "b" * 16, "c" * 16


def living(run: str) -> bool:
    return run != GONE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal" / "journal.sqlite"


def personal_in(folder: Path) -> list[str]:
    """Which files hold a name or a phone."""
    return [one.name for one in folder.iterdir() if any(word in one.read_bytes() for word in PERSONAL)]


def sent(store: JournalStore, one: JournalRow | None = None, before: tuple[int, ...] = ()) -> JournalRow:
    one = one or row()
    store.begin(one)
    store.send(one.id, before)
    return one


def one_value(path: Path, sql: str) -> object:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchone()[0]
    finally:
        connection.close()


def test_only_the_owner_may_read_what_is_kept(path: Path) -> None:
    store = JournalStore(path, HERE)
    sent(store)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
    assert modes == {"journal.sqlite": 0o600, "journal.sqlite-wal": 0o600, "journal.sqlite-shm": 0o600}
    store.close()


def test_a_file_that_others_could_read_is_theirs_no_more(path: Path) -> None:
    path.parent.mkdir()
    path.touch(0o644)
    path.chmod(0o644)
    store = JournalStore(path, HERE)
    sent(store)
    assert path.stat().st_mode & 0o777 == 0o600
    store.close()


def test_a_commit_is_on_the_disk_before_anything_is_sent(path: Path) -> None:
    store = JournalStore(path, HERE)
    with store._open() as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
        assert db.execute("PRAGMA secure_delete").fetchone()[0] == 1
    store.close()


def test_a_row_says_how_far_its_write_has_got(path: Path) -> None:
    store, one = JournalStore(path, HERE), row()
    states = []
    for step in (
        lambda: store.begin(one),
        lambda: store.send(one.id, (3, 4)),
        lambda: store.doubt(one.id),
        lambda: store.end(one.id, RowState.SETTLED, Ending.FOUND, NOW, "booking:9"),
    ):
        step()
        states.append(one_value(path, "SELECT state FROM writes"))
    assert states == ["draft", "sending", "uncertain", "settled"]
    store.close()


@pytest.mark.parametrize("ending", list(Ending))
def test_nothing_personal_is_left_on_the_disk_once_a_write_has_ended(path: Path, ending: Ending) -> None:
    store = JournalStore(path, HERE)
    rows = [sent(store) for _ in range(5)]
    assert personal_in(path.parent)
    for one in rows:
        store.end(one.id, RowState.DONE, ending, NOW)
    assert personal_in(path.parent) == []
    assert one_value(path, "SELECT count(*) FROM writes WHERE words IS NULL AND operation IS NULL") == 5
    store.close()


def test_what_a_write_leaves_behind_is_wiped_even_where_another_program_was_reading(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_app.desk.journal.store.BUSY_S", 0.05)
    store = JournalStore(path, HERE)
    one = sent(store)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM writes").fetchall()
    store.end(one.id, RowState.DONE, Ending.DONE, NOW)
    reader.execute("COMMIT")
    reader.close()
    store.close()
    assert personal_in(path.parent) == []


def test_a_row_that_somebody_has_taken_away_is_not_sent(path: Path) -> None:
    store, one = JournalStore(path, HERE), row()
    store.begin(one)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM writes")
    connection.commit()
    connection.close()
    with pytest.raises(JournalFailed, match="lost its line"):
        store.send(one.id, ())
    store.close()


def test_a_damaged_file_is_put_aside_for_a_day_and_a_new_one_begun(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database, it only looks like a file" * 100)
    store = JournalStore(path, HERE)
    sent(store)
    aside = path.with_name("journal.sqlite.damaged")
    assert store.damaged == aside
    assert aside.read_bytes().startswith(b"this is no database")
    store.close()
    long_ago = aside.stat().st_mtime - ASIDE_S - 60
    os.utime(aside, (long_ago, long_ago))
    later = JournalStore(path, HERE)
    assert len(later.adopt(PLACE, living, NOW)) == 1
    assert not aside.exists()
    later.close()


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    JournalStore(path, HERE).claimed(PLACE, ())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(JournalFailed, match="newer version"):
        JournalStore(path, HERE).begin(row())


def test_a_disk_that_takes_nothing_is_told_and_tried_again_the_next_time(path: Path) -> None:
    store = JournalStore(path, HERE)
    sent(store)
    with store._open() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalFailed, match="readonly"):
        store.begin(row())
    sent(store)
    store.close()


def test_a_full_disk_is_told(path: Path) -> None:
    store = JournalStore(path, HERE)
    with store._open() as db:
        db.execute("PRAGMA max_page_count = 1")
    large = row(booking("x" * 100_000))
    with pytest.raises(JournalFailed, match="full"):
        store.begin(large)
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JournalFailed, match="cannot be kept"):
        JournalStore(tmp_path / "file" / "journal.sqlite", HERE).begin(row())


def test_rows_of_a_run_that_is_gone_are_taken_over_and_those_of_a_living_one_left_alone(path: Path) -> None:
    gone, there, here = (JournalStore(path, run) for run in (GONE, THERE, HERE))
    first, second = sent(gone, before=(1, 2)), row()
    gone.begin(second)
    sent(there)
    adopted = here.adopt(PLACE, living, NOW)
    assert {one.id: one.state for one in adopted} == {first.id: RowState.SENDING, second.id: RowState.DRAFT}
    assert adopted[0].before == (1, 2)
    assert adopted[0].operation == first.operation
    assert (adopted[0].words, adopted[0].operator, adopted[0].begun_at) == (first.words, "AK", NOW)
    for store in (gone, there, here):
        store.close()


def test_rows_of_another_place_wait_for_a_program_that_works_there(path: Path) -> None:
    gone, here = JournalStore(path, GONE), JournalStore(path, HERE)
    sent(gone, row(place="sandbox 2"))
    assert here.adopt(PLACE, living, NOW) == ()
    assert len(here.adopt("sandbox 2", living, NOW)) == 1
    gone.close()
    here.close()


def test_of_two_programs_that_start_at_once_one_takes_the_rows_over(path: Path) -> None:
    gone, here, there = (JournalStore(path, run) for run in (GONE, HERE, THERE))
    for _ in range(10):
        sent(gone)
    with ThreadPoolExecutor(2) as programs:
        taken = list(programs.map(lambda store: len(store.adopt(PLACE, living, NOW)), (here, there)))
    assert sorted(taken) == [0, 10]
    for store in (gone, here, there):
        store.close()


def test_programs_that_write_at_once_lose_nothing(path: Path) -> None:
    stores = [JournalStore(path, f"{number:016x}") for number in range(3)]
    with ThreadPoolExecutor(3) as programs:
        list(programs.map(lambda number: sent(stores[number % 3]), range(30)))
    assert one_value(path, "SELECT count(*) FROM writes WHERE state = 'sending'") == 30
    for store in stores:
        store.close()


def test_a_result_belongs_to_one_write_alone(path: Path) -> None:
    here, there = JournalStore(path, HERE), JournalStore(path, THERE)
    mine, theirs = sent(here), sent(there)
    assert here.end(mine.id, RowState.DONE, Ending.DONE, NOW, "booking:7")
    assert there.claimed(PLACE, ("booking:7", "booking:8")) == {"booking:7"}
    assert not there.end(theirs.id, RowState.SETTLED, Ending.FOUND, NOW, "booking:7")
    assert one_value(path, "SELECT count(*) FROM writes WHERE state = 'sending'") == 1
    assert there.claimed("elsewhere", ("booking:7",)) == frozenset()
    here.close()
    there.close()


def test_what_other_runs_have_sent_about_an_event_is_told(path: Path) -> None:
    here, there = JournalStore(path, HERE), JournalStore(path, THERE)
    sent(there, row(booking("Bo")))
    there.begin(row(booking("draft")))
    sent(there, row(booking("elsewhere", event_id=6)))
    sent(here)
    assert here.under_way(PLACE, 5) == [booking("Bo")]
    here.close()
    there.close()


def test_half_a_character_in_the_words_of_a_write_is_kept_whole(path: Path) -> None:
    gone, here = JournalStore(path, GONE), JournalStore(path, HERE)
    sent(gone, replace(row(), words="book Anna \udcff"))
    assert here.adopt(PLACE, living, NOW)[0].words == "book Anna ?"
    gone.close()
    here.close()


def test_a_row_that_cannot_be_read_any_more_is_ended(path: Path) -> None:
    gone, here = JournalStore(path, GONE), JournalStore(path, HERE)
    sent(gone)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE writes SET kind = 'Teleport'")
    connection.commit()
    connection.close()
    assert here.adopt(PLACE, living, NOW) == ()
    assert one_value(path, "SELECT ending FROM writes") == "let go"
    assert personal_in(path.parent) == []
    gone.close()
    here.close()


def test_ids_of_ended_writes_are_kept_for_some_days(path: Path) -> None:
    store = JournalStore(path, HERE)
    one = sent(store)
    store.end(one.id, RowState.DONE, Ending.DONE, NOW, "booking:7")
    store.adopt(PLACE, living, NOW + KEPT - timedelta(seconds=1))
    assert store.claimed(PLACE, ("booking:7",))
    store.adopt(PLACE, living, NOW + KEPT + timedelta(seconds=1))
    assert not store.claimed(PLACE, ("booking:7",))
    store.close()


def test_a_journal_in_memory_keeps_as_long_as_it_is_open() -> None:
    store = JournalStore(None, HERE)
    one = sent(store)
    assert store.end(one.id, RowState.DONE, Ending.DONE, NOW, "booking:1")
    assert store.claimed(PLACE, ("booking:1",))
    store.close()
