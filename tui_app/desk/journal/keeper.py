"""Carries writes out through the journal, and looks after those of which nobody knows the outcome (design 6)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast
from weakref import WeakValueDictionary

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError, OutcomeUnknown
from tui_app.altegio.operations import AddBooking, AddBookings, CreateEvent, Operation
from tui_app.altegio.resources import Booking, BulkResult, Event
from tui_app.desk.journal.audit import Audit
from tui_app.desk.journal.ledger import Ledger
from tui_app.desk.journal.looks import Found, Looks, Sent
from tui_app.desk.journal.rows import Ending, JournalRow, RowState, event_of
from tui_app.desk.journal.same import makes_the_same, overtakes
from tui_app.desk.trouble import NotConfirmedYet

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi
    from tui_app.desk.clock import LocationClock
    from tui_app.desk.journal.store import JournalStore

T = TypeVar("T")

AT_ONCE: Final = (0.0, 1.0, 3.0)
"""Seconds after an uncertain end at which whoever sent the write still waits for a look."""

LATER: Final = (8.0, 20.0)
"""Seconds after an uncertain end at which it is looked at in the background; then people decide."""

LOOK_LIMIT: Final = 8.0
"""Seconds that the looks at once may take in all, however slow the server."""


class WriteWatch(Protocol):
    """Who sits at the desk, as the keeper sees them."""

    @property
    def operator(self) -> str:
        """The initials of the operator; may be empty."""
        ...

    def where(self, event_id: int) -> str:
        """Name an event by its time, its service and its date, as far as it is shown; else empty."""
        ...

    async def allow_unprotected(self, words: str, reason: str) -> bool:
        """Whether to send a write that cannot be written down first."""
        ...

    def uncertain_changed(self) -> None:
        """Hear that the list of uncertain writes has changed."""
        ...

    def settled(self, row: JournalRow, ending: Ending) -> None:
        """Hear that a write which had been uncertain has been settled behind everybody's back."""
        ...


class Recovered(Struct, frozen=True):
    """What earlier runs had left open: carried out as was found now, never sent, or still uncertain."""

    carried_out: tuple[JournalRow, ...] = ()
    not_sent: tuple[JournalRow, ...] = ()
    uncertain: tuple[JournalRow, ...] = ()

    @property
    def words(self) -> str:
        """What to say of it at the start; empty where there was nothing. What is uncertain has its banner."""
        parts = (("Carried out by the last run", self.carried_out), ("Not sent by the last run", self.not_sent))
        return ". ".join(f"{said}: {'; '.join(row.words for row in rows)}" for said, rows in parts if rows)


class _Server(Struct, frozen=True):
    """What a keeper looks with and sends again with."""

    api: "AltegioApi"
    looks: Looks
    wall: "LocationClock"


