"""Every way in which the server says no (contract 1)."""

from collections.abc import Mapping, Sequence

FieldErrors = Mapping[str, Sequence[str]]


class RefusalError(Exception):
    """An answer that is not a success: an HTTP status and the words for it.

    `kept` means that what was written before it stays written, such as the counting of an attempt.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: FieldErrors | None = None,
        conflict: bool = False,
        kept: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.conflict = conflict
        self.kept = kept


def malformed(message: str) -> RefusalError:
    """400: the request cannot be read at all, or lacks its range."""
    return RefusalError(400, message)


def unauthorized(message: str) -> RefusalError:
    """401: a token or a password that is not known."""
    return RefusalError(401, message)


def unlicensed() -> RefusalError:
    """402: the licence of the location has run out."""
    return RefusalError(402, "The licence of the location has expired")


def forbidden(message: str = "Insufficient access rights") -> RefusalError:
    """403: the user may not do this, or not here."""
    return RefusalError(403, message)


def missing(what: str) -> RefusalError:
    """404: there is no such thing in this location."""
    return RefusalError(404, f"{what} not found")


def busy(message: str) -> RefusalError:
    """409: a team member or a resource is taken at that time (contract 2.3)."""
    return RefusalError(409, message, conflict=True)


def invalid(field: str, message: str) -> RefusalError:
    """422: one field breaks a rule."""
    return RefusalError(422, message, errors={field: [message]})


def invalid_fields(errors: FieldErrors) -> RefusalError:
    """422: several fields break their rules."""
    return RefusalError(422, "Validation error", errors=errors)
