"""How well typed pieces of a name fit it (design 5)."""


def closeness(pieces: tuple[str, ...], words: tuple[str, ...]) -> int:
    """How well folded pieces fit words: 0 all of it, 1 whole words, 2 beginnings, 3 within words, 4 not at all."""
    if sorted(pieces) == sorted(words):
        return 0
    return max((_closest(piece, words) for piece in pieces), default=4)


def _closest(piece: str, words: tuple[str, ...]) -> int:
    if piece in words:
        return 1
    if any(word.startswith(piece) for word in words):
        return 2
    return 3 if any(piece in word for word in words) else 4
