"""What the desk line tells of its entries and its questions: pure."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from tui_app.desk.commands.questions import Question, QuestionKind, Questions, how_to_come_back
from tui_app.desk.commands.saying import shortened
from tui_app.desk.entries.reports import EntryReport, EntryState
from tui_app.widgets.text_lines import TextLine, wrapped

SIGNS: Final[Mapping[EntryState, str]] = {
    EntryState.QUEUED: "·",
    EntryState.WORKING: "…",
    EntryState.ASKS: "?",
    EntryState.DONE: "✓",
    EntryState.REFUSED: "!",
    EntryState.FAILED: "!",
    EntryState.UNKNOWN: "‼",
}
"""A glyph for each state of an entry, so that none is told by colour alone."""

ALERTS: Final = frozenset({EntryState.REFUSED, EntryState.FAILED, EntryState.UNKNOWN})
OPEN: Final = frozenset({EntryState.QUEUED, EntryState.WORKING, EntryState.ASKS, EntryState.UNKNOWN})

NONE_ASKED: Final = Questions()

Reports = Mapping[int, EntryReport]
"""The newest report of each entry by its number."""


def with_report(reports: Reports, report: EntryReport) -> dict[int, EntryReport]:
    """Take in a report, the last one behind all others: a new line pushes out what has ended in the lines before it."""
    newest = max((each.line for each in reports.values()), default=report.line)
    kept = {
        number: each
        for number, each in reports.items()
        if report.line <= newest or each.state in OPEN or each.line == report.line
    }
    kept.pop(report.number, None)
    kept[report.number] = report
    return kept


def without_unknown(reports: Reports) -> Reports:
    """Leave out what nobody knew the end of."""
    return {number: each for number, each in reports.items() if each.state is not EntryState.UNKNOWN}


def report_lines(reports: Reports, questions: Questions = NONE_ASKED) -> list[TextLine]:
    """One line an entry, and what belongs below it; an answer that says nothing of its own is left out."""
    lines: list[TextLine] = []
    for _, report in sorted(reports.items()):
        if report.state is EntryState.DONE and not report.words:
            continue
        if waits := _waits(report, questions):
            lines.append(TextLine(f" {SIGNS[report.state]} {shortened(report.name)}: {waits}", "dim"))
            continue
        tone = "alert" if report.state in ALERTS else ""
        lines.append(TextLine(f" {SIGNS[report.state]} {_said(report, questions)}", tone))
        lines += [TextLine(f"     {line}") for line in report.lines]
    return lines


def newest_lines(reports: Reports, width: int, most: int, questions: Questions = NONE_ASKED) -> list[TextLine]:
    """The lines in a width; where they are more than `most`, the oldest that are over make room, what went well first.

    Then questions that wait do. What runs or asks now, and what was reported last, are never left out.
    """
    kept = dict(sorted(reports.items()))
    last = [*reports][-1] if reports else None
    left_out = 0
    while True:
        lines = [piece for line in report_lines(kept, questions) for piece in wrapped(line, width)]
        older = [(number, each) for number, each in kept.items() if number != last]
        over = [number for number, each in older if each.state not in OPEN]
        over = over or [number for number, each in older if _waits(each, questions)]
        if len(lines) + bool(left_out) <= most or not over:
            return [TextLine(f" … {left_out} earlier", "dim"), *lines] if left_out else lines
        well = next((number for number in over if kept[number].state is EntryState.DONE), None)
        told = next((number for number, each in kept.items() if each.state is EntryState.DONE and each.lines), None)
        if well is None and told is not None:  # what is good to know makes room before what went wrong does
            kept[told] = replace(kept[told], lines=())
            continue
        left_out += bool(report_lines({0: kept.pop(over[0] if well is None else well)}))


def _said(report: EntryReport, questions: Questions) -> str:
    words = report.words or {EntryState.QUEUED: "waits for its turn", EntryState.WORKING: "working"}.get(
        report.state, report.state.value
    )
    named = f"{shortened(report.name)}: " if report.name and report.state is not EntryState.DONE else ""
    joint = " " if words.endswith((".", "?")) else ". "
    next_step = _next_step(report, questions)
    return named + words + (f"{joint}{next_step}" if next_step else "")


def _question(report: EntryReport, questions: Questions) -> Question | None:
    if report.state is not EntryState.ASKS:
        return None
    return next((each for each in questions.waiting if each.name.strip() == report.name), None)


def _waits(report: EntryReport, questions: Questions) -> str:
    """How to come back to the question of an entry, where something else has come between; else empty."""
    question = _question(report, questions)
    return how_to_come_back(questions, question) if question is not None else ""


def _next_step(report: EntryReport, questions: Questions) -> str:
    """The key that comes next; the heading of the candidates says it of theirs."""
    question = _question(report, questions)
    headed = question is not None and question is questions.opened and question.kind is QuestionKind.CANDIDATES
    return "" if headed else report.next_step


def question_lines(questions: Questions, room: int) -> list[TextLine]:
    """The candidates of the question that is open now, as many as there is room for, the one under the arrow always."""
    question = questions.opened
    if question is None or not questions.fresh or question.kind is not QuestionKind.CANDIDATES:
        return []
    shown = max(1, room - 1)
    first = max(0, (questions.pointed or 0) - shown + 1)
    last = min(len(question.choices), first + shown)
    place = f" ({first + 1}-{last} of {len(question.choices)})" if last - first < len(question.choices) else ""
    lines = [TextLine(f" {question.name}: which one?{place} Arrow and Enter, or = and the number; Esc lets it go")]
    for index in range(first, last):
        pointed = questions.pointed == index
        words = f" {'▸' if pointed else ' '} ={index + 1} {question.choices[index].words}"
        lines.append(TextLine(words, "pointed" if pointed else ""))
    return lines
