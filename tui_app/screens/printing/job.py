"""What is printed and where it goes: the choices, the name of the file, and the reading of what goes on it."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from tui_app.altegio.errors import AltegioError
from tui_app.desk.desk import Desk
from tui_app.desk.model import Day, Roster, ScheduledEvent
from tui_app.desk.printing import Sheet, SheetFormat, day_sheet, file_name, roster_sheet
from tui_app.desk.rights import sees_phones
from tui_app.desk.together import attempt, every
from tui_app.desk.trouble import CannotPrint, CannotWrite
from tui_app.desk.when import format_day, format_time

AT_ONCE: Final = 3
"""Rosters read at the same time."""

_ENDING: Final = re.compile(rf"\.(?:{'|'.join(form.value for form in SheetFormat)})$", re.IGNORECASE)


class PrintJob(Struct, frozen=True, kw_only=True):
    """What is printed: the roster of `event`, or of the whole day where that is None. Phones only when asked."""

    day: Day
    event: ScheduledEvent | None = None
    form: SheetFormat = SheetFormat.TEXT
    phones: bool = False

    @property
    def file_name(self) -> str:
        """A name for its file."""
        if self.event is None:
            return file_name(day_sheet(self.day, {}), self.form)
        nobody = Roster(event_id=self.event.id, entries=(), as_of=datetime.min.replace(tzinfo=UTC))
        return file_name(roster_sheet(self.event, nobody), self.form)


def default_folder() -> Path:
    """The user's folder for documents; the home folder where there is none."""
    import platformdirs

    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


def event_words(event: ScheduledEvent) -> str:
    """The choice of one roster."""
    return f"the roster of {format_time(event.starts_at)} {event.service}, {event.team_member}"


def day_words(day: Day, today: datetime) -> str:
    """The choice of the whole day."""
    classes = "1 class" if len(day.events) == 1 else f"{len(day.events)} classes"
    return f"the whole day, {format_day(day.date, today.date())}: {classes} with their rosters"


def shown_path(path: Path) -> str:
    """A path as it is typed: short, from the home folder on."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def with_ending(typed: str, form: SheetFormat) -> str:
    """A path typed by hand, with the ending of another form where it had one of these."""
    return _ENDING.sub(f".{form.value}", typed)


def typed_path(typed: str, folder: Path, name: str) -> Path:
    """The file that is meant: in `folder` unless the path is whole, called `name` where it is a folder.

    Looks at the disk: call it off the loop. Raises `CannotWrite` where no file is meant.
    """
    plain = "".join(char for char in typed if char.isprintable()).strip()
    if not plain:
        raise CannotWrite("There is no name for the file")
    try:
        path = folder / Path(plain).expanduser()
    except RuntimeError:
        raise CannotWrite("Nobody here has the home folder that the path begins with") from None
    return path / name if plain.endswith("/") or path.is_dir() else path


async def read_sheet(desk: Desk, job: PrintJob, previous: Roster | None, progress: Callable[[int, int], None]) -> Sheet:
    """Read the rosters anew and put the sheet together; `previous` keeps the numbers that are on the screen.

    Raises `AltegioError` where one of them cannot be read, for a sheet must not lack a class in silence, and
    `CannotPrint` where phones are asked for by somebody who may not see them.
    """
    reference = await desk.reference.load()
    if job.phones and not (right := sees_phones(reference.permissions)):
        raise CannotPrint(right.reason)
    events = (job.event,) if job.event is not None else job.day.events
    rosters = await _read_rosters(desk, events, previous, progress)
    if job.event is not None:
        return roster_sheet(job.event, rosters[job.event.id], phones=job.phones)
    return day_sheet(job.day, rosters, phones=job.phones)


async def _read_rosters(
    desk: Desk, events: tuple[ScheduledEvent, ...], previous: Roster | None, progress: Callable[[int, int], None]
) -> dict[int, Roster]:
    gate = asyncio.Semaphore(AT_ONCE)
    rosters: dict[int, Roster] = {}

    async def read(event_id: int) -> AltegioError | None:
        async with gate:
            known = previous if previous is not None and previous.event_id == event_id else None
            roster = await attempt(lambda: desk.rosters.load(event_id, known))
        if isinstance(roster, AltegioError):
            return roster
        rosters[event_id] = roster
        progress(len(rosters), len(events))
        return None

    for failed in await every(read(event.id) for event in events):
        if failed is not None:
            raise failed
    return rosters
