"""What the screens show: one immutable view of a day and of a roster, names resolved and never empty."""

from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from msgspec import Struct

from tui_app.altegio.resources import Attendance, Booking, Event, Tag
from tui_app.desk.phones import mask_phone

ASSUMED_LENGTH: Final = timedelta(hours=1)
"""How long an event is taken to last where the listing does not tell it: only for its phase, never shown or sent."""


class EventPhase(Enum):
    """Where an event stands against the clock."""

    OVER = "over"
    RUNNING = "running"
    UPCOMING = "upcoming"


class ScheduledEvent(Struct, frozen=True, kw_only=True):
    """One event as the schedule shows it.

    `booked` and `arrived` count places; None: not known (yet). `rooms` and `tags` are None where they were not read.
    """

    event: Event
    service: str
    team_member: str
    rooms: tuple[str, ...] | None = None
    tags: tuple[Tag, ...] | None = None
    booked: int | None = None
    arrived: int | None = None

    @property
    def id(self) -> int:
        """The event's id."""
        return self.event.id

    @property
    def starts_at(self) -> datetime:
        """The wall clock at the start."""
        return self.event.starts_at

    @property
    def ends_at(self) -> datetime | None:
        """The wall clock at the end, the technical break included; None where the length is not known."""
        return self.event.ends_at

    @property
    def capacity(self) -> int | None:
        """All places; None where the listing does not tell them."""
        return self.event.capacity

    @property
    def free(self) -> int | None:
        """Free places, never below zero; None where they are not known."""
        if self.event.capacity is None or self.booked is None:
            return None
        return max(0, self.event.capacity - self.booked)

    @property
    def online(self) -> bool:
        """Whether the event has a stream link."""
        return bool(self.event.stream_link)

    @property
    def in_series(self) -> bool:
        """Whether the event is part of a series."""
        return self.event.series_id is not None

    @property
    def cancelled(self) -> bool:
        """Whether the event has been deleted."""
        return self.event.deleted

    @property
    def needs_reading(self) -> bool:
        """Whether the listing left out what a row needs, so that the event itself must be read (contract 2.1 b)."""
        return self.event.capacity is None or self.event.length is None or self.booked is None

    def phase(self, now: datetime) -> EventPhase:
        """Tell where the event stands at the location's wall clock `now`."""
        if now < self.starts_at:
            return EventPhase.UPCOMING
        return EventPhase.RUNNING if now < (self.ends_at or self.starts_at + ASSUMED_LENGTH) else EventPhase.OVER


class Day(Struct, frozen=True, kw_only=True):
    """The events of one day, sorted by time; `as_of` is the instant of reading, `notes` say what is missing.

    `tick` tells the order in which readings have begun.
    """

    date: date
    events: tuple[ScheduledEvent, ...]
    as_of: datetime
    tick: int = 0
    cancelled: tuple[ScheduledEvent, ...] = ()
    notes: tuple[str, ...] = ()

    def by_id(self, event_id: int) -> ScheduledEvent | None:
        """Find an event of the day, cancelled ones too; None: it is not there."""
        return next((event for event in (*self.events, *self.cancelled) if event.id == event_id), None)


class RosterEntry(Struct, frozen=True, kw_only=True):
    """One row of a roster; `number` stays with the booking while the roster is shown (design 4, 5)."""

    number: int
    booking: Booking
    name: str
    phone: str = ""
    tags: tuple[Tag, ...] = ()
    is_visitor: bool = False

    @property
    def masked_phone(self) -> str:
        """The phone's last four digits, or words where there is none to show."""
        if self.phone:
            return mask_phone(self.phone)
        return "no phone" if self.is_visitor else "no phone shown"

    @property
    def places(self) -> int:
        """The places that the booking takes."""
        return self.booking.places

    @property
    def attendance(self) -> Attendance:
        """The state of the attendance."""
        return self.booking.attendance


class Roster(Struct, frozen=True, kw_only=True):
    """The bookings of one event by number; `next_number` is the first that was never given to anybody here.

    `tick` tells the order in which readings have begun.
    """

    event_id: int
    entries: tuple[RosterEntry, ...]
    as_of: datetime
    tick: int = 0
    next_number: int = 1

    @property
    def places(self) -> int:
        """The places taken."""
        return sum(entry.booking.places for entry in self.entries)

    @property
    def arrived(self) -> int:
        """The places whose clients have arrived."""
        return sum(entry.places for entry in self.entries if entry.attendance is Attendance.ARRIVED)

    def by_number(self, number: int) -> RosterEntry | None:
        """Find an entry by its number; None: nobody has it."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def by_booking(self, booking_id: int) -> RosterEntry | None:
        """Find an entry by the id of its booking; None: it is not there."""
        return next((entry for entry in self.entries if entry.booking.id == booking_id), None)
