"""What the scout does: find the tokens, ask for the location and its day, tell what it has heard and seen, end."""

import asyncio
import gc
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tui_app.scout.report import FOUND, Heard, Report, pack

if TYPE_CHECKING:
    from tui_app.altegio.api import AltegioApi
    from tui_app.altegio.calls import Call
    from tui_app.altegio.envelope import Envelope
    from tui_app.altegio.transport import Transport
    from tui_app.options import LaunchOptions
    from tui_app.screens.schedule.day_picture import DayPicture
    from tui_app.settings import Profile

LIMIT: Final = 8.0
"""Seconds for all it asks."""

NICE: Final = 5
"""On a machine with one core the first frame goes before its day; with two nobody stands in its way."""


def main() -> None:
    """Do the errand with the arguments of this process; what fails is told by silence."""
    gc.disable()  # it is gone before there is any
    if os.cpu_count() == 1:
        os.nice(NICE)
    from tui_app.altegio.errors import AltegioError
    from tui_app.options import UsageError
    from tui_app.settings_values import SettingsError

    with suppress(AltegioError, SettingsError, UsageError, OSError, OverflowError, TimeoutError):
        asyncio.run(_errand(*_wanted(sys.argv[1:])))


def _wanted(arguments: Sequence[str]) -> "tuple[Profile, bool]":
    """Where to ask, and whether cancelled events are shown there."""
    from tui_app.settings import default_config_path, effective_profile, load_settings

    options = _options(arguments)
    settings = load_settings(options.config or default_config_path()).settings
    return effective_profile(settings, os.environ, options).profile, settings.show_cancelled


def _options(arguments: Sequence[str]) -> "LaunchOptions":
    if not arguments:
        from tui_app.options import LaunchOptions

        return LaunchOptions()
    from tui_app.arguments import launch_options, parse

    return launch_options(parse(arguments))


async def _errand(profile: "Profile", with_cancelled: bool) -> None:  # noqa: FBT001 - unpacked from what is wanted
    from tui_app.credentials import default_credentials
    from tui_app.lean import fetch_api

    if profile.location_id is None:
        return
    found = await default_credentials(os.environ).find(profile)
    if found.partner is None or found.user is None:
        return
    _tell(FOUND)
    fetch_api()
    from tui_app.altegio.api import AltegioApi
    from tui_app.altegio.pacing import LIMITS, Pacing
    from tui_app.altegio.servers import server_of
    from tui_app.altegio.tokens import Tokens, TokenSource
    from tui_app.altegio.transport import Transport

    tokens = TokenSource(Tokens(found.partner, found.user))
    way = Listening(Transport(server_of(profile.server), tokens, pacing=Pacing(LIMITS)))
    async with asyncio.timeout(LIMIT), AltegioApi(way, profile.dialect) as api:
        picture = await _ask(api, profile.location_id, with_cancelled=with_cancelled)
    _tell(pack(way.report(picture)))
    os.close(1)  # that is all: nobody need wait for the end of this process


async def _ask(api: "AltegioApi", location_id: int, *, with_cancelled: bool) -> "DayPicture | None":
    """Ask what the program is going to ask, and draw what it is going to show."""
    reading = asyncio.create_task(api.account.location(location_id))
    await asyncio.sleep(0)  # it is on its way before the rest is imported
    from tui_app.altegio.errors import AltegioError
    from tui_app.desk.clock import LocationClock, zone_or_fallback
    from tui_app.desk.first_readings import FirstReadings

    first = FirstReadings(api, location_id, _now)
    from tui_app.scout.picture import picture_of

    location = await reading
    await first.ended()
    zone, _ = zone_or_fallback(location)
    try:
        return await picture_of(first, location, LocationClock(_now, zone), with_cancelled=with_cancelled)
    except AltegioError:
        return None


def _now() -> datetime:
    return datetime.now(UTC)


class Listening:
    """A way to the server that keeps what comes over it."""

    def __init__(self, transport: "Transport") -> None:
        self._transport = transport
        self._heard: list[Heard] = []
        self._asked: list[float] = []

    @property
    def crowded(self) -> bool:
        """As the transport says it."""
        return self._transport.crowded

    @property
    def server_date(self) -> datetime | None:
        """As the transport says it."""
        return self._transport.server_date

    async def send(self, call: "Call") -> "Envelope":
        """Send, and keep the answer."""
        from tui_app.altegio.way import question_of

        self._asked.append(time.monotonic())
        envelope = await self._transport.send(call)
        question = question_of(call)
        if question is not None:
            version, path, params = question
            meta = dict(envelope.meta) if envelope.meta is not None else None
            self._heard.append(Heard(path, params, version, envelope.data, envelope.included, meta))
        return envelope

    async def aclose(self) -> None:
        """Close the transport."""
        await self._transport.aclose()

    def report(self, picture: "DayPicture | None") -> Report:
        """All that was heard, and what can be shown of it."""
        return Report(tuple(self._heard), tuple(self._asked), picture)


def _tell(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]
