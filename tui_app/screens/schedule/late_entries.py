"""The entries of a desk line that are made late: the day comes first, and all that reads and runs a line after it."""

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui_app.desk.services import LineServices
    from tui_app.desk.writes import WriteDesk
    from tui_app.screens.schedule.board import Board
    from tui_app.screens.schedule.entries import Entries
    from tui_app.screens.schedule.screen import ScheduleScreen

MADE_IN: Final = "tui_app.screens.schedule.entries"

QUIET: Final = 0.1
"""Seconds after the day has come: the bytes that show it are on their way by then, and wait for no import."""


class LateEntries:
    """Stands for the entries of one board, and makes them for the first key that needs them.

    They are imported once there is something to read on the screen, off the loop: few keys come before that.
    """

    def __init__(self, screen: "ScheduleScreen", board: "Board", writes: "WriteDesk") -> None:
        self._screen = screen
        self._board = board
        self._writes = writes
        self._made: Entries | None = None
        self._fetched = False

    @property
    def _entries(self) -> "Entries":
        from tui_app.screens.schedule.entries import Entries

        if self._made is None:
            self._made = Entries(self._screen, self._board, self._writes)
        return self._made

    @property
    def services(self) -> "LineServices":
        """What the entries share, such as what can be undone."""
        return self._entries.services

    @property
    def busy(self) -> bool:
        """Whether entries wait or are worked on."""
        return self._made is not None and self._made.busy

    async def stop(self) -> None:
        """Stop looking and working for this desk; writes under way go on."""
        if self._made is not None:
            await self._made.stop()

    def abandon(self) -> None:
        """Tell nobody anything any more: the screen is about to go."""
        if self._made is not None:
            self._made.abandon()

    def move(self, where: str) -> None:
        """Take a key that moves, by the name that the desk line gives it, or Esc on an empty line."""
        self._entries.move(where)

    def enter(self, text: str) -> None:
        """Take a line."""
        self._entries.enter(text)

    def typed(self, text: str) -> None:
        """Say what Enter will do with what is typed so far."""
        self._entries.typed(text)

    def all_confirmed(self) -> None:
        """Tell no more of any entry that it is not confirmed."""
        if self._made is not None:
            self._made.all_confirmed()

    def open_menu(self) -> None:
        """List the actions of the selected row."""
        self._entries.open_menu()

    def preview_again(self) -> None:
        """Say it again, for what it rests on has changed; the first time, only see to the rest of the line."""
        if self._made is not None:
            self._made.preview_again()
        elif not self._fetched:
            self._fetched = True
            self._screen.paint_now()
            self._screen.set_timer(QUIET, self._fetch)

    def _fetch(self) -> None:
        self._screen.run_worker(_imported(), group="fetch", exit_on_error=False)


async def _imported() -> None:
    await asyncio.to_thread(import_module, MADE_IN)
