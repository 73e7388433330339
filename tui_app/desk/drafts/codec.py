"""Drafts as text and back: what cannot be trusted to be whole is no draft."""

import json
from typing import Any, Final

import msgspec

from tui_app.altegio.text import LONGEST, clean_multiline
from tui_app.desk.drafts.model import Draft, EventWork

FORMAT: Final = 1
"""The version of the file; a program of another version does not guess at it."""

MOST_BYTES: Final = 65_536
"""Bytes of one draft: more than its fields can hold, however full they are."""


class Unreadable(Exception):
    """A file holds no draft that this version knows; why stands in no message, for it would quote what was typed."""


class TooLarge(Exception):
    """A draft holds more than is kept."""


def pack(draft: Draft) -> str:
    """Make a text of a draft; raises `TooLarge`."""
    text = json.dumps({"format": FORMAT, "draft": msgspec.to_builtins(draft)}, ensure_ascii=True)
    if len(text) > MOST_BYTES:
        raise TooLarge
    return text


def unpack(data: bytes) -> Draft:
    """Make a draft of its text again, cleaned like any text from outside (design 6); raises `Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable
    try:
        whole = json.loads(data)
        if not isinstance(whole, dict) or whole.get("format") != FORMAT:
            raise Unreadable
        draft = msgspec.convert(_cleaned(whole.get("draft")), Draft)
        _check(draft)
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError):
        raise Unreadable from None
    return draft


def _check(draft: Draft) -> None:
    """Raise where times cannot be reckoned with."""
    if draft.saved_at.tzinfo is None:
        raise Unreadable
    work = draft.content.work
    if isinstance(work, EventWork) and work.base is not None:
        if work.base.starts_at.tzinfo is not None:
            raise Unreadable
        _ = work.base.ends_at  # raises OverflowError where the calendar has no such time


def _cleaned(value: Any) -> Any:  # noqa: ANN401  whatever JSON holds
    if isinstance(value, str):
        return "".join(clean_multiline(value[at : at + LONGEST]) for at in range(0, len(value), LONGEST))
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(one) for name, one in value.items()}
    return value
