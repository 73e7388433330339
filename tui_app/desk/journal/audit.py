"""The audit: one line for each write that has ended, by ids alone, appended to a file that is never rewritten."""

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui_app.desk.journal.rows import Ending, JournalRow, booking_of, clients_of, event_of
from tui_app.private_file import make_private_folder

LARGEST: Final = 1_000_000
"""Bytes after which a file is put aside as the first of the old ones."""

OLD_KEPT: Final = 5


class AuditEntry(Struct, frozen=True, kw_only=True):
    """What is known of a write for good: no name, no phone, nothing that was typed. Times are in UTC."""

    begun_at: datetime
    ended_at: datetime
    place: str
    operator: str
    action: str
    event_id: int | None
    booking_id: int | None
    client_ids: tuple[int, ...]
    made: str | None
    result: str

    @property
    def line(self) -> str:
        """The entry as one line of JSON; what is not known is left out."""
        told = {
            "begun": self.begun_at.isoformat(timespec="milliseconds"),
            "ended": self.ended_at.isoformat(timespec="milliseconds"),
            "place": self.place,
            "operator": self.operator,
            "action": self.action,
            "event": self.event_id,
            "booking": self.booking_id,
            "clients": list(self.client_ids) or None,
            "made": self.made,
            "result": self.result,
        }
        return json.dumps({name: value for name, value in told.items() if value is not None and value != ""})


def entry_of(row: JournalRow, ending: Ending, ended_at: datetime, made: str | None) -> AuditEntry:
    """Make the entry of a write that has ended."""
    return AuditEntry(
        begun_at=row.begun_at,
        ended_at=ended_at,
        place=row.place,
        operator=row.operator,
        action=row.kind,
        event_id=event_of(row.operation),
        booking_id=booking_of(row.operation),
        client_ids=clients_of(row.operation),
        made=made,
        result=ending.value,
    )


class Audit:
    """Appends entries to a file (0600); `path` None keeps none. `failed` tells that the last one could not be kept."""

    def __init__(self, path: Path | None, *, largest: int = LARGEST) -> None:
        self._path = path
        self._largest = largest
        self.failed = False

    def add(self, entry: AuditEntry) -> None:
        """Append an entry; a disk that refuses it holds up no booking."""
        if self._path is None:
            return
        try:
            self._append(self._path, f"{entry.line}\n".encode())
        except OSError:
            self.failed = True
        else:
            self.failed = False

    def _append(self, path: Path, line: bytes) -> None:
        make_private_folder(path.parent)
        self._rotate(path, len(line))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line)  # one write: lines of several programs never mix
        finally:
            os.close(descriptor)

    def _rotate(self, path: Path, more: int) -> None:
        with suppress(FileNotFoundError):
            if path.stat().st_size + more <= self._largest:
                return
            for number in range(OLD_KEPT - 1, 0, -1):
                with suppress(FileNotFoundError):
                    _old(path, number).replace(_old(path, number + 1))
            path.replace(_old(path, 1))


def _old(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")
