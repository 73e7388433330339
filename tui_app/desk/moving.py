"""Moving a booking to another event: the rules first, one step where they allow it, else two (contract 2.5)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from tui_app.altegio.resources import Booking, Event
from tui_app.desk.clock import LocationClock
from tui_app.desk.model import Day, Roster, ScheduledEvent
from tui_app.desk.rebooking import Rebooker
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.roster import RosterDesk
from tui_app.desk.schedule import ScheduleDesk

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi


@dataclass(frozen=True, slots=True)
class MoveCheck:
    """What the rules say: `problem` in words, or empty; `two_steps` tells whether the longer way is open."""

    problem: str = ""
    two_steps: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether one call may move the booking."""
        return not self.problem

    @property
    def words(self) -> str:
        """The refusal, with the offer of two steps where that way is open."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """Which event a typed time means: exactly one, else the candidates, in words."""

    target: ScheduledEvent | None
    candidates: tuple[ScheduledEvent, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedMove:
    """A booking, its event, the target, and what the rules say: all just read."""

    booking: Booking
    name: str
    source: Event
    target: Event
    target_roster: Roster
    check: MoveCheck


@dataclass(frozen=True, slots=True)
class Moved:
    """The booking is in the target, by one call."""

    booking: Booking
    words: str


@dataclass(frozen=True, slots=True)
class MovedInTwoSteps:
    """The target is booked and the source cancelled; `lost` says what could not be taken along."""

    booking: Booking
    words: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetBookedSourceStays:
    """The target is booked and the source still stands, or may: a person must look."""

    booking: Booking
    source: Booking
    words: str


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The source could not be cancelled, and the target was cancelled again: all is as before."""

    words: str


MoveOutcome = Moved | MovedInTwoSteps | TargetBookedSourceStays | RolledBack


def find_target(
    day: Day, at: time, *, today: date, whole_hour: bool = False, letter: str = "", leaving: int | None = None
) -> TargetChoice:
    """Find the event of a day that a typed time means; `whole_hour`: any start within that hour; `letter`: the nth.

    The event with the id `leaving` does not count: nobody moves to where they are.
    """
    raise NotImplementedError


def check_move(booking: Booking, source: Event, target: Event, roster: Roster, now: datetime) -> MoveCheck:
    """Check the rules of contract 2.5, the first broken one in words; `roster` is the target's."""
    raise NotImplementedError


class MoveDesk:
    """Moves bookings at one location."""

    def __init__(
        self,
        api: "AltegioApi",
        location_id: int,
        clock: LocationClock,
        *,
        schedule: ScheduleDesk,
        rosters: RosterDesk,
        reference: ReferenceDesk,
        rebooker: Rebooker,
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._clock = clock
        self._schedule = schedule
        self._rosters = rosters
        self._reference = reference
        self._rebooker = rebooker

    async def resolve(
        self, on: date, at: time, *, whole_hour: bool = False, letter: str = "", leaving: int | None = None
    ) -> TargetChoice:
        """Read a day and find the event that a typed time means; raises `AltegioError`."""
        raise NotImplementedError

    async def prepare(self, booking: Booking, source_id: int, target_id: int) -> PreparedMove:
        """Read the booking, both events and the target's roster, and check; raises `CannotEdit`, `AltegioError`."""
        raise NotImplementedError

    async def move(self, move: PreparedMove) -> Moved:
        """Move by one call; raises `MoveRefused` by the rules, and `AltegioError`.

        After an unknown outcome both rosters are looked at; what they do not tell is raised as `OutcomeUnknown`.
        """
        raise NotImplementedError

    async def move_in_two_steps(self, move: PreparedMove) -> MovedInTwoSteps | TargetBookedSourceStays | RolledBack:
        """Book the target, then cancel the source: not atomic, so the end is told as it is.

        Raises `MoveRefused`, `CannotBook`, `BookingRefused`, `AltegioError` while nothing has been changed, and
        `OutcomeUnknown` where nobody knows whether the target is booked.
        """
        raise NotImplementedError
