"""The same writes, as they are and through the painter: two terminals must show the same, cell by cell."""

from __future__ import annotations

import os
import sys

import pytest

from tests.celldiff.glass import Glass, Measure, by_code_point, emoji_narrow, same_to_the_eye, seen
from tests.celldiff.programs import PLAIN, Program, Step
from tests.terminal.emulator import Emulator
from tui_app.celldiff.painter import Painter
from tui_app.celldiff.parse import NotUnderstood, stands_apart

PROGRAMS = int(os.environ.get("CELLDIFF_PROGRAMS", "640"))  # thousands where somebody has the time
BATCHES = 16
PER_BATCH = PROGRAMS // BATCHES
STEPS = 5


def through_painter(painter: Painter, step: Step) -> str:
    """What the painter makes of a step, with the driver's rules for what is not a paint."""
    parts = []
    if step.size is not None:
        painter.resize(*step.size)
    for data in step.writes:
        if stands_apart(data):
            parts += [painter.output(), data]
        elif "?1049" in data:
            painter.forget()
            parts.append(data)
        else:
            try:
                painter.take(data)
            except NotUnderstood:
                parts.append(painter.bypass(data))
    return "".join([*parts, painter.output()])


def compare(seed: int, *, fills: bool) -> tuple[int, int, int]:
    """Run a program both ways; cells compared, bytes as they are, bytes through the painter."""
    program = Program(seed)
    stock, ours = Glass(*program.size, fills=fills), Glass(*program.size, fills=fills)
    painter = Painter(*program.size)
    cells = 0
    for number, step in enumerate(program.steps(STEPS)):
        if step.size is not None:
            stock.resize(*step.size)
            ours.resize(*step.size)
        stock.feed("".join(step.writes))
        ours.feed(through_painter(painter, step))
        where = f"seed {seed}, step {number}, {step.kind}"
        for row, (theirs, mine) in enumerate(zip(stock.lines, ours.lines, strict=True)):
            assert same_to_the_eye(mine, theirs), f"{where}, row {row}: {seen(mine)} is not {seen(theirs)}"
        assert (ours.row, min(ours.column, ours.columns - 1)) == (stock.row, min(stock.column, stock.columns - 1)), (
            where
        )
        assert ours.apart == stock.apart, where
        cells += ours.columns * ours.rows
    return cells, stock.bytes, ours.bytes


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_terminals_show_the_same(batch: int) -> None:
    results = [compare(batch * 100_000 + seed, fills=bool(seed % 2)) for seed in range(PER_BATCH)]
    cells, before, after = map(sum, zip(*results, strict=True))
    sys.stdout.write(f"{PER_BATCH} programs, {cells} cells compared, {before} bytes became {after}\n")
    assert after < before


def test_an_emulator_of_other_hands_agrees() -> None:
    for seed in range(PER_BATCH):
        program = Program(seed, PLAIN)  # that one falls over halves of wide characters
        stock, ours, painter = Emulator(*program.size), Emulator(*program.size), Painter(*program.size)
        for number, step in enumerate(program.steps(STEPS)):
            if step.size is not None:
                stock.resize(*step.size)
                ours.resize(*step.size)
            stock.feed("".join(step.writes).replace("\n", "\r\n").encode())
            ours.feed(through_painter(painter, step).replace("\n", "\r\n").encode())
            where = f"seed {seed}, step {number}, {step.kind}"
            assert ours.text == stock.text, where
            assert papers(ours) == papers(stock), where


def papers(emulator: Emulator) -> list[str]:
    return [emulator.colours(row, column)[1] for row in range(emulator.rows) for column in range(emulator.columns)]


@pytest.mark.parametrize("measure", [by_code_point, emoji_narrow])
@pytest.mark.parametrize("batch", range(BATCHES // 4))
def test_where_a_terminal_sees_widths_otherwise_nothing_is_left_of_what_was_there_before(
    measure: Measure, batch: int
) -> None:
    for seed in range(batch * 100_000, batch * 100_000 + PER_BATCH // 4):
        program = Program(seed)
        painter, used = Painter(*program.size), Glass(*program.size, measure)
        steps = [step for step in program.steps(STEPS) if step.kind != "doubt"]
        for step in steps:
            if step.size is not None:
                used.resize(*step.size)
            used.feed(through_painter(painter, step))
        fresh = Glass(*program.size, measure)
        fresh.feed(through_painter(Painter(*program.size), steps[-1]))
        for row, (one, other) in enumerate(zip(used.lines, fresh.lines, strict=True)):
            assert same_to_the_eye(one, other), f"seed {seed}, row {row}: {seen(one)} is not {seen(other)}"
