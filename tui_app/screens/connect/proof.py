"""The calls that prove server, tokens and user: signing in, and the list of locations."""

from contextlib import aclosing
from enum import Enum
from typing import TYPE_CHECKING

from tui_app.altegio.account import SecondFactorCode, SecondFactorNeeded
from tui_app.altegio.errors import AltegioError, Delivery
from tui_app.altegio.tokens import Tokens

if TYPE_CHECKING:
    from tui_app.screens.connect.services import ConnectServices
    from tui_app.screens.connect.state import Draft
    from tui_app.secret import SecretStr


class Proof(Enum):
    """How the test call ended when it did not fail."""

    PROVED = "proved"
    CODE_WANTED = "code wanted"
    CODE_WANTED_AGAIN = "code wanted again"


async def prove(services: "ConnectServices", draft: "Draft") -> Proof | AltegioError:
    """Sign in where a password was given, then make the test call; what is learned goes into the draft.

    The password is dropped as soon as it has been traded for a token, so an error with a password left is about that.
    """
    try:
        if draft.password is not None:
            again = draft.code is not None
            if not await _sign_in(services, draft, draft.password):
                return Proof.CODE_WANTED_AGAIN if again else Proof.CODE_WANTED
        await _read_locations(services, draft)
    except AltegioError as error:
        if error.delivery is Delivery.ANSWERED:
            draft.code = None  # a code counts once
        return error
    return Proof.PROVED


async def _sign_in(services: "ConnectServices", draft: "Draft", password: "SecretStr") -> bool:
    challenge, code = draft.challenge, draft.code
    answer = SecondFactorCode(challenge.challenge, code) if challenge is not None and code is not None else None
    async with aclosing(services.open_api(draft.profile, Tokens(_partner(draft)))) as api:
        signed_in = await api.account.sign_in(draft.login, password, answer)
    if isinstance(signed_in, SecondFactorNeeded):
        draft.challenge, draft.code = signed_in, None
        return False
    draft.user, draft.login = signed_in.user_token, ""
    draft.password = draft.challenge = draft.code = None
    return True


async def _read_locations(services: "ConnectServices", draft: "Draft") -> None:
    async with aclosing(services.open_api(draft.profile, Tokens(_partner(draft), draft.usable_user))) as api:
        draft.locations = await api.account.locations()


def _partner(draft: "Draft") -> "SecretStr":
    if draft.usable_partner is None:
        raise ValueError("the partner token is missing")
    return draft.usable_partner
