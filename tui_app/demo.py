"""The demo: the real program over the sandbox inside this process (design 7)."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tui_app.options import DemoOptions
from tui_app.session import Session
from tui_app.settings import Profile

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from tui_app.credentials import Credentials
    from tui_app.sandbox.app import Sandbox


class Demo:
    """A sandbox that is made once the first frame is out, and the session over it."""

    def __init__(self, options: DemoOptions, clock: Callable[[], datetime]) -> None:
        self._options = options
        self._clock = clock
        self._sandbox: Sandbox | None = None
        self.session = Session(
            Profile(name="demo"), self._credentials, clock, asgi_app=self._asgi_app, prepare=self._prepare
        )

    def _prepare(self) -> int:
        """Make the sandbox, which takes a moment, and tell its location."""
        from tui_app.sandbox import create_sandbox

        if self._sandbox is None:
            self._sandbox = create_sandbox(
                self._options.data, clock=self._clock, seed=self._options.seed, rate_limit=None
            )
        return self._sandbox.location_id

    def _asgi_app(self) -> "ASGIApp":
        return self.sandbox.asgi

    def _credentials(self) -> "Credentials":
        from tui_app.credentials import default_credentials

        sandbox = self.sandbox
        return default_credentials(
            {"ALTEGIO_PARTNER_TOKEN": sandbox.partner_token, "ALTEGIO_USER_TOKEN": sandbox.user_token}
        )

    @property
    def sandbox(self) -> "Sandbox":
        """The sandbox, made when it is first asked for; raises RuntimeError once it is closed."""
        self._prepare()
        if self._sandbox is None:
            raise RuntimeError("the sandbox was closed")
        return self._sandbox

    def close(self) -> None:
        """Close the sandbox; without a file its data is gone."""
        if self._sandbox is not None:
            self._sandbox.close()
