"""The bytes that an xterm sends for a key."""

from __future__ import annotations

from typing import Final

_NAMED: Final[dict[str, bytes]] = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "insert": b"\x1b[2~",
    "delete": b"\x1b[3~",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "shift+tab": b"\x1b[Z",
    "enter": b"\r",
    "tab": b"\t",
    "escape": b"\x1b",
    "space": b" ",
    "backspace": b"\x7f",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "f11": b"\x1b[23~",
    "f12": b"\x1b[24~",
}


def key(name: str) -> bytes:
    """The bytes of a named key, of `ctrl+` and a letter, or of one character. Raises KeyError for another name."""
    if len(name) == 1:
        return name.encode()
    if name.startswith("ctrl+") and len(name) == 6:
        return bytes([ord(name[5].upper()) & 0x1F])
    return _NAMED[name]
