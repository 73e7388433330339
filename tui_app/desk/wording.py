"""The one place that words errors: what happened, to what, what is saved, which step comes next (design 6)."""

from asyncio import CancelledError
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import (
    AltegioError,
    Busy,
    Delivery,
    Interrupted,
    Invalid,
    LicenceExpired,
    Malformed,
    Missing,
    NoRights,
    OutcomeUnknown,
    Redirected,
    Refused,
    ServerFault,
    TimedOut,
    TokenRefused,
    TooMany,
    Unreachable,
    Unreadable,
    Unsupported,
)
from tui_app.desk.trouble import (
    BadPin,
    BookingRefused,
    BusyThen,
    CannotBook,
    CannotEdit,
    CannotPrint,
    CannotWrite,
    Clashed,
    DeskError,
    EventCancelled,
    FileThere,
    JournalFailed,
    MoveRefused,
    NotConfirmedYet,
    NothingToUndo,
    NotReady,
    UndoRefused,
    UnknownNumbers,
    Unparsed,
)


class Words(Struct, frozen=True):
    """An error in words for people; `detail` is for whoever has to look deeper. Lines may be empty but the title."""

    title: str
    what: str = ""
    saved: str = ""
    next_step: str = ""
    detail: str = ""

    @property
    def line(self) -> str:
        """The error in one line."""
        return " ".join(part for part in (self.what or self.title, self.next_step) if part)


class _Kind(Struct, frozen=True):
    """How a class of errors of the API layer is worded: title, reason after «Could not ...», next step."""

    title: str
    why: str
    next_step: str


_KINDS: Final[Mapping[type[AltegioError], _Kind]] = MappingProxyType(
    {
        Unreachable: _Kind("No connection", "no connection to the server", "Check the network, then try again."),
        TimedOut: _Kind("No answer", "the server did not answer in time", "Try again in a moment."),
        Interrupted: _Kind("Connection lost", "the connection broke", "Try again."),
        Malformed: _Kind("Not understood", "the server did not understand the request", "Report this with the detail."),
        TokenRefused: _Kind("Token refused", "the server refuses the token", "Connect again with valid tokens."),
        LicenceExpired: _Kind(
            "Licence has run out", "the licence of this location has run out", "Ask the owner to renew it in Altegio."
        ),
        NoRights: _Kind(
            "No rights", "you have no right to do this here", "Ask the owner of the location for the right."
        ),
        Missing: _Kind(
            "Not found", "it does not exist, or not any more", "Read again: somebody may have deleted it meanwhile."
        ),
        Unsupported: _Kind("Not possible here", "this server does not offer it", "Do it on the web."),
        Busy: _Kind(
            "Busy at that time",
            "the team member or a room is taken at that time",
            "Change the time, the team member or the room, or save all the same.",
        ),
        Invalid: _Kind("Not accepted", "the server does not accept the values", "Correct the fields and save again."),
        TooMany: _Kind("Too many requests", "the limit of requests is reached", "Wait a moment, then try again."),
        ServerFault: _Kind("Trouble at the server", "the server has trouble", "Try again in a moment."),
        Unreadable: _Kind(
            "Answer not readable", "the server's answer cannot be read", "Try again; report it if it stays so."
        ),
        Refused: _Kind("Refused", "the server refused", "Read again, then decide."),
        Redirected: _Kind(
            "Wrong address",
            "the server points to another address, and tokens are never sent there",
            "Check the server's address in Connect.",
        ),
    }
)

_UNKNOWN: Final = "It may or may not have been carried out: look before you send again."
_NOTHING_SAVED: Final = (Busy, Invalid)

