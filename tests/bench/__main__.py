"""How fast and how lean the program is, beside the least that Textual can do.

python -m tests.bench                         a table
python -m tests.bench -n 15 --json now.json   and kept
python -m tests.bench --against now.json      and compared with what was kept
python -m tests.bench --only clients          the searches alone, and the bare program
python -m tests.bench --peers FOLDER          posting beside it, installed there
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench import bare
from tests.bench.measure import Step, Subject, measure
from tests.bench.peers import posting
from tests.bench.report import Report, table
from tests.terminal.loopback import sandbox_process, serving_process
from tests.terminal.pty import FRONTDESK, ORDINARY, Size, clean_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCRIPT: Final = Path(sys.executable).with_name("frontdesk")
PROGRAM: Final = (str(SCRIPT),) if SCRIPT.exists() else FRONTDESK
"""What people start: the installed command, which imports less than `python -m` does."""

BARE: Final = Subject("bare", (sys.executable, bare.__file__), frame="Hello", data="Hello")
FRAME: Final = "F1 help"
EVENTS: Final = r"\b\d\d:\d\d\b.*\d+/\d+/\d+"
STEPS: Final = (
    Step("arrow", (*("down",) * 6, *("up",) * 6)),
    Step("preview", tuple("vin")),  # a name: Enter would look for it, and the words say so
    Step("erased", ("backspace",) * 3),
    Step("preview of a verb", tuple("123"), prepare=("c",), undo=("backspace",) * 2, shows="Places of|too few"),
    Step("page", ("pagedown", "pageup")),
    Step("day", ("right", "left")),
    Step("form", ("f2",) * 2, undo=("escape",), shows="F8 save"),
    Step("dialog", ("f6",) * 2, undo=("escape",), shows="Go to a date"),
)
MANY: Final = (
    Step("arrow", (*("down",) * 12, *("up",) * 6)),
    Step("page", ("pagedown", "pageup")),
)
HELD: Final = (Step("down held 2 s", ("down",), held_s=2),)
LINES: Final = ((9_600, 300), (1_000_000, 50))  # bytes a second, milliseconds there and back
ANSWER: Final = r"Who is it|Book [^n]|Nobody fits"
SEARCHES: Final = (
    *(step for step in STEPS if step.name in {"arrow", "preview of a verb"}),
    Step("search by digits", tuple("13579"), prepare=("4", "5"), undo=("backspace",) * 3, shows=ANSWER),
    Step("search by name", tuple("ei"), prepare=("l",), undo=("backspace",) * 2, shows="Who is it|Book [^n]"),
    Step("search for nobody", tuple("xq"), prepare=("z",), undo=("backspace",) * 2, shows="Nobody fits"),
)
CROWDS: Final = (600, 10_000)
EVENTS_OF_A_DAY: Final = (250, 2_000)
ROSTERS: Final = (12, 200)
LOOPBACK: Final = "loopback"
DEMO: Final = Subject("demo", (*PROGRAM, "demo"), FRAME, EVENTS, STEPS)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and keep what was asked to be kept."""
    options = _parser().parse_args(argv)
    size: Size = options.size
    sys.setswitchinterval(0.0002)  # the reader must get its stamp while the screen is being worked out
    runs: dict[str, list[dict[str, float]]] = {}
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        subjects = _subjects(stack, home, options.only)
        if options.peers:
            subjects = (*subjects, posting(options.peers))
        for number in range(options.runs):
            for subject in subjects:
                _say(f"run {number + 1} of {options.runs}: {subject.name}")
                figures = measure(subject, clean_environment(home), size, options.idle)
                runs.setdefault(subject.name, []).append(figures)
    report = Report.of(_machine(size, options.runs), runs)
    before = Report.load(options.against) if options.against else None
    sys.stdout.write(", ".join(f"{name} {value}" for name, value in report.machine.items()) + "\n")
    sys.stdout.write(table(report, before=before) + "\n")
    if options.json:
        report.save(options.json)
    return 0


def _subjects(stack: ExitStack, home: Path, only: str) -> tuple[Subject, ...]:
    """The bare program, and those whose name holds `only`, each with the server that it needs."""
    wanted: list[Subject] = [BARE]
    if only in DEMO.name:
        wanted.append(DEMO)
    lines = {f"{rate} B/s {delay} ms": (rate, delay) for rate, delay in LINES}
    if only in LOOPBACK:
        served = stack.enter_context(sandbox_process(home, "--rate", "off"))
        wanted.append(Subject(LOOPBACK, PROGRAM, FRAME, EVENTS, variables=served))
    if any(only in name for name in lines):  # enough events for a key that is held
        full = _crowd(stack, home, "", ("--events", "250"), ())
        wanted += [_behind(name, *line, full.variables) for name, line in lines.items() if only in name]
    for name, (flags, steps) in _crowds().items():
        if only in name:
            wanted.append(_crowd(stack, home, name, flags, steps))
    return tuple(wanted)


def _crowds() -> dict[str, tuple[tuple[str, ...], tuple[Step, ...]]]:
    """What the crowded servers hold, and what is pressed at each."""
    return {
        **{f"{count} clients": (("--clients", str(count)), SEARCHES) for count in CROWDS},
        **{f"{count} events": (("--events", str(count)), MANY) for count in EVENTS_OF_A_DAY},
        **{f"rosters of {count}": (("--roster", str(count)), MANY) for count in ROSTERS},
    }


def _crowd(stack: ExitStack, home: Path, name: str, flags: tuple[str, ...], steps: tuple[Step, ...]) -> Subject:
    """The program at a server of its own."""
    served = stack.enter_context(serving_process(home, (sys.executable, "-m", "tests.bench.crowd", *flags)))
    return Subject(name, PROGRAM, FRAME, EVENTS, steps, variables=served)


def _behind(name: str, rate: int, delay: int, served: Mapping[str, str]) -> Subject:
    """The program behind a slow line, as over SSH."""
    command = (sys.executable, "-m", "tests.bench.line", str(rate), str(delay), *PROGRAM)
    over_ssh = {**served, "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
    return Subject(name, command, FRAME, EVENTS, HELD, variables=over_ssh, line=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast and how lean the program is.")
    parser.add_argument("-n", "--runs", type=int, default=9, help="fresh processes of each program (default 9)")
    parser.add_argument("--size", type=_size, default=ORDINARY, metavar="COLSxROWS", help="default 80x24")
    parser.add_argument("--idle", type=float, default=10.0, metavar="S", help="how long to watch it idle (default 10)")
    parser.add_argument("--only", default="", metavar="NAME", help="just the programs whose name holds this")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="install posting there and measure it beside")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    parser.add_argument("--against", type=Path, metavar="FILE", help="figures kept before: print the ratios to them")
    return parser


def _size(text: str) -> Size:
    columns, _, rows = text.partition("x")
    return Size(int(columns), int(rows))


def _machine(size: Size, runs: int) -> dict[str, str]:
    return {
        "Python": platform.python_version(),
        "Textual": version("textual"),
        "system": f"{platform.system()} {platform.machine()}",
        "CPU": _processor(),
        "cores": str(os.cpu_count()),
        "size": f"{size.columns}x{size.rows}",
        "runs": str(runs),
    }


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
