"""The report: every probe in its order, written as it is found."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TextIO

from msgspec import Struct

from tui_app.doctor.finding import Finding, Mark, bad, render
from tui_app.doctor.machine import check_machine, check_profile, check_proxies, check_settings
from tui_app.doctor.stopping import stoppable
from tui_app.doctor.terminal import Terminal, check_choices, check_terminal
from tui_app.settings import SettingsError, default_config_path, effective_profile, load_settings
from tui_app.terminal_choices import choose_terminal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from tui_app.altegio.api import AltegioApi
    from tui_app.altegio.tokens import Tokens
    from tui_app.credentials import Credentials
    from tui_app.options import LaunchOptions
    from tui_app.settings import Profile

WORK_IS_POSSIBLE: Final = 0
WORK_IS_NOT_POSSIBLE: Final = 1


class Surroundings(Struct, frozen=True):
    """All that the doctor looks at, so that a test can put other things there."""

    environ: Mapping[str, str]
    size: tuple[int, int] | None
    config: Path
    clock: Callable[[], datetime]
    credentials: Credentials
    open_api: Callable[[Profile, Tokens], AltegioApi]


def run_doctor(options: LaunchOptions) -> int:
    """Examine this machine and print the report; answers 0 when work is possible, 1 when not.

    Raises KeyboardInterrupt where Ctrl+C has stopped it.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a location's title must not end the report in an ASCII terminal
    status = asyncio.run(stoppable(report(options, _real_surroundings(options), sys.stdout)))
    if status is None:
        raise KeyboardInterrupt
    return status


def _real_surroundings(options: LaunchOptions) -> Surroundings:
    from tui_app.credentials import default_credentials
    from tui_app.session import Session
    from tui_app.settings import Profile

    credentials = default_credentials(os.environ)
    session = Session(Profile(), lambda: credentials, _utc_now)
    return Surroundings(
        environ=os.environ,
        size=_terminal_size(),
        config=options.config or default_config_path(),
        clock=_utc_now,
        credentials=credentials,
        open_api=session.open_api,
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _terminal_size() -> tuple[int, int] | None:
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return None
    return size.columns, size.lines


async def report(options: LaunchOptions, around: Surroundings, output: TextIO) -> int:
    """Write each finding as soon as it is known, and a last line that sums up; answers the exit status."""
    marks: list[Mark] = []
    async for finding in examine(options, around):
        marks.append(finding.mark)
        output.write(render(finding))
        output.flush()
    wrong = marks.count(Mark.BAD)
    output.write(f"\n{wrong} thing(s) marked !! are in the way.\n" if wrong else "\nWork is possible.\n")
    return WORK_IS_NOT_POSSIBLE if wrong else WORK_IS_POSSIBLE


async def examine(options: LaunchOptions, around: Surroundings) -> AsyncIterator[Finding]:
    """Probe the machine, then the tokens, then the server; what needs something that is missing is left out."""
    loaded = load_settings(around.config)
    for finding in (
        *check_machine(),
        *check_terminal(Terminal(around.environ, around.size)),
        *check_choices(choose_terminal(around.environ, loaded.settings, sys.platform, options.driver)),
        *check_settings(around.config, loaded),
        *check_proxies(around.environ),
    ):
        yield finding
    try:
        effective = effective_profile(loaded.settings, around.environ, options)
    except SettingsError as error:
        yield bad("profile", str(error), "correct it; nothing is sent to a server that may not be the right one")
        return
    for finding in check_profile(effective):
        yield finding
    async for finding in _examine_far_side(effective.profile, around):
        yield finding


async def _examine_far_side(profile: Profile, around: Surroundings) -> AsyncIterator[Finding]:
    from tui_app.altegio.tokens import Tokens
    from tui_app.doctor.server import check_server
    from tui_app.doctor.tokens import check_keyring, check_tokens

    keyring = await around.credentials.describe_keyring()
    yield check_keyring(keyring)
    found = await around.credentials.find(profile)
    for finding in check_tokens(found, keyring):
        yield finding
    if found.partner is None or found.user is None:
        return
    api = around.open_api(profile, Tokens(found.partner, found.user))
    try:
        for finding in await check_server(api, profile, around.clock):
            yield finding
    finally:
        await api.aclose()
