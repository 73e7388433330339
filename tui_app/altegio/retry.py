"""Whether a read is sent again, and after how long: decisions without a clock of their own."""

from typing import Final

from tui_app.altegio.errors import AltegioError, Interrupted, ServerFault, TooMany, Unreachable

ATTEMPTS: Final = 5
PASSING: Final = frozenset({502, 503, 504})
"""Statuses of a server, or of a proxy before it, that is away for a moment."""

_FIRST_DELAY: Final = 0.2
_FIRST_DELAY_TOO_MANY: Final = 1.0


def delay_before_retry(error: AltegioError, attempt: int, *, jitter: float, told: float | None = None) -> float | None:
    """Tell after how many seconds a failed read is sent again; None: it is not.

    `attempt` counts from 1; `jitter` is from 0 to 1; `told` is what the server asked for, never cut short.
    """
    if attempt >= ATTEMPTS or not _passes(error):
        return None
    if told is not None:
        return told + jitter / 2
    first = _FIRST_DELAY_TOO_MANY if isinstance(error, TooMany) else _FIRST_DELAY
    return float(first * 2 ** (attempt - 1) * (0.5 + jitter))


def _passes(error: AltegioError) -> bool:
    if isinstance(error, ServerFault):
        return error.status in PASSING
    return isinstance(error, (Unreachable, Interrupted, TooMany))
