"""What Connect is given by the program: places for tokens, a place for settings, a way to try a server."""

from typing import TYPE_CHECKING

from tui_app.session import Session
from tui_app.settings_file import SettingsFile

if TYPE_CHECKING:
    from tui_app.screens.connect import ConnectServices


def connect_services(session: Session, settings: SettingsFile) -> "ConnectServices":
    """Put the services of Connect together."""
    from tui_app.credentials import default_token_file
    from tui_app.screens.connect import ConnectServices

    return ConnectServices(
        credentials=session.credentials,
        save_settings=settings.save,
        open_api=session.open_api,
        settings_path=str(settings.path),
        token_file=str(default_token_file()),
    )
