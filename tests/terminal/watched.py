"""The program as it is, but that everything is logged; F11 makes a picture, F12 fails with the tokens at hand.

`python -m tests.terminal.watched FOLDER` writes `debug.log` and the pictures into the folder.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from tui_app import cli
from tui_app.app import FrontDeskApp


def watch(folder: Path) -> None:
    logging.basicConfig(filename=folder / "debug.log", level=logging.DEBUG, force=True)

    def on_key(app: FrontDeskApp, event: object) -> None:
        key = getattr(event, "key", "")
        if key == "f11":
            app.save_screenshot("shown.svg", str(folder))
        if key == "f12":
            source = app._session._source
            assert source is not None
            secrets = [token.get_secret_value() for token in (source.current.partner, source.current.user) if token]
            raise ValueError(f"could not use {secrets}")

    FrontDeskApp.on_key = on_key  # type: ignore[attr-defined]


if __name__ == "__main__":
    watch(Path(sys.argv.pop()))
    sys.exit(cli.main())
