"""What the user may do here, as far as the server tells it: the unknown is allowed until it is refused."""

from dataclasses import dataclass

from tui_app.altegio.resources import Permissions


@dataclass(frozen=True, slots=True)
class Right:
    """Whether something is allowed; `reason` says in words why it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def can_edit_events(permissions: Permissions) -> Right:
    """Whether events may be created, edited and cancelled."""
    raise NotImplementedError


def can_book(permissions: Permissions) -> Right:
    """Whether bookings may be added."""
    raise NotImplementedError


def can_edit_bookings(permissions: Permissions) -> Right:
    """Whether bookings and attendance may be changed."""
    raise NotImplementedError


def can_cancel_bookings(permissions: Permissions) -> Right:
    """Whether bookings may be cancelled."""
    raise NotImplementedError


def sees_phones(permissions: Permissions) -> Right:
    """Whether the phones of clients are shown to the user."""
    raise NotImplementedError
