"""What Enter will do, told while the line is typed: at once what is known, then what a search finds (design 5)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tui_app.altegio.errors import AltegioError
from tui_app.altegio.resources import Event
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.commands.intents import Book, ClientQuery, ListActions, NewClient
from tui_app.desk.commands.matching import MOST_CANDIDATES, Match, NotAsked, Searching
from tui_app.desk.commands.parse import read_line
from tui_app.desk.commands.preview import Preview, Tone, preview
from tui_app.desk.commands.view import Reading, View
from tui_app.desk.entries.finding import Matcher
from tui_app.desk.wording import why

REST_S: Final = 0.09
"""Seconds without a key after which a search is sent."""

LEAST_LETTERS: Final = 2
"""Letters from which on a name is searched while it is typed."""

_NOT_ASKED: Final = NotAsked()


@dataclass(frozen=True, slots=True)
class _Sought:
    """Whom a line looks for, and for which event."""

    who: ClientQuery | NewClient
    event: Event | None


class LinePreview:
    """Tells what the line will do, whenever it or the look of the screen changes; the newest text wins.

    `look` is the runner's, and `matcher` one with it, so that the answer serves the Enter too. `show` takes None where
    there is nothing to tell.
    """

    def __init__(
        self,
        look: Callable[[], View],
        matcher: Matcher,
        show: Callable[[Preview | None], None],
        *,
        rest_s: float = REST_S,
    ) -> None:
        self._look = look
        self._matcher = matcher
        self._show = show
        self._rest_s = rest_s
        self._text = ""
        self._found: Match = _NOT_ASKED
        self._search: asyncio.Task[None] | None = None

    def typed(self, text: str) -> None:
        """Tell what `text` will do, and look for the client whom it means."""
        self._text, self._found = text, _NOT_ASKED
        self._stop_search()
        self.again()

    def again(self) -> None:
        """Tell it again: the day, the roster, the questions or the undo have changed."""
        sought = self._tell()
        if sought is not None and isinstance(self._found, NotAsked) and self._search is None:
            self._search = asyncio.create_task(self._find(sought), name="preview of the desk line")

    async def idle(self) -> None:
        """Wait until the search has ended."""
        if self._search is not None:
            await asyncio.wait((self._search,))

    async def stop(self) -> None:
        """Stop looking."""
        search = self._search
        self._stop_search()
        if search is not None:
            await asyncio.gather(search, return_exceptions=True)

    def _stop_search(self) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None

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
        if isinstance(known, NotAsked):
            self._show(self._searching(reading, view, sought))
        else:
            self._show(preview(self._text, reading, view, known))
        return sought

    def _searching(self, reading: Reading, view: View, sought: _Sought) -> Preview:
        """What is typed, with those seen in this run who fit: no numbers, for the answer may put others before them."""
        told = preview(self._text, reading, view, Searching())
        if not isinstance(sought.who, ClientQuery):
            return told
        seen = tuple(describe_hit(hit) for hit in self._matcher.seen(sought.who)[:MOST_CANDIDATES])
        return replace(told, items=seen) if seen else told

    async def _find(self, sought: _Sought) -> None:
        try:
            match = self._matcher.kept(sought.who, sought.event)
            if match is None:
                if not _tells_enough(sought.who):
                    return
                await asyncio.sleep(self._rest_s)
                match = await self._matcher.match(sought.who, sought.event)
            self._found = match
            self._tell()
            ordered = await self._matcher.ordered(sought.who, match, sought.event)
            if ordered != match:
                self._found = ordered
                self._tell()
        except AltegioError as error:
            self._search = None  # the next look tries again
            self._show(Preview(f"Clients could not be searched: {why(error)}", Tone.WAITS))


def _tells_enough(who: ClientQuery | NewClient) -> bool:
    """Whether a search is worth its requests: one letter finds everybody."""
    return isinstance(who, NewClient) or bool(who.phone) or max(map(len, who.names), default=0) >= LEAST_LETTERS


def _sought(reading: Reading, view: View) -> _Sought | None:
    """Whom a booking looks for; None: it knows already, or books nobody."""
    if not isinstance(reading, Book) or not isinstance(reading.who, ClientQuery | NewClient):
        return None
    event = view.event(reading.event_id)
    return _Sought(reading.who, event.event if event is not None else None)
