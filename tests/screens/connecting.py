"""Connect in tests: the real credentials over places of their own, and the sandbox inside this process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.sandbox import opened
from tui_app.altegio.api import AltegioApi
from tui_app.altegio.pacing import Pacing
from tui_app.altegio.servers import IN_PROCESS
from tui_app.altegio.tokens import Tokens, TokenSource
from tui_app.altegio.transport import Transport
from tui_app.credentials.backends import Backend
from tui_app.credentials.credentials import Credentials
from tui_app.credentials.environment import EnvironmentStore
from tui_app.credentials.file_store import FileStore
from tui_app.credentials.keyring_store import KeyringStore
from tui_app.credentials.memory_store import MemoryStore
from tui_app.credentials.model import TroubleKind
from tui_app.credentials.trouble import keyring_trouble
from tui_app.sandbox import Sandbox
from tui_app.screens.connect import ConnectServices
from tui_app.secret import SecretStr
from tui_app.settings import Profile, Settings, save_settings


class Vault:
    """A keyring in memory: no desktop's keyring can stand in for one that is locked in the middle of a test."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False
        self.absent = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]

    def choose(self) -> Backend:
        if self.absent:
            raise keyring_trouble(TroubleKind.ABSENT)
        return Backend("Test keyring", self, lambda: self.locked)


@dataclass
class Studio:
    """Everything around one Connect: the sandbox, the places of the tokens, and the settings that were saved."""

    sandbox: Sandbox
    folder: Path
    vault: Vault = field(default_factory=Vault)
    environ: dict[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    tried: list[Profile] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.memory = MemoryStore()
        self.credentials = Credentials(
            EnvironmentStore(self.environ),
            self.memory,
            KeyringStore(choose=self.vault.choose),
            FileStore(self.token_file),
        )

    @property
    def settings_file(self) -> Path:
        return self.folder / "config" / "settings.toml"

    @property
    def token_file(self) -> Path:
        return self.folder / "tokens" / "tokens.json"

    @property
    def services(self) -> ConnectServices:
        return ConnectServices(
            credentials=self.credentials,
            save_settings=self.save,
            open_api=self.open_api,
            settings_path=str(self.settings_file),
            token_file=str(self.token_file),
        )

    def save(self, settings: Settings) -> None:
        save_settings(settings, self.settings_file)
        self.settings = settings

    def open_api(self, profile: Profile, tokens: Tokens) -> AltegioApi:
        self.tried.append(profile)
        transport = Transport(IN_PROCESS, TokenSource(tokens), pacing=Pacing(()), asgi_app=self.sandbox.asgi)
        return AltegioApi(transport, profile.dialect)

    def user_token(self, role: str = "owner") -> SecretStr:
        return SecretStr(self.sandbox.users[role].token)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Studio]:
    """A studio with nothing stored yet."""
    with opened(clients=5, days_back=0, days_ahead=1) as sandbox:
        yield Studio(sandbox, tmp_path)
