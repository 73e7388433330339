"""One SQLite connection, whose transactions are the sandbox's promise that no place is sold twice."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui_app.sandbox.schema import TABLES, VERSION

Value = str | int | float | None
Parameters = Sequence[Value] | Mapping[str, Value]

_BUSY_SECONDS = 10.0


class DatabaseError(Exception):
    """A data file that cannot be used as the sandbox's."""


class Database:
    """The store of one sandbox; used from any thread, one transaction at a time."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        try:
            if path is not None and not path.exists():
                path.touch(mode=0o600)
            self._connection = sqlite3.connect(
                str(path) if path else ":memory:", isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS
            )
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(f"cannot use {path} as the data of the sandbox: {error}") from error
        self._connection.row_factory = sqlite3.Row
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._connection.close()
            raise DatabaseError(f"cannot use {path} as the data of the sandbox: {error}") from error
        except DatabaseError:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """Make the tables of a new file; look before anything is changed, for the file may be somebody else's."""
        with self.transaction():
            version = self.number("PRAGMA user_version")
            if version != VERSION:
                if version or self.number("SELECT count(*) FROM sqlite_master"):
                    raise DatabaseError("the data file was not written by this version of the sandbox")
                for statement in TABLES.split(";\n"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {VERSION:d}")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, alone: other threads and other processes on the same file wait."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Every row of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query one by one, for whoever may need only the first of many."""
        yield from self._connection.execute(sql, parameters)

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a query, if there is one."""
        found: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
        return found

    def number(self, sql: str, parameters: Parameters = ()) -> int:
        """The one number that a query gives; 0 for NULL or nothing."""
        found = self.row(sql, parameters)
        return int(found[0] or 0) if found else 0

    def numbers(self, sql: str, parameters: Parameters = ()) -> list[int]:
        """The first column of a query."""
        return [int(found[0]) for found in self.rows(sql, parameters)]

    def write(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement and give the id of the row it inserted, if it did."""
        return self._connection.execute(sql, parameters).lastrowid or 0

    def write_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        """Run one statement for many rows."""
        self._connection.executemany(sql, rows)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()
