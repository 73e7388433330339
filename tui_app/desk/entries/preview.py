"""What Enter will do, told while the line is typed: at once what is known, then what a search finds (design 5)."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.resources import Event
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.commands.intents import Book, ClientQuery, ListActions, NewClient
from tui_app.desk.commands.matching import MOST_CANDIDATES, Match, NotAsked, Searching, Several
from tui_app.desk.commands.parse import read_line
from tui_app.desk.commands.preview import Preview, Tone, preview
from tui_app.desk.commands.saying import who_words
from tui_app.desk.commands.view import Reading, View
from tui_app.desk.entries.finding import Matcher
from tui_app.desk.wording import why

RECENT_S: Final = 0.15
"""Seconds after a search began within which the next key is one of many: it waits for the last of them."""

REST_S: Final = 0.11
"""Seconds without a key after which a search is sent then: longer than from key to key of somebody who types fast."""

QUIET_S: Final = 0.4
"""Seconds without a key after which it is read who comes lately: the search of the next key goes before that."""

LEAST_LETTERS: Final = 2
"""Letters from which on a name is searched while it is typed."""

WIDE: Final = "\u2e80"
"""From this letter on one is a syllable or a word, and enough of a name."""

_NOT_ASKED: Final = NotAsked()


class _Sought(Struct, frozen=True):
    """Whom a line looks for, and for which event."""

    who: ClientQuery | NewClient
    event: Event | None


class LinePreview:
    """Tells what the line will do, whenever it or the look of the screen changes; the newest text wins.

    `look` is the runner's, and `matcher` one with it, so that the answer serves the Enter too. `show` takes None where
    there is nothing to tell. A search begins with the first key, and then only with the last of those that follow fast:
    five requests a second are all that there are (contract 1).
    """

    def __init__(
        self,
        look: Callable[[], View],
        matcher: Matcher,
        show: Callable[[Preview | None], None],
        *,
        rest_s: float = REST_S,
        quiet_s: float = QUIET_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._matcher = matcher
        self._show = show
        self._rest_s = rest_s
        self._quiet_s = quiet_s
        self._sleep = sleep
        self._monotonic = monotonic
        self._began_at = float("-inf")
        self._text = ""
        self._found: Match = _NOT_ASKED
        self._search: asyncio.Task[None] | None = None

    def typed(self, text: str) -> None:
        """Tell what `text` will do, and look for the client whom it means."""
        self._text, self._found = text, _NOT_ASKED
        self.abandon()
        self.again()

    def again(self) -> None:
        """Tell it again: the day, the roster, the questions or the undo have changed."""
        sought = self._tell()
        if sought is not None and isinstance(self._found, NotAsked) and self._search is None:
            self._search = asyncio.create_task(self._find(sought), name="preview of the desk line")
            self._search.add_done_callback(self._ended)

    async def idle(self) -> None:
        """Wait until the search has ended."""
        if self._search is not None:
            await asyncio.wait((self._search,))

    async def stop(self) -> None:
        """Stop looking."""
        search = self._search
        self.abandon()
        if search is not None:
            await asyncio.gather(search, return_exceptions=True)

    def abandon(self) -> None:
        """Let go of the search under way."""
        if self._search is not None:
            self._search.cancel()
            self._search = None

    def _ended(self, search: asyncio.Task[None]) -> None:
        """Say that a search broke, by an error that nobody foresaw: the line must not look as if it went on."""
        error = None if search.cancelled() else search.exception()
        if error is None:
            return
        asyncio.get_running_loop().call_exception_handler({"message": "a preview failed", "exception": error})
        if search is self._search:
            self._show(Preview("Clients could not be searched. Enter tries again", Tone.WAITS))

    def _tell(self) -> _Sought | None:
        """Tell the line as it reads now; gives whom it looks for while that is not known."""
        view = self._look()
        reading = read_line(self._text, view)
        if isinstance(reading, ListActions):
            self._show(None)
            return None
        sought = _sought(reading, view)
        if sought is None:
            self._show(preview(self._text, reading, view))
            return None
        known = self._found
        if isinstance(known, NotAsked):
            known = self._matcher.kept(sought.who, sought.event) or known
        if not isinstance(known, NotAsked):
            self._show(self._decided(reading, view, sought, known))
        elif _tells_enough(sought.who):
            self._show(self._searching(reading, view, sought))
        else:
            self._show(self._too_little(sought))
        return sought

    def _decided(self, reading: Reading, view: View, sought: _Sought, match: Match) -> Preview:
        """What Enter will do with whom was found; candidates have no numbers before it is known who stands first."""
        told = preview(self._text, reading, view, match)
        if not isinstance(match, Several) or self._matcher.knows_order(match, sought.event):
            return told
        return replace(told, items=tuple(describe_hit(hit) for hit in match.hits))

    def _searching(self, reading: Reading, view: View, sought: _Sought) -> Preview:
        """What is typed, with those seen in this run who fit: no numbers, for the answer may put others before them."""
        told = preview(self._text, reading, view, Searching())
        return replace(told, items=self._seen(sought)) if isinstance(sought.who, ClientQuery) else told

    def _too_little(self, sought: _Sought) -> Preview:
        """Enter looks for a single letter too, but not each key does."""
        words = f"Enter looks for {who_words(sought.who)}: type on to see who fits"
        return Preview(words, Tone.ASKS, self._seen(sought))

    def _seen(self, sought: _Sought) -> tuple[str, ...]:
        """Those seen in this run who fit a query."""
        if not isinstance(sought.who, ClientQuery):
            return ()
        return tuple(describe_hit(hit) for hit in self._matcher.seen(sought.who)[:MOST_CANDIDATES])

    async def _find(self, sought: _Sought) -> None:
        try:
            match = self._matcher.kept(sought.who, sought.event)
            if match is None:
                if not _tells_enough(sought.who):
                    return
                await self._rest()
                match = await self._matcher.match(sought.who, sought.event)
            self._found = match
            self._tell()
            if self._matcher.knows_order(match, sought.event):
                return
            await self._sleep(self._quiet_s)
            self._found = await self._matcher.ordered(sought.who, match, sought.event)
            self._tell()
        except AltegioError as error:
            self._search = None  # the next look tries again
            self._show(Preview(f"Clients could not be searched: {why(error)}", Tone.WAITS))

    async def _rest(self) -> None:
        """Wait for the next key where one came just now, or where an answer is still on its way."""
        if self._matcher.busy or self._monotonic() - self._began_at < RECENT_S:
            await self._sleep(self._rest_s)
        self._began_at = self._monotonic()


def _tells_enough(who: ClientQuery | NewClient) -> bool:
    """Whether a search is worth its requests: one letter finds everybody."""
    if isinstance(who, NewClient) or who.phone:
        return True
    return any(len(name) >= LEAST_LETTERS or name >= WIDE for name in who.names)


def _sought(reading: Reading, view: View) -> _Sought | None:
    """Whom a booking looks for; None: it knows already, or books nobody."""
    if not isinstance(reading, Book) or not isinstance(reading.who, ClientQuery | NewClient):
        return None
    event = view.event(reading.event_id)
    return _Sought(reading.who, event.event if event is not None else None)
