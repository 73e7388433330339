"""The privacy lock: a PIN that is kept as a salted hash, and when an idle desk locks itself (design 5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class PinHash:
    """A PIN as it is kept. It hides what is on the screen; against somebody who has the file four digits are weak."""

    salt: bytes
    digest: bytes

    def as_text(self) -> str:
        """One line for the settings."""
        raise NotImplementedError


def read_pin_hash(text: str) -> PinHash | None:
    """Read what `as_text` wrote; None: it is not that, and the lock must be set up anew."""
    raise NotImplementedError


def check_new_pin(pin: "SecretStr") -> None:
    """Check a PIN to be set; raises `BadPin`."""
    raise NotImplementedError


def hash_pin(pin: "SecretStr", salt: bytes) -> PinHash:
    """Hash a PIN with a fresh random salt of 16 bytes: takes about 50 ms, so call it off the loop."""
    raise NotImplementedError


def opens(pin: "SecretStr", kept: PinHash) -> bool:
    """Whether a PIN opens the lock, in constant time: takes as long as `hash_pin`."""
    raise NotImplementedError


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many wrong PINs in a row."""
    raise NotImplementedError


def parse_idle(text: str) -> timedelta | None:
    """Read the idle limit: «off», or minutes; raises `Unparsed`."""
    raise NotImplementedError


def is_idle(last_key: datetime, now: datetime, limit: timedelta | None) -> bool:
    """Whether the desk has been idle for its limit; without a limit it never is."""
    raise NotImplementedError
