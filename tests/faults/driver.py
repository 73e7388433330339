"""A program that books one client and stops on the way, for whoever wants to kill it there.

Reads what to do as one line of JSON from its standard input, and writes a line when it has got to where it is to stop.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from typing_extensions import override

from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.operations import Operation, WriteGuard
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.servers import server_of
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.altegio.transport import Transport
from tui_app.desk.booking import BookingDraft, check_booking
from tui_app.desk.desk import Desk, open_desk
from tui_app.desk.journal.journals import Journals
from tui_app.desk.journal.keeper import WriteKeeper, WriteWatch
from tui_app.desk.journal.rows import Ending, JournalRow
from tui_app.desk.journal.store import JournalStore
from tui_app.desk.writes import WriteDesk
from tui_app.secret import SecretStr

T = TypeVar("T")
PLACE = "sandbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Whom to book where, and at which point to stop."""

    base_url: str
    partner: str
    user: str
    location_id: int
    dialect: Spoken
    folder: str
    now: str
    event_id: int
    name: str
    phone: str
    stop: str


def stopped() -> None:
    """Say that the point is reached."""
    sys.stdout.write("here\n")
    sys.stdout.flush()


async def stop_here() -> None:
    """Say it and go no further."""
    stopped()
    await asyncio.Event().wait()


class StoppingWatch(WriteWatch):
    """Stops once something is not confirmed, where that is the point."""

    operator = "AK"

    def __init__(self, stop: str) -> None:
        self._stop = stop

    @override
    def where(self, event_id: int) -> str:
        return ""

    @override
    async def allow_unprotected(self, words: str, reason: str) -> bool:
        return False

    @override
    def uncertain_changed(self) -> None:
        if self._stop == "uncertain":
            stopped()

    @override
    def settled(self, row: JournalRow, ending: Ending) -> None:
        pass


class StoppingGuard(WriteGuard):
    """Stops before the request leaves, or after its answer has come."""

    def __init__(self, keeper: WriteKeeper, stop: str) -> None:
        self._keeper = keeper
        self._stop = stop

    @override
    async def carry_out(self, operation: Operation, send: Callable[[], Awaitable[T]], /) -> T:
        async def sent() -> T:
            if self._stop == "sending":
                await stop_here()
            answer = await send()
            if self._stop == "answered":
                await stop_here()
            return answer

        return await self._keeper.carry_out(operation, sent)


def stop_in_the_draft(desk: Desk) -> None:
    """Stop while it is read what stands there: the draft is on disk, and nothing is marked as sent."""
    looks = desk.keeper._server.looks if desk.keeper is not None and desk.keeper._server is not None else None
    assert looks is not None

    async def before(_: Operation) -> tuple[int, ...]:
        await stop_here()
        return ()

    looks.before = before  # type: ignore[method-assign,assignment]


def stop_before_wiping(store: JournalStore) -> None:
    """Stop between the commit of an end and the emptying of the log beside the file."""

    def shrink() -> None:
        stopped()
        sys.stdin.read()

    store._shrink = shrink  # type: ignore[method-assign]


async def main(task: Task) -> None:
    """Book, and stop on the way."""
    now = datetime.fromisoformat(task.now)
    journals = Journals(Path(task.folder))
    keeper = journals.keeper(StoppingWatch(task.stop), place=PLACE, clock=lambda: now)
    tokens = TokenSource(Tokens(SecretStr(task.partner), SecretStr(task.user)))
    transport = Transport(server_of(task.base_url), tokens, pacing=Pacing(()))
    api = AltegioApi(transport, task.dialect, StoppingGuard(keeper, task.stop))
    desk = await open_desk(api, task.location_id, lambda: now, keeper)
    if task.stop == "draft":
        stop_in_the_draft(desk)
    if task.stop == "wiping":
        stop_before_wiping(journals._store)
    draft = BookingDraft(name=task.name, phone=task.phone)
    checked = check_booking(draft, custom_fields=(), region="DE", free=None, roster=None)
    writes = WriteDesk()
    writes.start(f"book {task.name}", lambda: desk.booking.book(task.event_id, checked))
    await writes.drain(60)
    await stop_here()


if __name__ == "__main__":
    asyncio.run(main(Task(**json.loads(sys.stdin.readline()))))
