"""Many bookings from two programs at once over lines of which two writes in five fail."""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.deeds import Told
from tests.faults.line import FAULTS, End, Line
from tests.faults.matrix import TELLS
from tests.faults.services import checked
from tests.faults.station import FailingGuard, Hit, Station, station, transport_to
from tests.faults.studio import Studio
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import AltegioError
from tui_app.desk.booking import BookingDesk, BookingDraft, CheckedBooking
from tui_app.desk.journal.store import JournalStore
from tui_app.desk.trouble import DeskError, NotConfirmedYet
from tui_app.desk.writes import WriteState

FAILING: Final = 0.4
SLOTS: Final = 5
"""Bookings that one program has under way at once."""

TRIES: Final = 6
"""How often somebody books again what was told as failed."""

EVERY: Final = Hit(1, on=True)


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """Somebody who wants to be booked; `key` is whom the database counts, and twins share one."""

    event_id: int
    key: str
    checked: CheckedBooking


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdReport:
    """What came of a crowd."""

    bookings: int
    programs: int
    writes: int
    failed_writes: int
    told: Counter[Told]
    persons: int
    doubles: int
    missing: int
    present: int
    unseen: int
    seconds: float

    @property
    def zeros(self) -> tuple[int, int, int, int]:
        """What must be zero: doubles, told done but missing, told failed but present, without a banner."""
        return self.doubles, self.missing, self.present, self.unseen

    @property
    def words(self) -> str:
        """The report for people."""
        done, failed, unknown = (self.told[told] for told in Told)
        return (
            f"{self.bookings} bookings from {self.programs} programs in {self.seconds:.1f} s:"
            f" {self.writes} writes sent, {self.failed_writes} of them failed;"
            f" told done {done}, failed {failed}, not confirmed {unknown}; needed a person {self.persons};"
            f" doubles = {self.doubles}, told done but missing = {self.missing},"
            f" told failed but present = {self.present}, not confirmed without a banner = {self.unseen}"
        )


class Program:
    """One program: a keeper, and several desks that book over lines of their own."""

    def __init__(self, at: Station, slots: Sequence["Slot"]) -> None:
        self.at = at
        self.slots = slots


@dataclass(frozen=True, slots=True)
class Slot:
    """One booking at a time."""

    booking: BookingDesk
    guard: FailingGuard
    line: Line


@asynccontextmanager
async def program(
    studio: Studio, store: JournalStore, dialect: Spoken, chance: random.Random
) -> AsyncIterator[Program]:
    """Open a program whose writes fail by chance, and whose looks are made over a line that holds."""
    async with AsyncExitStack() as stack:
        at = await stack.enter_async_context(station(studio, store, dialect))
        slots = []
        for _ in range(SLOTS):
            line = await stack.enter_async_context(Line(studio.sandbox.asgi))
            transport = transport_to(studio, line.base_url)
            guard = ChanceGuard(at.keeper, store, line, transport=transport, chance=chance)
            api = await stack.enter_async_context(AltegioApi(transport, dialect, guard))
            desk = at.desk
            slots.append(Slot(BookingDesk(api, at.location_id, desk.rosters, desk.reference), guard, line))
        yield Program(at, slots)


@dataclass(slots=True, kw_only=True)
class ChanceGuard(FailingGuard):
    """Lets writes fail by chance."""

    chance: random.Random
    failed: int = 0

    def roll(self) -> None:
        """Choose what the next write meets."""
        faults = [fault for fault in FAULTS.values() if fault.end is not End.DISK]
        self.fault = self.chance.choice(faults) if self.chance.random() < FAILING else None
        self.failed += self.fault is not None
        self.hit = EVERY


