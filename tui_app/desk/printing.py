"""A roster or a day on paper or in a file: text, HTML or CSV; phones only when asked (design 6)."""

import asyncio
import csv
import html
import io
import os
import unicodedata
from asyncio.subprocess import PIPE
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from shutil import which
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from tui_app.altegio.resources import Attendance
from tui_app.altegio.text import clean
from tui_app.desk.model import Day, Roster, RosterEntry, ScheduledEvent
from tui_app.desk.trouble import CannotPrint, CannotWrite, FileThere
from tui_app.desk.when import format_date, format_span
from tui_app.private_file import write_private

__all__ = [
    "CannotPrint",
    "CannotWrite",
    "FileThere",
    "Sheet",
    "SheetFormat",
    "SheetPart",
    "day_sheet",
    "file_name",
    "render",
    "roster_sheet",
    "save_sheet",
    "send_to_printer",
]

BYTE_ORDER_MARK: Final = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""
LONGEST_FILE_NAME: Final = 80
"""Characters, without the ending."""
_FORMULA_STARTS: Final = frozenset("=+-@")
_MARKS: Final = MappingProxyType(
    {
        Attendance.ARRIVED: "arrived",
        Attendance.NO_SHOW: "no-show",
        Attendance.CONFIRMED: "confirmed",
        Attendance.WAITING: "",
    }
)
_STYLE: Final = (
    "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse;margin-bottom:1em}"
    "th,td{border:1px solid #999;padding:.2em .6em;text-align:start}h2{margin-bottom:.3em;break-after:avoid}"
)


class SheetFormat(Enum):
    """How a sheet is written; the value is the ending of the file."""

    TEXT = "txt"
    HTML = "html"
    CSV = "csv"


class SheetPart(Struct, frozen=True):
    """A heading and its table."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


class Sheet(Struct, frozen=True):
    """What is printed, before it takes a form."""

    title: str
    parts: tuple[SheetPart, ...]


def roster_sheet(event: ScheduledEvent, roster: Roster, *, phones: bool = False) -> Sheet:
    """The roster of one event, by number."""
    title = f"{format_date(event.starts_at.date())} {_event_line(event)}"
    return Sheet(title, (_roster_part("", roster, phones=phones),))


def day_sheet(day: Day, rosters: Mapping[int, Roster], *, phones: bool = False) -> Sheet:
    """The events of a day, then the roster of each that has one in `rosters`."""
    columns = ("Time", "Class", "Team member", "Room", "Booked", "Places")
    rows = tuple(
        (
            format_span(event.starts_at, event.ends_at),
            event.service,
            event.team_member,
            ", ".join(event.rooms or ()),
            "" if event.booked is None else str(event.booked),
            "" if event.capacity is None else str(event.capacity),
        )
        for event in day.events
    )
    overview = SheetPart("", columns, rows, "" if rows else "No classes")
    parts = (
        _roster_part(_event_line(event), rosters[event.id], phones=phones)
        for event in day.events
        if event.id in rosters
    )
    return Sheet(format_date(day.date), (overview, *parts))


def _event_line(event: ScheduledEvent) -> str:
    parts = (event.service, event.team_member, *(event.rooms or ()))
    return f"{format_span(event.starts_at, event.ends_at)} {', '.join(parts)}"


def _roster_part(heading: str, roster: Roster, *, phones: bool) -> SheetPart:
    columns = ("No", "Name", *(("Phone",) if phones else ()), "Places", "Attendance", "Paid", "Comment")
    rows = tuple(_entry_row(entry, phones=phones) for entry in roster.entries)
    places = "1 place" if roster.places == 1 else f"{roster.places} places"
    return SheetPart(heading, columns, rows, f"{places} taken" if rows else "Nobody is booked")


def _entry_row(entry: RosterEntry, *, phones: bool) -> tuple[str, ...]:
    booking = entry.booking
    return (
        str(entry.number),
        entry.name,
        *((entry.phone or entry.masked_phone,) if phones else ()),
        str(entry.places),
        _MARKS[entry.attendance],
        "paid" if booking.paid else "",
        " ".join(booking.comment.split()),
    )


def render(sheet: Sheet, form: SheetFormat) -> str:
    """Write a sheet as text, as HTML (escaped) or as CSV (formulas defused, with a byte order mark)."""
    writers = {SheetFormat.TEXT: _as_text, SheetFormat.HTML: _as_html, SheetFormat.CSV: _as_csv}
    return writers[form](sheet)


def _as_text(sheet: Sheet) -> str:
    lines = [sheet.title]
    for part in sheet.parts:
        lines.append("")
        if part.heading:
            lines.append(part.heading)
        if part.rows:
            lines += _table_lines((part.columns, *part.rows))
        if part.note:
            lines.append(part.note)
    return "\n".join(lines) + "\n"


def _table_lines(table: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(_width(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def _width(text: str) -> int:
    """Columns that a text takes in a fixed pitch: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        for char in text
    )


