"""The privacy lock: a PIN that is kept as a salted hash, and when an idle desk locks itself (design 5)."""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tui_app.desk.numbers import parse_count
from tui_app.desk.trouble import BadPin

if TYPE_CHECKING:
    from tui_app.secret import SecretStr

__all__ = [
    "BadPin",
    "PinHash",
    "check_new_pin",
    "hash_pin",
    "is_idle",
    "opens",
    "parse_idle",
    "read_pin_hash",
    "wait_after",
]

SHORTEST: Final = 4
LONGEST: Final = 32
"""Characters of a PIN."""
LONGEST_IDLE: Final = 24 * 60
"""Minutes."""
FREE_TRIES: Final = 3
"""Wrong PINs before each further one costs a wait."""
LONGEST_WAIT: Final = timedelta(minutes=5)

_COST, _BLOCK, _LANES, _LENGTH, _SALT_LENGTH = 2**14, 8, 1, 32, 16
_KIND: Final = "scrypt1"


@dataclass(frozen=True, slots=True)
class PinHash:
    """A PIN as it is kept. It hides what is on the screen; against somebody who has the file four digits are weak."""

    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)

    def as_text(self) -> str:
        """One line for the settings; `read_pin_hash` reads it."""
        return "$".join((_KIND, b64encode(self.salt).decode(), b64encode(self.digest).decode()))


def read_pin_hash(text: str) -> PinHash | None:
    """Read what `as_text` wrote; None: it is not that, and the lock must be set up anew."""
    kind, *parts = text.strip().split("$")
    if kind != _KIND or len(parts) != 2:
        return None
    try:
        salt, digest = (b64decode(part, validate=True) for part in parts)
    except (NotBase64, ValueError):
        return None
    return PinHash(salt, digest) if (len(salt), len(digest)) == (_SALT_LENGTH, _LENGTH) else None


def check_new_pin(pin: "SecretStr") -> None:
    """Check a PIN to be set; raises `BadPin`, whose words never hold the PIN."""
    typed = pin.get_secret_value()
    if len(typed) < SHORTEST:
        raise BadPin(f"A PIN has at least {SHORTEST} characters")
    if len(typed) > LONGEST:
        raise BadPin(f"A PIN has at most {LONGEST} characters")
    if typed != typed.strip() or not typed.isprintable():
        raise BadPin("A PIN has no blanks at its ends")
    if len(set(typed)) == 1 or _is_run(typed):
        raise BadPin("This PIN is guessed at once")


def hash_pin(pin: "SecretStr", salt: bytes | None = None) -> PinHash:
    """Hash a PIN with a salt, 16 fresh random bytes unless told: takes about 50 ms, so call it off the loop."""
    kept = salt if salt is not None else secrets.token_bytes(_SALT_LENGTH)
    typed = pin.get_secret_value().encode()
    return PinHash(kept, hashlib.scrypt(typed, salt=kept, n=_COST, r=_BLOCK, p=_LANES, dklen=_LENGTH))


def opens(pin: "SecretStr", kept: PinHash) -> bool:
    """Whether a PIN opens the lock, compared in constant time; takes as long as `hash_pin`."""
    return hmac.compare_digest(hash_pin(pin, kept.salt).digest, kept.digest)


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many wrong PINs in a row: three are free, then it doubles from 2 s up to 5 minutes."""
    if failures < FREE_TRIES:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - FREE_TRIES + 1, 10)), LONGEST_WAIT)


def parse_idle(text: str) -> timedelta | None:
    """Read the idle limit: «off», or whole minutes up to a day; None means off. Raises `Unparsed`."""
    typed = text.strip().casefold()
    return None if typed in {"", "off"} else timedelta(minutes=parse_count(typed, least=1, most=LONGEST_IDLE))


def is_idle(last_key: datetime, now: datetime, limit: timedelta | None) -> bool:
    """Whether the desk has been idle for its limit; without a limit it never is. Two instants of one clock.

    A clock that was set back counts as a key: it must not lock a desk at work.
    """
    return limit is not None and now - last_key >= limit


def _is_run(typed: str) -> bool:
    """Whether the characters follow one another, up or down: 1234, 9876."""
    steps = {ord(after) - ord(before) for before, after in pairwise(typed)}
    return steps in ({1}, {-1})
