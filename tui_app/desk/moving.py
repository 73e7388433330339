"""Moving a booking to another event: the rules first, one step where they allow it, else two (contract 2.5)."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui_app.altegio.errors import AltegioError, Missing, OutcomeUnknown, Unreachable
from tui_app.altegio.requests import LEFT_OUT, BookingMove
from tui_app.altegio.resources import Attendance, Booking, Event
from tui_app.desk.booking_draft import entry_of
from tui_app.desk.clock import LocationClock
from tui_app.desk.commands.event_tokens import EventToken, events_at, nothing_at
from tui_app.desk.model import ASSUMED_LENGTH, Day, Roster, ScheduledEvent
from tui_app.desk.naming import names_of
from tui_app.desk.rebooking import Rebooked, Rebooker
from tui_app.desk.reference import ReferenceDesk
from tui_app.desk.roster import RosterDesk
from tui_app.desk.schedule import ScheduleDesk
from tui_app.desk.together import both
from tui_app.desk.trouble import CannotEdit, JournalFailed, MoveRefused
from tui_app.desk.when import format_day, format_time
from tui_app.desk.wording import reason

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi

__all__ = [
    "MoveCheck",
    "MoveDesk",
    "MoveOutcome",
    "MoveRefused",
    "Moved",
    "MovedInTwoSteps",
    "PreparedMove",
    "RolledBack",
    "TargetBookedSourceStays",
    "TargetChoice",
    "check_move",
    "find_target",
]

_TRIES: Final = 2
"""How often a cancelling is sent while its end is not known: cancelling the same booking twice does nothing more."""


class MoveCheck(Struct, frozen=True):
    """What the rules say: `problem` in words, or empty; `two_steps` tells whether the longer way is open.

    `warnings` say what that longer way costs.
    """

    problem: str = ""
    two_steps: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether one call may move the booking."""
        return not self.problem

    @property
    def words(self) -> str:
        """The refusal, with the offer of two steps where that way is open; empty where one call will do."""
        if not self.problem or not self.two_steps:
            return self.problem
        costs = "".join(f" {warning}." for warning in self.warnings)
        return f"{self.problem}: book the target and cancel here instead? Two steps.{costs}"


class TargetChoice(Struct, frozen=True):
    """Which event a typed time means: exactly one, else the candidates, in words."""

    target: ScheduledEvent | None
    candidates: tuple[ScheduledEvent, ...]
    words: str


class PreparedMove(Struct, frozen=True, kw_only=True):
    """A booking, its event, the target, and what the rules say: all just read."""

    booking: Booking
    name: str
    source: Event
    target: Event
    target_roster: Roster
    check: MoveCheck


class Moved(Struct, frozen=True):
    """The booking is in the target, by one call."""

    booking: Booking
    words: str


class MovedInTwoSteps(Struct, frozen=True):
    """The target is booked and the source cancelled; `lost` says what could not be taken along."""

    booking: Booking
    words: str
    lost: tuple[str, ...] = ()


class TargetBookedSourceStays(Struct, frozen=True):
    """The target is booked and the source still stands, or may: a person must look."""

    booking: Booking
    source: Booking
    words: str


class RolledBack(Struct, frozen=True):
    """The source could not be cancelled, and the target was cancelled again: all is as before."""

    words: str


MoveOutcome = Moved | MovedInTwoSteps | TargetBookedSourceStays | RolledBack


def find_target(day: Day, token: EventToken, *, today: date, leaving: int | None = None) -> TargetChoice:
    """Find the event of a day that a typed time means: `19`, `19:30`, `19b`.

    The event with the id `leaving` is never the target, but keeps its letter: letters are those on the screen.
    """
    on_time = events_at(token, day.events)
    candidates = tuple(event for event in on_time if event.id != leaving)
    on_day = "" if day.date == today else f" on {format_day(day.date, today)}"
    if len(candidates) == 1:
        return TargetChoice(candidates[0], candidates, _event_words(candidates[0], today))
    if candidates:
        return TargetChoice(None, candidates, f"{len(candidates)} classes begin at {token.words}{on_day}: choose one")
    words = f"Already in the class at {token.words}" if on_time else nothing_at(token, day.events)
    return TargetChoice(None, (), f"{words}{on_day}")


