"""Which clients fit what was typed, and in which order: pure (design 5)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.resources import ClientHit
from tui_app.desk.folding import fold, may_be_other_layout, other_layout, words_of
from tui_app.desk.phones import digits, is_withheld

LEAST_DIGITS: Final = 3
"""So many digits in a row are a piece of a phone; fewer are part of a name."""

MOST_FOLDED: Final = 4000
"""Clients whose folded words are kept: those seen in a run are compared again at every letter."""

_YO: Final = re.compile("[еёЕЁ]")
_PHONE_SIGNS: Final = frozenset("+()-./")


TRUNK_LENGTH: Final = 10
"""From so many digits on a leading 0, or the 8 of eleven digits, is a trunk prefix that no international number has."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: folded fragments of the name and the digits of a phone; the fragments as typed too.

    Two are the same, and one is within another, only where the accents are too: a server may tell them apart.
    """

    names: tuple[str, ...]
    phone: str
    typed: tuple[str, ...] = field(default=(), compare=False)
    spelled: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing can be looked for."""
        return not self.names and not self.phone

    @property
    def longest(self) -> str:
        """The longest fragment of the name as typed: the one that tells most."""
        return max(self.typed, key=len, default="")

    def within(self, wider: "Wanted") -> bool:
        """Whether whoever fits this fits `wider` too: each piece of that is part of one of these."""
        return wider.phone in self.phone and all(any(old in new for new in self.spelled) for old in wider.spelled)


def read_query(text: str) -> Wanted:
    """Part what was typed into pieces of a name and the digits of a phone, which may stand in groups."""
    names, phone = [], ""
    for word in text.split():
        if _is_phone(word):
            phone += digits(word)
        else:
            names.append(word)
    if phone and len(phone) < LEAST_DIGITS:
        names.append(phone)
        phone = ""
    pieces = [(piece, word) for word in names if (piece := fold(word).strip())]
    folded, typed = tuple(piece for piece, _ in pieces), tuple(word for _, word in pieces)
    spelled = tuple(word.casefold().replace("ё", "е") for word in typed)
    return Wanted(folded, _without_trunk(phone), typed, spelled)


def _without_trunk(phone: str) -> str:
    phone = phone.removeprefix("00")
    if len(phone) >= TRUNK_LENGTH and phone.startswith("0"):
        return phone[1:]
    return phone[1:] if len(phone) == TRUNK_LENGTH + 1 and phone.startswith("8") else phone


def in_other_layout(text: str) -> Wanted | None:
    """Read what the same keys give in the other keyboard layout; None where that cannot be meant."""
    if not may_be_other_layout(text):
        return None
    wanted = read_query(other_layout(text))
    return wanted if wanted.names and wanted != read_query(text) else None


class _Folded(Struct, frozen=True):
    """What of a hit is compared, worked out once: letter by letter the same hits are matched and ranked again."""

    words: tuple[str, ...]
    hay: str
    name: str
    phone: str
    withheld: bool


@lru_cache(MOST_FOLDED)
def _folded(hit: ClientHit) -> _Folded:
    words = words_of(f"{hit.name} {hit.surname} {hit.patronymic} {hit.email}")
    return _Folded(words, " ".join(words), fold(hit.full_name), digits(hit.phone), is_withheld(hit.phone))


def matches(hit: ClientHit, wanted: Wanted) -> bool:
    """Whether a hit holds every piece. A withheld phone fits whatever the server found by it."""
    folded = _folded(hit)
    if not all(piece in folded.hay for piece in wanted.names):
        return False
    return not wanted.phone or folded.withheld or wanted.phone in folded.phone


def rank(hit: ClientHit, wanted: Wanted) -> tuple[int, int, str, int]:
    """Order hits, the best first: by the end of the phone, then by whole words and beginnings of the name."""
    folded = _folded(hit)
    if not wanted.phone:
        by_phone = 0
    elif folded.withheld:
        by_phone = 3
    else:
        by_phone = 0 if folded.phone == wanted.phone else 1 if folded.phone.endswith(wanted.phone) else 2
    by_name = sum(_closeness(piece, folded.words) for piece in wanted.names)
    return by_phone, by_name, folded.name, hit.id or 0


