"""Builds the program from its parts and runs it; each command's heavy imports happen here, not in `cli`."""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui_app.greeting import erase_greeting
from tui_app.options import DemoOptions, LaunchOptions
from tui_app.settings import (
    LoadedSettings,
    Settings,
    default_config_path,
    effective_profile,
    load_settings,
)
from tui_app.settings_file import SettingsFile
from tui_app.terminal_choices import apply_choices, choose_terminal

if TYPE_CHECKING:
    from tui_app.app import FrontDeskApp
    from tui_app.credentials import Credentials
    from tui_app.scout.scout import Scout
    from tui_app.session import Session

SIGNALS: Final = tuple(
    number for name in ("SIGHUP", "SIGTERM", "SIGINT") if (number := getattr(signal, name, None)) is not None
)

LEAVE: Final = 2.8
"""Seconds from a signal to the end, also on a terminal that takes nothing any more (design 6: 3 s)."""

SETTLED: Final = 3.0
"""Seconds after which a start is over."""

LINGER: Final = 0.5
"""Seconds from the last word to the end, whatever a thread still waits for, such as a name server."""


def utc_now() -> datetime:
    """The clock of the program."""
    return datetime.now(UTC)


def run(options: LaunchOptions, scout: "Scout | None" = None) -> int:
    """Run the program on a profile; answers the exit status. Raises SettingsError for a setting that cannot be used.

    `scout` is out for the first day.
    """
    path = options.config or default_config_path()
    loaded = load_settings(path)
    profile = effective_profile(loaded.settings, os.environ, options).profile
    mouse = prepare_terminal(loaded.settings, options.driver)
    from tui_app.session import Session

    session = Session(profile, _credentials, utc_now, journal=default_journal_folder, scout=scout)
    return run_app(build_app(session, SettingsFile(loaded, path)), mouse=mouse)


def run_demo(options: DemoOptions) -> int:
    """Run the program on the sandbox inside this process."""
    loaded = LoadedSettings(Settings())
    mouse = prepare_terminal(loaded.settings, options.driver)
    from tui_app.demo import Demo

    demo = Demo(options, utc_now)
    try:
        return run_app(build_app(demo.session, SettingsFile(loaded, default_config_path(), kept=False)), mouse=mouse)
    finally:
        demo.close()


def prepare_terminal(settings: Settings, driver: str | None) -> bool:
    """Choose for this terminal before Textual is imported; answers whether to take the mouse."""
    choices = choose_terminal(os.environ, settings, sys.platform, driver)
    apply_choices(choices, os.environ)
    return choices.mouse.value == "on"


def build_app(session: "Session", settings: SettingsFile) -> "FrontDeskApp":
    """Put the App together."""
    from tui_app.app import FrontDeskApp
    from tui_app.crash import default_crash_log
    from tui_app.drafting import default_drafts_folder, in_folder, in_memory

    drafts = in_memory if session.is_demo else in_folder(default_drafts_folder())
    return FrontDeskApp(session, settings, utc_now, default_crash_log(), drafts)


def run_app(app: "FrontDeskApp", *, mouse: bool) -> int:
    """Run the App to its end, with its writes finished and its connections closed."""
    limits: list[threading.Timer] = []

    def end_within(seconds: float) -> None:
        limit = threading.Timer(seconds, app.cut_off)
        limit.daemon = True
        limit.start()
        limits.append(limit)

    try:
        return asyncio.run(_run(app, end_within, mouse=mouse))
    finally:
        for limit in limits:
            limit.cancel()


async def _run(app: "FrontDeskApp", end_within: Callable[[float], None], *, mouse: bool) -> int:
    def leave() -> None:
        end_within(LEAVE)
        app.leave()

    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, leave)
    loop.set_exception_handler(lambda _, context: app.take_stray(context.get("exception")))
    threading.excepthook = app.take_from_thread
    loop.call_later(SETTLED, _collect_garbage)
    erase_greeting()
    try:
        await app.run_async(mouse=mouse)
    finally:
        await app.finish()
        end_within(LINGER)
    return app.return_code or 0


def _collect_garbage() -> None:
    """Begin to look for garbage, but not among what the start has made: looking through it would cost keys."""
    gc.freeze()
    gc.enable()


def default_journal_folder() -> Path:
    """Where the journal of writes is kept: the user's folder for what programs remember."""
    import platformdirs

    return platformdirs.user_state_path("altegio-frontdesk", appauthor=False) / "journal"


def _credentials() -> "Credentials":
    from tui_app.credentials import default_credentials

    return default_credentials(os.environ)
