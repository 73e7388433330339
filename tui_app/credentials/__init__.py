"""Partner and user token: environment, OS keyring, this run only, or a file by consent."""

from tui_app.credentials.credentials import Credentials, TokenStore, default_credentials
from tui_app.credentials.file_store import default_token_file
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
    "Credentials",
    "ForgetReport",
    "FoundTokens",
    "KeyringState",
    "KeyringTrouble",
    "Place",
    "SaveReport",
    "StoreTrouble",
    "TokenOwner",
    "TokenStore",
    "Tokens",
    "TroubleKind",
    "default_credentials",
    "default_token_file",
]