class WriteKeeper:
    """A `WriteGuard` over one server and location: no write without its row, none that ends unheard.

    `place` names the server and the location. `pause` waits so many seconds. `recovered` is what earlier runs had left.
    """

    def __init__(
        self,
        store: "JournalStore",
        watch: WriteWatch,
        *,
        place: str,
        clock: Callable[[], datetime],
        audit: Audit | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._ledger = Ledger(store, audit or Audit(None), watch.allow_unprotected, place=place, clock=clock)
        self._watch = watch
        self._pause = pause
        self._looking: set[asyncio.Task[None]] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._server: _Server | None = None
        self.recovered = Recovered()

    def use(self, api: "AltegioApi", looks: Looks, wall: "LocationClock") -> None:
        """Work from now on with this API, whose guard this keeper is."""
        self._server = _Server(api, looks, wall)

    @property
    def uncertain(self) -> tuple[JournalRow, ...]:
        """The writes of which nobody knows whether they were carried out, the oldest first."""
        return self._ledger.uncertain

    @property
    def unended(self) -> tuple[JournalRow, ...]:
        """All writes without an end: those under way too."""
        return self._ledger.rows

    # ------------------------------------------------------------------ sending

    async def carry_out(self, operation: Operation, send: Callable[[], Awaitable[T]], /) -> T:
        """Keep, send, and note the end.

        Raises what the sending raised; `OutcomeUnknown` only after looking in vain; `JournalFailed` where it could not
        be kept and nobody wants it sent all the same; `NotConfirmedYet` while an earlier one that would make the same
        is uncertain. In these two cases nothing is sent.
        """
        await self._refuse_double(operation)
        event_id = event_of(operation)
        where = self._watch.where(event_id) if event_id is not None else ""
        row = await self._ledger.begin(operation, self._watch.operator, where)
        try:
            before = await self._server.looks.before(operation) if self._server is not None else ()
            row = await self._ledger.send(row, before)
        except BaseException:
            await self._ledger.end(row, RowState.REFUSED, Ending.NOT_SENT)
            raise
        return await self._sent(row, send)

    async def recover(self, is_alive: Callable[[str], bool]) -> Recovered:
        """Take over what runs that are gone have left open here, and look after it once.

        What was certainly not sent is ended. Raises `JournalFailed`.
        """
        adopted = await self._ledger.adopt(is_alive)
        for row in adopted:
            if row.state is RowState.DRAFT:
                await self._ledger.end(row, RowState.REFUSED, Ending.NOT_SENT)
            else:
                await self._ledger.doubt(row)
        await asyncio.gather(*(self._look_once(row, tell=False) for row in self.uncertain))
        left = self.uncertain
        for row in left:
            self._look_later(row, 0.0, (*AT_ONCE[1:], *LATER))
        if adopted:
            self._watch.uncertain_changed()
        drafts = tuple(row for row in adopted if row.state is RowState.DRAFT)
        open_ids = {row.id for row in (*left, *drafts)}
        self.recovered = Recovered(tuple(row for row in adopted if row.id not in open_ids), drafts, left)
        return self.recovered

    # ------------------------------------------------------------------ deciding

    async def check(self, row_id: str) -> bool:
        """Look once more; whether it is settled now. Raises `AltegioError` where it cannot be looked at."""
        async with self._turn(row_id):
            row = self._ledger.get(row_id)
            if row is None or row.state is not RowState.UNCERTAIN:
                return row is None
            found = await self._look(row)
            return found is not None and await self._found(row, found)

    async def send_again(self, row_id: str) -> bool:
        """Look, and send it once more if it is not there; whether it was sent.

        Raises as the sending does, and `NotSentAgain` where somebody has changed the same since.
        """
        if self._server is None or await self.check(row_id):
            return False
        row = self._ledger.get(row_id)
        if row is None or row.state is not RowState.UNCERTAIN:  # somebody else was faster
            return False
        api, operation = self._server.api, await self._server.looks.renewed(row.operation)
        if self._ledger.get(row_id) is not row:
            return False
        self._ledger.put(replace(row, state=RowState.SENDING))
        try:
            await self._sent(row, lambda: api.send_again(operation), first=False)
        finally:
            self._watch.uncertain_changed()
        return True

    async def let_go(self, row_id: str) -> None:
        """Let go of an uncertain write: somebody has looked, or does not mind."""
        row = self._ledger.get(row_id)
        if row is not None and row.state is RowState.UNCERTAIN:
            await self._ledger.end(row, RowState.SETTLED, Ending.LET_GO)
            self._watch.uncertain_changed()

    async def confirm_write(self, write_id: int) -> bool:
        """Look at what a write has left uncertain; whether nothing of it is so any more. Raises `AltegioError`."""
        found = [await self.check(row.id) for row in self.uncertain if row.write_id == write_id]
        return all(found)

    async def send_write_again(self, write_id: int) -> None:
        """Send again what a write has left uncertain and a look does not find; raises as the sending does."""
        for row in self.uncertain:
            if row.write_id == write_id:
                await self.send_again(row.id)

    async def let_go_of(self, write_id: int) -> None:
        """Look at what a write has left uncertain, and let go of what stays so."""
        for row in self.uncertain:
            if row.write_id == write_id and await self._look_once(row) is None:
                await self.let_go(row.id)

    async def aclose(self) -> None:
        """Stop looking; what is uncertain stays in the journal for the next start."""
        for task in tuple(self._looking):
            task.cancel()
        await asyncio.gather(*self._looking, return_exceptions=True)
        await self._ledger.aclose()

    # ------------------------------------------------------------------ the steps of a write

    async def _refuse_double(self, operation: Operation) -> None:
        """Refuse what an uncertain write may have made already: a second one could double it."""
        for row in self.uncertain:
            if makes_the_same(row.operation, operation):
                await self._look_once(row)
                if self._ledger.get(row.id) is None:
                    raise NotConfirmedYet(f"It was carried out after all: {row.words}. Nothing was sent again")
                raise NotConfirmedYet(f"It is not known yet whether this was carried out: {row.words}")

    async def _sent(self, row: JournalRow, send: Callable[[], Awaitable[T]], *, first: bool = True) -> T:
        """Send and note the end; a refusal of a second sending tells nothing of the first, which may still come."""
        try:
            answer = await send()
        except OutcomeUnknown:
            row = await self._doubted(row)
            found = await self._look_soon(row)
            if found is None:
                self._look_later(row, AT_ONCE[-1], LATER)
                raise
            return cast("T", found.answer)
        except AltegioError:
            if first:
                await self._ledger.end(row, RowState.REFUSED, Ending.REFUSED)
            else:
                await self._doubted(row)
            raise
        except BaseException:
            await asyncio.shield(self._doubted(row))
            raise
        await self._ledger.end(row, RowState.DONE, Ending.DONE, made_by(row.operation, answer))
        await self._overtake(row)
        return answer

    async def _doubted(self, row: JournalRow) -> JournalRow:
        row = await self._ledger.doubt(row)
        self._watch.uncertain_changed()
        return row

    async def _overtake(self, done: JournalRow) -> None:
        """Settle the uncertain writes that a later one on the same thing has made pointless."""
        for row in self.uncertain:
            if overtakes(done.operation, row.operation):
                await self._ledger.end(row, RowState.SETTLED, Ending.OVERTAKEN)
                self._watch.uncertain_changed()

    # ------------------------------------------------------------------ looking

    async def _look_soon(self, row: JournalRow) -> Found | None:
        """Look while whoever has sent it waits; what cannot be read is not known."""
        try:
            async with asyncio.timeout(LOOK_LIMIT):
                return await self._look_at(row, 0.0, AT_ONCE, tell=False)
        except TimeoutError:
            return None

    def _look_later(self, row: JournalRow, passed: float, times: tuple[float, ...]) -> None:
        async def look() -> None:
            await self._look_at(row, passed, times, tell=True)

        task = asyncio.create_task(look(), name=f"look after {row.kind}")
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look_at(self, row: JournalRow, passed: float, times: tuple[float, ...], *, tell: bool) -> Found | None:
        for at in times:
            if at > passed:
                await self._pause(at - passed)
            passed = at
            found = await self._look_once(row, tell=tell)
            if found is not None or self._ledger.get(row.id) is None:
                return found
        return None

    async def _look_once(self, row: JournalRow, *, tell: bool = True) -> Found | None:
        async with self._turn(row.id):
            now = self._ledger.get(row.id)
            if now is None or now.state is not RowState.UNCERTAIN:
                return None
            try:
                found = await self._look(now)
            except AltegioError:
                return None
            return found if found is not None and await self._found(now, found, tell=tell) else None

    def _turn(self, row_id: str) -> asyncio.Lock:
        """Let one at a time look at a row: two could settle it and send it again at once."""
        turn = self._turns.get(row_id)
        if turn is None:
            turn = self._turns[row_id] = asyncio.Lock()
        return turn

    async def _look(self, row: JournalRow) -> Found | None:
        """Look what came of a write; what another one has made, or may have made, is not taken for its own.

        Both are asked after the reading, for what is read there was written down before it was sent.
        """
        if self._server is None:
            return None
        sent = Sent(row.operation, row.before, self._server.wall.wall(row.begun_at))
        taken, rivals = frozenset[str](), await self._ledger.rivals(row)
        while True:
            found = await self._server.looks.look(sent, taken, rivals)
            if found is None or not isinstance(row.operation, AddBooking | AddBookings | CreateEvent):
                return found
            now = await self._ledger.rivals(row)
            if now > rivals:
                rivals = now
            elif found.makes is not None and await self._ledger.claimed(found.makes):
                taken |= {found.makes}
            else:
                return found

    async def _found(self, row: JournalRow, found: Found, *, tell: bool = True) -> bool:
        """Settle what was found; False where another run has claimed it meanwhile."""
        if self._ledger.get(row.id) is None:
            return True
        settled = await self._ledger.end(row, RowState.SETTLED, Ending.FOUND, found.makes)
        if settled:
            self._watch.uncertain_changed()
            if tell:
                self._watch.settled(row, Ending.FOUND)
        return settled


def made_by(operation: Operation, answer: object) -> str | None:
    """Name what an operation has made by its answer, such as `booking:7`; None where it makes nothing, or several."""
    if isinstance(operation, AddBookings) and isinstance(answer, BulkResult) and len(answer.booked) == 1:
        return f"booking:{answer.booked[0].id}"
    if isinstance(operation, AddBooking) and isinstance(answer, Booking):
        return f"booking:{answer.id}"
    if isinstance(operation, CreateEvent) and isinstance(answer, Event):
        return f"event:{answer.id}"
    return None
