"""Keeps drafts off the loop, one after another, the newest of each alone; trouble with the disk stops no typing."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from tui_app.desk.drafts.codec import TooLarge
from tui_app.desk.drafts.model import Content, Draft, Place
from tui_app.desk.drafts.shelf import FolderShelf, Found, MemoryShelf, Shelf

T = TypeVar("T")

OpenShelf = Callable[[], Shelf]

TOO_LARGE: Final = "This is too long to be kept as a draft: save it before you leave."


class DraftPad:
    """The draft of one form or line: what it holds is kept, dropped, or left for later."""

    def __init__(self, desk: "DraftDesk", place: Place, draft_id: str) -> None:
        self._desk = desk
        self._place = place
        self._id = draft_id

    def keep(self, content: Content) -> None:
        """Keep what is typed now, in place of what was kept before."""
        self._desk.put(self._id, self._place, content)

    def drop(self) -> None:
        """Wipe what was kept: it was sent, or is not wanted any more."""
        self._desk.drop(self._id)

    def let_go(self) -> None:
        """Leave what was kept to be offered again: nobody works on it any more."""
        self._desk.let_go(self._id)


class DraftDesk:
    """The drafts of one run. `open_shelf` is called in a thread when it is first needed; `clock` gives aware instants.

    `tell` hears once, in words, that drafts cannot be kept on the disk: then they last as long as the program.
    """

    def __init__(self, open_shelf: OpenShelf, clock: Callable[[], datetime]) -> None:
        self._open_shelf = open_shelf
        self._clock = clock
        self._shelf: Shelf | None = None
        self._in_thread = asyncio.Lock()
        self._waiting: dict[str, Draft | None] = {}
        self._writer: asyncio.Task[None] | None = None
        self._held: set[str] = set()
        self._told: set[str] = set()
        self._closed = False
        self.tell: Callable[[str], None] = lambda _: None

    def pad(self, place: Place) -> DraftPad:
        """A pad for something that is typed from now on."""
        return self._pad(place, secrets.token_hex(8))

    def _pad(self, place: Place, draft_id: str) -> DraftPad:
        self._held.add(draft_id)
        return DraftPad(self, place, draft_id)

    # ------------------------------------------------------------------ what is kept

    def put(self, draft_id: str, place: Place, content: Content) -> None:
        """Keep a draft as soon as the disk lets it; a newer one takes the place of one that still waits."""
        self._held.add(draft_id)
        self._let_wait(
            draft_id, Draft(id=draft_id, place=place, saved_at=self._clock().astimezone(UTC), content=content)
        )

    def drop(self, draft_id: str) -> None:
        """Wipe a draft."""
        self._held.discard(draft_id)
        self._let_wait(draft_id, None)

    def let_go(self, draft_id: str) -> None:
        """Offer a draft again."""
        self._held.discard(draft_id)

    async def settled(self) -> None:
        """Wait until all that is to be kept or wiped is."""
        while self._writer is not None:
            await asyncio.wait((self._writer,))

    def _let_wait(self, draft_id: str, draft: Draft | None) -> None:
        self._waiting.pop(draft_id, None)
        self._waiting[draft_id] = draft
        if self._writer is None and not self._closed:
            self._writer = asyncio.create_task(self._write(), name="drafts")

    async def _write(self) -> None:
        try:
            while self._waiting:
                draft_id = next(iter(self._waiting))
                draft = self._waiting.pop(draft_id)
                await self._carry_out(draft_id, draft)
        finally:
            self._writer = None

    async def _carry_out(self, draft_id: str, draft: Draft | None) -> None:
        try:
            if draft is None:
                await self._on_shelf(lambda shelf: shelf.drop(draft_id))
            else:
                await self._on_shelf(lambda shelf: shelf.put(draft))
        except TooLarge:
            self._say(TOO_LARGE)
        except OSError as error:
            self._say_disk(error)

    # ------------------------------------------------------------------ what is offered

    async def offered(self, place: Place) -> tuple[Draft, ...]:
        """The drafts of a place that nobody works on, newest first; those a day old are wiped meanwhile."""
        await self.settled()
        found = await self._look()
        return tuple(draft for draft in found.drafts if draft.place == place and draft.id not in self._held)

    async def take(self, draft: Draft) -> DraftPad | None:
        """Take a draft up again; None where another program has, or it is gone."""
        try:
            taken = draft.id not in self._held and await self._on_shelf(lambda shelf: shelf.take(draft.id))
        except OSError as error:
            self._say_disk(error)
            return None
        return self._pad(draft.place, draft.id) if taken else None

    async def discard(self, draft: Draft) -> bool:
        """Wipe a draft that is not wanted; False where another program has taken it up."""
        pad = await self.take(draft)
        if pad is not None:
            pad.drop()
            await self.settled()
        return pad is not None

    async def _look(self) -> Found:
        now = self._clock().astimezone(UTC)
        try:
            found = await self._on_shelf(lambda shelf: shelf.look(now))
        except OSError as error:
            self._say_disk(error)
            return Found(())
        if found.unreadable:
            count = found.unreadable
            which, were = ("A draft", "was") if count == 1 else (f"{count} drafts", "were")
            self._say(f"{which} could not be read (torn, or of another version) and {were} removed.")
        return found

    # ------------------------------------------------------------------ the disk

    async def close(self) -> None:
        """Keep what still waits, then leave the drafts to the next run."""
        await self.settled()
        self._closed = True
        shelf, self._shelf = self._shelf, None
        if shelf is not None:
            await asyncio.to_thread(shelf.close)

    async def _on_shelf(self, work: Callable[[Shelf], T]) -> T:
        async with self._in_thread:
            if self._shelf is None:
                self._shelf = await self._opened()
            shelf = self._shelf
            return await asyncio.to_thread(lambda: work(shelf))

    async def _opened(self) -> Shelf:
        try:
            return await asyncio.to_thread(self._open_shelf)
        except OSError as error:
            self._say_disk(error)
            return MemoryShelf()

    def _say_disk(self, error: OSError) -> None:
        why = error.strerror or type(error).__name__
        self._say(f"What you type cannot be kept on this disk ({why}): it is lost if the program ends.")

    def _say(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            self.tell(words)


def drafts_in(folder: Path, clock: Callable[[], datetime]) -> DraftDesk:
    """Drafts that outlive the program, in a folder of their own."""
    return DraftDesk(lambda: FolderShelf(folder), clock)


def drafts_in_memory(clock: Callable[[], datetime]) -> DraftDesk:
    """Drafts that end with the program, as in the demo."""
    return DraftDesk(MemoryShelf, clock)
