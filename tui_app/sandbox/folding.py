"""How text is made comparable for search: case only; SQLite alone folds nothing beyond ASCII."""

_SEPARATOR = "\n"


def fold(text: str) -> str:
    """Fold the case of any script."""
    return text.casefold()


def fold_client(name: str, surname: str | None, patronymic: str | None, phone: str, email: str | None) -> str:
    """Everything that a quick search looks at, one field a line, so that no match spans two of them."""
    parts = (name, surname or "", patronymic or "", phone, email or "")
    return _SEPARATOR.join(fold(part).replace(_SEPARATOR, " ") for part in parts)


def search_term(text: str) -> str:
    """What to look for: a phone by its digits, however it was written, and anything else as it is."""
    bare = text.strip()
    digits = "".join(letter for letter in bare if letter.isdigit())
    if digits and all(letter.isdigit() or letter in "+-() ./" for letter in bare):
        return digits
    return fold(bare).replace(_SEPARATOR, " ")
