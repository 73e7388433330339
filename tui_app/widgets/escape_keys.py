"""Esc and the key right behind it: in a legacy terminal the same bytes as Alt and that key, which nobody means here."""

from typing import Final, NamedTuple, cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_BEHIND: Final = "escape+"
_ALT: Final = "alt+"
_ENTER: Final = "enter"

_INTRODUCERS: Final = frozenset("[]OPNX^_\\")
"""Behind Esc these begin a sequence of the terminal's own."""

_KEYS: Final = (
    *(chr(code) for code in range(0x20, 0x7F) if chr(code) not in _INTRODUCERS),
    *(chr(code) for code in range(0x400, 0x500)),
)
_NAMED: Final = {"?": "question_mark", "/": "slash", " ": "space"}


class _Sent(NamedTuple):
    """What stands for a key in the framework's table, which reads nothing of it but this."""

    value: str


def tell_escape_apart() -> None:
    """Have the framework tell Esc from what follows in the same moment: it waits for more, and drops the Esc or both.

    Alt+B and Alt+F stay what they are: the Ctrl+Left and Ctrl+Right of legacy terminals.
    """
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    for char in _KEYS:
        if not isinstance(table.get(f"\x1b{char}"), tuple):
            table[f"\x1b{char}"] = (_Sent(_BEHIND + char),)
    table["\x1b\r"] = (_Sent(_BEHIND + _ENTER),)


def key_behind_escape(event: events.Key) -> events.Key | None:
    """The key that was pressed right behind Esc, where an event stands for both; None: it stands for itself."""
    if event.key.startswith(_BEHIND):
        typed = event.key.removeprefix(_BEHIND)
        return events.Key(_ENTER, "\r") if typed == _ENTER else events.Key(_NAMED.get(typed, typed), typed)
    if event.key.startswith(_ALT) and event.character is not None and event.is_printable:
        return events.Key(event.character, event.character)
    return None