_DESK_TITLES: Final[Mapping[type[DeskError], tuple[str, str]]] = MappingProxyType(
    {
        BadPin: ("This PIN will not do", "Type another one."),
        BookingRefused: ("Not booked", "Read the roster again, then decide."),
        BusyThen: ("Busy at that time", "Change it, or save all the same."),
        CannotBook: ("Cannot book here", "Book this client on the web, or as a visitor by name: w and the name."),
        CannotEdit: ("Cannot edit this", "Edit it on the web."),
        CannotPrint: ("Not printed", "Save it to a file instead."),
        CannotWrite: ("Not written", "Choose another folder."),
        Clashed: ("Changed by somebody else, too", "Decide field by field which value stays."),
        EventCancelled: ("Cancelled meanwhile", "Choose another class."),
        FileThere: ("The file is there already", "Choose another name, or write over it."),
        JournalFailed: ("Not sent", "Look at the disk, then try again."),
        MoveRefused: ("Cannot be moved", "Choose another class, or leave it."),
        NotConfirmedYet: ("Not sent again", "F8 shows what is not confirmed."),
        NothingToUndo: ("Nothing to undo", "Change it by hand instead."),
        NotReady: ("Something is missing", "Correct the fields and save again."),
        UndoRefused: ("Cannot be undone", "Read again, then decide."),
        UnknownNumbers: ("No such number", "Type the numbers that stand in the roster."),
        Unparsed: ("Not understood", "Correct it and try again."),
    }
)


def explain(error: BaseException, *, saved: str = "") -> Words:
    """Word an error; `saved` says what is kept of what was typed. An unknown error is named by its class alone."""
    if isinstance(error, AltegioError):
        words = _of_api(error)
    elif isinstance(error, DeskError):
        title, next_step = _DESK_TITLES.get(type(error), ("That did not work", "Try again."))
        words = Words(title, _sentence(error.words), next_step=next_step)
    elif isinstance(error, CancelledError):
        words = Words("Stopped", "It was stopped before it ended.", next_step="Read again to see what was done.")
    else:
        words = Words(
            "Unexpected trouble",
            "Something went wrong inside the program.",
            next_step="Read again to see what was done, and report this.",
            detail=type(error).__name__,
        )
    return replace(words, saved=saved or words.saved)


def why(error: AltegioError) -> str:
    """The reason of an error as a clause: «no connection to the server»."""
    if isinstance(error, OutcomeUnknown):
        return "it is not known whether it was carried out"
    return _kind_of(error).why


def reason(error: AltegioError | DeskError) -> str:
    """The reason in the server's own words where it gave some, and else in ours; no word hides an unknown end."""
    if isinstance(error, DeskError):
        return error.words
    return why(error) if isinstance(error, OutcomeUnknown) else error.message or why(error)


def _kind_of(error: AltegioError) -> _Kind:
    return next((_KINDS[kind] for kind in type(error).__mro__ if kind in _KINDS), _KINDS[Refused])


def _of_api(error: AltegioError) -> Words:
    detail = _detail(error)
    if isinstance(error, OutcomeUnknown):
        return Words(
            "Nobody knows whether it was done",
            f"Could not make sure: {error.operation}.",
            next_step=_UNKNOWN,
            detail=detail,
        )
    kind = _kind_of(error)
    reason = _reasons(error) or kind.why
    return Words(
        kind.title,
        _sentence(f"Could not {error.operation}: {reason}"),
        saved=_saved(error),
        next_step=_wait(error) or kind.next_step,
        detail=detail,
    )


def _reasons(error: AltegioError) -> str:
    """What the server itself said, where that helps a receptionist."""
    if isinstance(error, Invalid) and error.fields:
        said = [f"{_field_words(name)}{', '.join(messages)}" for name, messages in error.fields.items()]
        return "; ".join(said)
    return error.message if isinstance(error, Busy | Refused | Invalid | Missing) else ""


def _field_words(name: str) -> str:
    return f"{name.removesuffix('_id').replace('_', ' ').replace('.', ' ')}: " if name else ""


def _saved(error: AltegioError) -> str:
    if error.delivery is Delivery.NOT_SENT:
        return "Nothing was sent."
    return "Nothing has been saved." if isinstance(error, _NOTHING_SAVED) else ""


def _wait(error: AltegioError) -> str:
    if isinstance(error, TooMany) and error.retry_after is not None:
        return f"Wait {max(1, round(error.retry_after))} s, then try again."
    return ""


def _detail(error: AltegioError) -> str:
    parts = (type(error).__name__, f"status {error.status}" if error.status else "", error.message)
    return " · ".join(part for part in parts if part)


def _sentence(words: str) -> str:
    words = words.rstrip()
    return words if words.endswith((".", "?", ":")) else f"{words}."
