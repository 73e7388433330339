"""What the plain calls of version 1 answer, in the house's words (contract 4, the last part)."""

from datetime import datetime, timedelta

from msgspec import Struct

from tui_app.altegio.resources import Attendance


class ServiceCategory(Struct, frozen=True, kw_only=True):
    """A group of services."""

    id: int
    title: str


class PricedService(Struct, frozen=True, kw_only=True):
    """A service with what it costs and how long it takes (contract 4, the plain calls)."""

    id: int
    title: str
    cost: float | None = None
    duration: timedelta | None = None
    category_id: int | None = None
    active: bool = True
    discount_percent: float = 0.0


class Appointment(Struct, frozen=True, kw_only=True):
    """A booking as the plain calls tell it: in an event (`event_id`) or alone with a team member (contract 4)."""

    id: int
    starts_at: datetime | None = None
    team_member_id: int | None = None
    team_member_name: str = ""
    client_id: int | None = None
    client_name: str = ""
    client_phone: str = ""
    service_titles: tuple[str, ...] = ()
    attendance: Attendance = Attendance.WAITING
    event_id: int | None = None
    length: timedelta | None = None
    comment: str = ""
    deleted: bool = False


class AppointmentPage(Struct, frozen=True, kw_only=True):
    """One page of appointments and the number of all (None: not told)."""

    appointments: tuple[Appointment, ...]
    total: int | None


class TimetableSettings(Struct, frozen=True, kw_only=True):
    """A location's settings of its timetable; None: not told."""

    record_type: int | None = None
    most_places_per_booking: int | None = None
