"""The bench's own arithmetic, and one short run of the bare program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.__main__ import BARE
from tests.bench.measure import Step, Subject, measure
from tests.bench.report import Figure, Report, ratio, table
from tests.terminal.pty import ORDINARY, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

REPORT = Report.of(
    {"Python": "3.11"},
    {
        "bare": [{"first frame ms": 100.0}, {"first frame ms": 300.0}, {"first frame ms": 200.0}],
        "demo": [
            {"first frame ms": 300.0, "idle bytes": 0.0},
            {"first frame ms": 360.0, "idle bytes": 0.0},
            {"first frame ms": 300.0, "idle bytes": 0.0},
        ],
    },
)


def test_a_figure_is_the_median_with_its_range() -> None:
    assert REPORT.figures["bare"]["first frame ms"] == Figure(200.0, 100.0, 300.0)


def test_a_ratio_is_between_runs_of_the_same_turn() -> None:
    assert REPORT.ratios["demo"] == {"first frame ms": Figure(1.5, 1.2, 3.0)}


def test_the_table_compares_with_the_bare_program_and_with_before() -> None:
    before = Report.of({}, {"bare": [{"first frame ms": 200.0}], "demo": [{"first frame ms": 150.0}]})
    rows = [line.split() for line in table(REPORT, before=before).split("\n")]
    assert rows[1] == ["bare", "first", "frame", "ms", "200", "100", "..", "300", "1.00"]
    assert rows[2] == [*["demo", "first", "frame", "ms", "300", "300", "..", "360", "1.50", "1.2", "..", "3", "2.00"]]


def test_nothing_is_divided_by_nothing() -> None:
    assert ratio(Figure(1, 1, 1), Figure(0, 0, 0)) == ""
    assert ratio(Figure(1, 1, 1), None) == ""


def test_a_report_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "now.json"
    REPORT.save(path)
    assert Report.load(path) == REPORT


def test_a_program_is_measured_from_its_start_to_its_end(tmp_path: Path) -> None:
    typed = Subject("bare", BARE.command, BARE.frame, steps=(Step("typed", ("a",)),))
    figures = measure(typed, clean_environment(tmp_path), ORDINARY, idle_s=0)
    assert figures["first frame ms"] > 0
    assert figures["settled bytes"] > len("Hello")
    assert figures["typed bytes"] == 0
    assert figures["memory mb"] > 1
    assert figures["quit ms"] > 0
