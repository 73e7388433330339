"""What a list field offers, and which of it fits what was typed: pure."""

import re
from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from tui_app.desk.folding import fold, other_layout, words_of

Key = TypeVar("Key", bound=int | str)


class Choice(Struct, Generic[Key], frozen=True):
    """One thing to choose: a key that stays, the words for it, a few more words beside them, a colour (`#rrggbb`)."""

    key: Key
    label: str
    beside: str = ""
    color: str = ""


def narrow(choices: Sequence[Choice[Key]], typed: str) -> tuple[Choice[Key], ...]:
    """The choices that hold every typed word, those that begin with the text first; all of them for an empty text.

    Where nothing fits, the text is read once more as the same keys of the other keyboard layout.
    """
    wanted = words_of(typed)
    if not wanted:
        return tuple(choices)
    return _fitting(choices, wanted) or _fitting(choices, words_of(other_layout(typed)))


def _fitting(choices: Sequence[Choice[Key]], wanted: tuple[str, ...]) -> tuple[Choice[Key], ...]:
    if not wanted:
        return ()
    fitting = [(choice, fold(choice.label)) for choice in choices]
    kept = [(choice, label) for choice, label in fitting if all(word in label for word in wanted)]
    ranked = sorted(kept, key=lambda pair: _rank(pair[1], wanted))
    return tuple(choice for choice, _label in ranked)


def _rank(label: str, wanted: Sequence[str]) -> int:
    if label == " ".join(wanted):
        return 0
    if label.startswith(wanted[0]):
        return 1
    begins = set(re.split(r"\W+", label))
    return 2 if all(any(part.startswith(word) for part in begins) for word in wanted) else 3
