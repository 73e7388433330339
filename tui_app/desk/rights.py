"""What the user may do here, as far as the server tells it: the unknown is allowed until it is refused.

The names of the flags are the server's own (contract 4): `Permissions` keeps them as they came.
"""

from datetime import date

from msgspec import Struct

from tui_app.altegio.resources import Permissions


class Right(Struct, frozen=True):
    """Whether something is allowed; `reason` says in words why it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def can_edit_events(permissions: Permissions) -> Right:
    """Whether events may be edited."""
    return _right(permissions, "You have no right to edit events here", "activity_edit_access")


def can_create_events(permissions: Permissions) -> Right:
    """Whether events may be created."""
    return _right(permissions, "You have no right to create events here", "activity_create_access")


def can_cancel_events(permissions: Permissions) -> Right:
    """Whether events may be cancelled."""
    return _right(permissions, "You have no right to cancel events here", "activity_delete_access")


def can_book(permissions: Permissions) -> Right:
    """Whether bookings may be added."""
    return _right(permissions, "You have no right to book here", "create_records_access")


def can_edit_bookings(permissions: Permissions) -> Right:
    """Whether places, comment and tags of bookings may be changed."""
    return _right(permissions, "You have no right to change bookings here", "edit_records_access")


def can_mark_attendance(permissions: Permissions) -> Right:
    """Whether attendance may be marked."""
    return _right(permissions, "You have no right to mark attendance here", "edit_records_attendance_access")


def can_cancel_bookings(permissions: Permissions) -> Right:
    """Whether bookings may be cancelled."""
    return _right(permissions, "You have no right to cancel bookings here", "delete_records_access")


def sees_phones(permissions: Permissions) -> Right:
    """Whether the phones of clients are shown to the user."""
    return _right(permissions, "You have no right to see phones here", "client_phones_access")


def within_edit_window(permissions: Permissions, day: date, today: date) -> Right:
    """Whether what lies on `day` may still be changed: the server can close the past after some days (contract 4)."""
    window = permissions.edit_window_days
    if window is None or window < 0 or (today - day).days <= window:
        return Right(allowed=True)
    days = "1 day" if window == 1 else f"{window} days"
    return Right(allowed=False, reason=f"You may change what is at most {days} past")


def told_to_see_phones(permissions: Permissions) -> bool:
    """Whether the server says outright that phones are shown: then an empty one is no withheld one."""
    return permissions.allows("client_phones_access") is True


def _right(permissions: Permissions, reason: str, flag: str) -> Right:
    return Right(allowed=False, reason=reason) if permissions.allows(flag) is False else Right(allowed=True)
