"""How tokens stand in an entry of a store, and which text can be a token at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui_app.credentials.model import StoreTrouble, Tokens, TroubleKind
from tui_app.secret import SecretStr

if TYPE_CHECKING:
    from collections.abc import Iterable


def pack(tokens: Tokens) -> str:
    """Write tokens as the text of one entry. The answer is secret."""
    pair = {"partner": tokens.partner, "user": tokens.user}
    return json.dumps({name: token.get_secret_value() for name, token in pair.items() if token is not None})


def unpack(text: str | None) -> Tokens:
    """Read the text of an entry; what this program has not written holds no tokens."""
    try:
        entry = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return Tokens()
    return unpack_entry(entry)


def unpack_entry(entry: object) -> Tokens:
    """Read tokens out of a JSON value, leniently."""
    if not isinstance(entry, dict):
        return Tokens()
    partner, user = (_secret(entry.get(name)) for name in ("partner", "user"))
    return Tokens(partner, user)


def _secret(value: object) -> SecretStr | None:
    return SecretStr(value) if isinstance(value, str) and value else None


def pack_names(names: Iterable[str]) -> str:
    """Write the names of entries, sorted and each once."""
    return json.dumps(sorted(set(names)), ensure_ascii=False)


def unpack_names(text: str | None) -> tuple[str, ...]:
    """Read the names of entries, leniently."""
    try:
        names = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return ()
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def token_from(text: str, source: str) -> SecretStr:
    """Take a text as a token, without the white space around it.

    Raises StoreTrouble, which names the source and not the text, where it could not stand in a header.
    """
    token = text.strip()
    if not token or len(token) > 4_096 or not token.isascii() or not token.isprintable() or set(token) & set(" ,"):
        raise StoreTrouble(
            TroubleKind.BAD_TOKEN,
            f"{source} does not hold a token: it is empty, too long, or has characters that no token has",
            "copy the token again, alone and without quotation marks",
        )
    return SecretStr(token)


def merged(old: Tokens, new: Tokens) -> Tokens:
    """Put new tokens over old ones; None leaves the old one."""
    return Tokens(new.partner or old.partner, new.user or old.user)


def without(old: Tokens, taken: Tokens) -> Tokens:
    """Drop the kinds of token that `taken` has."""
    return Tokens(None if taken.partner else old.partner, None if taken.user else old.user)


def is_empty(tokens: Tokens) -> bool:
    """Whether there is no token at all."""
    return tokens.partner is None and tokens.user is None
