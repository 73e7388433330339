"""What many runs come to: medians with their ranges, ratios to another program or to another day, as a table."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of a figure over the runs, its lowest and its highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Sum up at least one value."""
        return cls(*(round(value, 2) for value in (statistics.median(values), min(values), max(values))))


@dataclass(frozen=True, slots=True)
class Report:
    """All figures by subject and name, with what they were measured on; `ratios` are those to the first subject."""

    machine: Mapping[str, str]
    figures: Mapping[str, Mapping[str, Figure]]
    ratios: Mapping[str, Mapping[str, Figure]]

    @classmethod
    def of(cls, machine: Mapping[str, str], runs: Mapping[str, Sequence[Mapping[str, float]]]) -> Self:
        """Sum up the runs of each subject, which were made in turns.

        A ratio compares two runs of the same turn: the speed of a shared machine changes from one turn to the next.
        """
        figures = {subject: _summed_up(of_it) for subject, of_it in runs.items()}
        (first, least), *others = runs.items()
        ratios = {subject: _summed_up([*map(_ratios, of_it, least)]) for subject, of_it in others}
        return cls(machine, figures, {first: {}, **ratios})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a report that `save` has written."""
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        figures, ratios = (
            {subject: {name: Figure(**figure) for name, figure in named.items()} for subject, named in kept.items()}
            for kept in (data["figures"], data["ratios"])
        )
        return cls(data["machine"], figures, ratios)

    def save(self, path: Path) -> None:
        """Write the report as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


def _summed_up(runs: Sequence[Mapping[str, float]]) -> dict[str, Figure]:
    return {name: Figure.of([run[name] for run in runs]) for name in runs[0] if all(name in run for run in runs)}


def _ratios(run: Mapping[str, float], least: Mapping[str, float]) -> dict[str, float]:
    return {name: value / least[name] for name, value in run.items() if least.get(name)}


def table(report: Report, *, before: Report | None = None) -> str:
    """One line a figure: median and range, the same of its ratio to the first subject, and how it was before."""
    first = next(iter(report.figures))
    rows: list[tuple[str, ...]] = [("program", "figure", "median", "range", f"/ {first}", "range", "/ before")]
    for subject, named in report.figures.items():
        earlier = before.figures.get(subject, {}) if before else {}
        for name, figure in named.items():
            to_first = report.ratios[subject].get(name)
            words = (f"{to_first.median:.2f}", _span(to_first)) if to_first else ("", "")
            rows.append((subject, name, f"{figure.median:g}", _span(figure), *words, ratio(figure, earlier.get(name))))
    return "\n".join(_aligned(rows))


def _span(figure: Figure) -> str:
    return f"{figure.low:g} .. {figure.high:g}"


def ratio(figure: Figure, other: Figure | None) -> str:
    """How many times `other` a figure is; nothing where there is none, or where it is 0."""
    return f"{figure.median / other.median:.2f}" if other and other.median else ""


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for program, figure, *numbers in rows:
        words = (f"{program:<{widths[0]}}", f"{figure:<{widths[1]}}")
        yield "  ".join((*words, *(f"{n:>{w}}" for n, w in zip(numbers, widths[2:], strict=True)))).rstrip()
