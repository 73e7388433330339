"""What an answer is: status, headers and bytes in, data or a typed error out. No input or output of its own."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from msgspec import Struct

from tui_app.altegio.calls import Json
from tui_app.altegio.errors import (
    AltegioError,
    Busy,
    Invalid,
    LicenceExpired,
    Malformed,
    Missing,
    NoRights,
    OutcomeUnknown,
    Redirected,
    Refused,
    ServerFault,
    TokenRefused,
    TooMany,
    Unreadable,
)
from tui_app.altegio.fields import house_fields
from tui_app.altegio.text import clean

MOST_VALUES: Final = 500_000
"""Values that one answer may hold: the biggest page that is asked for has a tenth, and each takes up to 200 bytes."""

LONGEST_WAIT: Final = 86_400.0
"""Seconds; a `Retry-After` beyond a day is taken for one."""


class Answer(Struct, frozen=True):
    """An answer as it came; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Envelope(Struct, frozen=True):
    """What a good answer holds. `meta` is empty where the answer's is no object (contract 1)."""

    data: Json
    included: tuple[Json, ...] = ()
    meta: Mapping[str, Json] | None = None


class BrokenAnswer(ValueError):
    """A body that is not what the contract says; the words never repeat the body."""


def decipher(operation: str, answer: Answer, *, write: bool, now: datetime) -> Envelope:
    """Read an answer. Raises the error that belongs to its status; a write with an unclear end is OutcomeUnknown.

    `now` (aware) is the clock that a `Retry-After` with a date is measured by, where the answer has no `Date`.
    """
    status = answer.status
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise refusal(operation, answer, write=write, now=now)
    try:
        envelope = read_body(answer.body)
    except BrokenAnswer as error:
        raise unreadable(operation, str(error), status=status, write=write) from None
    if isinstance(envelope, Refusal):
        raise Refused(operation, message=envelope.message, status=status)
    return envelope


def unreadable(operation: str, why: str, *, status: int | None, write: bool) -> AltegioError:
    """Make the error for an answer that came and cannot be trusted."""
    kind = OutcomeUnknown if write else Unreadable
    return kind(operation, message=clean(why), status=status)


class Refusal(Struct, frozen=True):
    """What a refusing body says: its message and the messages of its fields."""

    message: str = ""
    fields: Mapping[str, tuple[str, ...]] | None = None


def read_body(body: bytes) -> Envelope | Refusal:
    """Read the body of an answer of success. Raises BrokenAnswer.

    An empty body and `null` are nothing, a bare list is the data, and `success: false` is a refusal (contract 1).
    """
    if not body.strip():
        return Envelope(None)
    document = _parse(body)
    if isinstance(document, dict):
        if document.get("success") is False:
            return _refusal_of(document)
        included, meta = document.get("included"), document.get("meta")
        return Envelope(
            document.get("data"),
            tuple(included) if isinstance(included, list) else (),
            meta if isinstance(meta, dict) else None,
        )
    if document is None or isinstance(document, list):
        return Envelope(document)
    raise BrokenAnswer("the answer is neither an object nor a list")


def refusal(operation: str, answer: Answer, *, write: bool, now: datetime) -> AltegioError:
    """Make the error that belongs to the status of a refusal (contract 1)."""
    status = answer.status
    said = _read_refusal(answer.body)
    message = said.message
    if status in _KINDS:
        return _KINDS[status](operation, message=message, status=status)
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return Invalid(operation, message=message, status=status, fields=said.fields or {})
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TooMany(operation, message=message, status=status, retry_after=retry_after(answer.headers, now))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        if write:
            return OutcomeUnknown(operation, message=message, status=status)
        return ServerFault(operation, message=message, status=status, retry_after=retry_after(answer.headers, now))
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Redirected(operation, message=message, status=status)
    return Refused(operation, message=message, status=status)


_KINDS: Final[Mapping[int, type[AltegioError]]] = {
    HTTPStatus.BAD_REQUEST: Malformed,
    HTTPStatus.UNAUTHORIZED: TokenRefused,
    HTTPStatus.PAYMENT_REQUIRED: LicenceExpired,
    HTTPStatus.FORBIDDEN: NoRights,
    HTTPStatus.NOT_FOUND: Missing,
    HTTPStatus.CONFLICT: Busy,
}


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read `Retry-After`, seconds or an HTTP date (measured by the answer's own `Date`); None: not told."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 20:
        return min(float(text), LONGEST_WAIT)
    until = http_date(text)
    if until is None:
        return None
    since = http_date(headers.get("date", "")) or now
    return min(max((until - since).total_seconds(), 0.0), LONGEST_WAIT)


def http_date(text: str) -> datetime | None:
    """Read the date of a header as an aware time in UTC; None where it is none."""
    from email.utils import parsedate_to_datetime  # as slow to import as all the rest of this module

    try:
        read = parsedate_to_datetime(text)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _parse(body: bytes) -> Json:
    if sum(body.count(sign) for sign in (b",", b"[", b"{")) > MOST_VALUES:  # told before they take up any room
        raise BrokenAnswer("the answer holds too much")
    import json  # what a scout has read needs none of it

    try:
        document: Json = json.loads(body)
    except (ValueError, RecursionError):
        raise BrokenAnswer("the answer is not JSON") from None
    return document


def _read_refusal(body: bytes) -> Refusal:
    try:
        document = _parse(body)
    except BrokenAnswer:
        return Refusal()
    return _refusal_of(document) if isinstance(document, dict) else Refusal()


def _refusal_of(document: dict[str, Json]) -> Refusal:
    meta = document.get("meta")
    parts = [part for part in (meta, document, document.get("errors"), document.get("error")) if isinstance(part, dict)]
    texts = [part.get(key) for part in parts for key in ("message", "detail", "error")]
    message = next((text for text in texts if isinstance(text, str) and text), "")
    errors = [part.get("errors") for part in parts[:2] if part.get("errors")]
    return Refusal(clean(message), house_fields(errors[0]) if errors else {})
