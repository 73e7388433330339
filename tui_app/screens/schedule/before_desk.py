"""The schedule while its desk is on the way: the first day shows already, and what is asked of it waits."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tui_app.screens.schedule.words import heading_of_picture

if TYPE_CHECKING:
    from tui_app.screens.schedule.day_picture import DayPicture
    from tui_app.screens.schedule.screen import ScheduleScreen

TURNS: Final = 3
"""Turns of the loop in which the framework gathers what has changed."""


class BeforeDesk:
    """Shows a picture of the first day; keys that need the desk are kept until the day itself has come."""

    def __init__(self, screen: "ScheduleScreen") -> None:
        self._screen = screen
        self._kept: list[Callable[[], None]] | None = None

    @property
    def is_shown(self) -> bool:
        """Whether what stands on the screen is a picture."""
        return self._kept is not None

    async def show(self, picture: "DayPicture", *, where: str, with_cancelled: bool) -> None:
        """Show it, and come back once it is on its way to the terminal: what comes next keeps the loop busy."""
        screen = self._screen
        self._kept = []
        screen.header_line.show(heading_of_picture(picture, where=where, with_cancelled=with_cancelled))
        screen.panes.event_list.set_rows(picture.rows)
        if picture.cursor is not None:
            screen.panes.event_list.move_to(picture.cursor)
        screen.say("")
        for _ in range(TURNS):
            await asyncio.sleep(0)
        screen.paint_now()
        await asyncio.sleep(0)

    def keeps(self, act: Callable[[], None]) -> bool:
        """Whether something that was asked for waits, to be done once the day has come."""
        if self._kept is None:
            return False
        self._kept.append(act)
        return True

    def day_came(self) -> None:
        """Do what was asked for meanwhile, in its order."""
        kept, self._kept = self._kept, None
        for act in kept or ():
            act()

    def give_up(self) -> None:
        """Take the picture away again: nothing can be done with it for now."""
        if self._kept is not None:
            self._kept = None
            self._screen.panes.event_list.set_rows(())
