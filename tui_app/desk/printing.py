"""A roster or a day on paper or in a file: text, HTML or CSV; phones only when asked (design 6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from shutil import which

from tui_app.desk.model import Day, Roster, ScheduledEvent


class SheetFormat(Enum):
    """How a sheet is written."""

    TEXT = "txt"
    HTML = "html"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A heading and its table."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed, before it takes a form."""

    title: str
    parts: tuple[SheetPart, ...]


def roster_sheet(event: ScheduledEvent, roster: Roster, *, phones: bool = False) -> Sheet:
    """The roster of one event."""
    raise NotImplementedError


def day_sheet(day: Day, rosters: Mapping[int, Roster], *, phones: bool = False) -> Sheet:
    """The events of a day, each with its roster where there is one."""
    raise NotImplementedError


def render(sheet: Sheet, form: SheetFormat) -> str:
    """Write a sheet as text, as HTML (escaped) or as CSV (formulas defused, with a byte order mark)."""
    raise NotImplementedError


def file_name(sheet: Sheet, form: SheetFormat) -> str:
    """A name for the file of a sheet: letters, digits and dashes alone."""
    raise NotImplementedError


def save_sheet(text: str, path: Path, *, overwrite: bool = False) -> Path:
    """Write a file that only its owner may read and give its whole path; raises `FileThere`, `CannotWrite`."""
    raise NotImplementedError


async def send_to_printer(text: str, *, find: Callable[[str], str | None] = which, limit_s: float = 20.0) -> str:
    """Hand a text to `lp` and give what it answered, in words; raises `CannotPrint`."""
    raise NotImplementedError
