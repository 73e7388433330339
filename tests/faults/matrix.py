"""The fault matrix: what was done under each fault, what people were told of it, and what is true (design 6)."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.faults.deeds import ONLY_IN_EVENTS, OPERATIONS, Deed, Preparation, Thing, Told
from tests.faults.line import FAULTS
from tests.faults.station import FIRST, Hit, Station, station
from tests.faults.studio import Studio
from tui_app.altegio.dialects import Spoken
from tui_app.altegio.errors import AltegioError
from tui_app.desk.journal.audit import Audit
from tui_app.desk.journal.store import JournalStore
from tui_app.desk.trouble import DeskError
from tui_app.desk.writes import Write, WriteState

AT_ONCE: Final = 24
"""Cells that run side by side."""

FILES: Final = 12
"""Files of the journal: two programs at a time share one."""

TELLS: Final = {WriteState.DONE: Told.DONE, WriteState.REFUSED: Told.FAILED, WriteState.UNKNOWN: Told.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One deed under one fault, which the writes of `hit` meet."""

    deed: str
    fault: str
    dialect: Spoken
    hit: Hit = FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a cell; the four that must be empty name the things that went wrong."""

    cell: Cell
    told: Mapping[Told, int]
    met: bool
    persons: int
    doubled: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[str, ...]:
        """What must never be, in words."""
        kinds = {
            "doubled": self.doubled,
            "told done but missing": self.missing,
            "told failed but present": self.present,
            "not confirmed without a banner": self.unseen,
            "left open in the journal": self.left_open,
        }
        return tuple(f"{kind}: {', '.join(names)}" for kind, names in kinds.items() if names)


def cells_of_operations(faults: Iterable[str]) -> tuple[Cell, ...]:
    """Every operation in both dialects, under each of these faults."""
    dialects: tuple[Spoken, ...] = ("activities", "events")
    return tuple(
        Cell(deed=deed, fault=fault, dialect=dialect)
        for fault in faults
        for deed in OPERATIONS
        for dialect in dialects
        if dialect == "events" or deed not in ONLY_IN_EVENTS
    )


@dataclass(slots=True)
class Tally:
    """What a person at the desk sees while a cell runs."""

    told: list[Told] = field(default_factory=list)
    banner: bool = False


async def run(
    studio: Studio, folder: Path, deeds: Mapping[str, Preparation], cells: Sequence[Cell]
) -> tuple[Verdict, ...]:
    """Run cells side by side, each as a program of its own; each file of the journal serves several."""
    gate, audit = asyncio.Semaphore(AT_ONCE), Audit(folder / "audit.log")

    async def one(number: int, cell: Cell) -> Verdict:
        store, place = JournalStore(folder / f"journal-{number % FILES}.sqlite", f"{number:016x}"), f"sandbox {number}"
        async with gate, station(studio, store, cell.dialect, place=place, audit=audit) as at:
            return await judged(at, cell, await deeds[cell.deed](at))

    async with asyncio.TaskGroup() as group:
        running = [group.create_task(one(number, cell)) for number, cell in enumerate(cells)]
    return tuple(task.result() for task in running)


async def judged(at: Station, cell: Cell, deed: Deed) -> Verdict:
    """Do a deed under a fault, and hold what was told against what is true."""
    at.guard.arm(FAULTS[cell.fault], cell.hit)
    write = at.writes.start(f"do {cell.deed}", deed.do)
    await at.writes.drain(60)
    tally = Tally(_told(write, deed.things), bool(at.keeper.uncertain))
    at.guard.fault = None
    await at.line.late_ones()
    seen = tally.banner or bool(at.watch.settled_later)
    truth = [thing.times() for thing in deed.things]
    await at.line.rise()
    persons = await _person(at)
    settled = [thing.times() for thing in deed.things]
    return Verdict(
        cell=cell,
        told=Counter(tally.told),
        met=at.line.met + at.guard.disk_filled > 0,
        persons=persons,
        doubled=_named(deed.things, (times > 1 for times in settled)),
        missing=_named(
            deed.things,
            (
                (told is Told.DONE and not now) or (told is Told.UNKNOWN and not later)
                for told, now, later in zip(tally.told, truth, settled, strict=True)
            ),
        ),
        present=_named(
            deed.things,
            (told is Told.FAILED and later > 0 for told, later in zip(tally.told, settled, strict=True)),
        ),
        unseen=_named(deed.things, (told is Told.UNKNOWN and not seen for told in tally.told)),
        left_open=tuple(row.kind for row in at.keeper.unended),
    )


async def _person(at: Station) -> int:
    """Somebody sends again what nobody knows of, as long as something is not known; gives how often."""
    persons = 0
    for row in at.keeper.uncertain:
        if await at.keeper.check(row.id):
            continue
        persons += 1
        await at.keeper.send_again(row.id)
    return persons


def _told(write: Write[Sequence[Told] | None], things: Sequence[Thing]) -> list[Told]:
    if write.state is WriteState.DONE and write.result is not None:
        return list(write.result)
    if write.error is not None and not isinstance(write.error, AltegioError | DeskError):
        raise write.error
    return [TELLS[write.state]] * len(things)


def _named(things: Sequence[Thing], which: Iterable[bool]) -> tuple[str, ...]:
    return tuple(thing.name or "it" for thing, wrong in zip(things, which, strict=True) if wrong)


def table(verdicts: Sequence[Verdict]) -> str:
    """The matrix for people: a row for each fault and what was told, and what must be zero below it."""
    lines = [f"{'fault':<40}{'told done':>11}{'failed':>9}{'not confirmed':>15}{'needed a person':>17}{'wrong':>7}"]
    for fault in dict.fromkeys(verdict.cell.fault for verdict in verdicts):
        rows = [verdict for verdict in verdicts if verdict.cell.fault == fault]
        told = sum((Counter(verdict.told) for verdict in rows), Counter[Told]())
        wrong = sum(len(verdict.wrong) for verdict in rows)
        persons = sum(verdict.persons for verdict in rows)
        lines.append(
            f"{fault:<40}{told[Told.DONE]:>11}{told[Told.FAILED]:>9}{told[Told.UNKNOWN]:>15}{persons:>17}{wrong:>7}"
        )
    zeros = {
        "doubles": sum(len(verdict.doubled) for verdict in verdicts),
        "told done but missing": sum(len(verdict.missing) for verdict in verdicts),
        "told failed but present": sum(len(verdict.present) for verdict in verdicts),
        "not confirmed without a banner": sum(len(verdict.unseen) for verdict in verdicts),
        "left open in the journal": sum(len(verdict.left_open) for verdict in verdicts),
    }
    deeds = len({verdict.cell.deed for verdict in verdicts})
    lines.append(f"{len(verdicts)} cells, {deeds} deeds; " + ", ".join(f"{name} = {n}" for name, n in zeros.items()))
    return "\n".join(lines)
