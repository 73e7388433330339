"""What went wrong with a keyring, from the exception of any backend: pure, and without importing one of them."""

from __future__ import annotations

from typing import Final

from tui_app.credentials.model import KeyringTrouble, StoreTrouble, TroubleKind

_ELSEWHERE: Final = "keep the tokens for this run only, or put them into the environment"
_UNLOCK: Final = "unlock it (log in at the desktop, or open its password manager) and try again"

_WORDS: Final[dict[TroubleKind, tuple[str, str]]] = {
    TroubleKind.ABSENT: (
        "no keyring answers in this session",
        f"in a plain SSH session there is often none: {_ELSEWHERE}",
    ),
    TroubleKind.NO_COLLECTION: (
        "the keyring has no place to store in yet",
        f"create a default keyring in the desktop's password manager, or {_ELSEWHERE}",
    ),
    TroubleKind.LOCKED: ("the keyring is locked", f"{_UNLOCK}, or {_ELSEWHERE}"),
    TroubleKind.NO_ANSWER: (
        "the keyring did not answer in time; it may be waiting at another screen to be unlocked",
        f"{_UNLOCK}, or {_ELSEWHERE}",
    ),
    TroubleKind.NO_SESSION: (
        "the keyring of this system cannot be used from a remote session",
        f"start the program at the machine itself, or {_ELSEWHERE}",
    ),
    TroubleKind.DIFFERENT: (
        "the keyring did not give back what was stored in it",
        f"do not rely on it: {_ELSEWHERE}",
    ),
    TroubleKind.BROKEN: ("the keyring failed", f"`frontdesk doctor` names it; meanwhile {_ELSEWHERE}"),
}

# the first name that fits wins, so the special ones stand before their parents
_BY_CLASS: Final[dict[str, TroubleKind]] = {
    "KeyringLocked": TroubleKind.LOCKED,
    "LockedException": TroubleKind.LOCKED,
    "PromptDismissedException": TroubleKind.LOCKED,
    "NoKeyringError": TroubleKind.ABSENT,
    "SecretServiceNotAvailableException": TroubleKind.ABSENT,
    "InitError": TroubleKind.NO_COLLECTION,
    "ItemNotFoundException": TroubleKind.NO_COLLECTION,
    "NoAnswer": TroubleKind.NO_ANSWER,
    "OSError": TroubleKind.ABSENT,
}
_MAC_NO_INTERACTION: Final = "-25308"  # errSecInteractionNotAllowed, inside a general KeyringError
_WINDOWS_NO_LOGON_SESSION: Final = 1312  # ERROR_NO_SUCH_LOGON_SESSION, a bare pywintypes.error


def keyring_trouble(kind: TroubleKind, detail: str = "") -> KeyringTrouble:
    """Word a kind of trouble; `detail` is put in brackets and must hold nothing secret."""
    words, next_step = _WORDS[kind]
    return KeyringTrouble(kind, f"{words} ({detail})" if detail else words, next_step)


def explain(error: BaseException) -> StoreTrouble:
    """Turn what a keyring raised into words. Its own message is never repeated: a backend may put a secret into it."""
    if isinstance(error, StoreTrouble):
        return error
    if type(error).__module__ == "pywintypes" and error.args[:1] == (_WINDOWS_NO_LOGON_SESSION,):
        return keyring_trouble(TroubleKind.NO_SESSION, "Windows error 1312")
    if _MAC_NO_INTERACTION in str(error):
        return keyring_trouble(TroubleKind.NO_SESSION, "macOS error -25308")
    ancestry = {ancestor.__name__ for ancestor in type(error).__mro__}
    for name, kind in _BY_CLASS.items():
        if name in ancestry:
            return keyring_trouble(kind)
    return keyring_trouble(TroubleKind.BROKEN, type(error).__name__)
