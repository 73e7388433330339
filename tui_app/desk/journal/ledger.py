"""The open writes of this run, in memory and on disk alike; the disk has a thread of its own (design 6)."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from uuid import uuid4

from msgspec.structs import replace

from tui_app.altegio.operations import Operation
from tui_app.desk.journal.audit import Audit, entry_of
from tui_app.desk.journal.rows import Ending, JournalRow, RowState, event_of, words_of
from tui_app.desk.journal.same import makes_the_same
from tui_app.desk.trouble import JournalFailed
from tui_app.desk.writes import write_under_way

if TYPE_CHECKING:
    from tui_app.desk.journal.store import JournalStore

T = TypeVar("T")
P = ParamSpec("P")


class Ledger:
    """Keeps each step of a write before the next one is made.

    `place` names the server and the location. `allow` is asked, with the words of the write and the reason, before a
    write that cannot be kept on disk is sent all the same.
    """

    def __init__(
        self,
        store: "JournalStore",
        audit: Audit,
        allow: Callable[[str, str], Awaitable[bool]],
        *,
        place: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._audit = audit
        self._allow = allow
        self._place = place
        self._clock = clock
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._rows: dict[str, JournalRow] = {}
        self._unkept: set[str] = set()
        self._ending: set[asyncio.Task[bool]] = set()
        self._closed = False

    @property
    def rows(self) -> tuple[JournalRow, ...]:
        """All writes without an end, the oldest first."""
        return tuple(self._rows.values())

    @property
    def uncertain(self) -> tuple[JournalRow, ...]:
        """Those of which nobody knows whether they were carried out."""
        return tuple(row for row in self._rows.values() if row.state is RowState.UNCERTAIN)

    def get(self, row_id: str) -> JournalRow | None:
        """A write by its id; None once it has ended."""
        return self._rows.get(row_id)

    async def begin(self, operation: Operation, operator: str, where: str = "") -> JournalRow:
        """Keep a write that is not sent yet; raises `JournalFailed` where that cannot be and is not allowed.

        `where` names the event: the words of the write may have been said while it was plain to see.
        """
        write = write_under_way()
        words = write.words if write is not None else words_of(operation)
        row = JournalRow(
            id=uuid4().hex,
            place=self._place,
            operation=operation,
            words=f"{words} ({where})" if where else words,
            operator=operator,
            begun_at=self._clock(),
            write_id=write.id if write is not None else None,
        )
        try:
            await self._on_disk(self._store.begin, row)
        except JournalFailed as failure:
            await self._allowed(row, failure)
            self._unkept.add(row.id)
        self._rows[row.id] = row
        return row

    async def send(self, row: JournalRow, before: tuple[int, ...]) -> JournalRow:
        """Keep that a write is about to be sent, and what stood there before; raises `JournalFailed` as `begin`."""
        if row.id not in self._unkept:
            try:
                await self._on_disk(self._store.send, row.id, before)
            except JournalFailed as failure:
                await self._allowed(row, failure)
        return self.put(replace(row, state=RowState.SENDING, before=before))

    async def doubt(self, row: JournalRow) -> JournalRow:
        """Keep that nobody knows what came of a write."""
        row = self.put(replace(row, state=RowState.UNCERTAIN))
        if row.id not in self._unkept:
            with suppress(JournalFailed):  # it still says «sending» then, which is looked after in the same way
                await self._on_disk(self._store.doubt, row.id)
        return row

    async def end(self, row: JournalRow, state: RowState, ending: Ending, made: str | None = None) -> bool:
        """Keep the end and wipe what is personal; False where another write has claimed `made` as its own.

        A row that cannot be ended on disk stays open there, and is asked about at the next start. Once begun it is gone
        through with, even if whoever asked is stopped: an end on disk alone would be looked for again and again.
        """
        task = asyncio.create_task(self._end(row, state, ending, made))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return await asyncio.shield(task)

    async def _end(self, row: JournalRow, state: RowState, ending: Ending, made: str | None) -> bool:
        now, claimed = self._clock(), True
        if row.id not in self._unkept:
            with suppress(JournalFailed):
                claimed = await self._on_disk(self._store.end, row.id, state, ending, now, made)
                if not claimed and ending is Ending.DONE:  # the server's own answer names it: the other one erred
                    claimed = await self._on_disk(self._store.end, row.id, state, ending, now)
        if claimed:
            self._unkept.discard(row.id)
            self._rows.pop(row.id, None)
            with suppress(JournalFailed):
                await self._on_disk(self._audit.add, entry_of(row, ending, now, made))
        return claimed

    async def adopt(self, is_alive: Callable[[str], bool]) -> tuple[JournalRow, ...]:
        """Take over what runs that are gone have left open at this place; raises `JournalFailed`."""
        adopted = await self._on_disk(self._store.adopt, self._place, is_alive, self._clock())
        new = tuple(row for row in adopted if row.id not in self._rows)
        for row in new:
            self.put(row)
        return new

    async def claimed(self, made: str) -> bool:
        """Whether another write is known to have made this."""
        try:
            return bool(await self._on_disk(self._store.claimed, self._place, (made,)))
        except JournalFailed:
            return False

    async def rivals(self, row: JournalRow) -> int:
        """How many other writes, of this run and of others, may have made the same and have not ended."""
        others = [one.operation for one in self._rows.values() if one.id != row.id and one.state is not RowState.DRAFT]
        with suppress(JournalFailed):
            others += await self._on_disk(self._store.under_way, self._place, event_of(row.operation))
        return sum(makes_the_same(one, row.operation) for one in others)

    def put(self, row: JournalRow) -> JournalRow:
        """Hold a row as it is now."""
        self._rows[row.id] = row
        return row

    async def aclose(self) -> None:
        """Let the thread end; what is on its way to the disk still gets there, what comes later does not."""
        await asyncio.gather(*self._ending, return_exceptions=True)
        self._closed = True
        self._disk.shutdown(wait=False)

    async def _allowed(self, row: JournalRow, failure: JournalFailed) -> None:
        if not await self._allow(row.words, failure.words):
            raise failure

    async def _on_disk(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something with the files in their own thread, to its end even if whoever asked is stopped."""
        if self._closed:
            raise JournalFailed("The journal of writes has been closed")
        running = asyncio.get_running_loop().run_in_executor(self._disk, partial(call, *args, **kwargs))
        return await asyncio.shield(running)