def _as_html(sheet: Sheet) -> str:
    title = html.escape(sheet.title)
    parts = "".join(_html_part(part) for part in sheet.parts)
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f'<body><h1 dir="auto">{title}</h1>\n{parts}</body></html>\n'
    )


def _html_part(part: SheetPart) -> str:
    heading = f'<h2 dir="auto">{html.escape(part.heading)}</h2>\n' if part.heading else ""
    note = f"<p>{html.escape(part.note)}</p>\n" if part.note else ""
    if not part.rows:
        return heading + note
    head = "".join(f"<th>{html.escape(column)}</th>" for column in part.columns)
    rows = "".join(
        "<tr>" + "".join(f'<td dir="auto">{html.escape(cell)}</td>' for cell in row) + "</tr>\n" for row in part.rows
    )
    return f"{heading}<table><tr>{head}</tr>\n{rows}</table>\n{note}"


def _as_csv(sheet: Sheet) -> str:
    """Write rows that no spreadsheet takes for formulas; a title and headings stand in rows of their own."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_defused(sheet.title)])
    for part in sheet.parts:
        if part.heading:
            writer.writerow([_defused(part.heading)])
        writer.writerow([_defused(column) for column in part.columns])
        writer.writerows([_defused(cell) for cell in row] for row in part.rows)
    return BYTE_ORDER_MARK + written.getvalue()


def _defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would reckon: leading blanks and full-width signs do not hide it."""
    start = unicodedata.normalize("NFKC", cell).lstrip()[:1]
    return f"'{cell}" if (start in _FORMULA_STARTS and start) or cell[:1] in {"\t", "\r", "\n"} else cell


def file_name(sheet: Sheet, form: SheetFormat) -> str:
    """A name for the file of a sheet: letters, digits and dashes alone."""
    spaced = "".join(char if char.isalnum() else " " for char in sheet.title)
    return f"{'-'.join(spaced.split())[:LONGEST_FILE_NAME].strip('-') or 'roster'}.{form.value}"


def save_sheet(text: str, path: Path, *, overwrite: bool = False) -> Path:
    """Write a file that only its owner may read, and give its whole path; folders are never made.

    Raises `FileThere` unless it may be written over, and `CannotWrite`. It waits for the disk: call it off the loop.
    """
    path = _whole_path(path)
    try:
        if not path.parent.is_dir():
            raise CannotWrite(f"There is no folder {path.parent}")
        if path.is_dir():
            raise CannotWrite(f"{path} is a folder")
        if overwrite:
            write_private(path, text)
        else:
            _write_new(path, text)
    except FileExistsError:
        raise FileThere(f"{path} is there already") from None
    except OSError as error:
        raise CannotWrite(f"{path} could not be written: {(error.strerror or type(error).__name__).lower()}") from None
    return path


def _whole_path(path: Path) -> Path:
    """A path from the root, links left as they are; raises `CannotWrite` for what no path can be."""
    if "\0" in str(path):
        raise CannotWrite("This is no name of a file")
    try:
        return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 -- resolve() would follow a link
    except RuntimeError:
        raise CannotWrite(f"There is no home folder for {path.parts[0]}") from None


def _write_new(path: Path, text: str) -> None:
    """Create a file that must not exist, link or not; one that cannot be finished is taken away again."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


async def send_to_printer(text: str, *, find: Callable[[str], str | None] = which, limit_s: float = 20.0) -> str:
    """Hand a text to `lp` and give what it answered, in words; raises `CannotPrint`.

    No shell is asked, and nothing of the text stands among the arguments. One that hangs is ended after `limit_s`.
    """
    program = find("lp")
    if program is None:
        raise CannotPrint("There is no printer program (lp) on this machine")
    try:
        process = await asyncio.create_subprocess_exec(program, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    except OSError as error:
        raise CannotPrint(f"The printer program could not be started: {error.strerror}") from None
    try:
        async with asyncio.timeout(limit_s):
            answer, complaint = await process.communicate(text.encode())
    except TimeoutError:
        raise CannotPrint(f"The printer did not answer within {limit_s:g} s") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise CannotPrint(f"The printer refused: {_first_line(complaint) or f'lp ended with {process.returncode}'}")
    return f"Sent to the printer: {_first_line(answer) or 'no answer'}"


def _first_line(raw: bytes) -> str:
    lines = raw.decode("utf-8", "replace").strip().splitlines()
    return clean(lines[0]) if lines else ""