async def crowd(studio: Studio, folder: Path, bookings: int, *, shared: bool, seed: int = 1) -> CrowdReport:
    """Book so many from two programs, with one journal or with one each, and hold what was told against what is."""
    chance, begun = random.Random(seed), time.monotonic()  # noqa: S311
    files = [folder / ("journal.sqlite" if shared else f"journal-{number}.sqlite") for number in range(2)]
    stores = [JournalStore(path, f"{number:016x}") for number, path in enumerate(files)]
    wishes = deque(_wishes(studio, bookings, twins=shared))
    told: dict[Wish, Told] = {}
    unseen = 0
    async with AsyncExitStack() as stack:
        dialects: tuple[Spoken, Spoken] = ("activities", "events")
        programs = [
            await stack.enter_async_context(program(studio, store, dialect, chance))
            for store, dialect in zip(stores, dialects, strict=True)
        ]

        async def work(one: Program, slot: Slot) -> int:
            blind = 0
            while wishes:
                wish = wishes.popleft()
                told[wish], seen = await _booked(one, slot, wish)
                blind += not seen
            return blind

        unseen = sum(await asyncio.gather(*(work(one, slot) for one in programs for slot in one.slots)))
        await asyncio.gather(*(slot.line.late_ones() for one in programs for slot in one.slots))
        persons = sum([await _persons(one) for one in programs])
        guards = [slot.guard for one in programs for slot in one.slots]
        assert all(one.at.keeper.unended == () for one in programs)
    doubles, missing, present = _held_against(studio, told)
    return CrowdReport(
        bookings=bookings,
        programs=len(programs),
        writes=sum(guard.sent for guard in guards),
        failed_writes=sum(guard.failed for guard in guards if isinstance(guard, ChanceGuard)),
        told=Counter(told.values()),
        persons=persons,
        doubles=doubles,
        missing=missing,
        present=present,
        unseen=unseen,
        seconds=time.monotonic() - begun,
    )


def _wishes(studio: Studio, bookings: int, *, twins: bool) -> list[Wish]:
    """New clients, known ones and visitors, some of whom share a name, in turns over some events."""
    events = [studio.event(places=1_000) for _ in range(max(4, bookings // 20))]
    made = []
    for number in range(bookings):
        event = events[number % len(events)]
        name, phone = studio.person()
        match number % 4:
            case 0:
                draft, key = BookingDraft(client_id=(client := studio.client()), name="Anna"), f"client {client}"
            case 1 if twins:
                name = f"Twin{number // 4 % 2}"
                draft, key = BookingDraft(visitor_name=name), f"visitor {name}"
            case 1:
                draft, key = BookingDraft(visitor_name=name), f"visitor {name}"
            case _:
                draft, key = BookingDraft(name=name, phone=phone), f"phone {phone}"
        made.append(Wish(event.id, key, checked(draft)))
    return made


async def _booked(one: Program, slot: Slot, wish: Wish) -> tuple[Told, bool]:
    """Book, and again as long as it is told as failed; gives what was told at last, and whether a banner stood."""
    told = Told.FAILED
    for _ in range(TRIES):
        guard = slot.guard
        assert isinstance(guard, ChanceGuard)
        guard.roll()
        write = one.at.writes.start("book", lambda: slot.booking.book(wish.event_id, wish.checked))
        with suppress(AltegioError, DeskError):
            await write.wait()
        told = TELLS[write.state]
        await slot.line.rise()
        if write.state is WriteState.UNKNOWN:
            return told, bool(one.at.keeper.uncertain or one.at.watch.settled_later)
        if told is not Told.FAILED or isinstance(write.error, NotConfirmedYet):
            break
    return told, True


async def _persons(one: Program) -> int:
    """Somebody decides what is still not confirmed; gives how often."""
    persons = 0
    for row in one.at.keeper.uncertain:
        if not await one.at.keeper.check(row.id):
            persons += 1
            await one.at.keeper.send_again(row.id)
    return persons


def _held_against(studio: Studio, told: dict[Wish, Told]) -> tuple[int, int, int]:
    """Count who is booked too often, who was told as booked and is not, and who was told as failed and is."""
    doubles = missing = present = 0
    for event_id, key in dict.fromkeys((wish.event_id, wish.key) for wish in told):
        ends = [told[wish] for wish in told if (wish.event_id, wish.key) == (event_id, key)]
        there = _there(studio, event_id, key)
        meant = sum(end is not Told.FAILED for end in ends)
        doubles += max(0, there - len(ends))
        missing += max(0, meant - there)
        present += max(0, min(there, len(ends)) - meant)
    return doubles, missing, present


def _there(studio: Studio, event_id: int, key: str) -> int:
    kind, _, who = key.partition(" ")
    if kind == "client":
        return studio.booked(event_id, int(who))
    return studio.visitors(event_id, who) if kind == "visitor" else studio.booked_by_phone(event_id, who)
