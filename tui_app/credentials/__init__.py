"""Partner and user token: environment, OS keyring, this run only, or a file by consent."""

from tui_app.credentials.model import (
    ForgetReport,
    FoundTokens,
    KeyringState,
    KeyringTrouble,
    Place,
    SaveReport,
    StoreTrouble,
    TokenOwner,
    Tokens,
    TroubleKind,
)

__all__ = [
    "ForgetReport",
    "FoundTokens",
    "KeyringState",
    "KeyringTrouble",
    "Place",
    "SaveReport",
    "StoreTrouble",
    "TokenOwner",
    "Tokens",
    "TroubleKind",
]
