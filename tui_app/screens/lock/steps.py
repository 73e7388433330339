"""How far the lock is, and what it says there: pure."""

from datetime import datetime, timedelta
from enum import Enum
from math import ceil
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.desk.privacy import wait_after


class LockStep(Enum):
    """What the next Enter is taken for."""

    CHOOSE = "choose"
    REPEAT = "repeat"
    OPEN = "open"


PROMPTS: Final = {
    LockStep.CHOOSE: "Choose a PIN:",
    LockStep.REPEAT: "The same again:",
    LockStep.OPEN: "PIN:",
}

HINTS: Final = {
    LockStep.CHOOSE: "Enter go on  Esc back, nothing is locked",
    LockStep.REPEAT: "Enter lock  Esc choose another one",
    LockStep.OPEN: "Enter open",
}

ABOUT: Final = {
    LockStep.CHOOSE: "The PIN opens this desk when it was locked. It is kept as a hash and cannot be shown again.",
    LockStep.REPEAT: "The PIN opens this desk when it was locked. It is kept as a hash and cannot be shown again.",
    LockStep.OPEN: "What was on its way goes on. Who has forgotten the PIN closes this terminal and empties pin_hash "
    "in the settings file.",
}


class Attempts(Struct, frozen=True):
    """Wrong PINs in a row, and since when one has to wait."""

    failures: int = 0
    since: datetime | None = None

    def failed(self, now: datetime) -> "Attempts":
        """One more wrong PIN."""
        return replace(self, failures=self.failures + 1, since=now)

    def wait(self, now: datetime) -> timedelta:
        """How long to wait still. A clock that was set back makes it no longer than it was."""
        if self.since is None:
            return timedelta()
        whole = wait_after(self.failures)
        return min(whole, max(timedelta(), whole - (now - self.since)))


def wait_words(wait: timedelta) -> str:
    """How long to wait, in words; never «0 s»."""
    seconds = max(1, ceil(wait.total_seconds()))
    return f"{seconds} s" if seconds < 60 else f"{ceil(seconds / 60)} min"


def wrong_words(attempts: Attempts, now: datetime) -> str:
    """What is said of a wrong PIN."""
    wait = attempts.wait(now)
    return f"That is not the PIN. Wait {wait_words(wait)}." if wait else "That is not the PIN."
