"""Where the program works: a profile, its tokens, the API that they open, and the desk of its location.

The heavy parts (httpx, pydantic, keyring) are imported inside, for the first frame must not wait for them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from tui_app.lean import fetch_api
from tui_app.settings import PRODUCTION, Profile

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from tui_app.altegio.api import AltegioApi
    from tui_app.altegio.pacing import Pacing
    from tui_app.altegio.resources import Location
    from tui_app.altegio.tokens import Tokens, TokenSource
    from tui_app.altegio.transport import Transport
    from tui_app.altegio.way import Way
    from tui_app.credentials import Credentials
    from tui_app.desk.desk import Desk
    from tui_app.desk.first_readings import FirstReadings
    from tui_app.desk.journal.journals import Journals
    from tui_app.desk.journal.keeper import WriteKeeper, WriteWatch
    from tui_app.scout.report import Report
    from tui_app.scout.scout import Scout
    from tui_app.screens.schedule.day_picture import DayPicture
    from tui_app.secret import SecretStr


PAINTED: Final = 0.05
"""Seconds after the first day until what speaks to the server is imported: the day is on the screen by then."""


class NotConnected(Exception):
    """There is nothing to work with yet; `words` say what is missing."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Session:
    """One way to the server at a time.

    `asgi_app` is a server inside this process; `prepare` makes it, off the loop, and answers the id of its location.
    `journal` names the folder of the journal of writes; None keeps it in memory. `pause` waits so many seconds between
    two looks at a write of unknown outcome. `scout` is out for the first day and tells of it to the first `open`.
    """

    def __init__(
        self,
        profile: Profile,
        credentials: "Callable[[], Credentials]",
        clock: Callable[[], datetime],
        *,
        asgi_app: "Callable[[], ASGIApp] | None" = None,
        prepare: Callable[[], int] | None = None,
        journal: Callable[[], Path] | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        scout: "Scout | None" = None,
    ) -> None:
        self.profile = profile
        self._open_credentials = credentials
        self._clock = clock
        self._asgi_app = asgi_app
        self._prepare = prepare
        self._journal = journal
        self._pause = pause
        self._scout = scout
        self._report: Report | None = None
        self._journals: Journals | None = None
        self._keeper: WriteKeeper | None = None
        self._credentials: Credentials | None = None
        self._source: TokenSource | None = None
        self._api: AltegioApi | None = None
        self._pacing: Pacing | None = None

    @property
    def where(self) -> str:
        """The server in words where it is not production; DEMO for the one inside this process."""
        if self._asgi_app is not None:
            return "DEMO"
        if self.profile.server == PRODUCTION:
            return ""
        return urlsplit(self.profile.server).netloc or self.profile.server.upper()

    @property
    def is_demo(self) -> bool:
        """Whether the server is inside this process."""
        return self._asgi_app is not None

    @property
    def credentials(self) -> "Credentials":
        """The places of the tokens."""
        if self._credentials is None:
            self._credentials = self._open_credentials()
        return self._credentials

    async def open(self, watch: "WriteWatch") -> "Desk":
        """Find the tokens and open the desk of the profile's location; `watch` stands for who sits at it.

        Raises NotConnected where a token or the location is missing, AltegioError where the server does not answer.
        """
        if self._prepare is not None:
            self.profile = replace(self.profile, location_id=await asyncio.to_thread(self._prepare))
        await self.first_picture()
        report, self._report = self._report, None
        if report is not None:
            return await self._open_heard(report, watch)
        partner, user = await self._tokens()
        return await self.work_with(self.profile, partner, user, watch)

    async def first_picture(self) -> "DayPicture | None":
        """Wait for the scout and answer what it has seen of the first day; the first `open` goes on from the rest."""
        scout, self._scout = self._scout, None
        if scout is not None:
            self._report = await scout.report()
        return self._report.picture if self._report is not None else None

    async def _tokens(self) -> "tuple[SecretStr, SecretStr]":
        found, _ = await asyncio.gather(self.credentials.find(self.profile), asyncio.to_thread(fetch_api))
        if found.partner is None or found.user is None:
            missing = "partner token" if found.partner is None else "user token"
            trouble = f" ({found.troubles[0].words})" if found.troubles else ""
            raise NotConnected(f"There is no {missing} yet{trouble}.")
        return found.partner, found.user

    async def _open_heard(self, report: "Report", watch: "WriteWatch") -> "Desk":
        """Open the desk on what the scout has heard; the tokens, and what speaks to the server, come after the day."""
        from tui_app.altegio.api import AltegioApi
        from tui_app.altegio.envelope import Envelope
        from tui_app.altegio.way import LateWay

        await self.aclose()
        self._paced().count(report.asked)
        heard = {(it.version, it.path, it.params): Envelope(it.data, it.included, it.meta) for it in report.heard}
        self._api = AltegioApi(LateWay(heard, self._late_way), self.profile.dialect)
        return await self._work_over(self._api, watch)

    async def _late_way(self) -> "Way":
        from tui_app.altegio.errors import Delivery, TokenRefused

        await asyncio.sleep(PAINTED)
        try:
            tokens = await self._tokens()
        except NotConnected as missing:
            raise TokenRefused("find the tokens", message=missing.words, delivery=Delivery.NOT_SENT) from None
        self._source = self._source_of(*tokens)
        return self._transport(self.profile, self._source)

    async def work_with(self, profile: Profile, partner: "SecretStr", user: "SecretStr", watch: "WriteWatch") -> "Desk":
        """Open the desk of a profile's location with these tokens, instead of what was open before.

        What an earlier run has left uncertain there is looked after before anything else (design 6).
        """
        await self.aclose()
        self._report = None  # what was heard was for the tokens of the start
        self.profile = profile
        self._source = self._source_of(partner, user)
        self._api = self._open_api(profile, self._source)
        return await self._work_over(self._api, watch)

    async def _work_over(self, api: "AltegioApi", watch: "WriteWatch") -> "Desk":
        if self.profile.location_id is None:
            raise NotConnected("No location is chosen yet.")
        reading = asyncio.create_task(api.account.location(self.profile.location_id))
        await asyncio.sleep(0)  # it is on its way before the rest is imported
        from tui_app.desk.first_readings import FirstReadings

        first = FirstReadings(api, self.profile.location_id, self._clock)
        try:
            return await self._opened(api, reading, first, watch)
        except BaseException:
            first.drop()
            raise

    async def _opened(
        self, api: "AltegioApi", reading: "asyncio.Task[Location]", first: "FirstReadings", watch: "WriteWatch"
    ) -> "Desk":
        from tui_app.desk.together import both

        location, journals = await both(_ended(reading), asyncio.to_thread(self._opened_journals))
        from tui_app.desk.desk import desk_of

        place = f"{self.profile.server} {self.profile.location_id}"
        self._keeper = journals.keeper(watch, place=place, clock=self._clock, pause=self._pause)
        api.guard_with(self._keeper)
        desk = desk_of(api, location, self._clock, self._keeper, first)
        return await self._recovered(desk, self._keeper, journals)

    def _opened_journals(self) -> "Journals":
        from tui_app.desk.journal.journals import Journals

        if self._journals is None:
            self._journals = Journals(self._journal() if self._journal is not None else None)
        return self._journals

    @staticmethod
    async def _recovered(desk: "Desk", keeper: "WriteKeeper", journals: "Journals") -> "Desk":
        """Look after what was left open; a journal that cannot be read is said, and asked about before each write."""
        from tui_app.desk.trouble import JournalFailed

        try:
            recovered = await keeper.recover(journals.is_alive)
        except JournalFailed as failure:
            return replace(desk, notes=(f"Writes are not protected: {failure.words}", *desk.notes))
        return replace(desk, notes=tuple(note for note in (recovered.words, journals.note, *desk.notes) if note))

    def renew(self, profile: Profile, partner: "SecretStr", user: "SecretStr") -> bool:
        """Go on with other tokens over the same way, so that open forms keep working; False for another way."""
        from tui_app.altegio.tokens import Tokens

        same = (profile.server, profile.dialect, profile.location_id)
        if self._source is None or same != (self.profile.server, self.profile.dialect, self.profile.location_id):
            return False
        self.profile = profile
        self._source.replace(Tokens(partner, user))
        return True

    def open_api(self, profile: Profile, tokens: "Tokens") -> "AltegioApi":
        """Open the API of a profile's server with tokens that are being tried; the caller closes it."""
        from tui_app.altegio.tokens import TokenSource

        return self._open_api(profile, TokenSource(tokens))

    def _open_api(self, profile: Profile, source: "TokenSource") -> "AltegioApi":
        fetch_api()
        from tui_app.altegio.api import AltegioApi

        return AltegioApi(self._transport(profile, source), profile.dialect)

    def _transport(self, profile: Profile, source: "TokenSource") -> "Transport":
        from tui_app.altegio.servers import IN_PROCESS, server_of
        from tui_app.altegio.transport import Transport

        asgi_app = self._asgi_app() if self._asgi_app is not None else None
        server = IN_PROCESS if asgi_app is not None else server_of(profile.server)
        return Transport(server, source, pacing=self._paced(), asgi_app=asgi_app)

    def _paced(self) -> "Pacing":
        """One pacing for all connections: the server counts by address."""
        from tui_app.altegio.pacing import LIMITS, Pacing

        if self._pacing is None:
            self._pacing = Pacing(() if self.is_demo else LIMITS)
        return self._pacing

    @staticmethod
    def _source_of(partner: "SecretStr", user: "SecretStr") -> "TokenSource":
        from tui_app.altegio.tokens import Tokens, TokenSource

        return TokenSource(Tokens(partner, user))

    async def aclose(self) -> None:
        """Close the connections; the journal stays open until `close_journal`."""
        if self._keeper is not None:
            await self._keeper.aclose()
            self._keeper = None
        if self._api is not None:
            await self._api.aclose()
            self._api = None

    def close_journal(self) -> None:
        """Close the journal at the very end: what is open in it is for the next start."""
        if self._journals is not None:
            self._journals.close()
            self._journals = None


async def _ended(reading: "asyncio.Task[Location]") -> "Location":
    return await reading
