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
    """All figures by subject and name, with what they were measured on."""

    machine: Mapping[str, str]
    figures: Mapping[str, Mapping[str, Figure]]

    @classmethod
    def of(cls, machine: Mapping[str, str], runs: Mapping[str, Sequence[Mapping[str, float]]]) -> Self:
        """Sum up the runs of each subject."""
        figures = {
            subject: {name: Figure.of([run[name] for run in of_it]) for name in of_it[0]}
            for subject, of_it in runs.items()
        }
        return cls(machine, figures)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a report that `save` has written."""
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        figures = {
            subject: {name: Figure(**figure) for name, figure in named.items()}
            for subject, named in data["figures"].items()
        }
        return cls(data["machine"], figures)

    def save(self, path: Path) -> None:
        """Write the report as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


def table(report: Report, *, compared_to: str, before: Report | None = None) -> str:
    """One line a figure: median, range, ratio to the same figure of `compared_to`, ratio to an earlier report."""
    rows: list[tuple[str, ...]] = [("program", "figure", "median", "range", f"/ {compared_to}", "/ before")]
    least = report.figures[compared_to]
    for subject, named in report.figures.items():
        earlier = before.figures.get(subject, {}) if before else {}
        for name, figure in named.items():
            to_least = ratio(figure, least.get(name)) if subject != compared_to else ""
            span = f"{figure.low:g} .. {figure.high:g}"
            rows.append((subject, name, f"{figure.median:g}", span, to_least, ratio(figure, earlier.get(name))))
    return "\n".join(_aligned(rows))


def ratio(figure: Figure, other: Figure | None) -> str:
    """How many times `other` a figure is; nothing where there is none, or where it is 0."""
    return f"{figure.median / other.median:.2f}" if other and other.median else ""


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for program, figure, *numbers in rows:
        words = (f"{program:<{widths[0]}}", f"{figure:<{widths[1]}}")
        yield "  ".join((*words, *(f"{n:>{w}}" for n, w in zip(numbers, widths[2:], strict=True)))).rstrip()
