"""The two tokens that every request carries, and the place where the running program keeps them (contract 1)."""

from msgspec import Struct

from tui_app.secret import SecretStr


class UnusableToken(ValueError):
    """A token with characters that no header can carry; the token itself is never repeated."""


class Tokens(Struct, frozen=True):
    """The partner token, and the user token once somebody has signed in."""

    partner: SecretStr
    user: SecretStr | None = None


class TokenSource:
    """Holds the tokens in use, so that a new sign-in reaches every later request."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    @property
    def current(self) -> Tokens:
        """The tokens that the next request carries."""
        return self._tokens

    def replace(self, tokens: Tokens) -> None:
        """Use other tokens from now on."""
        self._tokens = tokens


def authorization(tokens: Tokens, *, partner_only: bool = False) -> SecretStr:
    """Build the value of the `Authorization` header. Raises UnusableToken."""
    words = [f"Bearer {_usable(tokens.partner)}"]
    if tokens.user is not None and not partner_only:
        words.append(f"User {_usable(tokens.user)}")
    return SecretStr(", ".join(words))


def _usable(token: SecretStr) -> str:
    text = token.get_secret_value()
    if not text or not text.isascii() or not text.isprintable() or " " in text or "," in text:
        raise UnusableToken("a token is printable ASCII without spaces and commas")
    return text