def check_move(booking: Booking, source: Event, target: Event, roster: Roster, now: datetime) -> MoveCheck:
    """Check the rules of contract 2.5, the first broken one in words; `roster` is the target's.

    What the target forbids, no way goes round; what the booking or its event forbids, two steps do.
    """
    hopeless = _target_forbids(booking, source, target, roster, now)
    if hopeless:
        return MoveCheck(hopeless)
    warnings = ("The payment stays with the booking that is cancelled",) if booking.paid else ()
    problem = _booking_forbids(booking, source, now)
    if not problem and target.starts_at <= now:
        problem = f"The {format_time(target.starts_at)} class has begun"
    return MoveCheck(problem, two_steps=bool(problem), warnings=warnings)


def _target_forbids(booking: Booking, source: Event, target: Event, roster: Roster, now: datetime) -> str:
    if target.id == source.id:
        return "That is the class this booking is in"
    when = format_time(target.starts_at)
    if target.deleted:
        return f"The {when} class has been cancelled"
    if _end(target) <= now:
        return f"The {when} class is over"
    if target.capacity is not None:
        free = max(0, target.capacity - (target.taken if target.taken is not None else roster.places))
        if free < booking.places:
            needed = "1 place" if booking.places == 1 else f"{booking.places} places"
            left = "is full" if free == 0 else f"has {free} free"
            return f"The {when} class {left}, {needed} needed"
    if booking.client_id is not None:
        entry = entry_of(roster, client_id=booking.client_id)
        if entry is not None:
            return f"{entry.name} is in the {when} class already"
    return ""


