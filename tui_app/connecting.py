"""What Connect is given by the program: places for tokens, a place for settings, a way to try a server."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui_app.session import Session
from tui_app.settings import Settings

if TYPE_CHECKING:
    from tui_app.screens.connect import ConnectServices


def connect_services(session: Session, save: Callable[[Settings], None], settings_path: Path) -> "ConnectServices":
    """Put the services of Connect together."""
    from tui_app.credentials import default_token_file
    from tui_app.screens.connect import ConnectServices

    return ConnectServices(
        credentials=session.credentials,
        save_settings=save,
        open_api=session.open_api,
        settings_path=str(settings_path),
        token_file=str(default_token_file()),
    )