def ends_with(hit: ClientHit, wanted: Wanted) -> bool:
    """Whether a hit's phone ends in what was typed: only then may it be booked without asking (design 5)."""
    folded = _folded(hit)
    return bool(wanted.phone) and not folded.withheld and folded.phone.endswith(wanted.phone)


def ranked(hits: Iterable[ClientHit], wanted: Wanted) -> tuple[ClientHit, ...]:
    """Keep the hits that fit, each client and each visitor once, the best first."""
    once: dict[tuple[int | None, int | None, str, str], ClientHit] = {}
    for hit in hits:
        if matches(hit, wanted):
            once.setdefault(_identity(hit), hit)
    return tuple(sorted(once.values(), key=lambda hit: rank(hit, wanted)))


def describe_hit(hit: ClientHit) -> str:
    """Say a hit in one line: name, masked phone, and whether it is a visitor."""
    name = " ".join(part for part in (hit.name, hit.patronymic, hit.surname) if part)
    if not name:
        name = f"client {hit.id}" if hit.id is not None else "visitor without a name"
    if hit.id is None:
        return f"{name}, visitor"
    if not hit.phone:
        return f"{name}, no phone shown"
    kept = digits(hit.phone)
    return f"{name} •• {kept[-4:]}" if not is_withheld(hit.phone) and len(kept) > 4 else f"{name}, phone withheld"


def search_texts(wanted: Wanted, *, runs: bool = True) -> tuple[str, ...]:
    """What to ask a server for, all of which must fit: the digits, and the pieces of the name, the longest first.

    A piece with е or ё is asked for by the runs between them: whether the server takes these for one letter is not
    told, and whoever is found by one of the spellings may not be the only one. Without `runs` as they were typed.
    """
    parts = [run for piece in wanted.typed for run in _YO.split(piece) if run] if runs else []
    names = sorted(dict.fromkeys(parts or wanted.typed), key=len, reverse=True)
    return (wanted.phone, *names) if wanted.phone else tuple(names)


def closer_texts(wanted: Wanted, *, fits: bool) -> tuple[str, ...] | None:
    """What to ask beside `search_texts` where these found more than a page; None: nothing tells more.

    The pieces as they are spelled, lest the one who is spelled so stands on a later page. Without е and ё there is
    nothing closer; but where nobody `fits` the server may take one text only, and gets the one that tells most.
    """
    texts = search_texts(wanted)
    typed = search_texts(wanted, runs=False)
    if typed != texts:
        return typed
    return texts[:1] if len(texts) > 1 and not fits else None


def is_surely_client(hit: ClientHit) -> bool:
    """Whether a hit of the type-ahead is a client: visitors are not marked, but have no phone and no e-mail."""
    return hit.id is None or bool(hit.phone or hit.email)


def told_apart_by(
    offered: Iterable[ClientHit], clients: Iterable[ClientHit], *, complete: bool
) -> tuple[ClientHit, ...]:
    """Tell the visitors of the type-ahead from clients by a search, which knows clients alone (contract 4).

    A number of a visitor taken for that of a client would book somebody else: what stays in doubt because the search
    is not `complete` is left out.
    """
    known = {hit.id: _folded(hit).name for hit in clients}
    kept = []
    for hit in offered:
        if is_surely_client(hit) or known.get(hit.id) == _folded(hit).name:
            kept.append(hit)
        elif complete:
            kept.append(replace(hit, id=None, visitor_id=hit.id))
    return tuple(kept)


def _identity(hit: ClientHit) -> tuple[int | None, int | None, str, str]:
    if hit.id is not None:
        return hit.id, None, "", ""
    if hit.visitor_id is not None:
        return None, hit.visitor_id, "", ""
    folded = _folded(hit)
    return None, None, folded.name, folded.phone


def _closeness(piece: str, words: Iterable[str]) -> int:
    best = 3
    for word in words:
        if word == piece:
            return 0
        best = min(best, 1 if word.startswith(piece) else 2 if piece in word else 3)
    return best


def _is_phone(word: str) -> bool:
    return any(char.isdecimal() for char in word) and all(char.isdecimal() or char in _PHONE_SIGNS for char in word)