def _booking_forbids(booking: Booking, source: Event, now: datetime) -> str:
    if booking.attendance is not Attendance.WAITING:
        marked = {Attendance.ARRIVED: "arrived", Attendance.NO_SHOW: "a no-show", Attendance.CONFIRMED: "confirmed"}
        return f"Marked as {marked[booking.attendance]}"
    if booking.paid:
        return "Paid"
    return "The class it is in is over" if _end(source) <= now else ""


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
        """Read a day and find the event that a typed time means; raises `AltegioError`.

        `whole_hour`: any start within that hour; `letter`: the nth of them, «a» the first.
        """
        ordinal = ord(letter) - ord("a") if letter else None
        token = EventToken(at.hour, None if whole_hour else at.minute, ordinal)
        day = await self._schedule.load_day(on, reference=self._reference.current)
        return find_target(day, token, today=self._clock.today(), leaving=leaving)

    async def prepare(self, booking: Booking, source_id: int, target_id: int) -> PreparedMove:
        """Read the booking, both events and the target's roster, and check.

        Raises `CannotEdit` where the booking is gone, and `AltegioError`.
        """
        (source, target), (here, there) = await both(
            both(
                self._api.events.get(self._location_id, source_id), self._api.events.get(self._location_id, target_id)
            ),
            both(self._rosters.load(source_id), self._rosters.load(target_id)),
        )
        entry = here.by_booking(booking.id)
        if entry is None:
            raise CannotEdit("This booking is not in its class any more: somebody has moved or cancelled it")
        check = check_move(entry.booking, source, target, there, self._clock.now())
        return PreparedMove(
            booking=entry.booking, name=entry.name, source=source, target=target, target_roster=there, check=check
        )

    async def move(self, move: PreparedMove) -> Moved:
        """Move by one call; raises `MoveRefused` by the rules, and `AltegioError`."""
        if not move.check.allowed:
            raise MoveRefused(move.check.words, two_steps=move.check.two_steps)
        wish = BookingMove(
            to_event_id=move.target.id,
            places=move.booking.places,
            comment=move.booking.comment or LEFT_OUT,
            with_visitor=True if move.booking.visitor_id is not None else LEFT_OUT,
        )
        moved = await self._api.bookings.move(self._location_id, move.source.id, move.booking.id, wish)
        return Moved(moved, f"Moved {move.name} to {self._said(move.target)}")

    async def move_in_two_steps(self, move: PreparedMove) -> MovedInTwoSteps | TargetBookedSourceStays | RolledBack:
        """Book the target, then cancel the source: not atomic, so the end is told as it is.

        Raises `MoveRefused`, `CannotBook`, `BookingRefused`, `AltegioError` while nothing has been changed, and
        `OutcomeUnknown` where nobody knows whether the target is booked.
        """
        if not (move.check.allowed or move.check.two_steps):
            raise MoveRefused(move.check.words)
        made = await self._rebooker.book_like(move.target.id, move.booking)
        error, certain = await self._cancelled(move.booking)
        if error is None or (not certain and await self._is_gone(move)):
            lost = f"; lost: {', '.join(made.lost)}" if made.lost else ""
            return MovedInTwoSteps(made.booking, f"Moved {move.name} to {self._said(move.target)}{lost}", made.lost)
        if certain:
            return await self._rolled_back(move, made, error)
        return self._stays(move, made, f"whether the one in {self._said(move.source)} is cancelled is not known")

    async def _cancelled(self, booking: Booking) -> tuple[AltegioError | JournalFailed | None, bool]:
        """Cancel a booking; gives the error, and whether it is certain that the booking stands.

        Cancelling twice does no harm, so an unknown end is rolled forward. Once one call may be on its way, no later
        refusal makes it certain.
        """
        certain = True
        error: AltegioError | JournalFailed | None = None
        for _ in range(_TRIES):
            try:
                await self._api.bookings.cancel(self._location_id, booking.id, event_id=booking.event_id)
            except Missing:
                return None, True
            except OutcomeUnknown as unknown:
                error, certain = unknown, False
            except Unreachable as unreachable:
                error = unreachable
            except (AltegioError, JournalFailed) as refusal:
                return refusal, certain
            else:
                return None, True
        return error, certain

    async def _is_gone(self, move: PreparedMove) -> bool:
        """Look whether the source was cancelled after all; what cannot be read is not taken for gone."""
        try:
            roster = await self._rosters.load(move.source.id)
        except AltegioError:
            return False
        return roster.by_booking(move.booking.id) is None

    async def _rolled_back(
        self, move: PreparedMove, made: Rebooked, refusal: AltegioError | JournalFailed
    ) -> RolledBack | TargetBookedSourceStays:
        words = reason(refusal)
        error, certain = await self._cancelled(made.booking)
        if error is None:
            return RolledBack(
                f"{move.name} stays in {self._said(move.source)}: it could not be cancelled ({words}),"
                f" so the booking in {self._said(move.target)} was taken back"
            )
        stays = f"the one in {self._said(move.source)} could not be cancelled ({words})"
        unsure = "" if certain else f", and it is not known whether the one in {self._said(move.target)} was taken back"
        return self._stays(move, made, f"{stays}{unsure}")

    def _stays(self, move: PreparedMove, made: Rebooked, reason: str) -> TargetBookedSourceStays:
        words = f"{move.name} is booked into {self._said(move.target)}, but {reason}: look, and cancel one of the two"
        return TargetBookedSourceStays(made.booking, move.booking, words)

    def _said(self, event: Event) -> str:
        names = names_of(self._reference.current)
        today = self._clock.today()
        day = "" if event.starts_at.date() == today else f"{format_day(event.starts_at.date(), today)} "
        return f"{day}{format_time(event.starts_at)} {names.service(event.service_id, event.service_title)}"


def _event_words(event: ScheduledEvent, today: date) -> str:
    day = "" if event.starts_at.date() == today else f"{format_day(event.starts_at.date(), today)} "
    return f"{day}{format_time(event.starts_at)} {event.service}"


def _end(event: Event) -> datetime:
    return event.ends_at or event.starts_at + ASSUMED_LENGTH
