"""Repeating an event on other days: the dates and their clashes first, then one result a date (contract 2.6)."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from tui_app.altegio.resources import Event
from tui_app.desk.clock import LocationClock
from tui_app.desk.editing import EventEditor
from tui_app.desk.rebooking import Rebooker
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.roster import RosterDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatLine:
    """One date of a preview: `clashes` say who is busy then; `there` means that the same event stands there already.

    `impossible` says why it cannot be at all, such as a time that the clocks skip.
    """

    starts_at: datetime
    clashes: tuple[str, ...] = ()
    there: bool = False
    impossible: str = ""
    warning: str = ""

    @property
    def words(self) -> str:
        """The date and what stands against it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class RepeatPreview:
    """The dates on which an event would be repeated."""

    event: Event
    lines: tuple[RepeatLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def suggested(self) -> tuple[datetime, ...]:
        """The dates that nothing stands against."""
        raise NotImplementedError


class RepeatState(Enum):
    """What came of one date."""

    CREATED = "created"
    BUSY = "busy"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RepeatResult:
    """What came of one date, in words."""

    starts_at: datetime
    state: RepeatState
    words: str
    event_id: int | None = None


def weekly_dates(starts_at: datetime, weekdays: tuple[int, ...], weeks: int) -> tuple[datetime, ...]:
    """The same wall clock on these weekdays (0 Monday) of the `weeks` weeks after the event."""
    raise NotImplementedError


def daily_dates(starts_at: datetime, days: int) -> tuple[datetime, ...]:
    """The same wall clock on each of the next `days` days."""
    raise NotImplementedError


class RepeatDesk:
    """Repeats events at one location."""

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        clock: LocationClock,
        *,
        editor: EventEditor,
        rosters: RosterDesk,
        reference: ReferenceDesk,
        rebooker: Rebooker,
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._editor = editor
        self._rosters = rosters
        self._reference = reference
        self._rebooker = rebooker

    async def preview(self, event_id: int, dates: tuple[datetime, ...]) -> RepeatPreview:
        """Read what stands at those times; raises `CannotEdit` and `AltegioError`."""
        raise NotImplementedError

    async def repeat(
        self, preview: RepeatPreview, dates: tuple[datetime, ...], *, with_bookings: bool = False, force: bool = False
    ) -> AsyncGenerator[RepeatResult, None]:
        """Repeat the event on the chosen dates and tell one result after another; none is raised, none sent twice."""
        yield RepeatResult(dates[0], RepeatState.FAILED, "")
        raise NotImplementedError
