"""What can go wrong between this program and the API, one class a kind."""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar


class Delivery(Enum):
    """How far a request got before the error."""

    NOT_SENT = "not sent"
    MAYBE_SENT = "maybe sent"
    ANSWERED = "answered"


class AltegioError(Exception):
    """The root of every error of the API layer.

    `operation` says in the house's words what was asked ("save the event"); `message` is what the server said, cleaned,
    or empty. Neither ever holds a token, a header or a request body.
    """

    default_delivery: ClassVar[Delivery] = Delivery.ANSWERED

    def __init__(
        self, operation: str, *, message: str = "", status: int | None = None, delivery: Delivery | None = None
    ) -> None:
        super().__init__(f"{operation}: {message or type(self).__name__}")
        self.operation = operation
        self.message = message
        self.status = status
        self.delivery = delivery or self.default_delivery


class Unreachable(AltegioError):
    """No connection to the server could be made: nothing was sent."""

    default_delivery = Delivery.NOT_SENT


class TimedOut(AltegioError):
    """A read did not finish within its total time limit."""

    default_delivery = Delivery.MAYBE_SENT


class Interrupted(AltegioError):
    """The connection broke while a read was under way."""

    default_delivery = Delivery.MAYBE_SENT


class OutcomeUnknown(AltegioError):
    """A write ended without an answer that can be trusted: it may or may not have been carried out."""

    default_delivery = Delivery.MAYBE_SENT


class Malformed(AltegioError):
    """400: the server could not read the request."""


class TokenRefused(AltegioError):
    """401: the partner token or the user token is not valid."""


class LicenceExpired(AltegioError):
    """402: the location's licence has run out."""


class NoRights(AltegioError):
    """403: the user may not do this, or not in this location."""


class Missing(AltegioError):
    """404: what was asked for does not exist (any more)."""


class Unsupported(Missing):
    """The dialect in use has no such operation: nothing was sent (contract 2.6)."""

    default_delivery = Delivery.NOT_SENT


class Busy(AltegioError):
    """409: the team member or a resource is taken at that time."""


class Invalid(AltegioError):
    """422: the server refused the values; `fields` maps the house's field names to messages.

    A message about a field that is not in the request stands under the key `""`. With delivery NOT_SENT and no status
    the values were refused here, before anything was sent.
    """

    def __init__(
        self,
        operation: str,
        *,
        message: str = "",
        status: int | None = 422,
        fields: Mapping[str, tuple[str, ...]],
        delivery: Delivery | None = None,
    ) -> None:
        super().__init__(operation, message=message, status=status, delivery=delivery)
        self.fields = dict(fields)


class TooMany(AltegioError):
    """429: the limit of requests is reached; `retry_after` is in seconds where it is known.

    With delivery NOT_SENT and no status this program kept to the limit by itself, and the request never left.
    """

    def __init__(
        self,
        operation: str,
        *,
        message: str = "",
        status: int | None = 429,
        retry_after: float | None = None,
        delivery: Delivery | None = None,
    ) -> None:
        super().__init__(operation, message=message, status=status, delivery=delivery)
        self.retry_after = retry_after


class ServerFault(AltegioError):
    """5xx on a read (a write that meets one is `OutcomeUnknown`); `retry_after` is in seconds where it was told."""

    def __init__(
        self, operation: str, *, message: str = "", status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(operation, message=message, status=status)
        self.retry_after = retry_after


class Unreadable(AltegioError):
    """A read was answered with something that is not what the contract says: no JSON, cut short, wrong types."""


class Refused(AltegioError):
    """Any other refusal: `success: false` on a 200, or a status of 4xx that has no class of its own."""


class Redirected(AltegioError):
    """The server pointed elsewhere: never followed, for the tokens belong to the configured origin alone."""
