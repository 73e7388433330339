"""Picking one of a few names by a fragment: team members, rooms, events (design 5)."""

from collections.abc import Iterable

from tui_app.desk.closeness import closeness
from tui_app.desk.commands.intents import Named
from tui_app.desk.folding import other_layout, words_of


def pick(fragment: str, named: Iterable[Named]) -> tuple[tuple[Named, ...], bool]:
    """The names that fit a fragment best, and whether a single one may be taken without asking.

    A whole name beats whole words, these beat beginnings of words, and these beat a piece within a word, which is
    always asked. Another keyboard layout is tried where the typed one finds nothing.
    """
    known = tuple(named)
    for typed in dict.fromkeys((fragment, other_layout(fragment))):
        if found := _best(words_of(typed), known):
            return found
    return (), False


def _best(pieces: tuple[str, ...], known: tuple[Named, ...]) -> tuple[tuple[Named, ...], bool] | None:
    if not pieces:
        return None
    ranked = [(closeness(pieces, words_of(one.name)), one) for one in known]
    best = min((rank for rank, _ in ranked), default=4)
    if best > 3:
        return None
    return tuple(one for rank, one in ranked if rank == best), best < 3
