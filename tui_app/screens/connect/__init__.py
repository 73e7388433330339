"""Connect: server, tokens, location, and where the tokens are kept (design 4.4)."""

from tui_app.screens.connect.screen import ConnectScreen
from tui_app.screens.connect.services import Connected, ConnectServices
from tui_app.screens.connect.state import Step

__all__ = ["ConnectScreen", "ConnectServices", "Connected", "Step"]
