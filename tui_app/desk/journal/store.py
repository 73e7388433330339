"""The journal on disk: one SQLite file that all runs of the program share (design 6).

Every method blocks for the time of a commit and is safe from any thread, one at a time.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from tui_app.altegio.operations import Operation
from tui_app.desk.journal.codec import Undecipherable, encodable, pack, pack_ids, unpack, unpack_ids
from tui_app.desk.journal.rows import OPEN, Ending, JournalRow, RowState, booking_of, event_of
from tui_app.desk.trouble import JournalFailed
from tui_app.private_file import make_private_folder

VERSION: Final = 1
BUSY_S: Final = 3.0
"""Seconds that another program may hold the file before that counts as a failure."""

KEPT: Final = timedelta(days=7)
"""How long the bare ids of an ended write are kept."""

ASIDE_S: Final = 86_400.0
"""Seconds for which a damaged file is kept."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS writes (
    id TEXT PRIMARY KEY,
    run TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    event_id INTEGER,
    booking_id INTEGER,
    operator TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    ended_at TEXT,
    state TEXT NOT NULL,
    ending TEXT,
    result TEXT,
    words TEXT,
    operation TEXT,
    before TEXT
);
CREATE INDEX IF NOT EXISTS writes_open ON writes (place, state);
CREATE UNIQUE INDEX IF NOT EXISTS writes_result ON writes (place, result) WHERE result IS NOT NULL;
"""

_BEGIN: Final = """
INSERT INTO writes (id, run, place, kind, event_id, booking_id, operator, begun_at, state, words, operation, before)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')
"""

_END: Final = """
UPDATE OR IGNORE writes SET state = ?, ending = ?, ended_at = ?, result = ?, words = NULL, operation = NULL,
before = NULL WHERE id = ? AND run = ?
"""


class JournalStore:
    """The rows of one run in the file that all runs share; `path` None keeps them in memory alone.

    `run` names this run. Every method raises `JournalFailed` where the file cannot be read or written, and the next
    call tries again. A file that is damaged is put aside, and `damaged` names where.
    """

    def __init__(self, path: Path | None, run: str) -> None:
        self.run = run
        self.damaged: Path | None = None
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def begin(self, row: JournalRow) -> None:
        """Keep a write that is not sent yet."""
        with self._open() as db:
            values = (
                row.id,
                self.run,
                row.place,
                row.kind,
                event_of(row.operation),
                booking_of(row.operation),
                encodable(row.operator),
                row.begun_at.isoformat(),
                row.state.value,
                encodable(row.words),
                pack(row.operation),
            )
            db.execute(_BEGIN, values)

    def send(self, row_id: str, before: tuple[int, ...]) -> None:
        """Note that a write is about to be sent, and what stood there before it."""
        with self._open() as db:
            changed = db.execute(
                "UPDATE writes SET state = ?, before = ? WHERE id = ? AND run = ?",
                (RowState.SENDING.value, pack_ids(before), row_id, self.run),
            ).rowcount
            if changed != 1:
                raise JournalFailed("The journal of writes has lost its line: somebody has taken its file away")

    def doubt(self, row_id: str) -> None:
        """Note that nobody knows what came of a write."""
        with self._open() as db:
            db.execute(
                "UPDATE writes SET state = ? WHERE id = ? AND run = ?", (RowState.UNCERTAIN.value, row_id, self.run)
            )

    def end(self, row_id: str, state: RowState, ending: Ending, now: datetime, result: str | None = None) -> bool:
        """Note the end and wipe what is personal; False where another write has claimed `result` as its own."""
        with self._open() as db:
            changed = db.execute(_END, (state.value, ending.value, now.isoformat(), result, row_id, self.run)).rowcount
            claimed = changed == 1 or result is None
        self._shrink()
        return claimed

    def claimed(self, place: str, results: tuple[str, ...]) -> frozenset[str]:
        """Which of these results other writes have made, in this run or another."""
        with self._open() as db:
            marks = ",".join("?" * len(results))
            found = db.execute(
                f"SELECT result FROM writes WHERE place = ? AND result IN ({marks})",  # noqa: S608
                (place, *results),
            )
            return frozenset(row[0] for row in found)

    def under_way(self, place: str, event_id: int | None) -> list[Operation]:
        """What other runs have sent here, about that event, and do not know the end of."""
        with self._open() as db:
            found = db.execute(
                "SELECT kind, operation FROM writes"
                " WHERE place = ? AND run <> ? AND state IN (?, ?) AND event_id IS ? AND operation IS NOT NULL",
                (place, self.run, RowState.SENDING.value, RowState.UNCERTAIN.value, event_id),
            ).fetchall()
        operations = []
        for kind, text in found:
            with suppress(Undecipherable):
                operations.append(unpack(kind, text))
        return operations

    def adopt(self, place: str, is_alive: Callable[[str], bool], now: datetime) -> tuple[JournalRow, ...]:
        """Take over the open writes of a place whose run is gone, and give them; those of living runs are left alone.

        Rows that cannot be read any more are ended as let go. Old rows that have ended are removed.
        """
        with self._open() as db:
            db.execute("DELETE FROM writes WHERE ended_at < ?", ((now - KEPT).isoformat(),))
            states = tuple(state.value for state in OPEN)
            marks = ",".join("?" * len(states))
            query = f"SELECT DISTINCT run FROM writes WHERE place = ? AND state IN ({marks})"  # noqa: S608
            runs = [row[0] for row in db.execute(query, (place, *states))]
            adopted: list[JournalRow] = []
            for run in runs:
                if run == self.run or not is_alive(run):
                    adopted += self._taken(db, place, run, now)
        self._shrink()
        return tuple(adopted)

    def close(self) -> None:
        """Close the file; nothing of an ended write stays in it or beside it."""
        self._shrink()
        with self._lock:
            if self._connection is not None:
                with suppress(sqlite3.Error):
                    self._connection.close()
                self._connection = None

    def _taken(self, db: sqlite3.Connection, place: str, run: str, now: datetime) -> list[JournalRow]:
        states = tuple(state.value for state in OPEN)
        marks = ",".join("?" * len(states))
        found = db.execute(
            "SELECT id, kind, operator, begun_at, state, words, operation, before FROM writes"  # noqa: S608
            f" WHERE place = ? AND run = ? AND state IN ({marks}) ORDER BY begun_at, rowid",
            (place, run, *states),
        ).fetchall()
        rows = []
        for row_id, kind, operator, begun_at, state, words, operation, before in found:
            db.execute("UPDATE writes SET run = ? WHERE id = ? AND run = ?", (self.run, row_id, run))
            try:
                rows.append(
                    JournalRow(
                        id=row_id,
                        place=place,
                        operation=unpack(kind, operation or ""),
                        words=words or kind,
                        operator=operator,
                        begun_at=datetime.fromisoformat(begun_at).astimezone(UTC),
                        state=RowState(state),
                        before=unpack_ids(before or "[]"),
                    )
                )
            except (Undecipherable, ValueError):
                db.execute(_END, (RowState.SETTLED.value, Ending.LET_GO.value, now.isoformat(), None, row_id, self.run))
        return rows

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the file, opened when it is first needed."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._connected()
                with self._connection:
                    self._connection.execute("BEGIN IMMEDIATE")
                    yield self._connection
            except (sqlite3.Error, OSError) as error:
                self._forget()
                raise JournalFailed(f"The journal of writes cannot be kept: {_reason(error)}") from error

    def _connected(self) -> sqlite3.Connection:
        if self._path is None:
            return _prepared(":memory:")
        make_private_folder(self._path.parent)
        _forget_old(_aside(self._path))
        _make_private(self._path)
        try:
            return _prepared(str(self._path))
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self.damaged = _put_aside(self._path)
            _make_private(self._path)
            return _prepared(str(self._path))

    def _forget(self) -> None:
        """Let go of a connection that failed: the next call begins anew."""
        if self._connection is not None and self._path is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _shrink(self) -> None:
        """Empty the log beside the file, which still holds what was wiped; another run may be reading: then later."""
        with self._lock, suppress(sqlite3.Error):
            if self._connection is not None and self._path is not None:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepared(name: str) -> sqlite3.Connection:
    db = sqlite3.connect(name, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        _refuse_newer(db)
        db.executescript(_SCHEMA)
        db.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        db.close()
        raise
    return db


def _refuse_newer(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] > VERSION:
        raise sqlite3.OperationalError("it was written by a newer version of this program")


def _make_private(path: Path) -> None:
    """Make the file where it is missing; SQLite gives its rights to the files beside it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


def _put_aside(path: Path) -> Path:
    aside = _aside(path)
    path.replace(aside)
    os.utime(aside)
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    return aside


def _forget_old(aside: Path) -> None:
    """Remove a damaged file after a day: it may hold the names of clients."""
    with suppress(OSError):
        if time.time() - aside.stat().st_mtime > ASIDE_S:
            aside.unlink()


def _reason(error: sqlite3.Error | OSError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "the disk does not answer"
    return str(error)
