"""What the journal of writes tells the people at the desk, and what it asks them."""

import asyncio
from typing import TYPE_CHECKING

from tui_app.intents import EventTouched

if TYPE_CHECKING:
    from tui_app.app import FrontDeskApp
    from tui_app.desk.journal.keeper import WriteKeeper
    from tui_app.desk.journal.rows import Ending, JournalRow


class KeeperOfNow:
    """The `Outcomes` of the App's writes: the keeper of the desk that is open now."""

    def __init__(self, app: "FrontDeskApp") -> None:
        self._app = app

    @property
    def _keeper(self) -> "WriteKeeper | None":
        return self._app.desk.keeper if self._app.desk is not None else None

    async def confirm_write(self, write_id: int) -> bool:
        """Look once more; whether all of it is known to be carried out now. Raises `AltegioError`."""
        return self._keeper is not None and await self._keeper.confirm_write(write_id)

    async def send_write_again(self, write_id: int) -> None:
        """Look, and send what is not there once more; raises as the sending does."""
        if self._keeper is not None:
            await self._keeper.send_write_again(write_id)

    async def let_go_of(self, write_id: int) -> None:
        """Look after it no more."""
        if self._keeper is not None:
            await self._keeper.let_go_of(write_id)


class DeskWatch:
    """A `WriteWatch` over the App: the banner of what is uncertain, and a question before what cannot be kept."""

    def __init__(self, app: "FrontDeskApp") -> None:
        self._app = app
        self._asking = asyncio.Lock()

    @property
    def operator(self) -> str:
        """The initials of who is at the desk; empty where nobody has said."""
        return self._app.operator

    def where(self, event_id: int) -> str:
        """Name an event of the day that is shown: «18:00 Vinyasa, 27.03.2026»."""
        event = next((event for event in self._app.schedule.events if event.id == event_id), None)
        if event is None:
            return ""
        from tui_app.desk.when import format_date, format_time

        return f"{format_time(event.starts_at)} {event.service}, {format_date(event.starts_at.date())}"

    async def allow_unprotected(self, words: str, reason: str) -> bool:
        """Ask, one at a time, whether to send what cannot be written down first."""
        from tui_app.widgets.dialogs import ConfirmDialog

        async with self._asking:
            answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            dialog = ConfirmDialog(
                "Not protected: send it all the same?",
                (
                    words,
                    reason,
                    "Without the journal nobody can find out what came of it if the line or the program breaks.",
                ),
                yes="Send it",
                danger=True,  # it opens by itself: a letter that was meant for the line must not answer it
            )
            self._app.push_screen(dialog, lambda yes: None if answer.done() else answer.set_result(bool(yes)))
            return await answer

    def uncertain_changed(self) -> None:
        """Show what is not confirmed, or that nothing is any more."""
        if self._app.schedule.is_attached:
            self._app.schedule.show_uncertain([row.words for row in self._app.uncertain])
            self._app.uncertain_signal.publish(None)

    def settled(self, row: "JournalRow", ending: "Ending") -> None:
        """Say what was found out behind everybody's back, and let the schedule look again."""
        from tui_app.desk.journal.rows import Ending, event_of

        if ending is Ending.FOUND and self._app.schedule.is_attached:
            self._app.schedule.say(f"Carried out after all: {row.words}")
        if row.write_id is not None:
            self._app.writes.forget(row.write_id)
        self._app.post_message(EventTouched(event_of(row.operation)))
