"""A text that is shown nowhere by accident: tokens, passwords, PINs (design 6).

It is written here and not taken from a library of models, because the first request of a start needs it.
"""

from typing import Final, NoReturn, SupportsIndex

from typing_extensions import override

HIDDEN: Final = "**********"


class SecretStr:
    """A text whose own words are only in `get_secret_value`: neither repr, format, log nor traceback holds them.

    It can be neither pickled nor written as JSON.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def get_secret_value(self) -> str:
        """The text itself."""
        return self.__text

    @override
    def __eq__(self, other: object) -> bool:
        return self.__text == other.__text if isinstance(other, SecretStr) else NotImplemented

    @override
    def __hash__(self) -> int:
        return hash(self.__text)

    def __len__(self) -> int:
        return len(self.__text)

    @override
    def __repr__(self) -> str:
        return f"SecretStr({HIDDEN!r})" if self.__text else "SecretStr('')"

    @override
    def __str__(self) -> str:
        return HIDDEN if self.__text else ""

    @override
    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a secret is not pickled")
